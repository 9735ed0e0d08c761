"""What a person sees when something of ours breaks: a number to quote, never a trace."""

import logging
import secrets

from django.http import HttpRequest, HttpResponseServerError
from django.template.loader import render_to_string

logger = logging.getLogger(__name__)


def server_error(request: HttpRequest) -> HttpResponseServerError:
    """The 500 page, or its banner for htmx, with an incident number that the log holds beside the trace."""
    incident = secrets.token_hex(2).upper()
    logger.error("incident %s: %s %s", incident, request.method, request.path)
    template = "500.html#incident_banner" if request.headers.get("HX-Request") else "500.html"
    return HttpResponseServerError(render_to_string(template, {"incident": incident}))
