"""Who may draw a frame: the model that was asked, then its substitutes, all frozen in the row when the run was started."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass

from django.conf import settings

from providers.types import Quality, Size
from routing.types import AS_WRITTEN, Adaptation, Author
from workspace.comparisons.models import Generation


@dataclass(frozen=True, slots=True)
class Candidate:
    """One model that may answer, at a price (credits) never above what is held.

    ``prompt`` and ``negative_prompt`` are in the wording for this model; ``worded_by`` and ``wording_reasons`` tell whose it is.
    """

    model: str
    label: str
    quality: str
    width: int
    height: int
    credits: int
    expected_seconds: float
    prompt: str
    negative_prompt: str = ""
    worded_by: str = Author.PERSON
    wording_reasons: tuple[str, ...] = ()

    def frozen(self) -> dict[str, object]:
        """As it is kept in ``Generation.fallbacks``."""
        return asdict(self)

    @property
    def size(self) -> Size:
        return Size(self.width, self.height)

    @property
    def step(self) -> Quality:
        return Quality(self.quality)

    @property
    def adaptation(self) -> Adaptation:
        """What it is sent. Rows of earlier days give no reason, since everything was sent as written."""
        reasons = tuple(self.wording_reasons) or (AS_WRITTEN,)
        return Adaptation(self.prompt, self.negative_prompt, reasons, Author(self.worded_by))


def patience(expected_seconds: float) -> float:
    """Seconds until a model is given up on: five times what it usually takes, within the settings' bounds."""
    return min(max(5 * expected_seconds, settings.CALL_TIMEOUT_MINIMUM), settings.GENERATION_DEADLINE)


def worded(adaptation: Adaptation) -> dict[str, object]:
    """A wording by the names of the fields that keep it, here and in ``Generation``."""
    return {
        "prompt": adaptation.prompt,
        "negative_prompt": adaptation.negative_prompt,
        "worded_by": adaptation.author,
        "wording_reasons": adaptation.reasons,
    }


def of(generation: Generation) -> Mapping[str, Candidate]:
    """Every candidate by model id, in the order they are to be asked.

    Substitutes frozen before they had a wording of their own are sent that of the model that was asked.
    """
    asked = Candidate(
        generation.model,
        generation.model_label,
        generation.quality,
        generation.width,
        generation.height,
        generation.price,
        generation.expected_seconds,
        generation.prompt,
        generation.negative_prompt,
        generation.worded_by,
        tuple(generation.wording_reasons),
    )
    others = ({"prompt": generation.prompt, **each} for each in generation.fallbacks)
    return {asked.model: asked} | {each["model"]: Candidate(**each) for each in others}


def sent(generation: Generation) -> Candidate:
    """The candidate whose wording the answer was drawn after: the one that has answered, else the one that was asked."""
    candidates = of(generation)
    return candidates.get(generation.answered_by, candidates[generation.model])


def drawn_in(generation: Generation) -> str:
    """The quality of the picture: that of whichever candidate answered."""
    if generation.answered_by in ("", generation.model):
        return generation.quality
    answered = of(generation).get(generation.answered_by)
    return answered.quality if answered else generation.quality
