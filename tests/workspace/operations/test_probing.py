"""Providers asked about themselves from the desk, by the clock and by hand, on the real simulator."""

from datetime import date, timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from providers import catalogue
from tests.workspace.operations.conftest import KEY
from workspace.operations import catalogue_table, checking, lifetimes, services, tasks
from workspace.operations.models import Observation, Probe

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("simulator")]
DESK = reverse("operations:desk")


def probed(provider: str) -> Probe:
    asked = services.begin_probe(provider)
    tasks.probe(asked.pk)
    asked.refresh_from_db()
    return asked


def observed(model: str, **facts: object) -> Observation:
    today = timezone.localdate()
    usual = {"day": today, "simulated": False, "seen_at": timezone.now(), "listed": True}
    return Observation.objects.create(model=model, **usual | facts)


def test_a_probe_tells_that_the_key_works(admin):
    asked = probed("openai")
    assert (asked.outcome, asked.error, asked.simulated) == ("ok", "", True)
    assert asked.listed > 5
    assert "The simulator answered" in admin.get(DESK).content.decode()


def test_a_wrong_key_is_found_by_the_probe_and_said_in_plain_words(admin, staff, simulator, monkeypatch, settings):
    monkeypatch.setenv("OPENAI_API_KEY", "wrong-key")
    monkeypatch.setenv("OPENAI_BASE_URL", f"{simulator.url}/openai/v1")
    asked = probed("openai")
    assert (asked.outcome, asked.error) == ("failed", "bad_key")
    assert "wrong-key" not in asked.log
    page = admin.get(DESK).content.decode()
    assert "The key for this provider does not work. An admin can correct it." in page


def test_the_button_asks_once_however_often_it_is_pressed(admin, monkeypatch):
    sent = []
    monkeypatch.setattr(tasks.probe, "apply_async", lambda arguments, **_: sent.append(arguments))
    for _ in range(2):
        assert admin.post(reverse("operations:probe", args=["bfl"])).status_code == 302
    assert Probe.objects.count() == 1
    assert set(sent) == {(Probe.objects.get().pk,)}


def test_a_probe_is_put_once(simulator):
    asked = probed("bfl")
    before = len(simulator.requests())
    tasks.probe(asked.pk)
    assert len(simulator.requests()) == before


def test_one_that_nobody_took_says_so(admin):
    asked = services.begin_probe("openai")
    Probe.objects.filter(pk=asked.pk).update(asked_at=timezone.now() - timedelta(minutes=5))
    assert "No worker took the probe" in admin.get(DESK).content.decode()
    assert services.begin_probe("openai").pk != asked.pk


def test_a_provider_without_key_and_simulator_is_not_reached(settings):
    settings.SIMULATOR_URL = ""
    asked = probed("openai")
    assert (asked.outcome, asked.error) == ("failed", "no_access")


def test_a_provider_that_hangs_is_given_up_on(monkeypatch, simulator):
    monkeypatch.setattr(checking, "LIMITS", checking.Limits(read=0.3, deadline=0.3))
    simulator.fault(provider="bfl", model="*", kind="hang", times=1)
    assert probed("bfl").error == "timed_out"
    simulator.heal()


def test_the_clock_asks_every_provider_once_a_day():
    tasks.daily()
    tasks.daily()
    asked = Probe.objects.filter(asked_by="")
    assert sorted(asked.values_list("provider", flat=True)) == sorted(provider.key for provider in catalogue.providers())
    assert not asked.filter(ended_at=None).exists()
    asked.update(asked_at=timezone.now() - timedelta(hours=24))
    tasks.daily()
    assert Probe.objects.count() == 2 * len(catalogue.providers())


def test_the_clock_forgets_what_is_old():
    for model, days in (("openai/old", 400), ("openai/young", 300)):
        observed(model, seen_at=timezone.now() - timedelta(days=days))
    Probe.objects.create(provider="openai", asked_at=timezone.now() - timedelta(days=100))
    services.forget_old()
    assert Observation.objects.get().model == "openai/young"
    assert not Probe.objects.exists()


