"""From a prompt to a finished picture and its bytes."""

from hashlib import sha256
from io import BytesIO
from random import Random

from PIL import Image

from . import reference, vector_logo, vectors
from .canvas import Canvas
from .finish import finish
from .lettering import clean
from .marker import exif_marker, png_marker
from .palette import palette_for
from .reading import read
from .scenes import PAINTERS
from .stage import Stage
from .style import style_of

SMALLEST, LARGEST, MOST_TEXTS = 64, 4096, 8


def _chance(*parts: object) -> Random:
    """The same parts give the same chances on every machine (``hash`` does not)."""
    return Random(sha256("\0".join(map(str, parts)).encode(errors="replace")).digest())  # noqa: S311


def _stage(
    prompt: str, model: str, seed: int, width: int, height: int, detail: float,
    texts: tuple[str, ...], going_by: Image.Image | None,
) -> Stage:  # fmt: skip
    """Everything a scene needs; each side is brought into 64..4096."""
    width, height = (max(SMALLEST, min(LARGEST, side)) for side in (width, height))
    detail = max(0.0, min(1.0, detail))
    style, reading = style_of(model), read(prompt)
    reading = reference.led_by(reading, going_by) if going_by else reading
    rng = _chance("composition", prompt, model, seed)
    palette = palette_for(reading, style, rng)
    canvas = Canvas(width, height, detail)
    words = tuple(line for line in map(clean, texts[:MOST_TEXTS]) if line)
    fine, layout = _chance("detail", prompt, model, seed), _chance("layout", prompt, seed).randrange(60)
    return Stage(canvas, reading, palette, style, rng, fine, layout, words, detail)


def paint(
    prompt: str, *, model: str, seed: int, width: int, height: int, detail: float,
    texts: tuple[str, ...], going_by: Image.Image | None = None,
) -> Image.Image:  # fmt: skip
    """The picture as RGB pixels, ``width`` × ``height`` (each brought into 64..4096)."""
    stage = _stage(prompt, model, seed, width, height, detail, texts, going_by)
    PAINTERS[stage.reading.scene](stage)
    image = finish(stage.canvas.lowered(), stage.reading, stage.palette, stage.style, stage.detail)
    if going_by:
        reference.pin(image, going_by)
    return image


def encode(image: Image.Image, media_type: str, *, model: str, prompt: str, seed: int) -> bytes:
    """PNG, JPEG or WebP with the simulator's mark. Raises ValueError for any other media type."""
    out = BytesIO()
    if media_type == "image/png":
        image.save(out, "PNG", compress_level=1, pnginfo=png_marker(model, prompt, seed))
    elif media_type == "image/jpeg":
        image.save(out, "JPEG", quality=91, subsampling=0, exif=exif_marker(model, prompt, seed))
    elif media_type == "image/webp":
        image.save(out, "WEBP", quality=90, method=1, exif=exif_marker(model, prompt, seed))
    else:
        raise ValueError(f"no such picture format: {media_type}")
    return out.getvalue()


def draw(
    prompt: str, *, model: str, seed: int, width: int, height: int, detail: float,
    texts: tuple[str, ...], media_type: str = "image/png", going_by: bytes | None = None,
) -> bytes:  # fmt: skip
    """A picture for the prompt, in the hand of the model, with ``texts`` set as type exactly as they are spelled.

    ``detail`` runs from 0 (draft) to 1 (HD). Equal arguments give equal bytes. Fails on no prompt. An SVG is a drawing
    of its own. ``going_by`` is a picture whose colours and light lead; one that cannot be opened is passed over.
    """
    led_by = reference.look(going_by)
    if media_type == vectors.MEDIA_TYPE:
        stage = _stage(prompt, model, seed, width, height, detail, texts, led_by)
        return vector_logo.draw(stage, vectors.Sheet(*stage.canvas.final), model=model, prompt=prompt, seed=seed)
    image = paint(prompt, model=model, seed=seed, width=width, height=height, detail=detail, texts=texts, going_by=led_by)
    return encode(image, media_type, model=model, prompt=prompt, seed=seed)
