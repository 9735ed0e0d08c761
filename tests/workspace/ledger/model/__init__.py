"""A simple model of credits and HD images, the messages that move them, and processes that die between two statements."""
