"""Writes of an admin's desk. Every one leaves a line in the trail, in the same transaction; none keeps or logs a value."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from workspace.accounts.models import User
from workspace.operations import configuration, sealing
from workspace.operations.models import Change, Observation, Probe, ProviderSetting

ITS_BUDGET = "Its budget"  # who paused or resumed it, in the trail
ENDING = 4  # characters shown of a key
PATIENCE = timedelta(seconds=90)  # after that a probe that has not ended never will
LONG_ENOUGH = 16  # characters: the end of a shorter key would give too much of it away


def set_key(provider: str, key: str, by: User) -> None:
    """Keep a key, in place of an earlier one."""
    _enter(provider, by, Change.Action.KEY_SET, **_kept(provider, key))


def remove_key(provider: str, by: User) -> None:
    """Forget the key; one that is not there leaves no line."""
    _clear(provider, by, Change.Action.KEY_REMOVED, sealed_key="", ending="")


def set_server(provider: str, *, address: str, label: str, key: str | None, by: User) -> None:
    """Keep where a server of one's own is and what people call it. ``key`` None leaves the key as it is."""
    facts = _kept(provider, key) if key else {"sealed_key": "", "ending": ""} if key == "" else {}
    _enter(provider, by, Change.Action.SERVER_SET, address=address, label=label, **facts)


def remove_server(provider: str, by: User) -> None:
    """Forget address, name and key."""
    _clear(provider, by, Change.Action.SERVER_REMOVED, sealed_key="", ending="", address="", label="")


def pause(provider: str, by: User) -> None:
    """Ask it for no more pictures; frames that wait for it fall back or fail. Twice is once."""
    with transaction.atomic():
        ProviderSetting.objects.get_or_create(provider=provider)
        running = ProviderSetting.objects.filter(provider=provider, paused_at=None)
        if running.update(paused_at=timezone.now(), paused_by=by.email):
            _tell(provider, Change.Action.PAUSED, by)


def resume(provider: str, by: User) -> None:
    with transaction.atomic():
        paused = ProviderSetting.objects.filter(provider=provider, paused_at__isnull=False)
        if paused.update(paused_at=None, paused_by=""):
            _tell(provider, Change.Action.RESUMED, by)


def pause_for_the_month(provider: str, until: datetime) -> bool:
    """Its budget is used up: ask it for no more pictures before ``until``. False if that is so already."""
    with transaction.atomic():
        ProviderSetting.objects.get_or_create(provider=provider)
        running = ProviderSetting.objects.filter(provider=provider).exclude(used_up_until__gte=until)
        if not running.update(used_up_until=until):
            return False
        _tell(provider, Change.Action.PAUSED, ITS_BUDGET)
        return True


def end_pause_for_the_month(provider: str, by: User | None = None) -> bool:
    """Let it be asked again, by an owner or because its budget reaches again (``by`` None). False if it was not so paused."""
    with transaction.atomic():
        used_up = ProviderSetting.objects.filter(provider=provider, used_up_until__gt=timezone.now())
        if not used_up.update(used_up_until=None):
            return False
        _tell(provider, Change.Action.RESUMED, by or ITS_BUDGET)
        return True


def begin_probe(provider: str, by: User | None = None) -> Probe:
    """A question that is about to be put; one that is still open for this provider is taken for it."""
    since = timezone.now() - PATIENCE
    with transaction.atomic():
        open_one = Probe.objects.filter(provider=provider, ended_at=None, asked_at__gt=since).order_by("-id").first()
        return open_one or Probe.objects.create(provider=provider, asked_by=by.email if by else "")


def seal_anew() -> int:
    """Seal under today's SECRET_KEY what an earlier one has sealed; how many there were. After it the fallback may go."""
    done = 0
    for row in ProviderSetting.objects.exclude(sealed_key=""):
        if not sealing.is_current(row.provider, row.sealed_key):
            try:
                fresh = sealing.renewed(row.provider, row.sealed_key)
            except sealing.CannotOpen:
                continue
            done += ProviderSetting.objects.filter(pk=row.pk, sealed_key=row.sealed_key).update(sealed_key=fresh)
    return done


def _kept(provider: str, key: str) -> dict[str, str]:
    return {"sealed_key": sealing.seal(provider, key), "ending": key[-ENDING:] if len(key) >= LONG_ENOUGH else ""}


def forget_old() -> None:
    """Probes of three months ago and observations of a year ago are nobody's interest."""
    now = timezone.now()
    Probe.objects.filter(asked_at__lt=now - timedelta(days=90)).delete()
    Observation.objects.filter(seen_at__lt=now - timedelta(days=365)).delete()


def _enter(provider: str, by: User, action: Change.Action, **facts: str) -> None:
    facts |= {"entered_at": timezone.now(), "entered_by": by.email}
    with transaction.atomic():
        ProviderSetting.objects.update_or_create(provider=provider, defaults=facts)
        _tell(provider, action, by)


def _clear(provider: str, by: User, action: Change.Action, **facts: str) -> None:
    with transaction.atomic():
        entered = ProviderSetting.objects.filter(provider=provider, entered_at__isnull=False)
        if entered.update(**facts, entered_at=None, entered_by=""):
            _tell(provider, action, by)


def _tell(provider: str, action: Change.Action, by: User | str) -> None:
    Change.objects.create(provider=provider, action=action, by=by if isinstance(by, str) else by.email)
    transaction.on_commit(configuration.forget)
