"""Pictures on the way: the latest preview of a running frame, small, kept in Redis for some minutes, never in the database."""

import base64
import io
import json
from collections.abc import Iterable

from PIL import Image

from workspace.comparisons import live
from workspace.comparisons.frames import Preview
from workspace.comparisons.models import Generation

EDGE = 320  # pixels on the longer side; it is shown blurred
KEEP_SECONDS = 600


def key(generation: int) -> str:
    return f"preview:{generation}"


def shrink(data: bytes, index: int, expected: int) -> Preview:
    """A preview of at most 20 KB. Raises what Pillow raises for a picture that cannot be read."""
    with Image.open(io.BytesIO(data)) as picture:
        picture.draft("RGB", (EDGE, EDGE))
        picture.thumbnail((EDGE, EDGE), Image.Resampling.BOX)
        small = io.BytesIO()
        picture.convert("RGB").save(small, "WEBP", quality=60, method=0)
    return Preview("data:image/webp;base64," + base64.b64encode(small.getvalue()).decode(), index + 1, expected)


def encode(preview: Preview) -> str:
    return json.dumps([preview.url, preview.index, preview.expected])


def latest(generations: Iterable[Generation]) -> dict[int, Preview]:
    """The previews of those that are running, by generation id, in one question to Redis."""
    running = [each.pk for each in generations if each.state == Generation.State.RUNNING]
    found = zip(running, live.recall([key(each) for each in running]), strict=True)
    return {generation: Preview(*json.loads(value)) for generation, value in found if value}
