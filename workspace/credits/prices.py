"""Prices that an owner has set for this installation, beside those of the catalogue."""

import threading
import time
from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from django.db import Error

from providers.types import Quality
from routing.pricing import NO_OWN_PRICES, OwnPrice
from workspace.accounts.models import User
from workspace.credits.models import OwnPrice as Row

EVERY_SECONDS = 2.0


class _Held:
    """The last reading: which day it was for, and when it was made on the monotonic clock."""

    def __init__(self) -> None:
        self.prices: Mapping[tuple[str, Quality], OwnPrice] = NO_OWN_PRICES
        self.day: date | None = None
        self.read_at = float("-inf")
        self.reading = threading.Lock()


_held = _Held()


def on(day: date) -> Mapping[tuple[str, Quality], OwnPrice]:
    """By model id and quality; read again every two seconds, since every page asks. Without a database the last reading stays."""
    with _held.reading:
        if day != _held.day or time.monotonic() - _held.read_at > EVERY_SECONDS:
            try:
                _held.prices, _held.day = read(day), day
            except Error:
                if day != _held.day:
                    raise
            _held.read_at = time.monotonic()
        return _held.prices


def forget() -> None:
    """Read again when next asked: a price was set here."""
    _held.read_at = float("-inf")


def read(day: date) -> Mapping[tuple[str, Quality], OwnPrice]:
    """As the rows have it; where the latest of a model's rows names no price, the catalogue's holds."""
    rows = Row.objects.filter(starts__lte=day).order_by("model", "quality", "-starts", "-id").distinct("model", "quality")
    found = {(row.model, Quality(row.quality)): OwnPrice(row.usd, row.credits) for row in rows}
    return {key: price for key, price in found.items() if price != OwnPrice()}


def set_price(
    model: str, quality: Quality, *, starts: date, usd: Decimal | None, credits: int | None, reason: str, by: User
) -> Row:
    """From ``starts`` on; with neither ``usd`` nor ``credits`` the catalogue's price again."""
    row = Row.objects.create(model=model, quality=quality, starts=starts, usd=usd, credits=credits, reason=reason, by=by)
    forget()
    return row
