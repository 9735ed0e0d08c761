"""The pages over the ledger: a person's statement, and the desk of those who may correct it."""
