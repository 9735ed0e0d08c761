"""Budgets: set by owners, told at 80 per cent, pausing at 100, given back by the month, an owner, or money that was not spent."""

import uuid
from datetime import timedelta
from decimal import Decimal

import pytest
from django.core import mail
from django.utils import timezone

from providers import catalogue
from providers.errors import Paused
from routing.types import Cause
from tests.workspace.spend.conftest import BFL, NOON, OPENAI
from workspace.accounts import outbox
from workspace.accounts.roles import Role
from workspace.comparisons import compose, drafts, keys
from workspace.comparisons.models import Attempt, Generation
from workspace.ledger.models import Deed
from workspace.operations import configuration, services
from workspace.operations.models import Change
from workspace.spend import budgets, context, gathering, tasks, watch
from workspace.spend.budgets import ChangedMeanwhile
from workspace.spend.models import Budget, Crossing

pytestmark = pytest.mark.django_db
FLARE = "openai/gpt-image-2.6-flare"


@pytest.fixture(autouse=True)
def real(at_noon, monkeypatch):
    monkeypatch.setenv("OPENAI_API_KEY", "sk-made-up-0123456789")
    monkeypatch.setattr(watch, "_looked_at", float("-inf"))


@pytest.fixture
def boss(admin):
    return admin(Role.OWNER)


@pytest.fixture
def budget(boss):
    """OpenAI may cost so many USD a month."""

    def set_to(usd: str | None, after: int = 0, provider: str = "openai") -> None:
        amount = None if usd is None else Decimal(usd)
        budgets.set_budget(provider, amount, reason="Agreed in November", key=uuid.uuid4(), after=after, by=boss)

    return set_to


@pytest.fixture
def look(django_capture_on_commit_callbacks):
    def at_it() -> list[str]:
        """Look, and the subjects of the letters that go out."""
        mail.outbox.clear()
        with django_capture_on_commit_callbacks(execute=True):
            watch.look()
        outbox.wait()
        return [letter.subject for letter in mail.outbox]

    return at_it


def test_the_letter_says_what_was_spent_and_what_is_next(call, budget, look, staff, boss):
    budget("1")
    call(told="0.85")
    call(FLARE, open=True)
    look()
    assert {letter.to[0] for letter in mail.outbox} == {staff.email, boss.email}
    text = mail.outbox[0].body
    assert "OpenAI may cost $1.00 in November. $0.85 has been spent, and pictures under way are estimated at $0.10." in text
    assert "Nothing stops yet. When the budget is used up, OpenAI is paused until 1 December." in text


WARNED = "OpenAI has used 80% of its budget for November"
USED_UP = "OpenAI is paused: its budget for November is used up"
WHY = "paused: its budget for November is used up"


def test_nothing_happens_below_eighty_per_cent(call, budget, look):
    budget("1")
    call(told="0.79")
    assert look() == []
    assert context._alarms() == []


def test_at_eighty_per_cent_admins_are_told_once(call, budget, look):
    budget("1")
    call(told="0.80")
    assert [look(), look()] == [[WARNED], []]
    assert keys.paused() == {}
    [alarm] = context._alarms()
    assert (f"{alarm.head} {alarm.rest}", alarm.bad) == ("OpenAI has used 80% of its budget, $1.00 for November.", False)


def test_at_a_hundred_it_is_paused_and_said_once(call, budget, look):
    budget("1")
    call(told="1")
    assert [look(), look()] == [[USED_UP], []]
    assert keys.paused() == {"openai": WHY}
    with pytest.raises(Paused):
        keys.access(catalogue.provider("openai"))
    assert context._alarms()[0].bad
    assert list(Change.objects.values_list("by", "action")) == [("Its budget", "paused")]


def test_everything_goes_by_it_as_by_an_admin_s_pause(call, budget, look):
    budget("1")
    call(told="1")
    look()
    plan = compose.plan(drafts.Draft(prompt="A badge", models=(FLARE,)))
    assert "openai" not in {route.model.provider for route in plan.routes}
    assert all(not name.startswith("openai/") for route in plan.routes for name in route.fallbacks)
    [left] = [left for left in plan.left_out if left.model.id == FLARE]
    assert (left.cause, left.reason) == (Cause.DOWN, WHY)
    chips = [chip for chip in compose.rail(drafts.Draft(prompt="A cup"), plan, 100).chips if chip.id.startswith("openai/")]
    assert {(chip.disabled, chip.health, chip.note) for chip in chips} == {(True, "down", "paused")}


def test_a_call_under_way_is_not_touched_and_can_be_ended(call, budget, look):
    budget("1")
    call(told="0.95")
    under_way = call(FLARE, open=True)
    look()
    under_way.refresh_from_db()
    assert under_way.state == Attempt.State.CLAIMED
    assert keys.access(catalogue.provider("openai"), under_way=True).api_key


