"""From the bytes a provider sent to a result that can be trusted as far as it says."""

from decimal import Decimal

from providers import asking, pictures, vectors
from providers.errors import BrokenAnswer
from providers.limits import Limits
from providers.pictures import Picture
from providers.types import Access, ImageRequest, ImageResult, Size

_SAME_SHAPE = 0.02  # in which two ratios may differ: a drawing has a shape, and no pixels


def finished(
    data: bytes,
    request: ImageRequest,
    access: Access,
    limits: Limits,
    *,
    seed: int | None = None,
    final_prompt: str | None = None,
    request_id: str | None = None,
    cost_usd: Decimal | None = None,
) -> ImageResult:
    """The result of a call. Type and size come from the bytes; raises ``BrokenAnswer`` unless they are a whole picture."""
    if len(data) > limits.image_bytes:
        raise BrokenAnswer(f"the picture is over the limit of {limits.image_bytes} bytes", request_id=request_id)
    try:
        picture = pictures.inspect(data, limits.image_pixels)
    except BrokenAnswer as error:
        error.request_id = request_id
        raise
    return ImageResult(
        data=data,
        media_type=picture.media_type,
        width=picture.width,
        height=picture.height,
        seed=seed,
        final_prompt=final_prompt,
        request_id=request_id,
        cost_usd=cost_usd,
        notes=(*_surprises(request, picture), *asking.dropped(request)),
        simulated=access.simulated,
    )


def _surprises(request: ImageRequest, picture: Picture) -> tuple[str, ...]:
    """Finished sentences about what came otherwise than asked. It is kept all the same: it is paid for."""
    made, drawn, notes = Size(picture.width, picture.height), picture.media_type == vectors.MEDIA_TYPE, []
    if made != request.size and not (drawn and abs(made.ratio / request.size.ratio - 1) < _SAME_SHAPE):
        notes.append(f"The provider sent {made} instead of {request.size}.")
    if drawn != request.model.capabilities.svg:
        notes.append(f"The provider sent {'an SVG' if drawn else 'pixels'} instead of {'pixels' if drawn else 'an SVG'}.")
    return tuple(notes)
