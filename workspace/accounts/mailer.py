"""Which mail service an ``EMAIL_URL`` means, in the shape of Django's ``MAILERS`` setting."""

from urllib.parse import unquote, urlsplit

BACKENDS = "django.core.mail.backends"
TIMEOUT = 10  # seconds


def mailer(url: str) -> dict[str, object]:
    """One entry of ``MAILERS``.

    ``consolemail:`` prints letters, ``filemail:///folder`` writes each to a file, ``smtp://user:password@host:port`` sends them,
    ``smtp+tls`` with STARTTLS and ``smtp+ssl`` over TLS from the start. Raises ValueError for anything else.
    """
    parts = urlsplit(url)
    match parts.scheme:
        case "consolemail":
            return {"BACKEND": f"{BACKENDS}.console.EmailBackend"}
        case "filemail":
            return {"BACKEND": f"{BACKENDS}.filebased.EmailBackend", "OPTIONS": {"file_path": unquote(parts.path)}}
        case "smtp" | "smtp+tls" | "smtp+ssl":
            return {"BACKEND": f"{BACKENDS}.smtp.EmailBackend", "OPTIONS": _smtp(url)}
    raise ValueError("EMAIL_URL must begin with consolemail:, filemail:, smtp:, smtp+tls: or smtp+ssl:.")


def _smtp(url: str) -> dict[str, object]:
    parts = urlsplit(url)
    return {
        "host": parts.hostname or "localhost",
        "port": parts.port,
        "username": unquote(parts.username or ""),
        "password": unquote(parts.password or ""),
        "use_tls": parts.scheme == "smtp+tls",
        "use_ssl": parts.scheme == "smtp+ssl",
        "timeout": TIMEOUT,
    }
