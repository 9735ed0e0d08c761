"""Rules of routing between their rows and ``routing.rules``."""

import logging
from collections.abc import Iterator

from routing.rules import Action, Rule, Rules, target
from routing.types import Intent
from workspace.operations.models import RoutingRule

logger = logging.getLogger(__name__)
COLUMNS = ("name", "intent", "action", "targets", "cap", "on")

type Columns = dict[str, object]


def standing() -> Rules:
    """Every rule that is switched on."""
    return Rules(tuple(rule for _, rule in numbered()))


def proposed(draft: Rule | None, number: int | None) -> Rules:
    """The same with ``draft`` in the place of the rule with this number, or as the newest; None: without that rule."""
    found = dict(numbered())
    found[number or max(found, default=0) + 1] = draft
    return Rules(tuple(found[each] for each in sorted(found) if found[each]))


def numbered() -> Iterator[tuple[int, Rule]]:
    """Rules that are on, by number; one that a newer version of the product has written is left out."""
    for row in RoutingRule.objects.filter(on=True).order_by("pk"):
        try:
            yield row.pk, rule(row)
        except ValueError:
            logger.warning("routing rule %s cannot be read, and is not heeded", row.pk)


def rule(row: RoutingRule) -> Rule:
    """Raises ValueError for what this version does not know."""
    intent = Intent(row.intent) if row.intent else None
    return Rule(row.name, Action(row.action), tuple(target(each) for each in row.targets), intent, row.cap)


def columns(row: RoutingRule) -> Columns:
    """As the trail keeps it."""
    return {name: getattr(row, name) for name in COLUMNS}


def of(draft: Rule) -> Columns:
    """The columns of a rule, but for whether it is on."""
    intent, targets = draft.intent or "", [str(each) for each in draft.targets]
    return {"name": draft.name, "intent": intent, "action": draft.action, "targets": targets, "cap": draft.cap}
