"""What an admin fills in for a rule. Names stand in fields one below the other: in a default set their order counts."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.forms.boundfield import BoundField

from providers import catalogue
from routing.rules import Action, Rule, Scope, Target, target
from routing.types import Intent
from workspace.accounts.forms import Accessible
from workspace.comparisons import keys
from workspace.operations.models import RoutingRule
from workspace.operations.rules import rows, words
from workspace.operations.rules.checks import Refused, check
from workspace.operations.rules.words import Names

PLACES = ("First", "Second", "Third", "Fourth", "Fifth", "Sixth")  # names a rule can hold
DEAREST = 1_000_000  # credits
UNKNOWN = "There is no model of this name here any more. Choose another."
CAP = "A cap is a whole number of credits, 1 or more."

type Choices = Sequence[tuple[str, object]]


class RuleForm(Accessible, forms.Form):
    """``number`` is of the rule that is changed, None for a new one."""

    attrs = {"name": {"autocomplete": "off"}, "cap": {"inputmode": "numeric", "autocomplete": "off"}}

    name = forms.CharField(
        label="Name",
        max_length=80,
        help_text="A short sentence. People read it after “by a rule:”, as in Brand work goes to Recraft.",
        error_messages={"required": "Give it a name. People are told which rule was at work."},
    )
    intent = forms.ChoiceField(label="When", required=False, choices=[("", words.EVERY_INTENT), *((i, i.label) for i in Intent)])
    action = forms.ChoiceField(
        label="What it does",
        choices=RoutingRule.Action.choices,
        help_text=(
            "Prefer and avoid move models before or behind their equals. Forbid keeps them out, also where a person ticks them. "
            "A price cap and a default set bind Auto; a price cap binds those who stand in, too."
        ),
    )
    cap = forms.IntegerField(
        label="Credits an image",
        required=False,
        min_value=1,
        max_value=DEAREST,
        help_text="Only for a price cap.",
        error_messages={"invalid": CAP, "min_value": CAP, "max_value": f"A cap is at most {DEAREST:,} credits."},
    )

    def __init__(self, data: object = None, *, number: int | None = None, rule: Rule | None = None) -> None:
        super().__init__(data, initial=_initial(rule) if rule else None)
        self.number = number
        choices = _choices(rule.targets if rule else ())
        for place, label in enumerate(PLACES, start=1):
            field = forms.ChoiceField(label=label, required=False, choices=choices)
            field.error_messages["invalid_choice"] = UNKNOWN
            field.widget.attrs["class"] = "input"
            self.fields[f"target_{place}"] = field

    @property
    def targets(self) -> list[BoundField]:
        return [self[f"target_{place}"] for place, _ in enumerate(PLACES, start=1)]

    @property
    def facts(self) -> list[BoundField]:
        return [self[name] for name in ("name", "intent", "action", "cap")]

    @property
    def rule(self) -> Rule:
        """Of a form that is valid."""
        facts, targets = self.cleaned_data, self._named()
        return Rule(
            facts["name"], Action(facts["action"]), targets, Intent(facts["intent"]) if facts["intent"] else None, self._cap
        )

    def clean_name(self) -> str:
        return " ".join(self.cleaned_data["name"].split()).rstrip(".")

    def clean(self) -> dict[str, Any]:
        facts = super().clean()
        if facts.get("action") == Action.CAP_PRICE:
            if facts.get("cap") is None and "cap" not in self.errors:
                self.add_error("cap", "Write how many credits an image may cost.")
        elif "action" in facts:
            self._clean_targets(facts["action"])
        if not self.errors:
            self._clean_together()
        return facts

    def _clean_targets(self, action: str) -> None:
        named = self._named()
        if not named and not any(name.startswith("target_") for name in self.errors):
            self.add_error("target_1", "Choose a model, a family or a provider.")
        if action == Action.DEFAULT_SET and any(each.scope is not Scope.MODEL for each in named):
            self.add_error("target_1", "A default set names models one by one.")

    def _clean_together(self) -> None:
        """Against the other rules, before anything is kept."""
        try:
            check(rows.standing(), rows.proposed(self.rule, self.number))
        except Refused as refused:
            self.add_error(None, refused.public)

    def _named(self) -> tuple[Target, ...]:
        texts = (self.cleaned_data.get(field.name) for field in self.targets)
        return tuple(target(text) for text in dict.fromkeys(texts) if text)

    @property
    def _cap(self) -> int | None:
        return self.cleaned_data["cap"] if self.cleaned_data["action"] == Action.CAP_PRICE else None


def _initial(rule: Rule) -> dict[str, object]:
    places = {f"target_{place}": str(each) for place, each in enumerate(rule.targets, start=1)}
    return {"name": rule.name, "intent": rule.intent or "", "action": rule.action, "cap": rule.cap} | places


def _choices(kept: Iterable[Target]) -> Choices:
    """Whom a rule may name: whoever can be chosen today, and whom this one names already."""
    names, models = Names(), keys.models()
    groups: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for model in models:
        groups[catalogue.provider(model.provider).label].append((str(Target(Scope.MODEL, model.id)), model.label))
    wide = [Target(Scope.PROVIDER, key) for key in dict.fromkeys(model.provider for model in models)]
    wide += [Target(Scope.FAMILY, key) for key in dict.fromkeys(model.family for model in models)]
    offered = {text for group in groups.values() for text, _ in group}.union(map(str, wide))
    old = [(str(each), words.capital(names.of(each))) for each in kept if str(each) not in offered]
    all_of = [(str(each), words.capital(names.of(each))) for each in wide]
    return [("", "None"), *([("Named so far", old)] if old else []), ("All of", all_of), *groups.items()]
