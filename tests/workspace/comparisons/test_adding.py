"""One more frame for a run: another model in place of one that failed, or one that was left out when the run started."""

import uuid

import pytest

from providers.catalogue import UnknownModel
from tests.workspace.comparisons.conftest import FLARE, V2A, balance, form, spend_all_but
from workspace.accounts.models import Plan
from workspace.comparisons import adding, drafts, selectors, services
from workspace.comparisons.models import Attempt, Comparison, Generation
from workspace.credits import audit
from workspace.credits.errors import NotEnoughCredits
from workspace.credits.models import Entry
from workspace.operations import services as operations

pytestmark = pytest.mark.django_db
HTMX = {"headers": {"HX-Request": "true"}}
DEAR = "openai/gpt-image-2"
BADGE = 'A badge saying "Launch 2024"'


@pytest.fixture
def failed(run):
    """A frame whose credits are back, in a run with another that is drawing."""

    def fail(*models: str, state: str = "failed", **fields: str) -> Generation:
        comparison = run(BADGE, models=models or (FLARE, V2A), **{"intent": "typography", **fields})
        frame = comparison.generations.select_related("comparison").get(model=V2A)
        services.cancel(frame)  # gives the credits back as any failure does
        Generation.objects.filter(pk=frame.pk).update(state=state, error="timed_out")
        frame.refresh_from_db()
        return frame

    return fail


def ids(offers: adding.Offers) -> list[str]:
    return [spare.model.id for spare in offers.models]


class TestOffers:
    def test_the_best_that_the_run_has_not_asked_yet(self, failed, owner):
        frame = failed()
        offers = adding.offers(frame, owner)
        assert offers.frame == "1-2"
        assert len(offers.models) == adding.MOST
        assert not {FLARE, V2A} & set(ids(offers))

    def test_nobody_who_has_tried_to_step_in(self, failed, owner):
        frame = failed()
        tried = ids(adding.offers(frame, owner))[0]
        Attempt.objects.create(generation=frame, round=1, number=2, model=tried, state="failed", worker=uuid.uuid4())
        assert tried not in ids(adding.offers(frame, owner))

    def test_only_what_fits_the_rest_of_the_cap(self, failed, owner):
        frame = failed(V2A, cap="3")
        assert {spare.credits for spare in adding.offers(frame, owner).models} <= {1, 2, 3}
        other = failed(FLARE, V2A, cap="5")
        Generation.objects.filter(comparison=other.comparison, model=FLARE).update(price=5)
        offers = adding.offers(other, owner)
        assert (offers.models, offers.none) == ((), "No other model can be asked now within what is left of the cap, 0 credits.")

    def test_nobody_who_is_paused(self, failed, owner, staff, django_capture_on_commit_callbacks):
        frame = failed()
        first = adding.offers(frame, owner).models[0].model
        with django_capture_on_commit_callbacks(execute=True):
            operations.pause(first.provider, staff)
        assert first.id not in ids(adding.offers(frame, owner))


