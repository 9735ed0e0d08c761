"""A small fixed catalogue for routing tests. Prices in USD per image; at 100 credits a USD a cent is a credit.

label                price (draft/standard/hd)     seconds     strengths
Inkwell Type         – / 0.03 / –                  3           typography
Serif Pro            0.02 / 0.04 / 0.16            4 / 5 / 14  typography, illustration
Sunbeam              – / 0.04 / 0.09               5 / 12      photoreal
Aperture             – / 0.05 / –                  7           photoreal, detail
Pastel               – / 0.03 / –                  4           illustration
Swift                0.01 / 0.01 / –               2           speed
Sprint               – / 0.02 / –                  1.5         speed
Atelier              0.02 / 0.06 / 0.21            6 / 9 / 20  detail, typography, photoreal
Old Master           – / 0.04 / 0.08               12          detail          off since 12 May 2026, Atelier follows
Older Master         – / 0.02 / –                  12          detail          off since 1 March 2024, Old Master follows
Orphan               – / 0.02 / –                  12          speed           off since 12 May 2026, nobody follows
Sundown              – / 0.01 / –                  1           speed           goes off on 1 December 2026, Swift follows
"""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from types import MappingProxyType

from providers.types import Capabilities, Lifecycle, ModelSpec, Offer, Price, Quality, Size, Strength
from routing import selection
from routing.allowance import EVERYTHING, Allowance
from routing.measured import NOTHING_MEASURED, Measured
from routing.pricing import Rates
from routing.rules import NO_RULES, Rules
from routing.types import Brief, Intent, Plan, Resting
from routing.why import Why, why

TODAY = date(2026, 11, 22)
RATES = Rates(credits_per_usd=100, minimum=1)
SQUARE = Size(1024, 1024)
LANDSCAPE = Size(1152, 864)
D, S, H = Quality.DRAFT, Quality.STANDARD, Quality.HD


def model(
    model_id: str,
    label: str,
    offers: dict[Quality, tuple[str, float]],
    *strengths: Strength,
    sizes: tuple[Size, ...] = (SQUARE, LANDSCAPE),
    lifecycle: Lifecycle | None = None,
    max_prompt: int = 10_000,
    with_reference: Mapping[Quality, str] = MappingProxyType({}),
) -> ModelSpec:
    """A model of the catalogue; ``offers`` maps a quality to USD and seconds, ``with_reference`` to other USD."""
    return ModelSpec(
        id=model_id,
        label=label,
        wire_name=label.lower(),
        family=model_id.split("/")[0],
        strengths=frozenset(strengths),
        sizes=sizes,
        offers={step: _offer(usd, seconds, with_reference.get(step)) for step, (usd, seconds) in offers.items()},
        capabilities=Capabilities(max_prompt_characters=max_prompt, reference=bool(with_reference)),
        lifecycle=lifecycle or Lifecycle(released=date(2026, 1, 1)),
    )


def _offer(usd: str, seconds: float, with_reference: str | None) -> Offer:
    other = Price(Decimal(with_reference), TODAY, "test") if with_reference else None
    return Offer(Price(Decimal(usd), TODAY, "test"), seconds, with_reference=other)


