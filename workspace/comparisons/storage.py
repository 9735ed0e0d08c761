"""Pictures in the storage, addressed by their content: the same bytes are kept once, and a name never changes its meaning."""

import hashlib
import uuid

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from providers import vectors
from providers.types import ImageResult
from workspace.comparisons.models import Image

SUFFIXES = {
    "image/png": "png",
    "image/jpeg": "jpg",
    "image/webp": "webp",
    "image/gif": "gif",
    "image/avif": "avif",
    vectors.MEDIA_TYPE: "svg",
}


def keep_original(result: ImageResult) -> Image:
    """Store the bytes exactly as they came (provenance included); an unsaved row that describes them."""
    digest = hashlib.sha256(result.data).hexdigest()
    return Image(
        public_id=uuid.uuid4(),
        sha256=digest,
        media_type=result.media_type,
        byte_size=len(result.data),
        width=result.width,
        height=result.height,
        original=keep("originals", SUFFIXES[result.media_type], result.data, digest),
    )


def keep(folder: str, suffix: str, data: bytes, digest: str = "") -> str:
    """Store ``data`` under its SHA-256 (given where it is known already), once; return its name in the default storage.

    A file of another length under that name was cut off by a crash: the storage then gives the whole one a name of its own.
    """
    digest = digest or hashlib.sha256(data).hexdigest()
    name = f"{folder}/{digest[:2]}/{digest[2:4]}/{digest}.{suffix}"
    if default_storage.exists(name) and default_storage.size(name) == len(data):
        return name
    return default_storage.save(name, ContentFile(data))
