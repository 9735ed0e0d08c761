"""What Ideogram's answers mean: what was made and where it lies, and what each failure says."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from providers import reading
from providers.answers import Answer
from providers.errors import BrokenAnswer, NoAccess, ProviderError, Refused

# Reasons of a 402 that are about the subscription, not about money.
_NOT_MONEY = frozenset({"subscription_required", "feature_limit"})
_MOST_MICROS = 10**9


@dataclass(frozen=True, slots=True, repr=False)
class Made:
    """What the answer says about the picture. No repr: the address is signed."""

    url: str
    prompt: str | None
    seed: int | None
    request_id: str | None
    cost_usd: Decimal | None


def made(answer: Answer) -> Made:
    """What was made and where. Raises the error tree for everything but one safe picture with an address."""
    body = answer.json()
    item = reading.first(body.get("data"))
    request_id = reading.text(body.get("generation_id"), 200) or answer.request_id
    if item.get("is_image_safe") is False:
        # Drawn, looked at, withheld: Ideogram charges for these.
        raise Refused("is_image_safe is false", request_id=request_id, may_have_billed=True)
    url = item.get("url")
    if not isinstance(url, str) or not url:
        raise BrokenAnswer(f"no picture's address in the answer: {answer.excerpt()}", request_id=request_id)
    seed = reading.whole_number(item.get("seed"))
    return Made(
        url,
        reading.text(item.get("prompt")),
        seed if seed is not None else reading.whole_number(body.get("seed")),
        request_id,
        _cost(body, item),
    )


def _cost(*places: Mapping[str, object]) -> Decimal | None:
    for place in places:
        if (micros := reading.whole_number(place.get("usage_cost_usd_micros"), _MOST_MICROS)) is not None:
            return Decimal(micros) / 1_000_000
    return None


def failure(answer: Answer) -> ProviderError:
    """422 is the prompt's safety check, not billed; 429 ``inflight_limit`` and the rest mean what their status says."""
    if answer.status == 422:
        return answer.error(Refused)
    if answer.status == 402 and _reason(answer) in _NOT_MONEY:
        return answer.error(NoAccess)
    return answer.error()


def _reason(answer: Answer) -> object:
    try:
        reason = answer.json().get("reject_reason")
    except BrokenAnswer:
        return None
    return reason if isinstance(reason, str) else None
