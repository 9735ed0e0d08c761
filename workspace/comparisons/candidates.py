"""Who may draw a frame: the model that was asked, then its substitutes, all frozen in the row when the run was started."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass

from providers.types import Quality, Size
from workspace.comparisons.models import Generation


@dataclass(frozen=True, slots=True)
class Candidate:
    """One model that may answer, at a price (credits) never above what is held. ``expected_seconds`` sets its patience."""

    model: str
    label: str
    quality: str
    width: int
    height: int
    credits: int
    expected_seconds: float

    def frozen(self) -> dict[str, object]:
        """As it is kept in ``Generation.fallbacks``."""
        return asdict(self)

    @property
    def size(self) -> Size:
        return Size(self.width, self.height)

    @property
    def step(self) -> Quality:
        return Quality(self.quality)


def of(generation: Generation) -> Mapping[str, Candidate]:
    """Every candidate by model id, in the order they are to be asked."""
    asked = Candidate(
        generation.model,
        generation.model_label,
        generation.quality,
        generation.width,
        generation.height,
        generation.price,
        generation.expected_seconds,
    )
    return {asked.model: asked} | {each["model"]: Candidate(**each) for each in generation.fallbacks}
