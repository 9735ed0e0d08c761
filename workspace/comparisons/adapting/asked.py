"""What each frame of a run was really asked: the wording of the model that answered, frozen when the run was started."""

from dataclasses import dataclass

from workspace.comparisons import candidates
from workspace.comparisons.adapting.entries import Entry, entry
from workspace.comparisons.models import Comparison, Generation


@dataclass(frozen=True, slots=True)
class Asked:
    """The prompt-thinking panel of a run."""

    run: int
    entries: tuple[Entry, ...]


def asked(comparison: Comparison) -> Asked:
    """One entry a frame, in their order. One query."""
    rows = comparison.generations.order_by("position")
    return Asked(comparison.number, tuple(_entry(comparison, row) for row in rows))


def _entry(comparison: Comparison, row: Generation) -> Entry:
    sent = candidates.sent(row)
    name = f"{comparison.number}-{row.position}"
    texts = comparison.reading.get("texts", [])
    return entry(sent.label, comparison.prompt, sent.adaptation, texts, name=name, rewritten=row.final_prompt)
