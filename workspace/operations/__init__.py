"""Providers from an admin's side: their keys, what they say of their models, how they do, what they cost, and a switch."""
