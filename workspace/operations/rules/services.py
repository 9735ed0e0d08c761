"""Writes of the rules of routing. Each leaves its line in the trail, in the same transaction, and is heeded within seconds."""

from django.db import connection, transaction

from routing.rules import Rule
from workspace.accounts.models import User
from workspace.operations import configuration
from workspace.operations.models import RoutingRule, RoutingRuleChange
from workspace.operations.rules import rows
from workspace.operations.rules.checks import Refused, check
from workspace.operations.rules.rows import Columns

# One change at a time, so that each is checked against what the one before has left.
LOCK = "LOCK TABLE operations_routingrule IN SHARE ROW EXCLUSIVE MODE"


def add(rule: Rule, by: User) -> int:
    """Keep a new rule; its number. Raises ``Refused``."""
    with transaction.atomic():
        return _write(None, rows.of(rule) | {"on": True}, by)


def change(number: int, rule: Rule, by: User) -> None:
    """Keep other facts of a rule. One that is switched off stays so. Raises ``Refused``."""
    with transaction.atomic():
        row = _locked(number)
        _write(number, rows.of(rule) | {"on": row.on}, by)


def switch(number: int, on: bool, by: User) -> None:
    """Raises ``Refused``."""
    with transaction.atomic():
        row = _locked(number)
        _write(number, rows.columns(row) | {"on": on}, by)


def remove(number: int, by: User) -> None:
    """Raises ``Refused``."""
    with transaction.atomic():
        _locked(number)
        _write(number, None, by)


def undo(line: RoutingRuleChange, by: User) -> None:
    """Bring back what a change has changed, as a new change. Raises ``Refused``, also when the rule was changed since."""
    with transaction.atomic():
        _lock()
        if RoutingRuleChange.objects.filter(rule=line.rule, pk__gt=line.pk).exists():
            raise Refused("That rule was changed again since. Undo the later change first.")
        _write(line.rule, line.before, by)


def _locked(number: int) -> RoutingRule:
    _lock()
    if row := RoutingRule.objects.filter(pk=number).first():
        return row
    raise Refused("Somebody has removed that rule.")


def _lock() -> None:
    with connection.cursor() as cursor:
        cursor.execute(LOCK)


def _write(number: int | None, after: Columns | None, by: User) -> int:
    """Make the rule be ``after``, None for gone; what stays as it was leaves no line."""
    _lock()
    row = RoutingRule.objects.filter(pk=number).first()
    before = rows.columns(row) if row else None
    if before == after:
        return number
    kept = RoutingRule(pk=number, **after) if after else None
    check(rows.standing(), rows.proposed(_read(kept) if kept and kept.on else None, number))
    if kept:
        kept.save()
        number = kept.pk
    else:
        row.delete()
    RoutingRuleChange.objects.create(rule=number, by=by.email, before=before, after=after)
    transaction.on_commit(configuration.forget)
    return number


def _read(row: RoutingRule) -> Rule:
    try:
        return rows.rule(row)
    except ValueError as error:
        raise Refused("This version of Proofsheet cannot read that rule.") from error
