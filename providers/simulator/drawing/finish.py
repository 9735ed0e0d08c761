"""What the model's hand does to the finished sheet: bloom, colour grade, paper, grain, vignette, monochrome."""

from functools import lru_cache

import numpy as np
from PIL import Image, ImageChops, ImageEnhance, ImageFilter, ImageOps

from .colour import RGB, darker, lighter
from .palette import Palette
from .reading import Reading
from .style import Style

_TILE = 256


@lru_cache(maxsize=4)
def _noise(coarse: int) -> np.ndarray[tuple[int, int], np.dtype[np.int16]]:
    """A tile of grey noise around 0, the same on every run; ``coarse`` is its grain size in pixels."""
    side = _TILE // coarse
    raw = np.random.default_rng(7).normal(0, 1, (side, side))
    return np.rint(np.kron(raw, np.ones((coarse, coarse))) * 16).clip(-48, 48).astype(np.int16)


def grain(image: Image.Image, amount: float) -> Image.Image:
    """Film grain or paper tooth: the same noise on all three channels."""
    if amount <= 0:
        return image
    pixels = np.asarray(image).astype(np.int16)
    height, width = pixels.shape[:2]
    tile = np.rint(_noise(1) * amount * 0.32).astype(np.int16)
    sheet = np.tile(tile, (height // _TILE + 1, width // _TILE + 1))[:height, :width]
    np.add(pixels, sheet[:, :, None], out=pixels)
    return Image.fromarray(pixels.clip(0, 255).astype(np.uint8))


def bloom(image: Image.Image, amount: float) -> Image.Image:
    """Light spilling over from the brightest parts."""
    if amount <= 0:
        return image
    small = image.resize((max(2, image.width // 8), max(2, image.height // 8)), Image.Resampling.BOX)
    bright = small.point([round(max(0, v - 140) * 255 / 115 * amount * 0.5) for v in range(256)] * 3)
    halo = bright.filter(ImageFilter.GaussianBlur(min(small.size) / 28))
    return ImageChops.screen(image, halo.resize(image.size, Image.Resampling.BILINEAR))


def vignette(image: Image.Image, amount: float, colour: RGB) -> Image.Image:
    if amount <= 0:
        return image
    across, down = np.linspace(-1, 1, 64), np.linspace(-1, 1, 64)
    distance = np.sqrt(across[None, :] ** 2 + down[:, None] ** 2)
    shade = (np.clip((distance - 0.55) / 0.86, 0, 1) ** 1.6 * 255 * amount).astype(np.uint8)
    image.paste(colour, (0, 0), Image.fromarray(shade).resize(image.size, Image.Resampling.BILINEAR))
    return image


def _curve(image: Image.Image, shadows: RGB, highlights: RGB, strength: float) -> Image.Image:
    """Tint shadows and highlights, channel by channel."""
    table: list[int] = []
    for channel in range(3):
        for value in range(256):
            share = value / 255
            target = shadows[channel] + (highlights[channel] - shadows[channel]) * (share * share * (3 - 2 * share))
            table.append(round(value + (target - value) * strength))
    return image.point(table)


def _risograph(image: Image.Image, palette: Palette, named: bool) -> Image.Image:
    """Two inks on paper: the picture's greys between a dark ink and the paper, its own colours shining through."""
    grey = ImageOps.autocontrast(image.convert("L"), cutoff=0.5)
    dark, middle, light = darker(palette.ink, 0.1), palette.accent(2 if palette.dark else 0), lighter(palette.paper, 0.25)
    inks = ImageOps.colorize(grey, black=dark, mid=middle, white=light, midpoint=118)
    return Image.blend(image, inks, 0.16 if named else 0.3)


def finish(image: Image.Image, reading: Reading, palette: Palette, style: Style, detail: float) -> Image.Image:
    """The last steps in order: light, colour, lens, material; drafts go without grain, which costs most to compress."""
    if detail >= 0.3 or palette.dark:
        image = bloom(image, style.bloom * (1.25 if palette.dark else 0.7))
    if style.treatment == "print":
        image = _risograph(image, palette, bool(reading.colours))
    elif style.treatment == "cinema":
        image = _curve(image, (8, 26, 40), (255, 240, 214), 0.2)
    elif style.treatment == "gouache":
        image = _curve(image, (44, 34, 46), (252, 245, 232), 0.2)
    elif style.treatment == "lit":
        image = ImageEnhance.Contrast(image).enhance(1.06)
    if reading.mono:
        image = ImageOps.autocontrast(image.convert("L"), cutoff=0.3).convert("RGB")
    image = vignette(image, style.vignette, darker(palette.ink, 0.5))
    textured = 0.3 if reading.words & {"grain", "grainy", "paper", "vintage", "film", "texture"} else 0.0
    return image if detail < 0.3 else grain(image, style.grain + textured)
