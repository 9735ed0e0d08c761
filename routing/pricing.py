"""Whole credits from USD: the one rounding rule, and the price of a model at a quality."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType

from providers.types import ModelSpec, Quality

RANK = {Quality.DRAFT: 0, Quality.STANDARD: 1, Quality.HD: 2}
QUALITY_LABELS = {Quality.DRAFT: "Draft", Quality.STANDARD: "Standard", Quality.HD: "HD"}


@dataclass(frozen=True, slots=True)
class OwnPrice:
    """What an image costs here in place of the catalogue's price: ``usd`` goes through the rounding rule, ``credits`` stand."""

    usd: Decimal | None = None
    credits: int | None = None


NO_OWN_PRICES: Mapping[tuple[str, Quality], OwnPrice] = MappingProxyType({})
CATALOGUE = OwnPrice()


@dataclass(frozen=True, slots=True)
class Rates:
    """What a USD is worth in credits, the least any image costs in credits, and prices that stand in for the catalogue's."""

    credits_per_usd: int
    minimum: int
    own: Mapping[tuple[str, Quality], OwnPrice] = NO_OWN_PRICES


@dataclass(frozen=True, slots=True)
class Priced:
    """What one image costs in credits and takes in seconds at ``quality``, the nearest the model offers.

    ``usd`` is what the provider is expected to charge. ``note`` says how the quality differs from what was asked ("no HD"), or is
    None.
    """

    quality: Quality
    usd: Decimal
    credits: int
    seconds: float
    note: str | None


def credits(usd: Decimal, *, credits_per_usd: int, minimum: int) -> int:
    """Round up, so that credits are never worth less than the bill, and never below ``minimum``.

    Integers only: a decimal context would round long prices on its own. Raises ValueError for a negative price.
    """
    numerator, denominator = usd.as_integer_ratio()
    if numerator < 0:
        raise ValueError(f"a price cannot be negative: {usd}")
    return max(minimum, -(-numerator * credits_per_usd // denominator))


def price(model: ModelSpec, quality: Quality, rates: Rates, *, dearest: Quality = Quality.HD, reference: bool = False) -> Priced:
    """Price a model at the nearest quality it offers, none above ``dearest``. Raises ValueError if it offers none below.

    ``reference``: a picture to go by comes along, which some charge for; a price of one's own has it in.
    """
    offered = nearest_quality(quality, (step for step in model.offers if RANK[step] <= RANK[dearest]))
    offer, own = model.offers[offered], rates.own.get((model.id, offered), CATALOGUE)
    usd = offer.price_of(reference=reference).usd if own.usd is None else own.usd
    cost = own.credits
    if cost is None:
        cost = credits(usd, credits_per_usd=rates.credits_per_usd, minimum=rates.minimum)
    return Priced(offered, usd, cost, offer.expected_seconds, _note(quality, offered))


def nearest_quality(wanted: Quality, offered: Iterable[Quality]) -> Quality:
    """The fewest steps away; of two as near, the lower one, which is the cheaper. Raises ValueError if nothing is offered."""
    return min(offered, key=lambda step: (abs(RANK[step] - RANK[wanted]), RANK[step]))


def _note(wanted: Quality, offered: Quality) -> str | None:
    """Less than was asked is always said; more only where it costs several times as much, which is HD."""
    if RANK[offered] < RANK[wanted]:
        return f"no {QUALITY_LABELS[wanted]}"
    if offered is Quality.HD and wanted is not Quality.HD:
        return "only HD"
    return None
