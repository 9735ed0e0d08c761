"""The money of the product: whole credits, held before a call, captured or released after it."""
