"""Publish first, polish after: decode a picture in full, make its thumbnail and placeholder, then charge for it.

Runs in a process of its own at low priority. Money follows the picture: captured once it has decoded, returned if it is broken.
"""

import base64
import io
import logging
import warnings
from dataclasses import dataclass, replace

from django.conf import settings
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from PIL import Image as Pillow

from providers import vectors
from providers.errors import ErrorKind
from workspace.comparisons import announce, shares, storage, wording
from workspace.comparisons.frames import THUMB_EDGE
from workspace.comparisons.models import Generation, Image
from workspace.comparisons.svg import rasterising
from workspace.comparisons.wording import FrameError

logger = logging.getLogger(__name__)
FORMATS = ("PNG", "JPEG", "WEBP", "GIF", "AVIF")
PLACEHOLDER_EDGE = 16  # pixels
TRIES = 5  # of a process that may have been stopped for other reasons


class BrokenImage(Exception):
    """The original cannot be decoded within the limits. ``kind`` is what the frame then says."""

    def __init__(self, log: str, kind: str = ErrorKind.BROKEN_ANSWER) -> None:
        super().__init__(log)
        self.kind = kind


@dataclass(frozen=True, slots=True)
class Renditions:
    """WebP bytes of the thumbnail, and a tiny picture as a data URL ("" for a transparent one).

    A drawing also has its ``raster`` (PNG), and a ``safe`` copy when the original held anything active. ``size`` is in pixels, of
    what is shown.
    """

    thumb: bytes
    placeholder: str
    size: tuple[int, int]
    raster: bytes = b""
    safe: bytes = b""


def finish(generation_id: int) -> None:
    """Settle one finished frame. Safe to repeat: a settled frame is left alone."""
    generation = Generation.objects.select_related("comparison", "image").get(pk=generation_id)
    if generation.settled or generation.state != Generation.State.DONE:
        return
    try:
        _count_try(generation.image)
        with default_storage.open(generation.image.original) as file:
            renditions = polish(file.read(), generation.image.media_type)
    except (BrokenImage, FileNotFoundError) as error:
        logger.warning("frame %s: %s", generation_id, error)
        kind = error.kind if isinstance(error, BrokenImage) else ErrorKind.BROKEN_ANSWER
        tell = announce.ended if _give_back(generation, kind) else None
    except TimeoutError as error:  # the machine's fault: the sweep asks again, as often as tries allow
        logger.warning("frame %s: %s", generation_id, error)
        tell = None
    else:
        tell = announce.settled if _charge(generation, renditions) else None
    if tell:
        tell(generation)


def _count_try(image: Image) -> None:
    """Remember, before the decoder may die of it, that this picture was tried."""
    if image.tries >= TRIES:
        raise BrokenImage(f"decoding was begun {image.tries} times and never ended")
    Image.objects.filter(pk=image.pk).update(tries=F("tries") + 1)


def polish(data: bytes, media_type: str) -> Renditions:
    """The renditions of any picture; a drawing is made harmless and turned into pixels first. Raises ``BrokenImage``."""
    if media_type != vectors.MEDIA_TYPE:
        return render(data)
    try:
        drawn = rasterising.draw(data)
    except rasterising.TooComplex as error:
        raise BrokenImage(str(error), FrameError.TOO_COMPLEX) from error
    except rasterising.CannotDraw as error:
        raise BrokenImage(str(error)) from error
    return replace(render(drawn.raster), raster=drawn.raster, safe=drawn.safe if drawn.active else b"")


def render(data: bytes) -> Renditions:
    """Decode every pixel and make the renditions. Raises ``BrokenImage`` for anything cut off, oversized or unreadable."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Pillow.DecompressionBombWarning)
            picture = Pillow.open(io.BytesIO(data), formats=FORMATS)
            _check_size(picture)
            picture.load()
            return _renditions(picture)
    except BrokenImage:
        raise
    except Exception as error:  # Pillow's plugins raise almost anything on hostile bytes
        raise BrokenImage(f"cannot be decoded: {type(error).__name__}") from error


def _check_size(picture: Pillow.Image) -> None:
    if picture.width * picture.height > settings.MAX_IMAGE_PIXELS:
        raise BrokenImage(f"{picture.width}×{picture.height} is over the limit of {settings.MAX_IMAGE_PIXELS:,} pixels")


def _renditions(picture: Pillow.Image) -> Renditions:
    factor = max(picture.size) // THUMB_EDGE
    small = picture.convert("RGBA" if picture.has_transparency_data else "RGB")
    if factor > 1:
        small = small.reduce(factor)  # 15 times quicker than resampling, at these sizes as good
    small.thumbnail((THUMB_EDGE, THUMB_EDGE), Pillow.Resampling.BILINEAR)
    tiny = small.convert("RGB")
    tiny.thumbnail((PLACEHOLDER_EDGE, PLACEHOLDER_EDGE), Pillow.Resampling.BOX)
    see_through = small.mode == "RGBA"  # a placeholder would shine through it for ever
    placeholder = "" if see_through else "data:image/webp;base64," + base64.b64encode(_webp(tiny, 30)).decode()
    return Renditions(_webp(small, 80), placeholder, picture.size)


def _webp(picture: Pillow.Image, quality: int) -> bytes:
    buffer = io.BytesIO()
    picture.save(buffer, "WEBP", quality=quality, method=2)
    return buffer.getvalue()


def _charge(generation: Generation, renditions: Renditions) -> bool:
    image = generation.image
    image.thumb = storage.keep("thumbs", "webp", renditions.thumb)
    image.raster = storage.keep("rasters", "png", renditions.raster) if renditions.raster else ""
    image.safe = storage.keep("safe", "svg", renditions.safe) if renditions.safe else ""
    image.width, image.height = renditions.size
    image.placeholder = renditions.placeholder
    image.checked = timezone.now()
    with transaction.atomic():
        if not _settle(generation, cost=generation.cost):
            return False
        image.save(update_fields=["thumb", "raster", "safe", "width", "height", "placeholder", "checked"])
        return shares.charge(generation, _kept(generation))


def _give_back(generation: Generation, kind: str) -> bool:
    with transaction.atomic():
        broken = {"state": Generation.State.FAILED, "error": kind, "message": ""}
        if not _settle(generation, cost=0, **broken):
            return False
        return shares.give_back(generation, wording.clause(kind))


def _kept(generation: Generation) -> str:
    """What the ledger says of a picture: where another model stepped in, which one and why."""
    fell_back = generation.answered_by not in ("", generation.model)
    return generation.message if fell_back and generation.message else f"picture kept for {wording.credits(generation.cost)}"


def _settle(generation: Generation, **changes: object) -> bool:
    """Mark the frame settled if nobody else has; the row stays locked until the credits have moved too."""
    mine = Generation.objects.filter(pk=generation.pk, round=generation.round, state=Generation.State.DONE, settled=False)
    return mine.update(settled=True, version=F("version") + 1, **changes) == 1
