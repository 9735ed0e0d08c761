"""The page of the rules: each in words, and the trail with what can be undone."""

from dataclasses import dataclass
from datetime import datetime

from routing.rules import Rule
from workspace.operations.models import RoutingRule, RoutingRuleChange
from workspace.operations.rules import rows, words
from workspace.operations.rules.rows import Columns
from workspace.operations.rules.words import Names

CHANGES = 50  # lines of the trail on the page


@dataclass(frozen=True, slots=True)
class Line:
    """A rule of the list; ``notes`` are whole sentences."""

    number: int
    name: str
    words: str
    notes: tuple[str, ...]
    on: bool


@dataclass(frozen=True, slots=True)
class Change:
    """A line of the trail: "staff@example.com switched off “Brand work”", with the rule before and after where they differ."""

    number: int
    at: datetime
    by: str
    said: str
    name: str
    was: str
    becomes: str
    undoable: bool


def lines() -> list[Line]:
    names = Names()
    return [_line(row, names) for row in RoutingRule.objects.order_by("pk")]


def changes() -> list[Change]:
    """The newest first; the newest of each rule can be undone."""
    names, seen, found = Names(), set(), []
    for row in RoutingRuleChange.objects.order_by("-pk")[:CHANGES]:
        found.append(_change(row, names, undoable=row.rule not in seen))
        seen.add(row.rule)
    return found


def _line(row: RoutingRule, names: Names) -> Line:
    rule = _read(row)
    if rule is None:
        return Line(row.pk, row.name, row.action, ("This version cannot read it, and does not heed it.",), row.on)
    return Line(row.pk, row.name, words.rule(rule, names), tuple(words.notes(rule, names)), row.on)


def _change(row: RoutingRuleChange, names: Names, *, undoable: bool) -> Change:
    was, becomes = (_words(columns, names) for columns in (row.before, row.after))
    name = (row.after or row.before)["name"]
    shown = ("", "") if was == becomes else (was, becomes)
    return Change(row.pk, row.at, row.by, _said(row.before, row.after), name, *shown, undoable)


def _said(before: Columns | None, after: Columns | None) -> str:
    if before is None or after is None:
        return "removed" if after is None else "added"
    if {name for name in before if before[name] != after[name]} == {"on"}:
        return "switched on" if after["on"] else "switched off"
    return "changed" if before["name"] == after["name"] else f"changed, and renamed from “{before['name']}”,"


def _words(columns: Columns | None, names: Names) -> str:
    rule = _read(RoutingRule(**columns)) if columns else None
    return words.rule(rule, names) if rule else ""


def _read(row: RoutingRule) -> Rule | None:
    try:
        return rows.rule(row)
    except ValueError:
        return None
