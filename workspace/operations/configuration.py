"""What admins have entered, read again every two seconds in each process that uses it: a change needs no restart."""

import asyncio
import logging
import threading
import time
from collections.abc import Iterable

from django.db import Error
from django.utils import timezone

from workspace.comparisons import breakers
from workspace.comparisons.connections import given_back_at_once
from workspace.comparisons.standing import Entered
from workspace.operations import sealing
from workspace.operations.models import ProviderSetting
from workspace.operations.rules import rows as rule_rows

logger = logging.getLogger(__name__)
EVERY_SECONDS = 2.0


class _Held:
    """The last reading. ``read_at`` is on the monotonic clock."""

    def __init__(self) -> None:
        self.entered = Entered()
        self.read_at = float("-inf")
        self.reading = threading.Lock()
        self.keeper: threading.Thread | None = None


_held = _Held()


def entered() -> Entered:
    """What is entered now. On an event loop, where nothing may wait for a database, what ``keep_fresh`` has read last."""
    if time.monotonic() - _held.read_at > EVERY_SECONDS and not _on_a_loop():
        with _held.reading:  # others wait for the one that reads, and then find it done
            if time.monotonic() - _held.read_at > EVERY_SECONDS:
                _refresh()
    return _held.entered


def forget() -> None:
    """Read again when next asked: something was entered here."""
    _held.read_at = float("-inf")


def keep_fresh() -> None:
    """Read now, and from here on in a thread: for processes whose calls are made on an event loop."""
    entered()
    with _held.reading:
        if _held.keeper is None:
            _held.keeper = threading.Thread(target=_keep, name="provider settings", daemon=True)
            _held.keeper.start()


def _keep() -> None:
    while True:
        time.sleep(EVERY_SECONDS)
        with _held.reading:
            _refresh()


@given_back_at_once
def _refresh() -> None:
    """Without a database the last reading stays, and the next try waits its time."""
    try:
        before, _held.entered = _held.entered, _read()
    except Error as error:
        logger.warning("provider settings could not be read: %s", type(error).__name__)
    else:
        _try_again(_changed(before, _held.entered))
    _held.read_at = time.monotonic()


def _changed(before: Entered, now: Entered) -> set[str]:
    """Providers that have another key or address than before."""
    pairs = (before.keys.items() ^ now.keys.items()) | (before.addresses.items() ^ now.addresses.items())
    return {provider for provider, _ in pairs}


def _try_again(providers: Iterable[str]) -> None:
    """What is held against a provider was said of its old key.

    Each process says so once it uses the new one: before, a call of its own might have shut the provider again.
    """
    for provider in providers:
        breakers.questioned(provider, None)


def _read() -> Entered:
    rows, now = list(ProviderSetting.objects.all()), timezone.now()
    return Entered(
        keys={row.provider: key for row in rows if (key := _opened(row))},
        addresses={row.provider: row.address for row in rows if row.address},
        labels={row.provider: row.label for row in rows if row.label},
        paused={row.provider: why for row in rows if (why := row.why_paused(now))},
        rules=rule_rows.standing(),
    )


def _opened(row: ProviderSetting) -> str:
    """The key, or nothing for one that SECRET_KEY no longer opens; the operations page says which."""
    try:
        return sealing.open_sealed(row.provider, row.sealed_key) if row.sealed_key else ""
    except sealing.CannotOpen:
        return ""


def _on_a_loop() -> bool:
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return False
    return True
