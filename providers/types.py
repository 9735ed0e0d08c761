"""What every adapter receives and gives back. Units: pixels, seconds, USD."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum


class Quality(StrEnum):
    """The product's three steps. Each model maps a step to its own parameters in ``ModelSpec.offers``."""

    DRAFT = "draft"
    STANDARD = "standard"
    HD = "hd"


class Strength(StrEnum):
    """What a model is known to be good at; the router matches these to the intent."""

    SPEED = "speed"
    TYPOGRAPHY = "typography"
    PHOTOREAL = "photoreal"
    ILLUSTRATION = "illustration"
    DETAIL = "detail"


class LifecycleStatus(StrEnum):
    LIVE = "live"
    RETIRING = "retiring"
    RETIRED = "retired"


@dataclass(frozen=True, slots=True)
class Size:
    """Width and height in pixels."""

    width: int
    height: int

    def __str__(self) -> str:
        return f"{self.width}×{self.height}"

    @property
    def ratio(self) -> float:
        return self.width / self.height


@dataclass(frozen=True, slots=True)
class Price:
    """USD for one image, as of a date, from a source named in docs/providers.md."""

    usd: Decimal
    as_of: date
    source: str


@dataclass(frozen=True, slots=True)
class Offer:
    """One quality of one model: what it costs, how long it takes, what to send on the wire.

    ``with_reference`` is the whole price of an image that goes by a reference, where that is another one.
    """

    price: Price
    expected_seconds: float
    parameters: Mapping[str, str] = field(default_factory=dict)
    with_reference: Price | None = None

    def price_of(self, *, reference: bool) -> Price:
        return self.with_reference if reference and self.with_reference else self.price


@dataclass(frozen=True, slots=True)
class Capabilities:
    """What a request to this model may carry. Adapters send only what is listed here. ``svg``: it answers with a drawing."""

    seed: bool = False
    negative_prompt: bool = False
    reference: bool = False
    partial_images: int = 0
    transparent_background: bool = False
    svg: bool = False
    max_prompt_characters: int = 10_000


@dataclass(frozen=True, slots=True)
class Lifecycle:
    """Dates of a model's life. ``successor`` is the id of the model that takes over."""

    released: date | None = None
    notice: date | None = None
    shutdown: date | None = None
    successor: str | None = None

    def status(self, today: date) -> LifecycleStatus:
        if self.shutdown is None:
            return LifecycleStatus.LIVE
        return LifecycleStatus.RETIRED if today >= self.shutdown else LifecycleStatus.RETIRING


@dataclass(frozen=True, slots=True)
class ModelSpec:
    """One model of the catalogue. ``id`` is ``provider/model-id``; ``wire_name`` is what the provider calls it."""

    id: str
    label: str
    wire_name: str
    family: str
    strengths: frozenset[Strength]
    sizes: tuple[Size, ...]
    offers: Mapping[Quality, Offer]
    capabilities: Capabilities
    lifecycle: Lifecycle

    @property
    def provider(self) -> str:
        return self.id.split("/", 1)[0]


@dataclass(frozen=True, slots=True)
class Access:
    """How to reach a provider: where, with which key, and whether the simulator answers there."""

    base_url: str
    api_key: str = field(repr=False)
    simulated: bool = False


@dataclass(frozen=True, slots=True)
class Reference:
    """A picture to go by, beside the prompt: PNG, JPEG or WebP as ``media_type`` says, checked by ``pictures.inspect``."""

    data: bytes = field(repr=False)
    media_type: str


@dataclass(frozen=True, slots=True)
class ImageRequest:
    """One image wanted from one model.

    ``resume_job`` is the provider's own job id from an earlier attempt: poll it instead of asking (and paying) again.
    """

    model: ModelSpec
    prompt: str
    size: Size
    quality: Quality
    seed: int | None = None
    negative_prompt: str = ""
    reference: Reference | None = None
    resume_job: str | None = None


@dataclass(frozen=True, slots=True)
class Submitted:
    """The provider took the work under this job id. Store it before reading on: it makes a crash resumable."""

    job_id: str


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the provider says it is: a share from 0 to 1, or its place in line."""

    share: float | None = None
    place_in_line: int | None = None


@dataclass(frozen=True, slots=True)
class PartialImage:
    """A preview on the way; never the result. ``index`` counts from 0, ``expected`` is how many may come."""

    data: bytes
    media_type: str
    index: int
    expected: int


@dataclass(frozen=True, slots=True)
class ImageResult:
    """The finished picture, byte for byte as the provider sent it.

    ``media_type``, ``width`` and ``height`` are read from the bytes, never from headers or names. ``cost_usd`` is what the
    answer says it cost, or None. ``notes`` tell a person what had to be dropped or approximated.
    """

    data: bytes
    media_type: str
    width: int
    height: int
    seed: int | None = None
    final_prompt: str | None = None
    request_id: str | None = None
    cost_usd: Decimal | None = None
    notes: tuple[str, ...] = ()
    simulated: bool = False


type ProviderEvent = Submitted | Progress | PartialImage | ImageResult
