"""Going by a picture that came along: its colours and its light lead the drawing, and a small print of it lies in a corner."""

from dataclasses import replace
from io import BytesIO

from PIL import Image, ImageDraw, ImageOps, ImageStat

from .colour import RGB, luminance, mix
from .reading import Reading

_LOOKED_AT = 512  # pixels on the long side: all that is wanted of it
_COLOURS = 4
_NIGHT = 0.06  # mean luminance below which a picture is dark
_PRINT = 0.2  # of the drawing's short side, the print's long side
_BORDER: RGB = (250, 248, 243)


def look(data: bytes | None) -> Image.Image | None:
    """The picture, upright, small and without transparency; None for none and for what cannot be opened."""
    if data is None:
        return None
    try:
        with Image.open(BytesIO(data), formats=("PNG", "JPEG", "WEBP")) as image:
            image.draft("RGB", (_LOOKED_AT, _LOOKED_AT))
            upright = ImageOps.exif_transpose(image).convert("RGBA")
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError, Image.DecompressionBombWarning):
        return None
    upright.thumbnail((_LOOKED_AT, _LOOKED_AT))
    paper = Image.new("RGBA", upright.size, (255, 255, 255, 255))
    return Image.alpha_composite(paper, upright).convert("RGB")


def led_by(reading: Reading, picture: Image.Image) -> Reading:
    """The prompt's reading with the picture's colours in place of its own, and its light where the prompt names none."""
    colours = colours_of(picture)
    light = "night" if luminance(_mean(colours)) < _NIGHT else "day"
    return replace(reading, colours=colours, light=reading.light or light)


def colours_of(picture: Image.Image) -> tuple[RGB, ...]:
    """Its leading colours, those that cover most first."""
    few = picture.resize((64, 64), Image.Resampling.BOX).quantize(_COLOURS, Image.Quantize.MEDIANCUT)
    palette, shares = few.getpalette() or [], few.histogram()[:_COLOURS]
    ranked = sorted((index for index in range(_COLOURS) if shares[index]), key=lambda index: shares[index], reverse=True)
    return tuple((palette[3 * index], palette[3 * index + 1], palette[3 * index + 2]) for index in ranked)


def pin(image: Image.Image, picture: Image.Image) -> None:
    """Lay a bordered print of the picture into the corner where least is to be seen, so that no word is covered."""
    side = min(image.size)
    printed = ImageOps.contain(picture, (round(side * _PRINT), round(side * _PRINT)))
    border, margin = max(1, round(side * 0.009)), round(side * 0.035)
    printed = ImageOps.expand(printed, border, _BORDER)
    left, top = _emptiest(image, printed.size, margin)
    shadow = (left - border, top - border, left + printed.width + border - 1, top + printed.height + border - 1)
    ImageDraw.Draw(image, "RGBA").rounded_rectangle(shadow, border, fill=(10, 8, 20, 70))
    image.paste(printed, (left, top))


def _emptiest(image: Image.Image, size: tuple[int, int], margin: int) -> tuple[int, int]:
    """Where a print of this size lies in the quietest corner; of equal ones the lower right."""
    far, low = image.width - size[0] - margin, image.height - size[1] - margin
    corners = ((far, low), (margin, low), (far, margin), (margin, margin))
    boxes = ((left, top, left + size[0], top + size[1]) for left, top in corners)
    unrest = [sum(ImageStat.Stat(image.crop(box).resize((24, 24), Image.Resampling.BOX)).var) for box in boxes]
    return corners[unrest.index(min(unrest))]


def _mean(colours: tuple[RGB, ...]) -> RGB:
    middle = colours[0]
    for colour in colours[1:]:
        middle = mix(middle, colour, 0.3)
    return middle
