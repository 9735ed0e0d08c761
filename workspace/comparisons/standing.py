"""What is known of providers beside the environment: what admins entered or paused, and who is in trouble right now.

The app that knows lies above this one, and names itself here when Django starts.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from routing.rules import NO_RULES, Rules


class Health(StrEnum):
    OK = "ok"
    SLOW = "slow"
    DOWN = "down"


@dataclass(frozen=True, slots=True)
class Entered:
    """By provider key, but for the ``rules`` of routing. ``labels`` name servers of one's own; ``paused`` providers are not asked
    for pictures, for the reason that is given: "paused by an admin".
    """

    keys: Mapping[str, str] = field(default_factory=dict, repr=False)
    addresses: Mapping[str, str] = field(default_factory=dict)
    labels: Mapping[str, str] = field(default_factory=dict)
    paused: Mapping[str, str] = field(default_factory=dict)
    rules: Rules = NO_RULES


@dataclass(slots=True)
class _Known:
    entered: Callable[[], Entered] = Entered
    troubled: Callable[[], Mapping[str, Health]] = dict


_known = _Known()


def told_by(entered: Callable[[], Entered], troubled: Callable[[], Mapping[str, Health]]) -> None:
    """Ask these from now on. Both are asked for every page and every call, so they answer from memory."""
    _known.entered, _known.troubled = entered, troubled


def entered() -> Entered:
    return _known.entered()


def troubled() -> Mapping[str, Health]:
    """Providers that are slow or down, by their keys; the others are well."""
    return _known.troubled()