class TestSwap:
    def test_it_is_a_new_frame_and_the_old_one_stays(self, failed, owner):
        frame, before = failed(), balance(owner)
        spare = adding.offers(frame, owner).models[0]
        new = adding.swap(frame, owner, spare.model.id)
        assert (new.position, new.model, new.state, new.price) == (3, spare.model.id, "queued", spare.credits)
        assert new.fallbacks
        assert balance(owner) == before - spare.credits
        assert Entry.objects.latest("pk").reason == "Run 1, frame 3: in place of frame 2"
        frame.refresh_from_db()
        assert (frame.state, frame.round, frame.model) == ("failed", 1, V2A)
        assert not list(audit.disagreements())

    def test_twice_asks_once(self, failed, owner):
        frame = failed()
        model = ids(adding.offers(frame, owner))[0]
        assert adding.swap(frame, owner, model) == adding.swap(frame, owner, model)
        assert frame.comparison.generations.count() == 3

    def test_a_frame_that_is_asked_again_elsewhere_is_left_alone(self, failed, owner):
        frame = failed()
        services.retry(frame, owner)
        assert adding.swap(frame, owner, ids(adding.offers(frame, owner))[0]).pk == frame.pk
        assert frame.comparison.generations.count() == 2

    def test_who_cannot_be_asked_is_refused_in_plain_words(self, failed, owner):
        frame, before = failed(V2A, cap="3"), balance(owner)
        with pytest.raises(adding.NotOffered) as caught:
            adding.swap(frame, owner, DEAR)
        assert caught.value.public == "GPT Image 2 cannot be asked: over your cap by 3."
        assert (frame.comparison.generations.count(), balance(owner)) == (1, before)

    def test_it_never_costs_more_than_was_said(self, failed, signed_in, owner):
        frame, before = failed(), balance(owner)
        spare = adding.offers(frame, owner).models[0]
        body = signed_in.post("/frames/1-2/retry/", {"model": spare.model.id, spare.model.id: spare.credits - 1}).content.decode()
        assert f"{spare.model.label} takes {spare.credits} credits by now. Start a new run to use it." in body
        assert (frame.comparison.generations.count(), balance(owner)) == (2, before)
        assert signed_in.post("/frames/1-2/retry/", {"model": spare.model.id, spare.model.id: spare.credits}).url == "/runs/1/"

    def test_one_that_was_switched_off_since_gives_its_place_to_its_successor(self, failed, owner):
        new = adding.swap(failed(), owner, "openai/dall-e-3")
        assert new.model != "openai/dall-e-3"
        assert new.notes[0].startswith("DALL·E 3 was switched off")

    @pytest.mark.parametrize("gone", ["openai/dall-e-3", "openai/dall-e-2", "openai/gpt-image-1"])
    def test_one_whose_successor_does_not_fit_is_refused_in_plain_words_too(self, failed, owner, gone):
        frame = failed(V2A, cap="3")
        Comparison.objects.update(cap=1)
        with pytest.raises(adding.NotOffered) as caught:
            adding.swap(frame, owner, gone)
        assert "cannot be asked: " in caught.value.public
        assert frame.comparison.generations.count() == 1

    def test_a_model_of_nobody_is_refused(self, failed, owner):
        with pytest.raises(UnknownModel):
            adding.swap(failed(), owner, "nobody/nothing")

    def test_without_credits_nothing_changes(self, failed, owner):
        frame = failed()
        model = ids(adding.offers(frame, owner))[0]
        spend_all_but(owner, 0)
        with pytest.raises(NotEnoughCredits):
            adding.swap(frame, owner, model)
        assert frame.comparison.generations.count() == 2


class TestOnThePage:
    @pytest.mark.parametrize(("state", "offered"), [("failed", True), ("refused", True), ("cancelled", False)])
    def test_a_frame_that_failed_leads_to_other_models(self, failed, signed_in, state, offered):
        failed(state=state)
        assert ("/frames/1-2/swap/" in signed_in.get("/runs/1/").content.decode()) is offered

    def test_they_stand_in_the_frame_with_their_prices(self, failed, signed_in, owner):
        spare = adding.offers(failed(), owner).models[0]
        button = f"{spare.model.label}, {spare.credits} cr</button>"
        fragment = signed_in.get("/frames/1-2/swap/", **HTMX).content.decode()
        assert button in fragment
        assert fragment.lstrip().startswith("<form")
        assert button in signed_in.get("/frames/1-2/swap/").content.decode()

    def test_pressing_one_shows_the_sheet_with_one_more_frame(self, failed, signed_in, owner):
        model = ids(adding.offers(failed(), owner))[0]
        body = signed_in.post("/frames/1-2/retry/", {"model": model}, **HTMX).content.decode()
        assert body.count('class="slot"') == 3
        assert signed_in.post("/frames/1-2/retry/", {"model": model}).url == "/runs/1/"

    @pytest.mark.parametrize("model", ["nobody/nothing", DEAR])
    def test_what_is_not_offered_is_said_above_the_page(self, failed, signed_in, model):
        failed(V2A, cap="3")
        answer = signed_in.post("/frames/1-1/retry/", {"model": model})
        assert answer.status_code == 409
        assert 'class="banner"' in answer.content.decode()


