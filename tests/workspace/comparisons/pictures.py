"""Files as people have them: photographs that know where they were taken, and things that only look like pictures."""

import io
import os
import zlib
from functools import cache

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw

from providers.simulator.pictures import END, chunk, header

MAKE, ORIENTATION, GPS = 0x010F, 0x0112, 0x8825
QUARTER_TURN = 6  # the camera was held upright: a viewer turns the picture clockwise
PLACE = {1: "N", 2: (52.0, 31.0, 12.0), 3: "E", 4: (13.0, 24.0, 18.0)}


def photograph(width: int = 640, height: int = 480) -> bytes:
    """A JPEG lying on its side, red where its top belongs, with the camera's make and the place in it."""
    picture = Image.new("RGB", (width, height), (20, 60, 160))
    ImageDraw.Draw(picture).rectangle((0, 0, width // 4, height), fill=(220, 30, 30))
    exif = Image.Exif()
    exif[MAKE], exif[ORIENTATION], exif[GPS] = "Camera of a person", QUARTER_TURN, PLACE
    return encoded(picture, "JPEG", exif=exif, comment=b"taken at home")


def see_through(side: int = 64) -> bytes:
    """A PNG with a hole in its upper half."""
    picture = Image.new("RGBA", (side, side), (10, 120, 60, 255))
    ImageDraw.Draw(picture).rectangle((0, 0, side, side // 2), fill=(0, 0, 0, 0))
    return encoded(picture, "PNG")


def noise(side: int, mode: str) -> bytes:
    """A PNG that no encoder can make small."""
    channels = Image.frombytes(mode, (side, side), os.urandom(side * side * len(mode)))
    return encoded(channels, "PNG", compress_level=0)


@cache
def black(width: int, height: int) -> bytes:
    """A PNG of one bit a pixel: few bytes, however many pixels. Made while tests are collected, hence by hand and once."""
    rows = bytes(height * (1 + -(-width // 8)))
    return header(width, height, depth=1, colour=0) + chunk(b"IDAT", zlib.compress(rows, 1)) + END


def encoded(picture: Image.Image, format: str, **options: object) -> bytes:
    buffer = io.BytesIO()
    picture.save(buffer, format, **options)
    return buffer.getvalue()


def upload(data: bytes, name: str = "picture.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data, content_type="image/jpeg")
