"""Many grants from one CSV: first every row's effect, then all of them or none."""

import csv
import io
import uuid
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction

from workspace.accounts.models import User
from workspace.credits import services as credits
from workspace.credits.models import Account
from workspace.ledger import adjusting, news

COLUMNS = ["email", "credits", "reason"]
MOST_ROWS = 1000
LONGEST = 200  # characters of a reason; with who, what and by whose leave it must fit a line of the ledger


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the file and what it would do; ``mistake`` says why it cannot, and then the credits are 0."""

    line: int
    email: str
    amount: int
    reason: str
    before: int = 0
    mistake: str = ""
    holder: User | None = None

    @property
    def after(self) -> int:
        return self.before + self.amount


@dataclass(frozen=True, slots=True)
class DryRun:
    """Every row, and what is wrong with the file as a whole ("" if nothing is)."""

    rows: tuple[Row, ...] = ()
    mistake: str = ""

    @property
    def right(self) -> bool:
        return bool(self.rows) and not self.mistake and not any(row.mistake for row in self.rows)

    @property
    def total(self) -> int:
        return sum(row.amount for row in self.rows)

    @property
    def mistakes(self) -> int:
        return sum(bool(row.mistake) for row in self.rows)


def read(text: str, by: User) -> DryRun:
    """What the file would do. Nothing moves."""
    lines = csv.reader(io.StringIO(text.lstrip("\ufeff"), newline=""))
    try:
        head = [name.strip().lower() for name in next(lines, [])]
        if head != COLUMNS:
            return DryRun(mistake=f"The first line must be {','.join(COLUMNS)}. Here it is {','.join(head)[:80] or 'empty'}.")
        found = [(lines.line_num, [cell.strip() for cell in cells]) for cells in lines if any(cell.strip() for cell in cells)]
    except csv.Error:
        return DryRun(mistake="This is no CSV file.")
    if not found:
        return DryRun(mistake="There are no lines below the first one.")
    if len(found) > MOST_ROWS:
        return DryRun(mistake=f"{len(found):,} lines are more than the {MOST_ROWS:,} one file may have.")
    return DryRun(tuple(_rows(found, by)))


def grant(rows: tuple[Row, ...], *, key: uuid.UUID, by: User) -> int:
    """Move what a dry run without mistakes has shown; how many rows moved now (none when the form is sent twice)."""
    with transaction.atomic():
        moved = [row for row in sorted(rows, key=lambda row: row.holder.pk) if _move(row, key, by)]
        for row in moved:
            adjusting.note(by, f"{adjusting.worded(row.amount)} by a file: {row.reason}", row.holder)
            news.moved(row.holder)
    return len(moved)


def _move(row: Row, key: uuid.UUID, by: User) -> bool:
    """Rows come in the order of their accounts, so that two files at once cannot wait for each other."""
    return credits.adjust(row.holder, row.amount, reason=row.reason, key=f"bulk:{key}:{row.line}", actor=by)


def _rows(found: list[tuple[int, list[str]]], by: User) -> list[Row]:
    emails = {cells[0].lower() for _, cells in found}
    people = {user.email.lower(): user for user in User.objects.filter(email__in=emails)}
    balances = dict(Account.objects.filter(user__in=people.values()).values_list("user", "balance"))
    rows, seen = [], {}
    for line, cells in found:
        row = _row(line, cells, people, balances, by)
        if row.email in seen and not row.mistake:
            row = Row(line, row.email, 0, row.reason, row.before, f"{row.email} is on line {seen[row.email]} already.")
        seen.setdefault(row.email, line)
        rows.append(row)
    return rows


def _row(line: int, cells: list[str], people: dict[str, User], balances: dict[int, int], by: User) -> Row:
    email, amount, reason = [*cells, "", "", ""][:3]
    email = email.lower()
    holder = people.get(email)
    mistake = _mistake(cells, holder, amount, reason, by)
    before = balances.get(holder.pk, 0) if holder else 0
    return Row(line, email, 0 if mistake else int(amount), reason, before, mistake, holder)


def _mistake(cells: list[str], holder: User | None, amount: str, reason: str, by: User) -> str:
    if len(cells) != len(COLUMNS):
        return f"{len(cells)} columns instead of {len(COLUMNS)}."
    if holder is None:
        return "Nobody here has this address."
    if holder.pk == by.pk:
        return "Nobody grants themselves credits by a file."
    if not (amount.isascii() and amount.isdigit() and len(amount) < 9 and int(amount) > 0):
        return "Credits are a whole number above 0."
    if int(amount) > settings.ADJUSTMENT_LIMIT:
        return f"Above {settings.ADJUSTMENT_LIMIT} another admin must approve: adjust this one by itself."
    if not 10 <= len(reason) <= LONGEST:
        return f"The reason has 10 to {LONGEST} characters."
    return ""