def test_what_is_under_way_counts_as_estimated_and_what_came_to_nothing_gives_it_back(call, budget, look):
    budget("1")
    call(told="0.95")
    failing = call(FLARE, open=True)
    assert look() == [USED_UP]
    Attempt.objects.filter(pk=failing.pk).update(state="failed", error="provider_down")
    Generation.objects.filter(pk=failing.generation_id).update(state="failed")
    assert look() == []
    configuration.forget()
    assert keys.paused() == {}


def test_a_frame_in_the_queue_counts_and_a_simulated_one_does_not(call, budget, look):
    budget("1")
    call(told="0.95")
    call(BFL, open=True)
    Attempt.objects.filter(model=BFL).delete()
    Generation.objects.filter(model=BFL).update(state="queued")
    budget("0.05", provider="bfl")
    assert [each.under_way for each in budgets.standings()] == [0, 0]
    Generation.objects.filter(model=BFL).update(model=FLARE)
    assert {each.budget.provider: each.under_way for each in budgets.standings()} == {"bfl": 0, "openai": Decimal("0.10")}


def test_what_was_gathered_counts_too_and_the_month_before_does_not(call, budget):
    call(told="0.50", at=NOON.replace(day=1, hour=0))
    call(told="9", at=NOON.replace(day=1, hour=0) - timedelta(seconds=1))
    call(told="9", simulated=True)
    call(told="0.25")
    gathering.gather()
    budget("1")
    assert [(each.spent, each.percent) for each in budgets.standings()] == [(Decimal("0.75"), 75)]


def test_when_the_month_is_over_it_is_asked_again(call, budget, look, monkeypatch):
    budget("1")
    call(told="1")
    look()
    for moment, paused in (("2026-11-30T23:59:59+00:00", {"openai": WHY}), ("2026-12-01T00:00:00+00:00", {})):
        monkeypatch.setattr(timezone, "now", lambda moment=moment: timezone.datetime.fromisoformat(moment))
        configuration.forget()
        assert keys.paused() == paused
    assert look() == []
    assert context._alarms() == []


def test_an_owner_lifts_it_and_it_stays_lifted(call, budget, look, boss):
    budget("1")
    call(told="1")
    look()
    assert [budgets.lift("openai", boss), budgets.lift("openai", boss)] == [True, False]
    call(told="1")
    assert look() == []
    configuration.forget()
    assert keys.paused() == {}
    assert Deed.objects.filter(what="lifted the pause of OpenAI, whose budget is used up").count() == 1
    assert context._alarms()[0].rest == "$1.00 for November. An owner has lifted its pause."


def test_a_larger_budget_gives_it_back_and_is_told_of_anew(call, budget, look):
    budget("1")
    call(told="1")
    look()
    budget("1.25", after=1)
    assert look() == [WARNED]
    assert budgets.used_up() == {}
    budget("0.50", after=2)
    assert look() == [USED_UP]


def test_without_a_budget_it_is_given_back(call, budget, look):
    budget("1")
    call(told="1")
    look()
    budget(None, after=1)
    assert look() == []
    assert (budgets.used_up(), budgets.in_force()) == ({}, {})


def test_an_admin_s_pause_stands_beside_it(call, budget, look, staff):
    services.pause("openai", staff)
    budget("1")
    call(told="1")
    look()
    services.resume("openai", staff)
    configuration.forget()
    assert keys.paused() == {"openai": WHY}


def test_two_admins_at_once_and_a_form_sent_twice(boss):
    def sent(usd: int, key: uuid.UUID) -> bool:
        return budgets.set_budget("openai", Decimal(usd), reason="Agreed today", key=key, after=0, by=boss)

    first = uuid.uuid4()
    assert [sent(5, first), sent(5, first)] == [True, False]
    with pytest.raises(ChangedMeanwhile):
        sent(7, uuid.uuid4())
    assert Budget.objects.get().usd == 5
    assert list(Deed.objects.values_list("what", flat=True)) == ["set the budget of OpenAI to $5.00 a month: Agreed today"]


def test_the_clock_looks_and_gathers(call, budget):
    budget("1")
    call(told="0.85")
    tasks.gather()
    tasks.look()
    tasks.look()
    assert Crossing.objects.get().percent == 80


def test_without_a_budget_a_look_costs_two_queries(django_assert_num_queries):
    with django_assert_num_queries(2):
        watch.look()


def test_other_providers_are_left_alone(call, budget, look):
    budget("1")
    call(OPENAI, told="1")
    look()
    assert list(keys.paused()) == ["openai"]
