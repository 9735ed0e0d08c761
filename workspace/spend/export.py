"""The figures of the page as CSV: every table with its total, for a spreadsheet that must run nothing of what it opens."""

import csv
import io
from collections.abc import Iterable
from decimal import Decimal

from workspace.ledger.export import harmless
from workspace.spend.figures import Figures, Spend
from workspace.spend.tables import tables

COLUMNS = (
    "by",
    "name",
    "calls",
    "pictures",
    "usd",
    "usd for pictures",
    "usd failed",
    "usd refused",
    "usd cancelled",
    "usd told",
    "usd estimated",
    "credits",
    "simulated",
)
TOTAL = "Total"


def text(spend: Spend, *, simulated: bool) -> str:
    """The whole file. Each table adds up to the same total; the last line is what came back later."""
    mark = "simulated" if simulated else ""
    lines: list[Iterable[object]] = [COLUMNS]
    for table in tables(spend):
        lines += [_line(table.by, row.name, row.figures, mark) for row in table.rows]
        lines.append(_line(table.by, TOTAL, table.total, mark))
    lines.append(["Refunded", TOTAL, *[""] * 9, -spend.refunded, mark])
    file = io.StringIO()
    csv.writer(file).writerows(lines)
    return file.getvalue()


def _line(by: str, name: str, figures: Figures, mark: str) -> list[object]:
    money = (
        figures.spent,
        figures.for_pictures,
        figures.failed_usd,
        figures.refused_usd,
        figures.cancelled_usd,
        figures.told_usd,
        figures.estimated_usd,
    )
    return [by, harmless(name), figures.calls, figures.pictures, *map(_plain, money), figures.credits, mark]


def _plain(amount: Decimal) -> str:
    return f"{amount:.6f}"
