"""A picture to go by: from a file or from a frame to what every provider may be sent.

What is kept is made anew from the pixels: upright, in sRGB, at most ``EDGE`` on the longer side, without any metadata (a
photograph tells where it was taken), and small enough for every provider's limit.
"""

import hashlib
import io
import threading
from dataclasses import dataclass
from math import sqrt

from django.conf import settings
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile
from PIL import Image as Pillow
from PIL import ImageCms, ImageOps

from providers import vectors
from workspace.accounts.models import User
from workspace.comparisons import storage
from workspace.comparisons.finishing import FORMATS
from workspace.comparisons.models import Generation, Image, Reference

EDGE = 2048  # pixels on the longer side
MOST_BYTES = 4 * 1024 * 1024  # of what is kept; with base64 around it, it stays below what providers take
THUMB_EDGE = 160  # pixels; it is shown at a fifth of that
MARGIN = 0.95  # of the side that should do, so that shrinking once is mostly enough
UPLOADED = "Uploaded picture"

NO_PICTURE = "That is not a picture we can read. Choose a PNG, JPEG, WebP, GIF or AVIF file."
VECTOR = "A drawing (SVG) cannot be a reference. Choose a PNG, JPEG, WebP, GIF or AVIF file."
_one_at_a_time = threading.Lock()  # a picture at the limit of pixels takes 160 MB while it is decoded


class Unusable(Exception):
    """This cannot be a reference; the message is a finished sentence for people."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """What is kept of a picture: its bytes, and those of a WebP thumbnail. Sizes are in pixels."""

    data: bytes
    media_type: str
    width: int
    height: int
    thumb: bytes


def from_upload(user: User, file: UploadedFile) -> Reference:
    """The reference a person has chosen a file for. Raises ``Unusable``."""
    if file.size > settings.MAX_REFERENCE_BYTES:
        raise Unusable(too_large())
    return _keep(user, file.read(), UPLOADED)


def from_frame(generation: Generation) -> Reference:
    """The picture of a frame, as its owner's reference; of a drawing, the raster. Raises ``Unusable``."""
    name = _shown(generation.image)
    try:
        with default_storage.open(name) as file:
            data = file.read()
    except FileNotFoundError as error:
        raise Unusable("The picture of this frame is not there any more. Choose another.") from error
    run = generation.comparison
    return _keep(run.user, data, f"{run.number}-{generation.position}")


def _shown(image: Image | None) -> str:
    """The name of the pixels that a page shows."""
    name = "" if image is None else image.raster if image.media_type == vectors.MEDIA_TYPE else image.original
    if not name:
        raise Unusable("This frame has no picture yet.")
    return name


def _keep(user: User, given: bytes, label: str) -> Reference:
    """One row for the same bytes under the same label, however often they are given."""
    identity = {"user": user, "sha256": hashlib.sha256(given).hexdigest(), "label": label}
    if found := Reference.objects.filter(**identity).first():
        return found
    prepared = prepare(given)
    facts = {
        "media_type": prepared.media_type,
        "byte_size": len(prepared.data),
        "width": prepared.width,
        "height": prepared.height,
        "stored": storage.keep("references", storage.SUFFIXES[prepared.media_type], prepared.data),
        "thumb": storage.keep("references", "webp", prepared.thumb),
    }
    return Reference.objects.get_or_create(**identity, defaults=facts)[0]


def prepare(given: bytes) -> Prepared:
    """Decode within the limits and make anew. Raises ``Unusable`` for anything but a whole picture in pixels."""
    if not given:
        raise Unusable("This file is empty. Choose another.")
    if vectors.recognises(given) and b"<svg" in given:
        raise Unusable(VECTOR)
    with _one_at_a_time:
        try:
            return _made_anew(given)
        except Unusable:
            raise
        except (Pillow.DecompressionBombError, Pillow.DecompressionBombWarning) as error:
            raise Unusable(_too_many_pixels()) from error
        except Exception as error:  # Pillow's plugins raise almost anything on hostile bytes
            raise Unusable(NO_PICTURE) from error


def _made_anew(given: bytes) -> Prepared:
    with Pillow.open(io.BytesIO(given), formats=FORMATS) as opened:
        if opened.width * opened.height > settings.MAX_IMAGE_PIXELS:
            raise Unusable(_too_many_pixels())
        picture = _upright(opened)
    data, picture = _fitting(picture)
    thumb = picture.copy()
    thumb.thumbnail((THUMB_EDGE, THUMB_EDGE))
    media_type = "image/jpeg" if picture.mode == "RGB" else "image/png"
    return Prepared(data, media_type, *picture.size, _encoded(thumb, "WEBP", quality=80))


def too_large() -> str:
    return f"This file is over {settings.MAX_REFERENCE_BYTES // 1024**2} MB. Choose a smaller one."


def _too_many_pixels() -> str:
    return f"This picture has more than {settings.MAX_IMAGE_PIXELS // 1_000_000} megapixels. Choose a smaller one."


def _upright(opened: Pillow.Image) -> Pillow.Image:
    """The pixels alone: shrunk first, which is what makes the rest cheap; RGB, or RGBA if anything shines through."""
    mode = "RGBA" if opened.has_transparency_data else "RGB"
    opened.draft("RGB", (EDGE, EDGE))  # a JPEG is decoded at about the size that is wanted
    picture = opened if opened.mode in (mode, "CMYK") else opened.convert(mode)
    picture.thumbnail((EDGE, EDGE), Pillow.Resampling.LANCZOS, reducing_gap=2.0)
    picture = _in_srgb(ImageOps.exif_transpose(picture), opened.info.get("icc_profile"))
    if picture.mode == "RGBA" and picture.getextrema()[3] == (255, 255):
        picture = picture.convert("RGB")
    picture.info.clear()
    return picture


def _in_srgb(picture: Pillow.Image, profile: bytes | None) -> Pillow.Image:
    """The same colours without a profile that says how to read them; a profile that cannot be read is ignored."""
    mode = "RGBA" if picture.mode == "RGBA" else "RGB"
    if profile:
        try:
            return ImageCms.profileToProfile(picture, io.BytesIO(profile), ImageCms.createProfile("sRGB"), outputMode=mode)
        except (ImageCms.PyCMSError, OSError, ValueError):
            pass
    return picture.convert(mode)


def _fitting(picture: Pillow.Image) -> tuple[bytes, Pillow.Image]:
    """A file within ``MOST_BYTES`` and the picture in it, which is smaller where that is what it takes."""
    while len(data := _file(picture)) > MOST_BYTES:
        factor = MARGIN * sqrt(MOST_BYTES / len(data))
        picture = picture.resize([max(1, round(side * factor)) for side in picture.size], Pillow.Resampling.LANCZOS)
    return data, picture


def _file(picture: Pillow.Image) -> bytes:
    return _encoded(picture, "JPEG", quality=92, subsampling=0) if picture.mode == "RGB" else _encoded(picture, "PNG")


def _encoded(picture: Pillow.Image, format: str, **options: int) -> bytes:
    buffer = io.BytesIO()
    picture.save(buffer, format, **options)
    return buffer.getvalue()
