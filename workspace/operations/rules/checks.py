"""What speaks against a set of rules, in words for the admin who is about to keep it."""

from collections import Counter

from routing import wording
from routing.rules import Action, Rules
from routing.ruling import left_without
from routing.types import Intent
from workspace.comparisons import keys


class Refused(Exception):
    """The change is not made; ``public`` says why."""

    def __init__(self, public: str) -> None:
        super().__init__(public)
        self.public = public


def check(before: Rules, after: Rules) -> None:
    """Raises ``Refused``. An intent that had no model before is no reason to refuse a change that has nothing to do with it."""
    sets = Counter(rule.intent for rule in after.rules if rule.action is Action.DEFAULT_SET)
    for intent in (intent for intent, count in sets.items() if count > 1):
        where = intent.label if intent else "every intent"
        raise Refused(f"There is a default set for {where} already. Change that one, or switch it off first.")
    without = [intent.label for intent in _left_without(after) if intent not in _left_without(before)]
    if without:
        raise Refused(f"This would leave Auto no model for {wording.listed(without)}.")


def _left_without(rules: Rules) -> list[Intent]:
    return left_without(rules, keys.known_models(), keys.today(), keys.rates())
