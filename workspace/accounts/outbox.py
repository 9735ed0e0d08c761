"""Letters leave in the background.

If a page waited for the mail server, it would answer later for an address that has an account than for one that has none, and
an unreachable server would turn into an error page for the first only. Either tells a stranger who is here.
"""

import logging
from collections.abc import Mapping
from concurrent.futures import Future, ThreadPoolExecutor

from django.core.mail import EmailMessage
from django.template.loader import render_to_string

logger = logging.getLogger(__name__)
_postman = ThreadPoolExecutor(max_workers=1, thread_name_prefix="postman")


def letter(name: str, context: Mapping[str, object], to: str) -> EmailMessage:
    """To one address, out of the templates ``name`` + ``_subject.txt`` and ``_message.txt``."""
    subject = render_to_string(f"{name}_subject.txt", context).strip()
    return EmailMessage(subject, render_to_string(f"{name}_message.txt", context), to=[to])


def post(message: EmailMessage) -> Future[None]:
    """Send soon, in order. What cannot be sent is logged by subject; the person asks again."""
    return _postman.submit(_send, message)


def wait() -> None:
    """Return when every letter posted so far has left or failed."""
    _postman.submit(lambda: None).result()


def _send(message: EmailMessage) -> None:
    try:
        message.send()
    except Exception:  # a mail server can fail in any way; the queue behind this letter must go on
        logger.exception("This letter could not be sent: %s", message.subject)
