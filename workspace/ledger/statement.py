"""A person's statement: the lines of both ledgers, newest first, at any depth, and what they add up to."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from django.core.cache import cache as kept
from django.db.models import Q, Sum
from django.utils.html import escape, format_html_join
from django.utils.safestring import SafeString, mark_safe

from providers import catalogue
from providers.base import Provider
from workspace.accounts.models import User
from workspace.ledger import lines, places
from workspace.ledger.lines import Line
from workspace.ledger.places import Filters, Newest, Place

PAGE = 50  # lines
OPTION = '<option value="{}">{}</option>'
GROUP = '<optgroup label="{}"><option value="{}">All of {}</option>{}</optgroup>'
SUMS_KEPT = 60  # seconds: an entry may be committed a moment after one that was drawn later


@dataclass(frozen=True, slots=True)
class Page:
    lines: tuple[Line, ...]
    older: Place | None = None


@dataclass(frozen=True, slots=True)
class Sums:
    """What lines add up to: credits by which the balance changed, credits held and spent, and HD images."""

    credits: int = 0
    held: int = 0
    spent: int = 0
    hd: int = 0

    def __add__(self, line: Line) -> "Sums":
        return Sums(self.credits + line.amount, self.held + line.held, self.spent + line.spent, self.hd + line.hd)


def page(user: User, filters: Filters, *, before: Place | None = None, limit: int = PAGE) -> Page:
    """The lines older than ``before``, the same cost at any depth."""
    found = places.page(user, filters, before, limit + 1)
    more = len(found) > limit
    return Page(lines.of(user, found[:limit]), found[limit - 1] if more else None)


def newer(user: User, than: Newest, limit: int = 200) -> tuple[Line, ...]:
    """Lines that were written since the page was made, which knew ``than``."""
    return lines.of(user, places.newer(user, than, limit))


def pages(user: User, filters: Filters) -> Iterator[Page]:
    """The whole statement, a thousand lines at a time."""
    place = None
    while True:
        found = page(user, filters, before=place, limit=1000)
        yield found
        if (place := found.older) is None:
            return


def sums(user: User, filters: Filters) -> Sums:
    """What all lines under these filters add up to, at any depth. Added up once for each newest entry."""
    asked = hashlib.sha256(repr(filters).encode()).hexdigest()[:32]
    key = f"sums:{places.account(user).pk}:{places.newest(user)}:{asked}"
    found = kept.get(key)
    if found is None:
        found = _added_up(user, filters)
        kept.set(key, found, SUMS_KEPT)
    return found


def _added_up(user: User, filters: Filters) -> Sums:
    charges = Q(kind__in=["capture", "refund"])
    total = {"credits": Sum("amount", default=0), "held_now": Sum("held", default=0)}
    of_charges = {"taken": Sum("amount", filter=charges, default=0), "settled": Sum("held", filter=charges, default=0)}
    found = places.entries(user, filters).aggregate(**total, **of_charges)
    hd = places.hd_entries(user, filters).aggregate(images=Sum("amount", default=0))["images"]
    spent = -(found["taken"] + found["settled"])
    return Sums(int(found["credits"]), int(found["held_now"]), int(spent), int(hd))


def options(chosen: str) -> SafeString:
    """The providers and models to filter by, for a select. Drawn once: they are a fifth of a page."""
    value = f'value="{escape(chosen)}"'
    return mark_safe(_options().replace(value, f"{value} selected", 1))  # noqa: S308 - escaped, and else made here


@cache
def _options() -> SafeString:
    return format_html_join("", GROUP, ((each.label, each.key, each.label, _models(each)) for each in catalogue.providers()))


def _models(provider: Provider) -> SafeString:
    return format_html_join("", OPTION, ((model.id, model.label) for model in provider.models))
