"""Partial pictures as streaming models send them: the same picture, first small and soft, then sharper."""

from PIL import Image, ImageFilter

from . import reference
from .compose import encode, paint

_LONGEST = 1024


def draw_preview(
    prompt: str, *, model: str, seed: int, width: int, height: int, detail: float, texts: tuple[str, ...],
    media_type: str = "image/png", going_by: bytes | None = None, stage: int, of: int,
) -> bytes:  # fmt: skip
    """Stage 0 .. ``of - 1`` of the picture that ``draw`` gives for the same arguments, always a PNG.

    At most half the size of the final picture (512 pixels on the long side), painted at draft detail to stay cheap.
    """
    share = (stage + 1) / (max(of, 1) + 1)
    scale = min(0.5, _LONGEST / 2 / max(width, height))
    size = (max(64, round(width * scale)), max(64, round(height * scale)))
    led_by = reference.look(going_by)
    image = paint(
        prompt, model=model, seed=seed, width=size[0], height=size[1], detail=min(detail, 0.2), texts=texts, going_by=led_by
    )
    return encode(softened(image, share), "image/png", model=model, prompt=prompt, seed=seed)


def softened(image: Image.Image, share: float) -> Image.Image:
    """Blurred by how much of the work is still missing (share 0..1 of it is done)."""
    missing = 1 - max(0.0, min(1.0, share))
    return image.filter(ImageFilter.GaussianBlur(min(image.size) / 14 * missing**1.4 + 0.3))
