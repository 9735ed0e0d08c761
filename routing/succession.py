"""From the models a person ticked to the models that are asked: retired ones give way to their living successors."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from providers.catalogue import UnknownModel
from providers.types import LifecycleStatus, ModelSpec
from routing import wording
from routing.types import Cause, LeftOut


@dataclass(frozen=True, slots=True)
class Wish:
    """A model to ask, and the note that says whose place it takes, or None."""

    model_id: str
    note: str | None = None


def settle(chosen: Sequence[str], models: Mapping[str, ModelSpec], today: date) -> tuple[tuple[Wish, ...], tuple[LeftOut, ...]]:
    """Each chosen model once, in the person's order. Raises UnknownModel for an id nobody knows."""
    ticked = dict.fromkeys(chosen)
    wishes: dict[str, Wish] = {}
    left_out: list[LeftOut] = []
    for model_id in ticked:
        asked = _known(model_id, models)
        answering = living(asked, models, today)
        if answering is asked:
            wishes[asked.id] = Wish(asked.id)
        elif answering is None or answering.id in ticked or answering.id in wishes:
            left_out.append(_left_out(asked, answering))
        else:
            wishes[answering.id] = Wish(answering.id, f"{_death(asked)}, so {answering.label} answers.")
    return tuple(wishes.values()), tuple(left_out)


def living(model: ModelSpec, models: Mapping[str, ModelSpec], today: date) -> ModelSpec | None:
    """The model itself while it lives, else the first of its successors that does, or None."""
    seen: set[str] = set()
    heir: ModelSpec | None = model
    while heir is not None and heir.lifecycle.status(today) is LifecycleStatus.RETIRED:
        seen.add(heir.id)
        successor = heir.lifecycle.successor
        heir = models.get(successor) if successor and successor not in seen else None
    return heir


def _known(model_id: str, models: Mapping[str, ModelSpec]) -> ModelSpec:
    if model_id not in models:
        raise UnknownModel(model_id)
    return models[model_id]


def _death(model: ModelSpec) -> str:
    shutdown = model.lifecycle.shutdown
    when = f" on {wording.day(shutdown)}" if shutdown else ""
    return f"{model.label} was switched off{when}"


def _left_out(model: ModelSpec, successor: ModelSpec | None) -> LeftOut:
    reason = _death(model).removeprefix(f"{model.label} was ")
    return LeftOut(model, f"{reason}, {successor.label} is in already" if successor else reason, Cause.RETIRED)
