"""Calling off a job: said once, with little patience, and no error where there was nothing left to call off."""

import asyncio
from contextlib import AbstractAsyncContextManager

from providers.answers import Answer
from providers.errors import TimedOut
from providers.events import EventStream
from providers.transport import Transport

# What a provider says about a job that has ended, or that it does not know (any more).
_OVER = frozenset({400, 404, 409, 410, 422})


async def send(asking: AbstractAsyncContextManager[Answer | EventStream], transport: Transport) -> Answer | None:
    """See that it is heard, and give back what was answered in one piece. Raises the tree in ``providers.errors``."""
    try:
        async with asyncio.timeout(transport.limits.poll_seconds), asking as reply:
            if not isinstance(reply, Answer):
                return None
            if reply.failed and reply.status not in _OVER:
                raise reply.error()
            return reply
    except TimeoutError:
        raise TimedOut("no answer to calling off a job", may_have_billed=False) from None
