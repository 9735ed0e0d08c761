"""Rules of routing in words, and what an admin should know of one."""

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property

from providers import catalogue
from providers.types import LifecycleStatus, ModelSpec
from routing import succession, wording
from routing.rules import Action, Rule, Scope, Target
from routing.score import NEEDS
from routing.types import Intent
from workspace.comparisons import keys

EVERY_INTENT = "Every intent"
VERBS = {Action.PREFER: "prefer", Action.AVOID: "avoid", Action.FORBID: "forbid"}


class Names:
    """How models, families and providers are called here, today."""

    @cached_property
    def models(self) -> Mapping[str, ModelSpec]:
        """Every model of the catalogue, under the name an admin has given it."""
        return {model.id: model for model in (*catalogue.all_models(), *keys.known_models())}

    def of(self, target: Target) -> str:
        if target.scope is Scope.FAMILY:
            return f"the {target.key} family"
        if target.scope is Scope.PROVIDER:
            provider = catalogue.PROVIDERS.get(target.key)
            return f"everything at {provider.label if provider else target.key}"
        return self.models[target.key].label if target.key in self.models else target.key

    def living(self, target: Target) -> ModelSpec | None:
        """The model that a target means today: itself or its living successor."""
        model = self.models.get(target.key)
        return succession.living(model, self.models, keys.today()) if model else None


def rule(one: Rule, names: Names) -> str:
    """ "Photoreal: prefer FLUX.2 [pro], FLUX.2 [flex]"."""
    return f"{where(one.intent)}: {_does(one, [names.of(each) for each in one.targets])}"


def capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def where(intent: Intent | None) -> str:
    return intent.label if intent else EVERY_INTENT


def _does(one: Rule, named: list[str]) -> str:
    if one.action is Action.DEFAULT_SET:
        return f"Auto takes {wording.listed(named)}"
    if one.action is Action.CAP_PRICE:
        most = f"at most {wording.counted(one.cap or 0, 'credit')} an image"
        return f"{most} from {wording.listed(named)}" if named else most
    return f"{VERBS[one.action]} {', '.join(named)}"


def notes(one: Rule, names: Names) -> Iterator[str]:
    """Whom it means where it does not mean what it says, and where it changes nothing."""
    for each in one.targets:
        if each.scope is Scope.MODEL:
            yield from _of_model(one, each, names)
        elif not _covers(each, names.models.values()):
            yield f"No model of {names.of(each)} lives." if each.scope is Scope.FAMILY else f"{names.of(each)}: no model lives."


def _of_model(one: Rule, named: Target, names: Names) -> Iterator[str]:
    label, living = names.of(named), names.living(named)
    if named.key not in names.models:
        yield f"{label} is in no catalogue any more, so nothing is done about it."
    elif living is None:
        yield f"{label} is gone, and nobody follows it."
    elif living.id != named.key:
        yield f"{label} is gone. The rule speaks of {living.label}, which took its place."
    if (
        living
        and one.intent
        and one.action in (Action.PREFER, Action.AVOID)
        and NEEDS[one.intent].strength not in living.strengths
    ):
        yield f"{living.label} is no specialist for {one.intent.label}, so it moves only where no specialist can be had."


def _covers(group: Target, models: Iterable[ModelSpec]) -> bool:
    """Whether a living model belongs to a family or a provider."""
    today = keys.today()
    alive = (model for model in models if model.lifecycle.status(today) is not LifecycleStatus.RETIRED)
    return any(group.key == (model.family if group.scope is Scope.FAMILY else model.provider) for model in alive)
