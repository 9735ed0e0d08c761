"""Provider keys at rest: encrypted with a key made from SECRET_KEY, each for its own provider.

``SECRET_KEY_FALLBACKS`` open what earlier secrets have sealed, so that the secret can be changed; the daily check seals anew.
"""

from base64 import urlsafe_b64encode

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings


class CannotOpen(Exception):
    """None of the secrets that are known here has sealed it."""


def seal(provider: str, value: str) -> str:
    return _box(provider).encrypt(value.encode()).decode()


def open_sealed(provider: str, sealed: str) -> str:
    """What was sealed for this provider. Raises CannotOpen."""
    try:
        return _box(provider).decrypt(sealed).decode()
    except InvalidToken:
        raise CannotOpen(provider) from None


def renewed(provider: str, sealed: str) -> str:
    """The same under today's SECRET_KEY. Raises CannotOpen."""
    try:
        return _box(provider).rotate(sealed).decode()
    except InvalidToken:
        raise CannotOpen(provider) from None


def is_current(provider: str, sealed: str) -> bool:
    """Whether it needs no fallback."""
    try:
        _fernet(provider, settings.SECRET_KEY).decrypt(sealed)
    except InvalidToken:
        return False
    return True


def _box(provider: str) -> MultiFernet:
    return MultiFernet([_fernet(provider, secret) for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)])


def _fernet(provider: str, secret: str) -> Fernet:
    """A secret is long and random, so it is spread, not stretched. The provider's name keeps rows from being exchanged."""
    info = f"proofsheet.operations.provider-key.{provider}".encode()
    return Fernet(urlsafe_b64encode(HKDF(SHA256(), 32, salt=None, info=info).derive(secret.encode())))
