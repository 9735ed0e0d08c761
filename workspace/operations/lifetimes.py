"""What providers say of their models against what the catalogue says, and who is about to die."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from providers import catalogue
from providers.types import LifecycleStatus, ModelSpec
from workspace.operations.models import Observation

SOON = timedelta(days=30)
FRESH = timedelta(days=7)  # an older observation proves nothing any more
SNAPSHOT = "-20"  # "gpt-image-2-2026-04-21" is gpt-image-2 on a day


@dataclass(frozen=True, slots=True)
class Difference:
    """One model on which provider and catalogue disagree; ``saying`` is a sentence without its end."""

    model: str
    saying: str


@dataclass(frozen=True, slots=True)
class Death:
    """A model that stops answering soon. ``told_by``: who says so. ``successor`` is a label, or empty when none is named."""

    model: str
    label: str
    day: date
    told_by: str
    successor: str

    def days(self, today: date) -> int:
        return (self.day - today).days


def latest(today: date) -> list[Observation]:
    """The last observation of each model within a week; what a real provider said goes before what the simulator played."""
    fresh = Observation.objects.filter(day__gt=today - FRESH)
    return list(fresh.order_by("model", "simulated", "-day").distinct("model"))


def differences(observations: Iterable[Observation], today: date) -> list[Difference]:
    ours = _by_wire_name()
    found: list[Difference] = []
    for seen in observations:
        if (model := ours.get(seen.model)) is None:
            found += [Difference(seen.model, "is not in our catalogue")] if _is_news(seen, ours.keys()) else []
        else:
            found += [Difference(model.id, saying) for saying in _sayings(model, seen, today)]
    return found


def _sayings(model: ModelSpec, seen: Observation, today: date) -> list[str]:
    life = model.lifecycle
    said = [f"says “{seen.notice}”"] if seen.notice else []
    if life.status(today) is LifecycleStatus.RETIRED:
        return [*said, "still answers, and is retired in our catalogue"] if seen.listed else said
    if not seen.listed:
        return [*said, "is not listed any more"]
    if seen.shutdown and seen.shutdown != life.shutdown:
        ours = f"{life.shutdown:%-d %B %Y}" if life.shutdown else "none"
        return [*said, f"goes off on {seen.shutdown:%-d %B %Y}; our catalogue says {ours}"]
    return said


def deaths(observations: Iterable[Observation], today: date) -> list[Death]:
    """Models that go within thirty days, by the catalogue or by what the provider told; the earlier day counts."""
    told = {seen.model: seen for seen in observations if seen.shutdown}
    found = [death for name, model in _by_wire_name().items() if (death := _death(model, told.get(name), today))]
    return sorted(found, key=lambda death: (death.day, death.label))


def _death(model: ModelSpec, told: Observation | None, today: date) -> Death | None:
    """The earlier of the two days; on the same one the provider's word counts, but not what the simulator plays."""
    days = [(model.lifecycle.shutdown, "our catalogue")] if model.lifecycle.shutdown else []
    if told and told.shutdown:
        days.insert(len(days) if told.simulated else 0, (told.shutdown, "the simulator" if told.simulated else "its provider"))
    if not days:
        return None
    day, who = min(days, key=lambda each: each[0])
    if not today < day <= today + SOON:
        return None
    heir = catalogue.successor(model.id, day)
    return Death(model.id, model.label, day, who, heir.label if heir else "")


def _is_news(seen: Observation, ours: Iterable[str]) -> bool:
    """Listed, alive, and no dated snapshot of a model we have; what servers of one's own have loaded is their business."""
    own = catalogue.PROVIDERS.get(seen.model.partition("/")[0])
    wide = own is not None and own.key in ("openai", "gemini")
    return wide and seen.listed and not any(seen.model.startswith(name + SNAPSHOT) for name in ours)


def _by_wire_name() -> dict[str, ModelSpec]:
    """Models by what their provider calls them, with its key in front."""
    return {f"{model.provider}/{model.wire_name}": model for model in catalogue.all_models()}
