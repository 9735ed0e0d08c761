"""How many images a provider draws for one account at the same time; one more is turned away or waits out of our sight.

Sources are named in docs/providers.md. A provider that is not listed has no such limit: it limits by time (OpenAI, Gemini,
Stability, Recraft), grows with the account (fal), or keeps a line of its own (Replicate).
"""

from dataclasses import dataclass

from providers.types import ModelSpec

IN_FLIGHT = {
    "ideogram": 10,  # images, and each of our calls asks for one
    "bfl": 24,  # tasks
    "a1111": 1,  # one global lock: a second request only blocks behind it
    "comfyui": 2,  # it draws one at a time; the next is there when the first is done
    "local": 4,  # unverified: these servers batch or block, none says how many it takes
}


@dataclass(frozen=True, slots=True)
class Cap:
    """At most ``most`` calls in flight under one ``name``."""

    name: str
    most: int


def cap(model: ModelSpec, adjusted: dict[str, int]) -> Cap | None:
    """The cap on calls for this model; ``adjusted``: what the operator's own account may have, by provider (0: no cap)."""
    most = adjusted.get(model.provider, IN_FLIGHT.get(model.provider))
    return Cap(model.provider, most) if most else None
