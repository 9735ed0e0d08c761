"""A reference as providers take it: in base64, as a ``data:`` address, and in the size each of them wants."""

import asyncio
import math
import struct
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from io import BytesIO
from typing import TYPE_CHECKING

import pybase64

from providers import asking, pictures
from providers.types import ImageRequest, ImageResult, Reference

if TYPE_CHECKING:
    from PIL import Image

_QUALITY = 85
_STEP = 0.75  # of the sides, from one try to the next
_SMALLEST = 128  # pixels of the longer side: with less than that there is nothing to go by
_one_at_a_time = ThreadPoolExecutor(1, "references")  # an open picture takes four bytes a pixel, twice
_UNREADABLE = (OSError, ValueError, SyntaxError, EOFError, struct.error)  # what Pillow says of a file it cannot open


@dataclass(frozen=True, slots=True)
class Bounds:
    """What a provider takes: bytes of the file, pixels in all, and pixels of the shorter side."""

    most_bytes: int
    most_pixels: int = pictures.MAX_PIXELS
    least_side: int = 1

    def hold(self, data: bytes) -> bool:
        picture = pictures.inspect(data)
        small_enough = len(data) <= self.most_bytes and picture.width * picture.height <= self.most_pixels
        return small_enough and min(picture.width, picture.height) >= self.least_side


def base64(reference: Reference) -> str:
    return pybase64.b64encode(reference.data).decode()


def data_url(reference: Reference) -> str:
    return f"data:{reference.media_type};base64,{base64(reference)}"


async def fitted(request: ImageRequest, bounds: Bounds) -> ImageRequest:
    """The request with its reference as it is where that fits, else as a JPEG that does, else without one."""
    reference = asking.reference(request)
    if reference is None or bounds.hold(reference.data):
        return request
    made = await asyncio.get_running_loop().run_in_executor(_one_at_a_time, _made_to_fit, reference.data, bounds)
    return replace(request, reference=made)


def told(result: ImageResult, wanted: ImageRequest, sent: ImageRequest) -> ImageResult:
    """The result, which says so when ``fitted`` had to do without the reference."""
    if wanted.reference is None or sent.reference is not None:
        return result
    return replace(result, notes=(*result.notes, "The reference could not be made to fit this model. It used the prompt alone."))


def _made_to_fit(data: bytes, bounds: Bounds) -> Reference | None:
    """In the thread. Smaller and smaller until it fits."""
    try:
        image = _flat(data)
    except _UNREADABLE:
        return None
    scale = min(math.sqrt(bounds.most_pixels / math.prod(image.size)), max(1, bounds.least_side / min(image.size)))
    while not bounds.hold(made := _jpeg(image, scale)):
        scale *= _STEP
        if scale * max(image.size) < _SMALLEST or scale * min(image.size) < bounds.least_side:
            return None
    return Reference(made, "image/jpeg")


def _jpeg(image: "Image.Image", scale: float) -> bytes:
    width, height = (max(1, int(scale * side + 1e-6)) for side in image.size)
    file = BytesIO()
    image.resize((width, height)).save(file, "JPEG", quality=_QUALITY)
    return file.getvalue()


def _flat(data: bytes) -> "Image.Image":
    """Upright, in RGB, and on white where it was transparent. A process that changes no picture does not load Pillow."""
    from PIL import Image, ImageOps

    with Image.open(BytesIO(data)) as file:
        image = ImageOps.exif_transpose(file).convert("RGBA")
    paper = Image.new("RGB", image.size, "white")
    paper.paste(image, mask=image)
    return paper
