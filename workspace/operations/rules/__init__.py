"""Rules of routing as an admin edits them: their rows and their trail, their words, and what they would have changed."""
