"""One question to a language model: any server that speaks OpenAI's ``/chat/completions``.

Only ``model`` and ``messages`` are sent, the two fields that every such server knows: reasoning models turn down a temperature,
and older servers the newer name of a length limit. What comes back is text nobody has checked.
"""

from dataclasses import dataclass, field

from providers import answers, reading
from providers.answers import Answer
from providers.errors import BrokenAnswer, ProviderError, Refused
from providers.limits import Limits
from providers.transport import Transport

SECONDS = 6.0  # from the question to the last byte of the answer
MOST_BYTES = 128 * 1024  # of an answer; the longest prompt any model takes is a third of that
LIMITS = Limits(
    connections=20, connect=3.0, read=SECONDS, pool=3.0, deadline=SECONDS, body_seconds=SECONDS, body_bytes=MOST_BYTES
)


@dataclass(frozen=True, slots=True)
class Thinker:
    """Where a language model answers, under which name, and with which key ("" where a server wants none)."""

    base_url: str
    model: str
    api_key: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Said:
    """What it said, word for word; ``simulated`` if the simulator did."""

    text: str
    simulated: bool = False


async def ask(thinker: Thinker, system: str, user: str, transport: Transport) -> Said:
    """Ask it once. Raises only the tree in ``providers.errors``; an answer that was cut short counts as broken."""
    payload = {"model": thinker.model, "messages": [_message("system", system), _message("user", user)]}
    headers = {"Authorization": f"Bearer {thinker.api_key}"} if thinker.api_key else {}
    url = f"{thinker.base_url.rstrip('/')}/chat/completions"
    async with transport.post(url, payload, headers=headers, secret=thinker.api_key) as reply:
        answer = answers.whole(reply, _failure)
        return Said(_text(answer), simulated=answer.headers.get("x-simulated") == "true")


def _message(role: str, content: str) -> dict[str, str]:
    return {"role": role, "content": content}


def _failure(answer: Answer) -> ProviderError:
    return answer.error()


def _text(answer: Answer) -> str:
    """The words of the first choice."""
    choice = reading.first(answer.json().get("choices"))
    message = reading.mapping(choice.get("message"))
    if choice.get("finish_reason") == "content_filter" or message.get("refusal"):
        raise Refused("the language model declined to answer")
    if choice.get("finish_reason") == "length":
        raise BrokenAnswer("the answer was cut short")
    text = reading.text(message.get("content"), MOST_BYTES)
    if text is None:
        raise BrokenAnswer("no words in the answer")
    return text
