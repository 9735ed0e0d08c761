"""The catalogue as plain text, for a terminal."""

from collections.abc import Sequence
from datetime import date

from providers import catalogue as models
from providers.types import LifecycleStatus, ModelSpec, Offer, Price, Quality
from workspace.comparisons import keys

HEADS = ("label", "id", "provider", "strengths and family", "sizes", "qualities, USD", "as of", "HD", "s")
HEADS += ("released", "notice", "shutdown", "successor")


def catalogue(today: date) -> str:
    """One line per model, in the order of the providers; a model that is gone says so behind its day."""
    return table([_line(model, today) for model in models.all_models()], HEADS)


def table(rows: Sequence[Sequence[str]], heads: Sequence[str]) -> str:
    """Columns as wide as what stands in them."""
    widths = [max(map(len, column)) for column in zip(heads, *rows, strict=True)]
    lines = [heads, ["-" * width for width in widths], *rows]
    return "\n".join("  ".join(text.ljust(width) for text, width in zip(line, widths, strict=True)).rstrip() for line in lines)


def _line(model: ModelSpec, today: date) -> tuple[str, ...]:
    offers, life = model.offers, model.lifecycle
    return (
        keys.named(model).label,
        model.id,
        models.provider(model.provider).label,
        ", ".join([*sorted(model.strengths), model.family]),
        ", ".join(f"{size.width}x{size.height}" for size in model.sizes),
        ", ".join(f"{quality} {_price(offer)}" for quality, offer in offers.items()),
        "/".join(sorted({f"{price.as_of}" for offer in offers.values() for price in _prices(offer)})),
        "yes" if Quality.HD in offers else "no",
        "/".join(f"{offer.expected_seconds:g}" for offer in offers.values()),
        _day(life.released),
        _day(life.notice),
        f"{_day(life.shutdown)}{' (gone)' if life.status(today) is LifecycleStatus.RETIRED else ''}",
        life.successor or "",
    )


def _price(offer: Offer) -> str:
    """ "0.10 (0.22 with a reference)"."""
    alone, *other = (f"{price.usd:f}" for price in _prices(offer))
    return f"{alone} ({other[0]} with a reference)" if other else alone


def _prices(offer: Offer) -> tuple[Price, ...]:
    return (offer.price, offer.with_reference) if offer.with_reference else (offer.price,)


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""
