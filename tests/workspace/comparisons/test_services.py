"""Starting, stopping and asking again: every verb twice, and nothing changes when it cannot be done."""

import uuid

import pytest

from tests.workspace.comparisons.conftest import FLARE, V1, V2A, balance, spend_all_but
from workspace.comparisons import selectors, services
from workspace.comparisons.models import Attempt, Comparison, Generation
from workspace.credits import audit
from workspace.credits.errors import NotEnoughCredits
from workspace.credits.models import Entry

pytestmark = pytest.mark.django_db


class TestStart:
    def test_it_freezes_the_plan_and_holds_its_price(self, run, owner):
        comparison = run('A badge saying "Launch 2024"', models=(FLARE, V2A))
        frames = list(comparison.generations.order_by("position"))
        assert [frame.model for frame in frames] == [FLARE, V2A]
        assert all(frame.state == "queued" and not frame.settled for frame in frames)
        assert len({frame.seed for frame in frames}) == 1
        assert comparison.reading["texts"] == ["Launch 2024"]
        total = sum(frame.price for frame in frames)
        assert selectors.money(owner.pk) == selectors.Money(250 - total, total)

    def test_the_same_form_twice_is_one_run(self, run, owner):
        key = str(uuid.uuid4())
        assert run(key=key) == run(key=key)
        assert Comparison.objects.count() == 1
        assert Entry.objects.filter(kind="hold").count() == 1

    def test_without_credits_nothing_is_written(self, run, owner):
        spend_all_but(owner, 1)
        with pytest.raises(NotEnoughCredits):
            run(models=(FLARE, V2A, V1))
        assert not Comparison.objects.exists()
        assert balance(owner) == 1

    @pytest.mark.parametrize("quality", ["draft", "standard", "hd"])
    def test_substitutes_are_frozen_with_prices_within_the_hold(self, run, quality):
        frames = run(models=(FLARE, V2A, V1), quality=quality, cap="").generations.all()
        assert any(frame.fallbacks for frame in frames)
        for frame in frames:
            assert all(substitute["credits"] <= frame.price for substitute in frame.fallbacks)


class TestCancel:
    def test_a_queued_frame_stops_and_returns_its_credits(self, run, owner):
        frame = services.cancel(run().generations.select_related("comparison").get())
        assert (frame.state, frame.cost, frame.settled) == ("cancelled", 0, True)
        assert balance(owner) == 250
        assert selectors.view(frame).notice.sentence.startswith("It had not started.")

    def test_twice_returns_them_once(self, run, owner):
        frame = run().generations.select_related("comparison").get()
        services.cancel(frame)
        services.cancel(frame)
        assert balance(owner) == 250
        assert Entry.objects.filter(kind="release").count() == 1

    def test_a_running_frame_closes_its_call_so_that_it_can_be_asked_again(self, run, owner):
        frame = run().generations.select_related("comparison").get()
        Generation.objects.filter(pk=frame.pk).update(state="running")
        call = Attempt.objects.create(generation=frame, round=1, number=1, model=V2A, worker=uuid.uuid4())
        services.cancel(frame)
        call.refresh_from_db()
        assert (call.state, call.error, call.may_have_billed) == ("failed", "cancelled", True)
        assert services.retry(frame, owner).round == 2

    def test_a_finished_frame_is_kept_and_charged(self, run, picture, owner):
        frame = picture(run().generations.select_related("comparison").get())
        assert services.cancel(frame).state == "done"
        assert balance(owner) == 250 - frame.price

    def test_a_whole_run_stops_but_for_what_has_arrived(self, run, picture, owner):
        comparison = run(models=(FLARE, V2A))
        arrived = picture(comparison.generations.select_related("comparison").first())
        services.cancel_all(comparison)
        assert set(comparison.generations.values_list("state", flat=True)) == {"done", "cancelled"}
        assert balance(owner) == 250 - arrived.price


class TestRetry:
    def test_a_frame_without_a_picture_is_asked_again_in_its_place(self, run, owner):
        frame = services.cancel(run().generations.select_related("comparison").get())
        again = services.retry(frame, owner)
        assert (again.pk, again.round, again.state, again.settled) == (frame.pk, 2, "queued", False)
        assert balance(owner) == 250 - frame.price
        assert not list(audit.disagreements())

    def test_a_frame_with_a_picture_gets_a_new_one_beside_it(self, run, picture, owner):
        frame = picture(run().generations.select_related("comparison").get())
        again = services.retry(frame, owner)
        assert (again.position, again.state) == (2, "queued")
        frame.refresh_from_db()
        assert frame.image is not None
        assert balance(owner) == 250 - 2 * frame.price

    def test_twice_holds_once(self, run, owner):
        frame = services.cancel(run().generations.select_related("comparison").get())
        services.retry(frame, owner)
        services.retry(frame, owner)
        assert balance(owner) == 250 - frame.price

    def test_without_credits_the_frame_stays_as_it_was(self, run, owner):
        frame = services.cancel(run().generations.select_related("comparison").get())
        spend_all_but(owner, 0)
        with pytest.raises(NotEnoughCredits):
            services.retry(frame, owner)
        frame.refresh_from_db()
        assert (frame.state, frame.round) == ("cancelled", 1)


def test_a_favourite_is_kept_and_taken_back(run, picture):
    frame = picture(run().generations.select_related("comparison").get())
    assert services.set_favourite(frame, True).favourite
    assert Generation.objects.get(pk=frame.pk).favourite
    assert not services.set_favourite(frame, False).favourite