@pytest.fixture
def over_cap(signed_in):
    """A run by the form, with a model over its cap."""
    posted = form(BADGE, models=(FLARE, DEAR), cap="5")
    assert signed_in.post("/runs/", dict(posted.lists())).status_code == 302
    return Comparison.objects.get()


class TestLeftOut:
    def test_the_sheet_has_a_place_that_says_why(self, over_cap, signed_in):
        assert [(one.model, one.credits, one.why) for one in selectors.sheet(over_cap).skipped] == [(DEAR, 6, "over_cap")]
        page = signed_in.get("/runs/1/").content.decode()
        assert "Over your budget cap" in page
        assert "Adding this model would make 8 credits. Your cap is 5." in page
        assert "Raise cap to 8</button>" in page

    def test_what_auto_would_have_added_has_none(self, signed_in):
        signed_in.post("/runs/", dict(form(BADGE, models=(FLARE,), intent="auto", cap="2").lists()))
        assert Comparison.objects.get().skipped == []

    def test_raising_the_cap_runs_it_in_the_same_run(self, over_cap, signed_in, owner):
        before = balance(owner)
        body = signed_in.post("/runs/1/take-up/", {"model": DEAR}, **HTMX).content.decode()
        assert body.count('class="slot"') == 2
        assert "Not run" not in body
        over_cap.refresh_from_db()
        frame = over_cap.generations.get(model=DEAR)
        assert (over_cap.cap, over_cap.skipped, frame.position, frame.price) == (8, [], 2, 6)
        assert balance(owner) == before - 6
        assert Entry.objects.latest("pk").reason == "Run 1, frame 2: added to the run"
        assert not list(audit.disagreements())

    def test_twice_runs_it_once(self, over_cap, owner):
        for _ in range(2):
            adding.take_up(over_cap, owner, DEAR)
        assert over_cap.generations.count() == 2

    def test_a_model_that_was_not_left_out_changes_nothing(self, over_cap, signed_in):
        assert signed_in.post("/runs/1/take-up/", {"model": V2A}).url == "/runs/1/"
        assert over_cap.generations.count() == 1

    def test_it_fits_once_others_have_given_back(self, over_cap, signed_in):
        services.cancel_all(over_cap)
        Comparison.objects.update(cap=7)
        page = signed_in.get("/runs/1/").content.decode()
        assert "It fits by now: with it the run takes 6 credits." in page
        assert "Run it for 6 credits</button>" in page

    def test_it_never_costs_more_than_was_said(self, over_cap, signed_in, owner):
        before = balance(owner)
        Comparison.objects.update(skipped=[{"model": DEAR, "label": "GPT Image 2", "credits": 5, "why": "over_cap"}])
        answer = signed_in.post("/runs/1/take-up/", {"model": DEAR})
        assert answer.status_code == 409
        assert "GPT Image 2 takes 6 credits by now. Start a new run to use it." in answer.content.decode()
        assert balance(owner) == before

    def test_no_more_models_than_the_plan_allows_a_run(self, over_cap, signed_in, owner):
        Plan.objects.update(most_models=1)
        answer = signed_in.post("/runs/1/take-up/", {"model": DEAR})
        assert answer.status_code == 409
        assert "This run has as many models as one may have, 1." in answer.content.decode()
        services.cancel_all(over_cap)
        assert signed_in.post("/runs/1/take-up/", {"model": DEAR}).status_code == 302

    def test_without_credits_nothing_changes(self, over_cap, signed_in, owner):
        spend_all_but(owner, 1)
        assert signed_in.post("/runs/1/take-up/", {"model": DEAR}).status_code == 409
        over_cap.refresh_from_db()
        assert (over_cap.cap, len(over_cap.skipped), over_cap.generations.count()) == (5, 1, 1)

    def test_too_dear_for_the_account_is_said_too(self, signed_in, owner):
        spend_all_but(owner, 3)
        signed_in.post("/runs/", dict(form(BADGE, models=(FLARE, DEAR), cap="").lists()))
        assert "This model takes 6 credits, more than you had left." in signed_in.get("/runs/1/").content.decode()

    def test_the_next_run_has_it_ticked_again(self, over_cap, owner):
        assert DEAR in drafts.of_run(over_cap, owner).models
