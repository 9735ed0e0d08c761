"""The compose form as it was posted: what the person wrote and ticked, checked and made into a brief."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from django.conf import settings
from django.http import QueryDict

from providers import catalogue
from providers.types import Quality
from routing import sizing
from routing.allowance import EVERYTHING, Allowance
from routing.types import Author, Brief, Intent, Wording
from workspace.accounts.models import User
from workspace.comparisons import allowances, keys, selectors
from workspace.comparisons.adapting import edits
from workspace.comparisons.adapting.edits import Wordings
from workspace.comparisons.models import Comparison, Reference

DEFAULT_SHAPE = "4:3"
DEFAULT_CAP = 24  # credits
LOST_REFERENCE = "That reference is not yours any more. Choose another."


@dataclass(frozen=True, slots=True)
class Draft:
    """A comparison being composed.

    ``intent`` None means Auto. ``models`` are the ticked ids, ``auto`` those Auto had ticked when the page was made, ``dropped``
    those of Auto's that were unticked earlier, ``leading`` those that stand first in the list (None before there is a list).
    ``price`` is what the button said, in credits. ``errors``: field name to message.
    ``asks_why``: "Why these?" is open; ``thinking``: so is the panel that shows each model's wording. ``allowance`` is what
    the person's plan allows.
    """

    prompt: str = ""
    intent: Intent | None = None
    shape: str = DEFAULT_SHAPE
    quality: Quality = Quality.STANDARD
    cap: int | None = DEFAULT_CAP
    models: tuple[str, ...] = ()
    auto: tuple[str, ...] = ()
    dropped: tuple[str, ...] = ()
    leading: tuple[str, ...] | None = None
    price: int | None = None
    key: uuid.UUID = field(default_factory=uuid.uuid4)
    errors: dict[str, str] = field(default_factory=dict)
    asks_why: bool = False
    reference: Reference | None = None
    wording: Wording = Wording.ADAPTED
    wordings: Wordings = field(default_factory=Wordings)
    thinking: bool = False
    user_id: int | None = None
    allowance: Allowance = EVERYTHING

    @property
    def chosen(self) -> list[str]:
        """Ticked by the person, not by Auto."""
        return [model for model in self.models if model not in self.auto or self.intent is not None]

    @property
    def unchecked(self) -> tuple[str, ...]:
        """Auto's models that the person has unticked: never added again in this draft."""
        missing = [model for model in self.auto if model not in self.models]
        return tuple(model for model in dict.fromkeys([*self.dropped, *missing]) if model not in self.models)

    @property
    def brief(self) -> Brief:
        return Brief(
            prompt=self.prompt,
            intent=self.intent,
            size=sizing.SHAPES[self.shape],
            quality=self.quality,
            cap=self.cap,
            reference=self.reference is not None,
            wording=self.wording,
            own=self.wordings.own,
        )


def read(data: QueryDict, user: User | None = None, *, submitted: bool = False) -> Draft:
    """A draft from a form or a query string. Anything unreadable becomes the default and a message; nothing typed is lost.

    ``user`` is who may name a reference, and whose plan holds.
    """
    errors: dict[str, str] = {}
    prompt = data.get("prompt", "").replace("\r\n", "\n").replace("\x00", "")
    if submitted and not prompt.strip():
        errors["prompt"] = "Write a prompt to run."
    if len(prompt) > settings.MAX_PROMPT_CHARACTERS:
        over = len(prompt) - settings.MAX_PROMPT_CHARACTERS
        errors["prompt"] = (
            f"The prompt is {over:,} characters over the {settings.MAX_PROMPT_CHARACTERS:,} that models accept. Shorten it."
        )
    return Draft(
        prompt=prompt,
        intent=_choice(Intent, data.get("intent"), None, "intent", errors),
        shape=_shape(data.get("shape"), errors),
        quality=_choice(Quality, data.get("quality"), Quality.STANDARD, "quality", errors),
        cap=_cap(data.get("cap"), errors),
        models=in_order(data.getlist("models")),
        auto=tuple(data.getlist("auto")),
        dropped=tuple(data.getlist("dropped")),
        leading=tuple(data.getlist("leading")) if "shown" in data else None,
        price=whole(data.get("price")),
        key=_key(data.get("key")),
        errors=errors,
        asks_why=data.get("why") == "1",
        reference=_reference(data.get("reference"), user, errors),
        wording=_choice(Wording, data.get("wording"), Wording(user.wording) if user else Wording.ADAPTED, "wording", errors),
        wordings=edits.read(data, prompt, user.pk) if user else Wordings(),
        thinking=data.get("thinking") == "1",
        user_id=user.pk if user else None,
        allowance=allowances.of(user) if user else EVERYTHING,
    )


