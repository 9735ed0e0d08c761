"""The Django side of Proofsheet: people, credits, comparisons, pages."""
