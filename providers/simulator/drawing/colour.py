"""Colours as sRGB triples 0..255, and the few operations a painter needs on them."""

import colorsys

RGB = tuple[int, int, int]
RGBA = tuple[int, int, int, int]
Paint = RGB | RGBA

WHITE: RGB = (255, 255, 255)
BLACK: RGB = (0, 0, 0)

NAMED: dict[str, str] = {
    "red": "d8392f", "crimson": "b3202f", "scarlet": "e0402a", "burgundy": "6d1f33", "maroon": "6a2029",
    "orange": "ee7f2d", "terracotta": "c4613f", "rust": "a9502c", "copper": "b86b3e", "peach": "f6b48f",
    "coral": "f2735f", "amber": "f2a63a", "gold": "d6a541", "golden": "d6a541", "mustard": "d4a02c",
    "yellow": "f4c63d", "lemon": "f5dc5a", "cream": "f4ead2", "ivory": "f5f0e1", "beige": "dfcfb2",
    "green": "3f8f5b", "olive": "7c7f3b", "sage": "9fb39a", "emerald": "1f8a63", "mint": "a6dcc1",
    "lime": "a9cf3f", "teal": "1f7f84", "turquoise": "35b6b0", "cyan": "35c4e0", "aqua": "5fc9cf",
    "blue": "2f6fc4", "navy": "17284f", "indigo": "3a3a94", "cobalt": "1f4fb0", "azure": "4f9fe6",
    "purple": "7a3fa0", "violet": "7b55c7", "lavender": "b8a9e0", "lilac": "c7aede", "plum": "6b2f5c",
    "magenta": "d63a9a", "pink": "ef7fa6", "rose": "e58a95", "fuchsia": "e0409f",
    "brown": "7a5138", "chocolate": "4f3024", "tan": "c9a57b", "charcoal": "2e3238",
    "grey": "8b9096", "gray": "8b9096", "silver": "b9c0c6",
}  # fmt: skip


def rgb(code: str) -> RGB:
    """``"d8392f"`` -> ``(216, 57, 47)``."""
    return int(code[0:2], 16), int(code[2:4], 16), int(code[4:6], 16)


def mix(a: RGB, b: RGB, share: float) -> RGB:
    """``a`` at share 0, ``b`` at share 1."""
    return (
        round(a[0] + (b[0] - a[0]) * share),
        round(a[1] + (b[1] - a[1]) * share),
        round(a[2] + (b[2] - a[2]) * share),
    )


def lighter(colour: RGB, share: float) -> RGB:
    return mix(colour, WHITE, share)


def darker(colour: RGB, share: float) -> RGB:
    """Towards a slightly blue black: shadows in daylight are never neutral."""
    return mix(colour, (10, 8, 20), share)


def clear(colour: RGB, opacity: float) -> RGBA:
    """The colour with an opacity 0..1."""
    return (*colour, round(255 * max(0.0, min(1.0, opacity))))


def tuned(colour: RGB, *, turn: float = 0.0, saturation: float = 1.0, lift: float = 0.0) -> RGB:
    """Turn the hue (degrees), scale the saturation, lift the lightness (-1..1)."""
    hue, light, chroma = colorsys.rgb_to_hls(*(channel / 255 for channel in colour))
    light = min(1.0, max(0.0, light + lift))
    red, green, blue = colorsys.hls_to_rgb((hue + turn / 360) % 1, light, min(1.0, chroma * saturation))
    return round(red * 255), round(green * 255), round(blue * 255)


def luminance(colour: RGB) -> float:
    """Relative luminance 0..1 after WCAG 2."""
    linear = [(c / 255 / 12.92) if c <= 10 else ((c / 255 + 0.055) / 1.055) ** 2.4 for c in colour]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(a: RGB, b: RGB) -> float:
    """Contrast ratio 1..21 after WCAG 2."""
    low, high = sorted((luminance(a), luminance(b)))
    return (high + 0.05) / (low + 0.05)


def readable(ground: RGB, *candidates: RGB) -> RGB:
    """The first candidate that reads well on the ground (4.5:1), else the strongest of them, black and white."""
    for candidate in candidates:
        if contrast(ground, candidate) >= 4.5:
            return candidate
    return max((*candidates, WHITE, (18, 16, 24)), key=lambda each: contrast(ground, each))
