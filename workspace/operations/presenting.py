"""The table of providers as the page shows it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone

from providers import catalogue
from providers.access import setting
from providers.base import Answerable, Provider
from providers.probe import Outcome
from providers.self_hosted import SelfHosted
from workspace.comparisons import breakers, keys
from workspace.comparisons.keys import Source
from workspace.operations import figures, health, services, status
from workspace.operations.figures import Cell, Figures, Spent
from workspace.operations.models import Probe, ProviderSetting
from workspace.operations.status import ByDay, Now

UNTOUCHED = ProviderSetting()
NO_PROMPT = " It was not your prompt."  # what designers are told; a probe has none


@dataclass(frozen=True, slots=True)
class KeyState:
    """What configures a provider, in words. ``warning``: something entered is not in use, or cannot be read."""

    words: str
    simulated: bool
    warning: str = ""


@dataclass(frozen=True, slots=True)
class State:
    """How it does now; ``mark`` is ok, slow, down or empty for no mark."""

    mark: str
    words: str


@dataclass(frozen=True, slots=True)
class ProbeState:
    """The last probe. ``kind`` is asking, ok, bad or none; ``ago`` when it ended."""

    kind: str
    words: str
    ago: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One provider. ``last_picture`` is how long ago it made one, within 31 days, else empty.

    ``breaker`` says what is left alone now, a sentence each.
    """

    key: str
    label: str
    own_server: bool
    key_state: KeyState
    state: State
    breaker: tuple[str, ...]
    probe: ProbeState
    paused: bool
    can_be_probed: bool
    last_picture: str
    in_flight: int
    recent: Figures
    month: Figures
    strip: tuple[Cell, ...]
    strip_words: str
    today: Spent
    this_month: Spent


def rows() -> list[Row]:
    """Every provider, in the order people see them: five queries."""
    entered = {row.provider: row for row in ProviderSetting.objects.all()}
    probes = {row.provider: row for row in latest_probes()}
    now, days, today = status.now(), status.thirty_days(), timezone.localdate()
    return [
        _row(
            provider,
            entered=entered.get(provider.key, UNTOUCHED),
            probe=probes.get(provider.key),
            now=now.get(provider.key, Now()),
            days=days.get(provider.key, {}),
            today=today,
        )
        for provider in catalogue.providers()
    ]


def latest_probes() -> Iterable[Probe]:
    return Probe.objects.order_by("provider", "-id").distinct("provider")


def _row(provider: Provider, *, entered: ProviderSetting, probe: Probe | None, now: Now, days: ByDay, today: date) -> Row:
    strip = figures.strip(days, today)
    reachable = keys.find(provider) is not None
    return Row(
        key=provider.key,
        label=entered.label or provider.label,
        own_server=isinstance(provider, SelfHosted),
        key_state=key_state(provider, entered),
        state=_state(entered, reachable, now),
        breaker=_breaker(provider, entered.label or provider.label),
        probe=_probe(provider, probe),
        paused=entered.paused_at is not None,
        can_be_probed=reachable and isinstance(provider, Answerable),
        last_picture=_ago(max((each.last_success for each in days.values() if each.last_success), default=None)),
        in_flight=now.in_flight,
        recent=figures.recent(now),
        month=figures.month(days, today),
        strip=strip,
        strip_words=figures.strip_in_words(strip),
        today=figures.spent(days, today),
        this_month=figures.spent(days, today.replace(day=1)),
    )


def key_state(provider: Provider, entered: ProviderSetting) -> KeyState:
    """Which key or address is in use; the environment wins."""
    own = isinstance(provider, SelfHosted)
    configured, access = keys.configured(provider), keys.find(provider)
    match configured.source:
        case Source.ENVIRONMENT:
            what = f"{'Address' if own else 'Key'} from the environment ({setting(provider)})"
            return KeyState(what, False, "What was entered here is not used." if entered.entered_at else "")
        case Source.ENTERED:
            return KeyState(_entered(entered, own), False, _unreadable(entered, configured.api_key))
    simulated = access is not None and access.simulated
    what = "No address" if own else "No key"
    return KeyState(f"{what}: the simulator answers" if simulated else what, simulated, _unreadable(entered, ""))


def _entered(entered: ProviderSetting, own: bool) -> str:
    if own:
        return f"{entered.address}, with a key" if entered.sealed_key else entered.address
    return f"Key entered here, ends in {entered.ending}" if entered.ending else "Key entered here"


def _unreadable(entered: ProviderSetting, opened: str) -> str:
    if not entered.sealed_key or opened:
        return ""
    return "The key entered here cannot be read: SECRET_KEY has changed. Enter it again."


def _state(entered: ProviderSetting, reachable: bool, now: Now) -> State:
    if entered.paused_at is not None:
        return State("down", f"Paused since {_moment(entered.paused_at)}")
    if entered.is_used_up(timezone.now()):
        return State("down", "Paused by its budget")
    if not reachable:
        return State("", "Not offered")
    if not now.asked and not now.in_flight:
        return State("", "Nothing asked lately")
    mark = health.of(now)
    return State(mark, {"ok": "Healthy", "slow": "Slow", "down": "Down"}[mark])


def _breaker(provider: Provider, label: str) -> tuple[str, ...]:
    """A sentence for the provider and each of its models that is left alone, or is about to be tried again."""
    circuits = [(provider.key, label), *((model.id, keys.named(model).label) for model in provider.models)]
    return tuple(said for key, name in circuits if (said := breakers.standing(key, name)[1]))


def _moment(at: datetime) -> str:
    local = timezone.localtime(at)
    return f"{local:%H:%M}" if local.date() == timezone.localdate() else f"{local:%-d %B}"


def _probe(provider: Provider, probe: Probe | None) -> ProbeState:
    if not isinstance(provider, Answerable):
        return ProbeState("none", "Has no question that is free")
    if probe is None:
        return ProbeState("none", "Not probed yet")
    if probe.ended_at is None:
        waits = timezone.now() - probe.asked_at < services.PATIENCE
        return ProbeState("asking", "Probing…") if waits else ProbeState("bad", "No worker took the probe.", _ago(probe.asked_at))
    if probe.outcome == Outcome.OK:
        return ProbeState("ok", _good(probe), _ago(probe.ended_at))
    return ProbeState("bad", probe.public.removesuffix(NO_PROMPT), _ago(probe.ended_at))


def _good(probe: Probe) -> str:
    models = [f"{probe.listed:,} models listed"] if probe.listed > 1 else []
    took = f"{probe.seconds:.1f} s" if probe.seconds >= 0.05 else "at once"
    who = "The simulator answered" if probe.simulated else "The key works"
    return ". ".join([", ".join([f"{who}, {took}", *models]), *(notice.rstrip(".") for notice in probe.notices)])


def _ago(at: datetime | None) -> str:
    """ "just now", "4 min ago", "3 h ago", "on 12 November"."""
    if at is None:
        return ""
    minutes = (timezone.now() - at).total_seconds() / 60
    if minutes < 1:
        return "just now"
    if minutes < 60:
        return f"{minutes:.0f} min ago"
    return f"{minutes / 60:.0f} h ago" if minutes < 24 * 60 else f"on {timezone.localtime(at):%-d %B}"