INKWELL = model("ink/type", "Inkwell Type", {S: ("0.03", 3)}, Strength.TYPOGRAPHY)
SERIF = model(
    "serif/pro",
    "Serif Pro",
    {D: ("0.02", 4), S: ("0.04", 5), H: ("0.16", 14)},
    Strength.TYPOGRAPHY,
    Strength.ILLUSTRATION,
    sizes=(SQUARE, Size(1024, 768)),
)
SUNBEAM = model("sun/beam", "Sunbeam", {S: ("0.04", 5), H: ("0.09", 12)}, Strength.PHOTOREAL)
APERTURE = model("lens/aperture", "Aperture", {S: ("0.05", 7)}, Strength.PHOTOREAL, Strength.DETAIL)
PASTEL = model("ink/pastel", "Pastel", {S: ("0.03", 4)}, Strength.ILLUSTRATION, max_prompt=200)
SWIFT = model("swift/one", "Swift", {D: ("0.01", 2), S: ("0.01", 2)}, Strength.SPEED)
SPRINT = model("sprint/one", "Sprint", {S: ("0.02", 1.5)}, Strength.SPEED)
ATELIER = model(
    "atelier/two",
    "Atelier",
    {D: ("0.02", 6), S: ("0.06", 9), H: ("0.21", 20)},
    Strength.DETAIL,
    Strength.TYPOGRAPHY,
    Strength.PHOTOREAL,
    lifecycle=Lifecycle(released=date(2026, 11, 4)),
)
OLD_MASTER = model(
    "atelier/old",
    "Old Master",
    {S: ("0.04", 12), H: ("0.08", 12)},
    Strength.DETAIL,
    lifecycle=Lifecycle(shutdown=date(2026, 5, 12), successor="atelier/two"),
)
OLDER_MASTER = model(
    "atelier/older",
    "Older Master",
    {S: ("0.02", 12)},
    Strength.DETAIL,
    lifecycle=Lifecycle(shutdown=date(2024, 3, 1), successor="atelier/old"),
)
ORPHAN = model("lost/orphan", "Orphan", {S: ("0.02", 12)}, Strength.SPEED, lifecycle=Lifecycle(shutdown=date(2026, 5, 12)))
SUNDOWN = model(
    "swift/sundown",
    "Sundown",
    {S: ("0.01", 1)},
    Strength.SPEED,
    lifecycle=Lifecycle(shutdown=date(2026, 12, 1), successor="swift/one"),
)

CATALOGUE = (
    INKWELL, SERIF, SUNBEAM, APERTURE, PASTEL, SWIFT, SPRINT, ATELIER, OLD_MASTER, OLDER_MASTER, ORPHAN, SUNDOWN,
)  # fmt: skip
IDS = {one.label: one.id for one in CATALOGUE}


def decide(
    prompt: str = "",
    *,
    ticked: str = "",
    unticked: str = "",
    intent: Intent | None = None,
    size: Size = SQUARE,
    quality: Quality = Quality.STANDARD,
    cap: int | None = None,
    reference: bool = False,
    down: tuple[str, ...] = (),
    resting: Mapping[str, Resting] = MappingProxyType({}),
    today: date = TODAY,
    models: tuple[ModelSpec, ...] = CATALOGUE,
    measured: Mapping[str, Measured] = NOTHING_MEASURED,
    allowance: Allowance = EVERYTHING,
    max_models: int = 12,
    fill: bool = False,
    rules: Rules = NO_RULES,
) -> Plan:
    """Plan with models named by their labels, or ids: "Inkwell Type, swift/one"."""
    return selection.plan(
        Brief(prompt, intent, size, quality, cap, reference),
        chosen=_ids(ticked),
        unchecked=_ids(unticked),
        models=models,
        today=today,
        rates=RATES,
        down=dict.fromkeys(down, "down right now"),
        resting=resting,
        measured=measured,
        allowance=allowance,
        max_models=max_models,
        fill=fill,
        rules=rules,
    )


def explained(prompt: str, *, changes: tuple[str, ...] = (), **given: object) -> Why:
    """What stands behind "Why these?" for such a plan."""
    return why(decide(prompt, **given), Brief(prompt, None, SQUARE, Quality.STANDARD), changes)


def shown(plan: Plan) -> str:
    """ "Inkwell Type (Auto) 3, Swift 1": who is asked, by whom, at how many credits."""
    return ", ".join(f"{route.model.label}{' (Auto)' if route.by_auto else ''} {route.credits}" for route in plan.routes)


def left_out(plan: Plan) -> str:
    """ "Atelier: over your cap by 3"."""
    return "; ".join(f"{one.model.label}: {one.reason}" for one in plan.left_out)


def _ids(labels: str) -> list[str]:
    return [IDS.get(label, label) for label in labels.split(", ")] if labels else []
