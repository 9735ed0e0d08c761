"""A paused provider: not chosen, not asked, and said so everywhere."""

import pytest
from django.urls import reverse

from providers import catalogue
from providers.errors import Paused
from routing.types import Cause
from workspace.comparisons import compose, drafts, keys, wording
from workspace.operations import configuration, services
from workspace.operations.models import Change

V2A = "ideogram/v_2a_turbo"


@pytest.fixture
def paused(staff, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        services.pause("ideogram", staff)


def test_no_new_call_is_planned_for_it(paused):
    draft = drafts.Draft(prompt="Shop sign “OPEN”", models=(V2A,))
    plan = compose.plan(draft)
    assert "ideogram" not in {route.model.provider for route in plan.routes}
    assert all(not name.startswith("ideogram/") for route in plan.routes for name in route.fallbacks)
    assert Cause.DOWN in {left.cause for left in plan.left_out if left.model.id == V2A}


def test_its_chips_cannot_be_ticked(paused):
    draft = drafts.Draft(prompt="A cup")
    chips = [chip for chip in compose.rail(draft, compose.plan(draft), 100).chips if chip.id.startswith("ideogram/")]
    assert chips
    assert all((chip.disabled, chip.health, chip.note) == (True, "down", "paused") for chip in chips)


def test_a_call_that_was_planned_is_not_made(paused):
    with pytest.raises(Paused) as caught:
        keys.access(catalogue.provider("ideogram"))
    assert not caught.value.retryable
    assert not caught.value.may_have_billed


def test_the_frame_says_why():
    notice = wording.notice("failed", "paused", back=4, ran_for=None)
    assert notice.heading == "This provider is paused."
    assert notice.sentence == "It is asked for no pictures for now. It was not your prompt. Your 4 credits are back."
    assert (
        wording.fell_back("Ideogram 2a", wording.why_it_fell_back("paused"), "FLUX", held=4, cost=4)
        == "Ideogram 2a is paused. FLUX stepped in for the same 4 credits."
    )


def test_resumed_it_is_asked_again(paused, staff, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        services.resume("ideogram", staff)
    assert keys.access(catalogue.provider("ideogram")).simulated


def test_both_leave_a_line_and_twice_is_once(staff):
    for change in (services.pause, services.pause, services.resume, services.resume):
        change("ideogram", staff)
    assert list(Change.objects.order_by("id").values_list("action", flat=True)) == ["paused", "resumed"]


def test_the_buttons_work_without_script(admin, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        answer = admin.post(reverse("operations:pause", args=["ideogram"]), follow=True)
    page = answer.content.decode()
    assert "Paused since" in page
    assert 'action="/operations/ideogram/resume/"' in page


def test_a_pause_does_not_forget_the_key(staff, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        services.set_key("ideogram", "a-key-of-some-length", staff)
        services.pause("ideogram", staff)
        services.remove_key("ideogram", staff)
    assert keys.paused() == {"ideogram": "paused by an admin"}
    assert configuration.entered().keys == {}
