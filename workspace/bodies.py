"""How much one request may send: Django puts a whole body into memory and files before anything looks at it."""

from collections.abc import Awaitable, Callable, MutableMapping
from dataclasses import dataclass
from typing import Any

type Message = MutableMapping[str, Any]
type Receive = Callable[[], Awaitable[Message]]
type Send = Callable[[Message], Awaitable[None]]
type Application = Callable[[Message, Receive, Send], Awaitable[None]]

SENTENCE = b"That is more than one request may send. Choose a smaller file."
TEXT = (b"content-type", b"text/plain; charset=utf-8")
CLOSING = (b"connection", b"close")  # what else is on its way is not worth listening to


class Bodies:
    """An ASGI application whose requests are answered with 413 once their body has, or says it has, more than ``most`` bytes."""

    def __init__(self, application: Application, most: int) -> None:
        self._application = application
        self._most = most

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        body = _Counted(receive, self._most, _declared(scope))
        if not body.too_large:
            await self._application(scope, body.receive, send)
        if body.too_large:
            await _refuse(send)


@dataclass(slots=True)
class _Counted:
    """A body that is counted on its way; when it has grown too large, the application hears that the other side has gone."""

    source: Receive
    most: int
    declared: int
    size: int = 0

    @property
    def too_large(self) -> bool:
        return max(self.size, self.declared) > self.most

    async def receive(self) -> Message:
        if self.too_large:
            return {"type": "http.disconnect"}
        message = await self.source()
        self.size += len(message.get("body", b""))
        return {"type": "http.disconnect"} if self.too_large else message


def _declared(scope: Message) -> int:
    """The length that the request names, 0 for none: what lies about it is counted."""
    length = next((value for name, value in scope.get("headers", ()) if name == b"content-length"), b"")
    return int(length) if length.isdigit() and len(length) < 20 else 0


async def _refuse(send: Send) -> None:
    await send({"type": "http.response.start", "status": 413, "headers": [TEXT, CLOSING]})
    await send({"type": "http.response.body", "body": SENTENCE})
