"""The statement as CSV, written line by line while it is read, for a spreadsheet that must run nothing of what it opens."""

import csv
import io
from collections.abc import AsyncGenerator, Iterable, Iterator

from asgiref.sync import sync_to_async

from workspace.accounts.models import User
from workspace.comparisons.connections import given_back_at_once
from workspace.ledger import statement
from workspace.ledger.statement import Filters, Line

COLUMNS = ("when", "kind", "what", "who", "credits", "held", "spent", "balance", "simulated")
FORMULA = ("=", "+", "-", "@", "\t", "\r")  # with any of these first, a spreadsheet takes a text for a formula


class Export:
    """The text of the file, a thousand lines at a time, with what credits, held and spent add up to at its end.

    ``credits`` is what the balance changed by, so its sum over everything is the balance.
    """

    def __init__(self, user: User, filters: Filters) -> None:
        self._pages = statement.pages(user, filters)
        self._sums = [0, 0, 0]

    def chunks(self) -> Iterator[str]:
        yield _row(COLUMNS)
        for page in self._pages:
            yield "".join(self._line(line) for line in page.lines)
        yield _row(["Total", "", "", "", *self._sums, "", ""])

    def _line(self, line: Line) -> str:
        numbers = (line.amount, line.held, line.spent)
        self._sums = [total + number for total, number in zip(self._sums, numbers, strict=True)]
        texts = map(harmless, (line.kind, line.what, line.who))
        return _row([f"{line.created:%Y-%m-%d %H:%M:%S}", *texts, *numbers, line.balance, "simulated" if line.simulated else ""])


async def streamed(chunks: Iterator[str]) -> AsyncGenerator[str]:
    """The chunks as they are read; no connection is kept while one is on its way to a slow browser."""
    step = sync_to_async(given_back_at_once(lambda: next(chunks, "")))
    while chunk := await step():
        yield chunk


def harmless(text: str) -> str:
    """The text, with an apostrophe before what would be a formula."""
    return f"'{text}" if text.lstrip(" ").startswith(FORMULA) else text


def _row(cells: Iterable[object]) -> str:
    line = io.StringIO()
    csv.writer(line).writerow(cells)
    return line.getvalue()
