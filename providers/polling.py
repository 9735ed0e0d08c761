"""Looking at a job until it is done: early looks close together, later ones further apart."""

import asyncio
from collections.abc import AsyncGenerator, Mapping

from providers.answers import Answer
from providers.errors import BrokenAnswer, ConnectionFailed, ProviderDown, TimedOut
from providers.transport import Transport

# The network spoiled this look; the job runs on.
_STUMBLES = (ConnectionFailed, ProviderDown, TimedOut, BrokenAnswer, TimeoutError)
_AGAIN = frozenset({408, 409, 425, 429})
_FORGOTTEN = frozenset({404, 410})
_GROWTH = 1.5


async def answers(
    transport: Transport, url: str, *, headers: Mapping[str, str], secret: str, at_once: bool = False
) -> AsyncGenerator[Answer]:
    """Every whole answer about the job behind ``url``, whatever its status, until the caller has seen enough.

    The caller has made sure that the key may go there. A wait the provider asks for is kept. Raises ``TimedOut``, which may have
    billed, past the deadline of a call. ``at_once``: the job is known to be done, and the first look need not wait.
    """
    limits, clock = transport.limits, asyncio.get_running_loop().time
    deadline, pause = clock() + limits.deadline, 0.0 if at_once else limits.poll_first
    while clock() + pause < deadline:
        await asyncio.sleep(pause)
        pause = min(max(pause * _GROWTH, limits.poll_first), limits.poll_longest)
        if (answer := await _look(transport, url, headers, secret)) is not None:
            yield answer
            pause = max(pause, _asked_wait(answer))
    raise TimedOut(f"the job was not done within {limits.deadline:g} s")


async def _look(transport: Transport, url: str, headers: Mapping[str, str], secret: str) -> Answer | None:
    try:
        async with asyncio.timeout(transport.limits.poll_seconds), transport.get(url, headers=headers, secret=secret) as reply:
            return reply if isinstance(reply, Answer) else None
    except _STUMBLES:
        return None


def _asked_wait(answer: Answer) -> float:
    return (answer.error().retry_after or 0.0) if answer.failed else 0.0


def state(answer: Answer) -> Mapping[str, object] | None:
    """What an answer says about the job, or None when it says nothing and another look may.

    Raises ``BrokenAnswer`` for a job the provider no longer knows, the tree for a key it no longer takes; both may have billed.
    """
    if answer.status >= 500 or answer.status in _AGAIN:
        return None
    if answer.failed:
        error = answer.error(BrokenAnswer if answer.status in _FORGOTTEN else None)
        error.may_have_billed = True
        raise error
    try:
        return answer.json()
    except BrokenAnswer:
        return None
