"""Pages about people: the door (signed out), one's own account, and the people an admin sees."""
