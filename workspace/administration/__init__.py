"""Django's admin: the product's records, read by every admin, and changed through the same services as at the desks."""
