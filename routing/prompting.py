"""The wording sent to one model, with the reasons for it.

Today every model is sent the prompt as written. Rules per model family join here behind the same type.
"""

from dataclasses import dataclass

from providers.types import ModelSpec
from routing.errors import PromptTooLong

AS_WRITTEN = "Sent as written."


@dataclass(frozen=True, slots=True)
class Adapted:
    """The prompt for one model. ``reasons`` say what changed and why, or that nothing did."""

    prompt: str
    reasons: tuple[str, ...] = (AS_WRITTEN,)


def adapt(prompt: str, model: ModelSpec) -> Adapted:
    """Word the prompt for a model. Raises PromptTooLong rather than cut what the person wrote."""
    limit = model.capabilities.max_prompt_characters
    if len(prompt) > limit:
        raise PromptTooLong(limit=limit, length=len(prompt))
    return Adapted(prompt)
