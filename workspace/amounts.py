"""Amounts of money in words."""

from decimal import Decimal


def usd(amount: Decimal) -> str:
    """ "$1,234.50", "−$3.00", "$0.0042": cents, and of less than one what there is."""
    digits = 4 if 0 < abs(amount) < Decimal("0.01") else 2
    return f"{'−' if amount < 0 else ''}${abs(amount):,.{digits}f}"
