"""Reading JSON that may be anything: a wrong type gives None or an empty mapping, never an exception outside the tree."""

import json
from collections.abc import Mapping
from types import MappingProxyType

import orjson
import pybase64

from providers.errors import BrokenAnswer

NOTHING: Mapping[str, object] = MappingProxyType({})
LARGEST_SEED = 2**63 - 1  # what a database column for it can hold
_UNSTORABLE = {0: None, **dict.fromkeys(range(0xD800, 0xE000))}  # NUL and lone surrogates


def json_object(body: bytes | bytearray) -> Mapping[str, object]:
    """The object a body holds. Raises ``BrokenAnswer`` for anything else, however deep or odd."""
    try:
        value = _loads(body)
    except (ValueError, RecursionError):
        # Not chained: a decoding error carries the whole body along.
        raise BrokenAnswer(f"not JSON: {len(body)} bytes beginning with {bytes(body[:12])!r}") from None
    if not isinstance(value, dict):
        raise BrokenAnswer(f"JSON, but a {type(value).__name__} instead of an object")
    return value


def _loads(body: bytes | bytearray) -> object:
    """orjson reads a megabyte of base64 in a fifth of the time; the standard library takes what is odd (NaN, lone surrogates)."""
    try:
        return orjson.loads(body)
    except ValueError:
        return json.loads(body)


def mapping(value: object) -> Mapping[str, object]:
    return value if isinstance(value, dict) else NOTHING


def first(value: object) -> Mapping[str, object]:
    """The first item of a list of objects."""
    return mapping(value[0]) if isinstance(value, list) and value else NOTHING


def text(value: object, limit: int = 20_000) -> str | None:
    """A string that any database can store, or None."""
    if not isinstance(value, str):
        return None
    return value[:limit].translate(_UNSTORABLE) or None


def whole_number(value: object, largest: int = LARGEST_SEED) -> int | None:
    """A whole number from 0 to ``largest``, or None."""
    if isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= largest:
        return value
    return None


def base64_bytes(value: object, limit: int) -> bytes:
    """The bytes of a base64 text without a ``data:`` prefix. Raises ``BrokenAnswer`` when it is none or over ``limit`` bytes."""
    if not isinstance(value, str) or not value:
        raise BrokenAnswer("no picture in the answer")
    if len(value) * 3 // 4 > limit + 3:
        raise BrokenAnswer(f"the picture is over the limit of {limit} bytes")
    try:
        return pybase64.b64decode(value, validate=True)
    except ValueError as error:
        raise BrokenAnswer("the picture is not base64") from error
