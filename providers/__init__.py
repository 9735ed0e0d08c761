"""Image models behind one interface: httpx adapters and the catalogue. No Django, no database."""
