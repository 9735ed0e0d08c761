"""The statement as CSV, written line by line while it is read, for a spreadsheet that must run nothing of what it opens."""

import csv
import io
import re
from collections.abc import AsyncGenerator, Iterable, Iterator

from asgiref.sync import sync_to_async

from workspace.accounts.models import User
from workspace.comparisons.connections import given_back_at_once
from workspace.ledger import statement
from workspace.ledger.lines import Line
from workspace.ledger.places import Filters
from workspace.ledger.statement import Sums

COLUMNS = ("when", "kind", "what", "who", "credits", "held", "spent", "balance", "hd", "hd used", "simulated")
MARK = "\ufeff"  # by which spreadsheets know UTF-8
# With any of these first, a spreadsheet takes a text for a formula; where it cuts cells at semicolons or tabs, also behind those.
FORMULA = re.compile(r"(^|[;\t\r\n])(?=\s*[=+\-@＝＋－＠])")


class Export:
    """The text of the file, a thousand lines at a time, with what credits, held, spent and HD images add up to at its end.

    ``credits`` is what the balance changed by, so its sum over everything is the balance. A line of HD images moves no credits.
    """

    def __init__(self, user: User, filters: Filters) -> None:
        self._pages = statement.pages(user, filters)
        self._sums = Sums()

    def chunks(self) -> Iterator[str]:
        yield MARK + _row(COLUMNS)
        for page in self._pages:
            yield "".join(self._line(line) for line in page.lines)
        total = self._sums
        yield _row(["Total", "", "", "", total.credits, total.held, total.spent, "", total.hd, "", ""])

    def _line(self, line: Line) -> str:
        self._sums += line
        texts = map(harmless, (line.kind, line.what, line.who))
        credits = ("", "", "", "") if line.hd else (line.amount, line.held, line.spent, line.balance)
        images = (line.hd, line.hd_used) if line.hd else ("", "")
        origin = "simulated" if line.simulated else ""
        return _row([f"{line.created:%Y-%m-%d %H:%M:%S}", *texts, *credits, *images, origin])


async def streamed(chunks: Iterator[str]) -> AsyncGenerator[str]:
    """The chunks as they are read; no connection is kept while one is on its way to a slow browser."""
    step = sync_to_async(given_back_at_once(lambda: next(chunks, "")))
    while chunk := await step():
        yield chunk


def harmless(text: str) -> str:
    """The text, with an apostrophe before what would be a formula."""
    return FORMULA.sub(r"\1'", text)


def _row(cells: Iterable[object]) -> str:
    line = io.StringIO()
    csv.writer(line).writerow(cells)
    return line.getvalue()
