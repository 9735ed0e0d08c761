"""From the bytes a provider sent to a result that can be trusted as far as it says."""

from decimal import Decimal

from providers import asking, pictures
from providers.errors import BrokenAnswer
from providers.limits import Limits
from providers.types import Access, ImageRequest, ImageResult, Size


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
        notes=_notes(request, Size(picture.width, picture.height)),
        simulated=access.simulated,
    )


def _notes(request: ImageRequest, made: Size) -> tuple[str, ...]:
    notes = asking.dropped(request)
    return notes if made == request.size else (f"The provider sent {made} instead of {request.size}.", *notes)
