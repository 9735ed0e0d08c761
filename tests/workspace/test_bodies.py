"""A body that is too large is turned away before Django has put it anywhere."""

import asyncio
from collections.abc import Iterator

import pytest
from django.conf import settings

from workspace.bodies import Bodies

MOST = 1000


class Connection:
    """One request of an ASGI server: it sends its parts one after another, and remembers how many were fetched."""

    def __init__(self, parts: list[bytes], declared: str = "") -> None:
        headers = [(b"content-length", declared.encode())] if declared else []
        self.scope = {"type": "http", "method": "POST", "path": "/", "headers": headers}
        self.fetched = 0
        self.sent: list[dict] = []
        self._parts: Iterator[bytes] = iter(parts)
        self._left = len(parts)

    async def receive(self) -> dict:
        self.fetched += 1
        self._left -= 1
        return {"type": "http.request", "body": next(self._parts), "more_body": self._left > 0}

    async def send(self, message: dict) -> None:
        self.sent.append(message)

    def through(self) -> "Connection":
        asyncio.run(Bodies(_application, MOST)(self.scope, self.receive, self.send))
        return self

    @property
    def status(self) -> int:
        return self.sent[0]["status"]


async def _application(scope: dict, receive, send) -> None:
    """Reads all, as Django does, and answers unless the other side has gone."""
    more = True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            return
        more = message["more_body"]
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": b""})


def test_what_fits_goes_through():
    assert Connection([b"x" * 500, b"x" * 500], declared="1000").through().status == 200


def test_a_length_that_says_too_much_is_not_even_listened_to():
    refused = Connection([b"x"] * 3, declared="1001").through()
    assert (refused.status, refused.fetched) == (413, 0)
    assert b"Choose a smaller file." in refused.sent[1]["body"]
    assert (b"connection", b"close") in refused.sent[0]["headers"]


@pytest.mark.parametrize("declared", ["", "5", "-1", "many", "9" * 40])
def test_what_grows_too_large_on_its_way_is_cut_off_whatever_it_said(declared):
    refused = Connection([b"x" * 400] * 100, declared=declared).through()
    assert (refused.status, refused.fetched) == (413, 3)
    assert len(refused.sent) == 2


def test_every_reference_that_may_be_chosen_fits():
    assert settings.MAX_REFERENCE_BYTES + 1024**2 < settings.MAX_BODY_BYTES
