"""People who use the product under a benchmark: accounts with credits, signed in, and their browsers."""

import itertools
import re
import uuid
from collections.abc import Sequence
from urllib.parse import urlencode

from benchmarks.listener import Client

SHOWN = re.compile(rb'name="shown" value="([^"]+)"')
TOKEN = re.compile(rb'name="csrfmiddlewaretoken" value="([^"]+)"')
STREAM = re.compile(rb'sse-connect="([^"]+)"')
RUN = re.compile(r"/runs/\d+/")
_numbers = itertools.count(1)


class Person:
    """Somebody with a session and more credits than a benchmark can spend."""

    def __init__(self, port: int) -> None:
        from workspace.accounts.models import User
        from workspace.credits import services as credits

        self.user = User.objects.create_user(f"person{next(_numbers)}@example.com")
        credits.open_account(self.user)
        self.session = _session(self.user)
        self.browser = Client(port, {"Cookie": f"sessionid={self.session}"})
        self.token = self.shown = ""

    async def open_page(self) -> None:
        """Fetch the page and remember what protects its form."""
        page = await self.browser.request("GET", "/")
        found = TOKEN.search(page.body)
        if page.status != 200 or found is None:
            raise RuntimeError(f"the page answered {page.status}")
        cookie = page.headers["set-cookie"].partition(";")[0]
        self.browser.headers["Cookie"] = f"sessionid={self.session}; {cookie}"
        self.token = found[1].decode()
        self._look_at(page.body)

    async def start_run(self, prompt: str, models: Sequence[str]) -> str:
        """Press the button as htmx does; the address of the event stream of the run that came of it."""
        fields = {"prompt": prompt, "intent": "draft", "shape": "1:1", "quality": "draft", "cap": "", "models": models}
        hidden = {"csrfmiddlewaretoken": self.token, "shown": self.shown, "key": str(uuid.uuid4())}
        form = urlencode({**hidden, **fields}, doseq=True).encode()
        headers = {"HX-Request": "true", "Content-Type": "application/x-www-form-urlencoded"}
        answer = await self.browser.request("POST", "/runs/", form, headers)
        if answer.status != 200 or not RUN.fullmatch(answer.headers.get("hx-push-url", "")):
            raise RuntimeError(f"the run was refused with {answer.status}: {answer.body[:2000]!r}")
        self._look_at(answer.body)
        return STREAM.search(answer.body)[1].decode()

    def _look_at(self, html: bytes) -> None:
        """Remember which list of models the form shows, if an answer brought another one."""
        if found := SHOWN.search(html):
            self.shown = found[1].decode()


def _session(user: object) -> str:
    """A session of the person's, as signing in would make it."""
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.create()
    return session.session_key
