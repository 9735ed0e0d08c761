"""Numbers as they stand in the table of providers, and the strip of days."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from workspace.amounts import usd
from workspace.comparisons import wording
from workspace.operations import status, times
from workspace.operations.status import ByDay, Now, Sum

NOTHING = "–"
BAD_SHARE, POOR_SHARE = 0.5, 0.1  # of a day's requests that failed


@dataclass(frozen=True, slots=True)
class Figures:
    """Requests, answer times and errors of a stretch of time, as texts."""

    asked: str
    median: str
    most: str
    errors: str


@dataclass(frozen=True, slots=True)
class Cell:
    """A day of the strip. ``kind``: o good, s some errors, d mostly errors, n nothing asked."""

    kind: str
    words: str


@dataclass(frozen=True, slots=True)
class Spent:
    """USD as texts; ``simulated`` is what the simulator's pictures would have cost, or empty."""

    amount: str
    simulated: str


def recent(now: Now) -> Figures:
    return Figures(f"{now.asked:,}", _seconds(now.median), _seconds(now.most), _share(now.failed, now.asked))


def month(days: ByDay, today: date) -> Figures:
    """The thirty days up to today together."""
    sums = [days[day] for day in _window(today) if day in days]
    asked, failed = sum(each.asked for each in sums), sum(each.failed for each in sums)
    counts = times.added(*(each.times for each in sums))
    return Figures(f"{asked:,}", _seconds(times.share(counts, 0.5)), _seconds(times.share(counts, 0.95)), _share(failed, asked))


def strip(days: ByDay, today: date) -> tuple[Cell, ...]:
    return tuple(_cell(day, days.get(day, Sum())) for day in _window(today))


def strip_in_words(cells: tuple[Cell, ...]) -> str:
    """ "No errors on the 3 days it was asked"."""
    asked = [cell for cell in cells if cell.kind != "n"]
    troubled = [cell for cell in asked if cell.kind != "o"]
    if not asked:
        return "Not asked in 30 days"
    of = f"the {len(asked)} days it was asked" if len(asked) > 1 else "the one day it was asked"
    if not troubled:
        return f"No errors on {of}"
    return f"Errors on {len(troubled)} of {of}: {'; '.join(cell.words for cell in troubled)}"


def spent(days: ByDay, since: date) -> Spent:
    sums = [each for day, each in days.items() if day >= since]
    simulated = sum((each.simulated_usd for each in sums), Decimal(0))
    return Spent(usd(sum((each.spent_usd for each in sums), Decimal(0))), usd(simulated) if simulated else "")


def _window(today: date) -> list[date]:
    return [today - timedelta(days=n) for n in reversed(range(status.STRIP))]


def _cell(day: date, sums: Sum) -> Cell:
    if not sums.asked:
        return Cell("n", f"{day:%-d %B}: nothing asked")
    share = sums.failed / sums.asked
    kind = "d" if share >= BAD_SHARE else "s" if share >= POOR_SHARE else "o"
    return Cell(kind, f"{day:%-d %B}: {sums.failed:,} of {sums.asked:,} failed")


def _seconds(value: float | None) -> str:
    return NOTHING if value is None else wording.seconds(value)


def _share(part: int, whole: int) -> str:
    if not whole:
        return NOTHING
    percent = 100 * part / whole
    return "0%" if not part else f"{percent:.0f}%" if percent >= 10 else f"{percent:.1f}%"
