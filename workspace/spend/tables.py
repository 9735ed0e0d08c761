"""The figures as tables, by provider, model, person and day: for the page, and for the file with the same numbers."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from providers import catalogue
from workspace.accounts.models import User
from workspace.comparisons import keys
from workspace.spend.figures import Figures, Spend

SHOWN = 50  # lines of a table on the page; the rest stands in one line together


@dataclass(frozen=True, slots=True)
class Row:
    """One line: what it is of, where that leads, its figures, and its share of all that was spent (0 to 100)."""

    name: str
    href: str
    figures: Figures
    percent: float


@dataclass(frozen=True, slots=True)
class Table:
    """``by`` is the word for the first column. ``rows`` are the dearest first, but for days, the latest first."""

    by: str
    rows: tuple[Row, ...]
    total: Figures

    @property
    def shown(self) -> tuple[Row, ...]:
        if len(self.rows) <= SHOWN:
            return self.rows
        rest = self.rows[SHOWN:]
        others = Row(f"{len(rest):,} others", "", sum((row.figures for row in rest), Figures()), sum(row.percent for row in rest))
        return (*self.rows[:SHOWN], others)


def tables(spend: Spend) -> tuple[Table, ...]:
    emails = {person: f"Person {person}" for person in spend.people} | _emails(spend.people)
    return (
        _table("Provider", spend.providers, keys.provider_label, _provider_href, spend.total),
        _table("Model", spend.models, keys.model_label, lambda key: _provider_href(key.partition("/")[0]), spend.total),
        _table("Person", spend.people, emails.__getitem__, _person_href, spend.total),
        _days(spend),
    )


def _table[Key](
    by: str, sums: Mapping[Key, Figures], name: Callable[[Key], str], href: Callable[[Key], str], total: Figures
) -> Table:
    rows = [Row(name(key), href(key), figures, _percent(figures, total)) for key, figures in sums.items()]
    return Table(by, tuple(sorted(rows, key=lambda row: (-row.figures.spent, -row.figures.calls, row.name))), total)


def _days(spend: Spend) -> Table:
    rows = (
        Row(_day(day), "", figures, _percent(figures, spend.total)) for day, figures in sorted(spend.days.items(), reverse=True)
    )
    return Table("Day", tuple(rows), spend.total)


def _day(day: date) -> str:
    return f"{day:%Y-%m-%d}"


def _percent(part: Figures, whole: Figures) -> float:
    return float(100 * part.spent / whole.spent) if whole.spent else 0.0


def _provider_href(key: str) -> str:
    return reverse("operations:settings", args=[key]) if key in catalogue.PROVIDERS else ""


def _emails(people: Mapping[int, Figures]) -> dict[int, str]:
    return dict(User.objects.filter(pk__in=people).values_list("pk", "email"))


def _person_href(person: int) -> str:
    return reverse("credits_person", args=[person])
