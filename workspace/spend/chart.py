"""USD per day as bars, drawn here: shapes as numbers for an SVG, and the sentence that says the same."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from workspace.amounts import usd
from workspace.spend.figures import Figures
from workspace.spend.periods import Period

WIDTH, HEIGHT = 960, 220  # of the drawing, in its own units
LEFT, TOP, BOTTOM = 64, 12, 24  # what axis and days take of it
STEPS = (1, 2, 5, 10)
MOST_LABELS = 12


@dataclass(frozen=True, slots=True)
class Bar:
    """One day: what pictures cost stands below what bought none. Numbers as an SVG takes them; ``words`` is its title."""

    x: str
    width: str
    pictures_y: str
    pictures_height: str
    nothing_y: str
    nothing_height: str
    words: str


@dataclass(frozen=True, slots=True)
class Mark:
    """A line of the scale or a day under the bars: where, and what it says."""

    at: str
    words: str


@dataclass(frozen=True, slots=True)
class Chart:
    bars: tuple[Bar, ...]
    scale: tuple[Mark, ...]
    days: tuple[Mark, ...]
    sentence: str
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    base: int = HEIGHT - BOTTOM


def chart(days: Mapping[date, Figures], period: Period, *, simulated: bool) -> Chart:
    """Every day of the period has its place, also one on which nothing was spent."""
    top = _round_number(max((each.spent for each in days.values()), default=Decimal(0)))
    step = Decimal(WIDTH - LEFT) / len(period.days)
    places = [(LEFT + n * step, day) for n, day in enumerate(period.days)]
    return Chart(
        bars=tuple(_bar(x, step, day, days[day], top) for x, day in places if day in days and days[day].spent),
        scale=tuple(Mark(_number(_y(top * part, top)), usd(top * part)) for part in (Decimal(0), Decimal("0.5"), Decimal(1))),
        days=tuple(Mark(_number(x + step / 2), f"{day.day} {day:%b}") for x, day in places[:: -(-len(places) // MOST_LABELS)]),
        sentence=sentence(days, simulated=simulated),
    )


def sentence(days: Mapping[date, Figures], *, simulated: bool) -> str:
    """ "$12.40 in all on 3 days. The highest was 12 November, with $8.00."."""
    costly = {day: each.spent for day, each in days.items() if each.spent}
    if not costly:
        return "No day cost anything." if not simulated else "No day would have cost anything."
    highest = max(costly, key=lambda day: costly[day])
    total = f"{usd(sum(costly.values(), Decimal(0)))} in all on {len(costly)} day{'' if len(costly) == 1 else 's'}"
    said = f"{total}. The highest was {highest:%-d %B}, with {usd(costly[highest])}."
    return f"Simulated: {said}" if simulated else said


def _bar(x: Decimal, step: Decimal, day: date, figures: Figures, top: Decimal) -> Bar:
    base, pictures, all_of_it = _y(Decimal(0), top), _y(figures.for_pictures, top), _y(figures.spent, top)
    nothing = f", of it {usd(figures.for_nothing)} for nothing" if figures.for_nothing else ""
    return Bar(
        x=_number(x + step / 8),
        width=_number(step * 3 / 4),
        pictures_y=_number(pictures),
        pictures_height=_number(base - pictures),
        nothing_y=_number(all_of_it),
        nothing_height=_number(pictures - all_of_it),
        words=f"{day:%-d %B}: {usd(figures.spent)}{nothing}",
    )


def _y(amount: Decimal, top: Decimal) -> Decimal:
    return HEIGHT - BOTTOM - (HEIGHT - BOTTOM - TOP) * amount / top


def _round_number(most: Decimal) -> Decimal:
    """The end of the scale: 1, 2 or 5 times a power of ten that is not below ``most``; 1 for nothing."""
    if not most:
        return Decimal(1)
    power = Decimal(10) ** most.adjusted()
    return next(step * power for step in STEPS if step * power >= most)


def _number(value: Decimal) -> str:
    return f"{value:.1f}"
