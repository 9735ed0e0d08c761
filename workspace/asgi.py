"""The web application as an ASGI server sees it: collected static files first, then Django.

Static files never enter Django's middleware, so nothing there has to be run in a thread for them.
"""

import asyncio
import os
import sys
from wsgiref.headers import Headers

import django
from django.core.handlers.asgi import ASGIHandler, ASGIRequest
from django.http import HttpResponseBase
from servestatic import ServeStaticASGI

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "workspace.settings")
django.setup(set_prefix=False)

from django.conf import settings  # noqa: E402 - settings need the line above

from workspace.bodies import Bodies  # noqa: E402 - after the settings, like everything of Django's

AT_ONCE = 4  # requests in threads: more only take the lock of the interpreter from each other, and from the event loop
SWITCH_SECONDS = 0.001  # how long one of them keeps that lock while the loop, with a picture to announce, waits for it


class FewAtOnce(ASGIHandler):
    """Django, with requests waiting on the event loop for a thread instead of fighting for the processor in threads.

    A request waits after its body is there and is counted until its response is made: neither a slow upload nor a slow download
    keeps others waiting, and an open event stream is not counted at all.
    """

    def __init__(self) -> None:
        super().__init__()
        self._places = asyncio.Semaphore(AT_ONCE)

    async def get_response_async(self, request: ASGIRequest) -> HttpResponseBase:
        async with self._places:
            return await super().get_response_async(request)


sys.setswitchinterval(SWITCH_SECONDS)


def _add_headers(headers: Headers, path: str, url: str) -> None:
    headers["X-Content-Type-Options"] = "nosniff"


application = ServeStaticASGI(
    Bodies(FewAtOnce(), settings.MAX_BODY_BYTES),
    root=settings.STATIC_ROOT,
    prefix=settings.STATIC_URL,
    immutable_file_test=r"\.[0-9a-f]{12}\.",  # the hash that the manifest storage puts into every name
    allow_all_origins=False,
    add_headers_function=_add_headers,
)
