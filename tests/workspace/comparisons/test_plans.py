"""What a person's plan allows: HD images that come back, runs at once, models, and the price that an owner has set."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from providers.types import Quality
from tests.workspace.comparisons.conftest import FLARE, V2A, form
from workspace.accounts.models import Override, Plan, User
from workspace.comparisons import allowances, compose, drafts, finishing, services, sweeping
from workspace.comparisons.allowances import TooManyUnderWay
from workspace.comparisons.models import Generation
from workspace.credits import prices, selectors
from workspace.credits.errors import HdUsedUp
from workspace.credits.hd.models import HdEntry

SUNBURST = "openai/gpt-image-2.6-sunburst"
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("prices_read_again")]


@pytest.fixture
def plan(owner):
    """Change the plan of everybody; the person is read anew, as a request would."""

    def change(**limits) -> User:
        Plan.objects.filter(is_default=True).update(**limits)
        return User.objects.get(pk=owner.pk)

    return change


def left(user) -> int | None:
    found = allowances.hd_left(User.objects.get(pk=user.pk))
    return found.images if found else None


def submit(client, posted, *, live=False):
    """Press the button; ``live`` is with htmx."""
    headers = {"hx-request": "true"} if live else {}
    return client.post(reverse("start_run"), dict(posted.lists()), headers=headers)


def rail(user, **fields):
    draft = drafts.read(form(**fields), User.objects.get(pk=user.pk))
    return compose.rail(draft, compose.plan(draft), 250)


def test_a_frame_sold_in_hd_takes_one_and_others_take_none(plan, run):
    owner = plan(hd_per_month=20)
    run(models=(FLARE, SUNBURST), quality="hd", cap="")
    assert left(owner) == 18
    run(models=(FLARE,), quality="standard")
    assert left(owner) == 18


def test_a_frame_that_is_stopped_gives_its_image_back(plan, run):
    owner = plan(hd_per_month=2)
    services.cancel_all(run(models=(FLARE, SUNBURST), quality="hd", cap=""))
    assert left(owner) == 2


def test_a_picture_keeps_its_image_and_a_broken_one_gives_it_back(plan, run, picture):
    owner = plan(hd_per_month=3)
    good, bad = run(models=(FLARE, SUNBURST), quality="hd", cap="").generations.order_by("position")
    picture(good)
    picture(bad, data=b"no picture at all", finish=False)
    finishing.finish(bad.pk)
    assert left(owner) == 2
    assert HdEntry.objects.get(kind="return").generation == bad.pk


def test_an_image_comes_back_when_another_model_drew_in_less(plan, run, picture):
    owner = plan(hd_per_month=1)
    [frame] = run(models=(FLARE,), quality="hd", cap="").generations.all()
    step_in = {"model": V2A, "label": "V2A", "quality": "standard", "width": 1, "height": 1, "credits": 1, "expected_seconds": 3}
    Generation.objects.filter(pk=frame.pk).update(fallbacks=[step_in])
    frame.refresh_from_db()
    picture(frame, finish=False)
    Generation.objects.filter(pk=frame.pk).update(answered_by=V2A, cost=1)
    finishing.finish(frame.pk)
    assert left(owner) == 1


def test_a_worker_that_died_leaks_none(plan, run):
    owner = plan(hd_per_month=1)
    [frame] = run(models=(FLARE,), quality="hd", cap="").generations.all()
    long_ago = timezone.now() - timedelta(hours=1)
    Generation.objects.filter(pk=frame.pk).update(state="running", started_at=long_ago, queued_at=long_ago)
    sweeping.runs_to_send()
    assert left(owner) == 1


def test_a_frame_asked_again_takes_another_and_is_refused_without(plan, run):
    owner = plan(hd_per_month=1)
    comparison = run(models=(FLARE,), quality="hd", cap="")
    services.cancel_all(comparison)
    [frame] = comparison.generations.all()
    services.retry(frame, owner)
    services.cancel_all(comparison)
    run(models=(SUNBURST,), quality="hd", cap="")
    with pytest.raises(HdUsedUp):
        services.retry(frame, owner)
    frame.refresh_from_db()
    assert (frame.round, frame.state) == (2, "cancelled")


def test_a_run_that_is_refused_credits_takes_no_image(plan, run, owner):
    owner = plan(hd_per_month=20)
    order_of = drafts.read(form(models=(FLARE,), quality="hd", cap=""), owner)
    decided = compose.plan(order_of)
    services.credits.adjust(owner, -250, reason="Emptied", key="empty", actor=owner)
    order = services.Order(order_of.brief, decided, order_of.shape, order_of.key)
    with pytest.raises(services.NotEnoughCredits):
        services.start(owner, order)
    assert left(owner) == 20


def test_the_rail_says_how_many_are_left_and_locks_hd_without(plan, run, signed_in):
    owner = plan(hd_per_month=1)
    hd = rail(owner).qualities[-1]
    assert (hd.note, hd.locked, hd.why) == ("1 left", False, "1 of 1 HD images left")
    run(models=(FLARE,), quality="hd", cap="")
    hd = rail(owner).qualities[-1]
    assert (hd.note, hd.locked) == ("0 left", True)
    assert hd.why.startswith("HD is used up until 1 ")
    page = signed_in.get("/").content.decode()
    assert "HD <b>0</b> of 1 left" in page


def test_two_images_for_three_models_go_to_the_first_two(plan, signed_in, owner):
    plan(hd_per_month=2)
    models = (FLARE, SUNBURST, "ideogram/4.5")
    posted = form(models=models, quality="hd", cap="")
    shown = rail(owner, models=models, quality="hd", cap="")
    assert shown.runbar.button == "Run 2 in HD, 1 in Standard"
    assert [chip.note for chip in shown.chips if chip.id == models[-1]] == ["in Standard"]
    posted["price"] = str(shown.price)
    assert submit(signed_in, posted).status_code == 302
    assert list(Generation.objects.order_by("position").values_list("quality", flat=True)) == ["hd", "hd", "standard"]
    assert left(owner) == 0


@pytest.mark.parametrize("short", [{"quality": "hd", "cap": ""}, {"quality": "standard", "cap": "4"}], ids=["HD", "the cap"])
def test_who_gets_what_is_short_does_not_depend_on_the_order_in_an_address(plan, signed_in, short):
    """The form posts models in the order of their chips, and the button has said what that would run."""
    plan(hd_per_month=1)
    orders = ((FLARE, SUNBURST), (SUNBURST, FLARE))
    one_way, the_other = (signed_in.get("/", dict(form(models=models, **short).lists())).context["rail"] for models in orders)
    assert one_way.runbar == the_other.runbar
    assert one_way.chips == the_other.chips


def test_a_model_that_is_not_in_the_plan_is_neither_offered_nor_taken_from_a_form_made_by_hand(plan, owner, signed_in):
    plan(only_providers=["ideogram"])
    shown = rail(owner, models=(FLARE, V2A))
    [chip] = [chip for chip in shown.chips if chip.id == FLARE]
    assert (chip.disabled, chip.note, chip.checked) == (True, "not in your plan", False)
    submit(signed_in, form(models=(FLARE, V2A), price=str(shown.price)))
    assert [row.model for row in Generation.objects.all()] == [V2A]
    assert not [each for each in Generation.objects.get().fallbacks if not each["model"].startswith("ideogram/")]


def test_one_run_more_than_the_plan_allows_is_refused_and_the_draft_kept(plan, run, signed_in):
    plan(in_flight=1)
    run()
    answer = submit(signed_in, form("A heron at dusk"), live=True)
    assert answer.status_code == 422
    said = answer.content.decode()
    assert "One run is under way, which is as many as your plan allows at once." in said
    assert "A heron at dusk" in said


def test_a_run_under_way_may_have_a_frame_asked_again_and_another_may_not(plan, run):
    owner = plan(in_flight=1)
    first = run(models=(V2A, FLARE))
    stopped = first.generations.get(position=1)
    services.cancel(stopped)
    services.retry(stopped, owner)
    services.cancel_all(first)
    run()
    with pytest.raises(TooManyUnderWay):
        services.retry(stopped, owner)


def test_an_override_holds_until_its_moment(plan, owner, staff):
    plan(hd_per_month=1, most_models=2)
    week = timedelta(days=7)
    facts = {"changes": {"hd_per_month": 5}, "reason": "A campaign", "by": staff}
    override = Override.objects.create(user=owner, until=timezone.now() + week, **facts)
    assert left(owner) == 5
    Override.objects.filter(pk=override.pk).update(until=timezone.now() - week)
    assert left(owner) == 1


def test_a_price_that_an_owner_set_is_on_the_button_and_in_the_hold(owner, staff, signed_in):
    before = rail(owner, models=(V2A,)).price
    prices.set_price(
        V2A, Quality.STANDARD, starts=date(2026, 1, 1), usd=Decimal("0.0701"), credits=None, reason="Dearer", by=staff
    )
    answer = submit(signed_in, form(price=str(before)), live=True)
    assert answer.status_code == 422
    assert f"Prices changed since you opened this page: 8 instead of {before}." in answer.content.decode()
    submit(signed_in, form(price="8"))
    assert selectors.balance(owner) == 250 - 8
    assert Generation.objects.get().estimate_usd == Decimal("0.0701")


def test_the_latest_day_counts_and_an_empty_price_is_the_catalogue_s(owner, staff):
    before = rail(owner, models=(V2A,)).price
    own = {"reason": "A trial", "by": staff, "usd": None}
    prices.set_price(V2A, Quality.STANDARD, starts=date(2026, 1, 1), credits=9, **own)
    prices.set_price(V2A, Quality.STANDARD, starts=date(2999, 1, 1), credits=99, **own)
    assert rail(owner, models=(V2A,)).price == 9
    prices.set_price(V2A, Quality.STANDARD, starts=date(2026, 2, 1), credits=None, **own)
    assert rail(owner, models=(V2A,)).price == before
