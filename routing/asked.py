"""A brief out of plain values, as another program or the command line gives them."""

from collections.abc import Mapping
from enum import StrEnum

from providers.types import Quality
from routing import sizing, wording
from routing.errors import UnreadableBrief
from routing.types import Brief, Intent

FIELDS = ("prompt", "intent", "budget", "quality", "shape")
LONGEST = 20_000  # characters of a prompt; no model takes more
MOST_CREDITS = 1_000_000
DEFAULT_SHAPE = "4:3"


def brief(values: Mapping[str, object]) -> Brief:
    """The brief of ``FIELDS``; all but the prompt may be missing or None. Raises ``UnreadableBrief``, which says why."""
    if unknown := [name for name in values if name not in FIELDS]:
        raise UnreadableBrief(f"There is no field named {unknown[0][:40]!r}. There are {wording.listed(FIELDS)}.")
    intent = _text(values, "intent", "auto")
    return Brief(
        prompt=_prompt(values.get("prompt")),
        intent=None if intent == "auto" else _one_of(Intent, intent, "intent", "auto"),
        size=sizing.SHAPES[_shape(_text(values, "shape", DEFAULT_SHAPE))],
        quality=_one_of(Quality, _text(values, "quality", Quality.STANDARD), "quality"),
        cap=_budget(values.get("budget")),
    )


def _prompt(value: object) -> str:
    if not isinstance(value, str):
        raise UnreadableBrief("The prompt is missing." if value is None else "The prompt must be a text.")
    if len(value) > LONGEST:
        raise UnreadableBrief(f"The prompt has {len(value):,} characters; at most {LONGEST:,} can be read.")
    try:
        value.encode()
    except UnicodeEncodeError:
        raise UnreadableBrief("The prompt is not valid Unicode.") from None
    return value.replace("\r\n", "\n").replace("\x00", "")


def _text(values: Mapping[str, object], name: str, default: str) -> str:
    value = values.get(name)
    if value is not None and not isinstance(value, str):
        raise UnreadableBrief(f"The {name} must be a text.")
    return default if value is None else value


def _one_of[T: StrEnum](kind: type[T], value: str, name: str, *also: str) -> T:
    try:
        return kind(value)
    except ValueError:
        raise UnreadableBrief(f"There is no {name} named {value[:40]!r}. Choose {_either([*also, *kind])}.") from None


def _shape(value: str) -> str:
    if value not in sizing.SHAPES:
        raise UnreadableBrief(f"There is no shape named {value[:40]!r}. Choose {_either([*sizing.SHAPES])}.")
    return value


def _either(names: list[str]) -> str:
    return f"{', '.join(names[:-1])} or {names[-1]}"


def _budget(value: object) -> int | None:
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= MOST_CREDITS:
        raise UnreadableBrief(f"The budget must be a whole number of credits, from 0 to {MOST_CREDITS:,}.")
    return value
