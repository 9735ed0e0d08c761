"""Ways to fail on request.

Two ways to ask: ``POST /_control/faults`` for the next calls of a model, or a marker in the prompt, which also works through the
product's own screens:

    [[fault:KIND]]                        every model that gets this prompt
    [[fault:KIND@V_2A_TURBO]]             one model only
    [[fault:KIND=20]]                     with a number of seconds (slow: the delay, rate_limited: Retry-After)
    [[fault:KIND*1]]                      only the first time that model gets this prompt
    [[fault:KIND/image]]                  when the hosted picture is fetched (``/poll``: when a job is polled)

in that order where combined: ``[[fault:slow=20*1/image@V_2A_TURBO]]``.
"""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class FaultKind(StrEnum):
    UNAUTHORIZED = "unauthorized"
    NO_ACCESS = "no_access"
    OUT_OF_QUOTA = "out_of_quota"
    RATE_LIMITED = "rate_limited"
    SERVER_ERROR = "server_error"
    UNAVAILABLE = "unavailable"
    INVALID_REQUEST = "invalid_request"
    MODEL_GONE = "model_gone"
    REFUSAL = "refusal"  # the prompt is declined
    WITHHELD = "withheld"  # the picture was made (and billed) and is kept back: Ideogram's is_image_safe false
    HANG = "hang"  # no answer, ever
    SLOW = "slow"
    DROP = "drop"  # the connection closes without an answer
    CUT_OFF = "cut_off"  # the body stops half-way
    WRONG_TYPE = "wrong_type"  # 200 with a page of HTML
    EMPTY = "empty"  # 200 without a body
    NO_PICTURE = "no_picture"  # 200 with every field but the picture
    EXPIRED_URL = "expired_url"
    TEXT_AS_IMAGE = "text_as_image"
    SVG_WITH_SCRIPT = "svg_with_script"  # whole and pretty, with everything in it that a page must never run or fetch
    SVG_WITH_ENTITY = "svg_with_entity"  # declares an entity that would read a file
    OVERSIZED = "oversized"  # 60 megapixels in a few kilobytes
    HUGE = "huge"  # a true picture in far too many bytes
    BROKEN_PICTURE = "broken_picture"  # sound header and trailer, pixels that cannot be decoded
    # the language model alone
    TALKS = "talks"  # about the prompt, instead of rewording it
    DROPS_TEXT = "drops_text"  # of what is to be drawn
    ADDS_BRAND = "adds_brand"
    INJECTED = "injected"  # it does what a prompt tells it to


class Place(StrEnum):
    """Where a fault shows: in the vendor's answer, at the hosted picture, or while a job is polled."""

    ANSWER = "answer"
    IMAGE = "image"
    POLL = "poll"


@dataclass(slots=True, eq=False)
class Fault:
    """``times`` counts down to 0; None never ends. Empty ``provider`` and "*" as ``model`` match all."""

    kind: FaultKind
    provider: str = ""
    model: str = "*"
    place: Place = Place.ANSWER
    seconds: float | None = None
    times: int | None = None

    def matches(self, provider: str, names: Iterable[str]) -> bool:
        if self.times == 0 or self.provider not in ("", provider):
            return False
        return self.model == "*" or _plain(self.model) in map(_plain, names)

    def strike(self) -> bool:
        """Use it once; False when it is used up."""
        if self.times == 0:
            return False
        if self.times is not None:
            self.times -= 1
        return True


MARKED = re.compile(
    r"\[\[fault:(?P<kind>\w+)(?:=(?P<seconds>\d+(?:\.\d+)?))?(?:\*(?P<times>\d+))?(?:/(?P<place>\w+))?(?:@(?P<model>[^\]]+))?\]\]"
)


class FaultBook:
    """Faults waiting to strike."""

    def __init__(self) -> None:
        self._ordered: list[Fault] = []
        self._marked: Counter[tuple[str, str]] = Counter()

    def add(self, fault: Fault) -> None:
        self._ordered.append(fault)

    def clear(self) -> None:
        self._ordered.clear()
        self._marked.clear()

    def find(self, provider: str, names: tuple[str, ...], prompt: str) -> Fault | None:
        """The fault for this call, or None. One that shows in the answer is used up here, the others where they show."""
        ordered = (fault for fault in self._ordered if fault.matches(provider, names))
        fault = next(ordered, None) or self._in_prompt(provider, names, prompt)
        if fault and fault.place is Place.ANSWER:
            fault.strike()
        return fault

    def _in_prompt(self, provider: str, names: tuple[str, ...], prompt: str) -> Fault | None:
        for marker in MARKED.finditer(prompt):
            fault = _from_marker(marker)
            if fault.matches(provider, names) and self._still_due(fault, names[0], prompt):
                return fault
        return None

    def _still_due(self, fault: Fault, name: str, prompt: str) -> bool:
        self._marked[name, prompt] += 1
        return fault.times is None or self._marked[name, prompt] <= fault.times


def _from_marker(marker: re.Match[str]) -> Fault:
    """Raises ValueError for a kind or place that does not exist: a test with a typing error must not pass."""
    found = marker.groupdict()
    return Fault(
        kind=FaultKind(found["kind"]),
        model=found["model"] or "*",
        place=Place(found["place"] or Place.ANSWER),
        seconds=float(found["seconds"]) if found["seconds"] else None,
        times=int(found["times"]) if found["times"] else None,
    )


def _plain(name: str) -> str:
    """Letters and digits only, so that V_2A_TURBO, v2a-turbo and a whole path can all be written as one likes."""
    return "".join(letter for letter in name.casefold() if letter.isalnum())
