"""Everything made, found again."""
