"""A language model's wording travels in the form under a seal: what was shown is what is sent, and nothing made up passes.

The seal holds no text: it binds digests of prompt and wording to a model and a person, and carries what is not in a text field.
"""

import hashlib

from django.core import signing

from routing.types import Adaptation, Author

SALT = "comparisons.thought"
LASTS = 7 * 24 * 3600  # seconds; an old tab words by the rules again


def sealed(adaptation: Adaptation, *, user_id: int, model: str, prompt: str) -> str:
    """The seal for a wording that is about to be shown."""
    bound = _bound(user_id, model, prompt, adaptation.prompt)
    return signing.dumps([bound, adaptation.negative_prompt, adaptation.reasons], salt=SALT, compress=True)


def opened(seal: str, *, user_id: int, model: str, prompt: str, text: str) -> Adaptation | None:
    """The wording, if the seal is ours and was made for exactly this person, model, prompt and text."""
    try:
        bound, negative_prompt, reasons = signing.loads(seal, salt=SALT, max_age=LASTS)
    except (signing.BadSignature, ValueError):
        return None
    if bound != _bound(user_id, model, prompt, text):
        return None
    return Adaptation(text, negative_prompt, tuple(reasons), Author.LANGUAGE_MODEL)


def _bound(user_id: int, model: str, prompt: str, text: str) -> str:
    parts = "\x00".join((str(user_id), model, prompt.strip(), text.strip()))
    return hashlib.blake2s(parts.encode()).hexdigest()