def test_what_was_learned_is_kept_once_a_day():
    probed("openai")
    probed("openai")
    seen = Observation.objects.get(model="openai/gpt-image-1.5")
    assert (seen.listed, seen.shutdown, seen.simulated) == (True, date(2026, 12, 1), True)


def test_our_models_that_a_whole_list_leaves_out_are_kept_as_missing():
    probed("openai")
    assert not Observation.objects.get(model="openai/dall-e-3").listed


@pytest.mark.parametrize(
    ("model", "facts", "saying"),
    [
        ("openai/gpt-image-2", {"listed": False}, "is not listed any more"),
        ("openai/gpt-image-2", {"shutdown": date(2027, 3, 1)}, "goes off on 1 March 2027; our catalogue says none"),
        ("openai/gpt-image-1.5", {"shutdown": date(2026, 12, 1)}, None),
        (
            "openai/gpt-image-1.5",
            {"shutdown": date(2026, 12, 9)},
            "goes off on 9 December 2026; our catalogue says 1 December 2026",
        ),
        ("openai/gpt-image-9", {}, "is not in our catalogue"),
        ("openai/gpt-image-2-2026-04-21", {}, None),
        ("openai/dall-e-3", {"listed": False}, None),
        ("openai/dall-e-3", {}, "still answers, and is retired in our catalogue"),
        ("local/whatever", {}, None),
        ("ideogram/ideogram-4-5", {"notice": "Use 5."}, "says “Use 5.”"),
    ],
)
def test_what_differs_from_the_catalogue_is_said(model, facts, saying):
    today = date(2026, 11, 22)
    found = lifetimes.differences([observed(model, day=today, **facts)], today)
    assert [each.saying for each in found] == ([saying] if saying else [])


def test_a_real_word_goes_before_a_played_one():
    today = timezone.localdate()
    observed("bfl/flux-2-pro", simulated=True, shutdown=today + timedelta(days=2))
    observed("bfl/flux-2-pro", simulated=False)
    assert not [death for death in lifetimes.deaths(lifetimes.latest(today), today) if death.model.startswith("bfl/")]


@pytest.mark.parametrize(("days", "dies"), [(0, False), (1, True), (30, True), (31, False)])
def test_a_death_is_near_for_thirty_days(days, dies):
    today = date(2026, 1, 10)
    seen = observed("bfl/flux-2-pro", day=today, shutdown=today + timedelta(days=days))
    assert bool(lifetimes.deaths([seen], today)) is dies


def test_the_command_prints_every_model():
    out = StringIO()
    call_command("models", stdout=out)
    lines = out.getvalue().splitlines()
    assert len(lines) == 2 + len(catalogue.all_models())
    mini = next(line for line in lines if "openai/gpt-image-1-mini" in line)
    assert "2026-12-01" in mini
    assert "openai/gpt-image-2.6-flare" in mini


def test_the_command_asks_and_tells(simulator, monkeypatch):
    monkeypatch.setenv("BFL_API_KEY", "wrong-key")
    monkeypatch.setenv("BFL_BASE_URL", f"{simulator.url}/bfl/v1")
    out = StringIO()
    with pytest.raises(SystemExit) as left:
        call_command("models", "check", stdout=out)
    assert left.value.code == 1
    said = out.getvalue()
    assert "The key for this provider does not work. An admin can correct it." in said
    assert "cannot be asked without paying" in said
    assert "openai/chatgpt-image-latest" in said
    assert Probe.objects.get(provider="bfl").error == "bad_key"


def test_columns_are_as_wide_as_what_stands_in_them():
    assert catalogue_table.table([("a", "bcd")], ("head", "x")) == "head  x\n----  ---\na     bcd"


def test_a_probe_of_a_key_just_entered_is_sent_to_a_worker(admin, monkeypatch, django_capture_on_commit_callbacks):
    sent = []
    monkeypatch.setattr(tasks.probe, "apply_async", lambda arguments, **how: sent.append(how))
    with django_capture_on_commit_callbacks(execute=True):
        admin.post(reverse("operations:settings", args=["openai"]), {"key": KEY})
    assert [how["expires"] for how in sent] == [90.0]
