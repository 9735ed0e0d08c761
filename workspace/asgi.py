"""The web application as an ASGI server sees it: collected static files first, then Django.

Static files never enter Django's middleware, so nothing there has to be run in a thread for them.
"""

import os
from wsgiref.headers import Headers

from django.core.asgi import get_asgi_application
from servestatic import ServeStaticASGI

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "workspace.settings")
django = get_asgi_application()

from django.conf import settings  # noqa: E402 - settings need the line above


def _add_headers(headers: Headers, path: str, url: str) -> None:
    headers["X-Content-Type-Options"] = "nosniff"


application = ServeStaticASGI(
    django,
    root=settings.STATIC_ROOT,
    prefix=settings.STATIC_URL,
    immutable_file_test=r"\.[0-9a-f]{12}\.",  # the hash that the manifest storage puts into every name
    allow_all_origins=False,
    add_headers_function=_add_headers,
)
