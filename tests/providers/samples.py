"""Small real pictures and the captured answers of providers."""

import base64
import json
from functools import cache
from io import BytesIO
from pathlib import Path

from PIL import Image

CAPTURED = Path(__file__).parent / "captured"


@cache
def picture(kind: str = "PNG", width: int = 1024, height: int = 1024, **options) -> bytes:
    """A whole picture of one colour, encoded by Pillow."""
    file = BytesIO()
    Image.new("RGB", (width, height), (200, 90, 40)).save(file, kind, **options)
    return file.getvalue()


@cache
def noise(kind: str = "PNG", width: int = 1024, height: int = 1024) -> bytes:
    """The same as grey noise, which no encoding makes small."""
    file = BytesIO()
    Image.effect_noise((width, height), 80).save(file, kind)
    return file.getvalue()


def damaged(data: bytes) -> bytes:
    """A picture whose header and end are sound, and nothing between them."""
    return data[:100] + bytes(len(data) - 200) + data[-100:]


def encoded(data: bytes) -> str:
    return base64.b64encode(data).decode()


def captured(name: str, **values: str) -> dict:
    """The captured answer of this name, its ``@picture`` or ``@url`` filled in."""
    text = (CAPTURED / f"{name}.json").read_text()
    for key, value in values.items():
        text = text.replace(f"@{key}", value)
    return json.loads(text)


def sse(*events: dict) -> bytes:
    """Events as they come over the wire."""
    return b"".join(f"event: {event['type']}\ndata: {json.dumps(event)}\n\n".encode() for event in events)
