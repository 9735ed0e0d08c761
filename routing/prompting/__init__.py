"""The wording each model answers best, with the reasons for it: pure, deterministic, checked by one contract.

What is sent to a model is the person's own wording for it, or else the prompt as the rules of its family word it, or else the
prompt as written. Nothing is ever cut.
"""

from providers.types import ModelSpec
from routing.errors import PromptTooLong
from routing.prompting import adapting
from routing.prompting.contract import breaches
from routing.prompting.differences import Change, Difference, differences
from routing.prompting.rewriting import instructions, thought
from routing.types import Adaptation, Author, Brief, Intent, Reading, Wording

__all__ = [
    "Adaptation",
    "Author",
    "Change",
    "Difference",
    "adapt",
    "as_written",
    "breaches",
    "differences",
    "instructions",
    "thought",
    "worded",
]

OWN = "Sent as you worded it for this model."


def as_written(prompt: str, model: ModelSpec) -> Adaptation:
    """The prompt, letter for letter. Raises PromptTooLong rather than cut what the person wrote."""
    limit = model.capabilities.max_prompt_characters
    if len(prompt) > limit:
        raise PromptTooLong(limit=limit, length=len(prompt))
    return Adaptation(prompt)


def adapt(prompt: str, model: ModelSpec, reading: Reading, *, intent: Intent) -> Adaptation:
    """Word a prompt for a model by the rules of its family. ``reading`` is of this prompt. Raises PromptTooLong."""
    plain = as_written(prompt, model)
    return adapting.by_rules(prompt, model, reading, intent) or plain


def worded(brief: Brief, model: ModelSpec, reading: Reading, *, intent: Intent) -> Adaptation:
    """What a model is sent for a brief, whether it has a seat or stands in for another. ``reading`` is of the brief's prompt.

    Raises PromptTooLong.
    """
    if model.id in brief.own:
        own = as_written(brief.own[model.id], model)
        return Adaptation(own.prompt, reasons=(OWN,))
    if brief.wording is Wording.AS_WRITTEN:
        return as_written(brief.prompt, model)
    return adapt(brief.prompt, model, reading, intent=intent)
