"""The allowance of HD images, counted apart from credits: a ledger of its own, one entry an image."""
