"""What an admin's rules mean for the models of a day and one intent: a verdict on each model, and whom Auto takes outright.

Forbid beats a price cap, a price cap beats a default set, a default set beats prefer and avoid. Of two rules of one kind that
speak of the same model, the lower cap counts; else the one that names the model before one that names its family or its provider,
the one for this intent before one for every intent, and the older before the newer.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from providers.types import LifecycleStatus, ModelSpec, Quality
from routing import pricing, succession, wording
from routing.pricing import Rates
from routing.rules import Action, Rule, Rules, Scope, Target
from routing.types import Intent

WIDTH = {scope: width for width, scope in enumerate(Scope)}
LEANINGS = {Action.PREFER: 1, Action.AVOID: -1}
NOT_ALLOWED = "not allowed here by a rule of your admin"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the rules say of one model for one intent: the rule that counts of each kind, or None."""

    forbidden: Rule | None = None
    capped: Rule | None = None
    chosen: Rule | None = None
    leans: Rule | None = None

    @property
    def leaning(self) -> int:
        """1 for a model to be taken before its equals, -1 for one to be taken after them, else 0."""
        return LEANINGS[self.leans.action] if self.leans else 0

    def allows(self, credits: int) -> bool:
        """Whether Auto may take it at this price, and whether it may stand in for another."""
        return self.forbidden is None and not self._too_dear(credits)

    @property
    def leans_because(self) -> str:
        """ "Preferred by a rule: Brand work goes to Recraft."; empty if no rule prefers or avoids it."""
        said = "Preferred by a rule" if self.leaning > 0 else "Avoided by a rule"
        return f"{said}: {self.leans.name}." if self.leans else ""

    def objection(self, credits: int) -> str:
        """Why Auto passes it over, completing "FLUX.2 [pro]: left out, …"; empty if no rule speaks against it."""
        if self.forbidden:
            return f"forbidden by a rule: {self.forbidden.name}"
        if self.capped and self._too_dear(credits):
            most = wording.counted(self.capped.cap or 0, "credit")
            return f"a rule allows {most} an image: {self.capped.name}"
        return f"avoided by a rule: {self.leans.name}" if self.leans and self.leaning < 0 else ""

    def _too_dear(self, credits: int) -> bool:
        return self.capped is not None and self.capped.cap is not None and credits > self.capped.cap


SILENT = Verdict()


@dataclass(frozen=True, slots=True)
class Ruling:
    """All verdicts for one intent, by model id, and the models Auto takes outright, in that order."""

    verdicts: Mapping[str, Verdict] = field(default_factory=dict)
    default_set: tuple[str, ...] = ()

    def of(self, model_id: str) -> Verdict:
        return self.verdicts.get(model_id, SILENT)

    @property
    def forbidden(self) -> frozenset[str]:
        return frozenset(model for model, verdict in self.verdicts.items() if verdict.forbidden)


NOTHING_RULED = Ruling()


def ruling(rules: Rules, intent: Intent, models: Iterable[ModelSpec], today: date) -> Ruling:
    """The verdicts on these models. A rule that names a model which is gone speaks of its living successor."""
    heard = rules.heard(intent)
    if not heard:
        return NOTHING_RULED
    reach = _Reach(models, today)
    forbidden = reach.strongest(heard, Action.FORBID)
    capped = reach.strongest(heard, Action.CAP_PRICE)
    leaning = reach.strongest(heard, Action.PREFER, Action.AVOID)
    sets = sorted((rule for rule in heard if rule.action is Action.DEFAULT_SET), key=lambda rule: rule.intent is None)
    chosen = dict.fromkeys(reach.of(sets[0]), sets[0]) if sets else {}
    said = {
        model: Verdict(forbidden.get(model), capped.get(model), chosen.get(model), leaning.get(model))
        for model in forbidden | capped | leaning | chosen
    }
    return Ruling(said, tuple(chosen))


def left_without(rules: Rules, models: Sequence[ModelSpec], today: date, rates: Rates) -> list[Intent]:
    """Intents for which Auto may take none of these models, in Standard, although some of them live."""
    living = [model for model in models if model.lifecycle.status(today) is not LifecycleStatus.RETIRED]
    prices = {model.id: pricing.price(model, Quality.STANDARD, rates).credits for model in living}
    return [intent for intent in Intent if prices and not _allowed(ruling(rules, intent, models, today), prices)]


def _allowed(ruled: Ruling, prices: Mapping[str, int]) -> bool:
    return any(ruled.of(model).allows(credits) for model, credits in prices.items())


class _Reach:
    """Which models a rule speaks of."""

    def __init__(self, models: Iterable[ModelSpec], today: date) -> None:
        self._models = {model.id: model for model in models}
        self._today = today

    def of(self, rule: Rule) -> dict[str, int]:
        """Ids of the models in the order of the rule, each with how widely it is named."""
        if not rule.targets:
            return dict.fromkeys(self._models, len(WIDTH))
        found: dict[str, int] = {}
        for each in rule.targets:
            for model in self._named(each):
                found[model] = min(found.get(model, len(WIDTH)), WIDTH[each.scope])
        return found

    def strongest(self, rules: Sequence[Rule], *actions: Action) -> dict[str, Rule]:
        """Of the rules with these actions, the one that counts for each model."""
        said = [
            (rule.cap or 0, width, rule.intent is None, age, model, rule)
            for age, rule in enumerate(rules)
            if rule.action in actions
            for model, width in self.of(rule).items()
        ]
        return {model: rule for *_, model, rule in sorted(said, key=lambda one: one[:4], reverse=True)}

    def _named(self, named: Target) -> Sequence[str]:
        if named.scope is not Scope.MODEL:
            wide = named.scope is Scope.PROVIDER
            return [one.id for one in self._models.values() if (one.provider if wide else one.family) == named.key]
        model = self._models.get(named.key)
        heir = succession.living(model, self._models, self._today) if model else None
        return [heir.id] if heir else []
