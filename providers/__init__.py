"""Image models behind one interface: aiohttp adapters and the catalogue. No Django, no database."""
