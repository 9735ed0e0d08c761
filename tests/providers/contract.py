"""What a provider's own tests bring along, so that the tests for all adapters can try it too.

``tests/providers/test_<key>.py`` lists one ``Case`` for each wire format in ``CASES``. Nothing else has to be said anywhere.
"""

import importlib
from collections.abc import Callable
from dataclasses import dataclass

from providers import catalogue
from tests.providers.vendor import Seen, Vendor


def prompt_in_json(seen: Seen) -> object:
    return seen.json["prompt"]


@dataclass(frozen=True)
class Case:
    """One wire format, tried on one of its models.

    ``path`` is where the question goes, behind the base address. ``answer`` lets the vendor answer with this picture, as its
    captured JSON shows. ``prompt`` finds the prompt in what was sent.
    """

    model: str
    path: str
    answer: Callable[[Vendor, bytes], None]
    prompt: Callable[[Seen], object] = prompt_in_json


def cases_of(key: str) -> tuple[Case, ...]:
    """The cases of one provider; none while it has no test module or the module no ``CASES``."""
    name = f"tests.providers.test_{key}"
    try:
        module = importlib.import_module(name)
    except ModuleNotFoundError as error:
        if error.name != name:
            raise
        return ()
    return getattr(module, "CASES", ())


def all_cases() -> list[Case]:
    return [case for provider in catalogue.providers() for case in cases_of(provider.key)]
