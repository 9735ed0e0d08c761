"""Keep keys, signed addresses and what pictures show out of logs, errors and reprs."""

import re

HIDDEN = "[hidden]"

_QUERY = re.compile(r"(https?://[^\s\"'<>?#]+)[?#][^\s\"'<>]*", re.IGNORECASE)
_USERINFO = re.compile(r"(https?://)[^\s/\"'<>@]+@", re.IGNORECASE)
_CREDENTIAL = re.compile(r"((?:bearer|api[-_]?key|authorization)[\"']?\s*[:=]?\s*[\"']?)[\w.~+/=*-]{8,}", re.IGNORECASE)
_ENCODED = re.compile(r"[A-Za-z0-9+/\\_-]{80,}")  # base64, its slashes escaped or not: a picture that was sent back
_NOT_TEXT = re.compile(r"[\ufffd\x00-\x08\x0e-\x1a].*", re.DOTALL)  # bytes of one
_KEY_SHAPED = re.compile(r"\b(?:sk|pk|rk|key)[-_][\w*-]{6,}", re.IGNORECASE)


def redact(text: str, secret: str = "") -> str:
    """The text without the secret, query strings of addresses, pictures, and whatever looks like a key."""
    if len(secret) >= 4:
        text = text.replace(secret, HIDDEN)
    text = _USERINFO.sub(r"\1", text)
    text = _QUERY.sub(r"\1?" + HIDDEN, text)
    text = _CREDENTIAL.sub(r"\1" + HIDDEN, text)
    text = _ENCODED.sub(HIDDEN, _NOT_TEXT.sub(HIDDEN, text))
    return _KEY_SHAPED.sub(HIDDEN, text)