def in_order(models: Iterable[str]) -> tuple[str, ...]:
    """Each once, in the order of the catalogue, those it does not know last.

    Where a cap or HD images run short the first gets what there is, so what a button promises must not hang on the order in which
    a list or an address has the models.
    """
    places = {model: place for place, model in enumerate(catalogue.MODELS)}
    return tuple(sorted(dict.fromkeys(models), key=lambda model: places.get(model, len(places))))


def as_shown(draft: Draft) -> Draft:
    """The draft without models that this installation does not know: only a hand-made form or address can hold them."""
    known = {model.id for model in keys.known_models()}
    return replace(draft, models=tuple(model for model in draft.models if model in known))


def again(draft: Draft, user: User) -> Draft:
    """The same draft for the next run: a form of its own, no price shown yet, and what is left of the person's allowance."""
    return replace(draft, key=uuid.uuid4(), price=None, allowance=allowances.of(user))


def of_run(comparison: Comparison, user: User) -> Draft:
    """A run's settings as a new draft of its owner's, ready to be changed and run again."""
    rows = list(comparison.generations.order_by("position").only("model", "by_auto", "worded_by", "prompt"))
    own = {row.model: row.prompt for row in rows if row.worded_by == Author.PERSON and row.prompt != comparison.prompt}
    return Draft(
        prompt=comparison.prompt,
        intent=None if comparison.auto else Intent(comparison.intent),
        shape=comparison.shape,
        quality=Quality(comparison.quality),
        cap=comparison.cap,
        models=in_order([*(row.model for row in rows), *(each["model"] for each in comparison.skipped)]),
        auto=tuple({row.model: None for row in rows if row.by_auto}),
        reference=comparison.reference,
        user_id=user.pk,
        allowance=allowances.of(user),
        wording=Wording(user.wording),
        wordings=edits.of_run(own, comparison.prompt),
    )


def with_reference(draft: Draft, data: QueryDict, user: User) -> Draft:
    """The draft with the reference that the address names, if it names one; an empty name takes it away."""
    if "reference" not in data:
        return draft
    errors = dict(draft.errors)
    return replace(draft, reference=_reference(data["reference"], user, errors), errors=errors)


def _reference(value: str | None, user: User | None, errors: dict[str, str]) -> Reference | None:
    if not value:
        return None
    found = selectors.reference(user, value) if user else None
    if found is None:
        errors["reference"] = LOST_REFERENCE
    return found


def _choice[T](kind: type[T], value: str | None, default: T, name: str, errors: dict[str, str]) -> T:
    if not value or value == "auto":
        return default
    try:
        return kind(value)
    except ValueError:
        errors[name] = "Choose one of these."
        return default


def _shape(value: str | None, errors: dict[str, str]) -> str:
    if value and value not in sizing.SHAPES:
        errors["shape"] = "Choose one of these shapes."
    return value if value in sizing.SHAPES else DEFAULT_SHAPE


def _cap(value: str | None, errors: dict[str, str]) -> int | None:
    """An empty field means no cap; a missing one (a fresh page) the usual cap."""
    if value is None:
        return DEFAULT_CAP
    if not value.strip():
        return None
    cap = whole(value)
    if cap is None or not 1 <= cap <= 1_000_000:
        errors["cap"] = "A cap is a whole number of credits, 1 or more. Leave it empty for no cap."
        return DEFAULT_CAP
    return cap


def whole(value: str | None) -> int | None:
    """The number that a field says, if it says one."""
    return int(value) if value and value.isascii() and value.isdigit() and len(value) < 10 else None


def _key(value: str | None) -> uuid.UUID:
    try:
        return uuid.UUID(value or "")
    except ValueError:
        return uuid.uuid4()
