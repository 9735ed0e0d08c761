"""One prompt sent once to several models, and their answers as they arrive."""
