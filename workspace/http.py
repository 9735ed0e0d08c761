"""The request's way in, and what a person sees when something of ours breaks: a number to quote, never a trace."""

import logging
import secrets
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseServerError
from django.template.loader import render_to_string
from django.utils.decorators import sync_only_middleware

logger = logging.getLogger(__name__)


@sync_only_middleware
def in_one_thread(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Innermost, this lets all middleware of a request run in one thread.

    Under ASGI, Django runs middleware on the event loop as long as all can, and its own then change to a thread and back for each
    of their halves: eighteen times a request, a fifth of the price of an open stream.
    """
    return get_response


def server_error(request: HttpRequest) -> HttpResponseServerError:
    """The 500 page, or its banner for htmx, with an incident number that the log holds beside the trace."""
    incident = secrets.token_hex(2).upper()
    logger.error("incident %s: %s %s", incident, request.method, request.path)
    template = "500.html#incident_banner" if request.headers.get("HX-Request") else "500.html"
    return HttpResponseServerError(render_to_string(template, {"incident": incident}))
