"""What may be sent to a model, and what a person is told when something had to be left out."""

from collections.abc import Mapping
from dataclasses import replace

from providers.errors import InvalidRequest
from providers.types import ImageRequest, Reference


def parameters(request: ImageRequest) -> Mapping[str, str]:
    """The wire parameters of the quality asked for. Raises ``InvalidRequest`` when the model has no such quality."""
    offer = request.model.offers.get(request.quality)
    if offer is None:
        raise InvalidRequest(f"{request.model.id} has no {request.quality} quality", field="quality")
    return offer.parameters


def seed(request: ImageRequest, largest: int) -> int | None:
    """The seed to send, when there is one and the model takes it."""
    wanted = request.seed
    if wanted is None or not request.model.capabilities.seed:
        return None
    return wanted if 0 <= wanted <= largest else None


def negative_prompt(request: ImageRequest) -> str:
    return request.negative_prompt if request.model.capabilities.negative_prompt else ""


def reference(request: ImageRequest) -> Reference | None:
    """The picture to send along, when there is one and the model takes it."""
    return request.reference if request.model.capabilities.reference else None


def without_reference(request: ImageRequest) -> ImageRequest:
    """The request as for a model that takes no references, when a server turns out to be one: ``dropped`` then says so."""
    takes = replace(request.model.capabilities, reference=False)
    return replace(request, model=replace(request.model, capabilities=takes))


def dropped(request: ImageRequest) -> tuple[str, ...]:
    """Finished sentences about what the request carried and the model does not take."""
    takes, notes = request.model.capabilities, []
    if request.seed is not None and not takes.seed:
        notes.append("This model takes no seed.")
    if request.negative_prompt and not takes.negative_prompt:
        notes.append("This model takes no negative prompt. It used the prompt alone.")
    if request.reference is not None and not takes.reference:
        notes.append("This model does not take references. It used the prompt alone.")
    return tuple(notes)
