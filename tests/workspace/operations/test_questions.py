"""A provider that may be well again is asked by the clock, on the real simulator, before a designer's frame finds out."""

import pytest
from django.urls import reverse

from tests.workspace.comparisons.conftest import V2A, form
from workspace.comparisons import breakers, compose, drafts
from workspace.operations import tasks
from workspace.operations.models import Probe

pytestmark = pytest.mark.django_db
SIGN = {"prompt": 'A sign saying "Open"', "models": (), "intent": "auto"}


@pytest.fixture(autouse=True)
def at_once(monkeypatch) -> None:
    """Whatever the clock sends is done in this process."""
    monkeypatch.setattr(tasks.question, "apply_async", lambda arguments, **_: tasks.question(*arguments))


def chosen() -> list[str]:
    """What Auto would ask now."""
    breakers._held.seen = breakers.Seen()
    return [route.model.id for route in compose.plan(drafts.read(form(**SIGN))).routes]


def test_auto_stays_with_the_next_specialist_until_the_provider_answers_a_question(simulator, ill):
    first = chosen()[0]
    ill(first, pause=0.0, wait=60.0)
    simulator.fault(provider="ideogram", kind="unavailable")
    tasks.question_the_ill()
    assert first not in chosen()
    simulator.heal()
    ill(first, pause=0.0, wait=60.0)
    assert first not in chosen()
    tasks.question_the_ill()
    assert chosen()[0] == first


def test_the_clock_asks_nobody_while_all_is_well(simulator):
    before = len(simulator.requests())
    tasks.question_the_ill()
    assert len(simulator.requests()) == before


def test_each_is_asked_once_and_nothing_is_kept_of_it(simulator, ill):
    ill(V2A, pause=0.0, wait=60.0)
    before = len(simulator.requests())
    for _ in range(2):
        tasks.question_the_ill()
    assert len(simulator.requests()) == before + 1
    assert not Probe.objects.exists()


def test_one_that_has_no_free_question_is_found_out_by_the_next_picture(simulator, ill):
    ill("fal/fal-ai/flux/schnell", pause=0.0, wait=60.0)
    tasks.question_the_ill()
    assert not breakers.resting()


def test_admins_read_how_it_goes_on(simulator, ill, admin):
    ill(V2A, pause=0.0, wait=60.0)
    assert "It is being tried again now." in admin.get(reverse("operations:desk")).content.decode()
    tasks.question_the_ill()
    assert "The next picture tries it again." in admin.get(reverse("operations:desk")).content.decode()
