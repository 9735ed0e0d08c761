"""The page of an admin: one row per provider, live without script only by reload, and nobody else's."""

from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from providers import catalogue
from workspace.operations.models import Change, Observation, Probe

DESK = reverse("operations:desk")


def address(provider: str, what: str) -> str:
    return reverse(f"operations:{what}", args=[provider])


def test_every_provider_has_a_row(admin):
    page = admin.get(DESK).content.decode()
    for provider in catalogue.providers():
        assert f'id="settings_{provider.key}"' in page


@pytest.mark.parametrize("path", [DESK, address("openai", "settings")])
def test_for_a_designer_it_does_not_exist(signed_in, path):
    assert signed_in.get(path).status_code == 404
    assert "/operations/" not in signed_in.get("/history/").content.decode()


@pytest.mark.parametrize("what", ["settings", "remove", "pause", "resume", "probe"])
def test_a_designer_changes_nothing(signed_in, what):
    assert signed_in.post(address("openai", what), {"key": "sk-0123456789abcdef"}).status_code == 404
    assert not Change.objects.exists()
    assert not Probe.objects.exists()


def test_an_admin_finds_it_in_the_header(admin):
    assert '<a href="/operations/">' in admin.get("/history/").content.decode()


def test_it_is_kept_by_no_cache(admin):
    assert "no-store" in admin.get(DESK)["Cache-Control"]


def test_a_broken_provider_shows_what_it_did(admin, attempt):
    for _ in range(3):
        attempt("recraft/recraftv4_1", error="provider_down")
    page = admin.get(DESK).content.decode()
    assert '<i class="health" data-h="down"></i>Down' in page
    assert "100%" in page
    assert "Errors on 1 of the one day it was asked" in page


def test_htmx_gets_the_rows_alone(admin):
    part = admin.get(DESK, headers={"HX-Request": "true"}).content.decode()
    assert part.strip().startswith('<tbody id="provider_rows"')
    assert 'hx-trigger="every 15s"' in part


def test_it_looks_again_sooner_while_something_is_probed(admin):
    Probe.objects.create(provider="openai")
    page = admin.get(DESK).content.decode()
    assert 'hx-trigger="every 1s"' in page
    assert "Probing…" in page


def test_models_about_to_go_are_announced_with_who_takes_over(admin, settings, monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: datetime(2026, 11, 22, 12, tzinfo=UTC))
    page = admin.get(DESK).content.decode()
    assert (
        "<b>GPT Image 1.5 goes off on 1 December,</b> in 9 days, says our catalogue. GPT Image 2.6 Sunburst takes over." in page
    )


def test_what_a_provider_said_of_a_model_is_announced_too(admin):
    today = timezone.localdate()
    facts = {"day": today, "simulated": False, "seen_at": timezone.now(), "listed": True, "shutdown": today + timedelta(days=3)}
    Observation.objects.create(model="bfl/flux-2-pro", **facts)
    page = admin.get(DESK).content.decode()
    assert "in 3 days, says its provider." in page
    assert "<b>bfl/flux-2-pro</b> goes off on" in page
