"""Another model in place of one that failed: who is offered, and what choosing one does."""

import uuid

import pytest

from providers.catalogue import UnknownModel
from tests.workspace.comparisons.conftest import FLARE, V2A, balance, spend_all_but
from workspace.comparisons import services, swapping
from workspace.comparisons.models import Attempt, Generation
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


def ids(offers: swapping.Offers) -> list[str]:
    return [spare.model.id for spare in offers.models]


class TestOffers:
    def test_the_best_that_the_run_has_not_asked_yet(self, failed, owner):
        frame = failed()
        offers = swapping.offers(frame, owner)
        assert offers.frame == "1-2"
        assert len(offers.models) == swapping.MOST
        assert not {FLARE, V2A} & set(ids(offers))

    def test_nobody_who_has_tried_to_step_in(self, failed, owner):
        frame = failed()
        tried = ids(swapping.offers(frame, owner))[0]
        Attempt.objects.create(generation=frame, round=1, number=2, model=tried, state="failed", worker=uuid.uuid4())
        assert tried not in ids(swapping.offers(frame, owner))

    def test_only_what_fits_the_rest_of_the_cap(self, failed, owner):
        frame = failed(V2A, cap="3")
        assert {spare.credits for spare in swapping.offers(frame, owner).models} <= {1, 2, 3}
        other = failed(FLARE, V2A, cap="5")
        Generation.objects.filter(comparison=other.comparison, model=FLARE).update(price=5)
        offers = swapping.offers(other, owner)
        assert (offers.models, offers.none) == ((), "No other model can be asked now within what is left of the cap, 0 credits.")

    def test_nobody_who_is_paused(self, failed, owner, staff, django_capture_on_commit_callbacks):
        frame = failed()
        first = swapping.offers(frame, owner).models[0].model
        with django_capture_on_commit_callbacks(execute=True):
            operations.pause(first.provider, staff)
        assert first.id not in ids(swapping.offers(frame, owner))


class TestSwap:
    def test_it_is_a_new_frame_and_the_old_one_stays(self, failed, owner):
        frame, before = failed(), balance(owner)
        spare = swapping.offers(frame, owner).models[0]
        new = swapping.swap(frame, owner, spare.model.id)
        assert (new.position, new.model, new.state, new.price) == (3, spare.model.id, "queued", spare.credits)
        assert new.fallbacks
        assert balance(owner) == before - spare.credits
        assert Entry.objects.latest("pk").reason == "Run 1, frame 3: in place of frame 2"
        frame.refresh_from_db()
        assert (frame.state, frame.round, frame.model) == ("failed", 1, V2A)
        assert not list(audit.disagreements())

    def test_twice_asks_once(self, failed, owner):
        frame = failed()
        model = ids(swapping.offers(frame, owner))[0]
        assert swapping.swap(frame, owner, model) == swapping.swap(frame, owner, model)
        assert frame.comparison.generations.count() == 3

    def test_a_frame_that_is_asked_again_elsewhere_is_left_alone(self, failed, owner):
        frame = failed()
        services.retry(frame, owner)
        assert swapping.swap(frame, owner, ids(swapping.offers(frame, owner))[0]).pk == frame.pk
        assert frame.comparison.generations.count() == 2

    def test_who_cannot_be_asked_is_refused_in_plain_words(self, failed, owner):
        frame, before = failed(V2A, cap="3"), balance(owner)
        with pytest.raises(swapping.NotOffered) as caught:
            swapping.swap(frame, owner, DEAR)
        assert caught.value.public == "GPT Image 2 cannot be asked: over your cap by 3."
        assert (frame.comparison.generations.count(), balance(owner)) == (1, before)

    def test_one_that_was_switched_off_since_gives_its_place_to_its_successor(self, failed, owner):
        new = swapping.swap(failed(), owner, "openai/dall-e-3")
        assert new.model != "openai/dall-e-3"
        assert new.notes[0].startswith("DALL·E 3 was switched off")

    def test_a_model_of_nobody_is_refused(self, failed, owner):
        with pytest.raises(UnknownModel):
            swapping.swap(failed(), owner, "nobody/nothing")

    def test_without_credits_nothing_changes(self, failed, owner):
        frame = failed()
        model = ids(swapping.offers(frame, owner))[0]
        spend_all_but(owner, 0)
        with pytest.raises(NotEnoughCredits):
            swapping.swap(frame, owner, model)
        assert frame.comparison.generations.count() == 2


class TestOnThePage:
    @pytest.mark.parametrize(("state", "offered"), [("failed", True), ("refused", True), ("cancelled", False)])
    def test_a_frame_that_failed_leads_to_other_models(self, failed, signed_in, state, offered):
        failed(state=state)
        assert ("/frames/1-2/swap/" in signed_in.get("/runs/1/").content.decode()) is offered

    def test_they_stand_in_the_frame_with_their_prices(self, failed, signed_in, owner):
        spare = swapping.offers(failed(), owner).models[0]
        button = f"{spare.model.label}, {spare.credits} cr</button>"
        fragment = signed_in.get("/frames/1-2/swap/", **HTMX).content.decode()
        assert button in fragment
        assert fragment.lstrip().startswith("<form")
        assert button in signed_in.get("/frames/1-2/swap/").content.decode()

    def test_pressing_one_shows_the_sheet_with_one_more_frame(self, failed, signed_in, owner):
        model = ids(swapping.offers(failed(), owner))[0]
        body = signed_in.post("/frames/1-2/retry/", {"model": model}, **HTMX).content.decode()
        assert body.count('class="slot"') == 3
        assert signed_in.post("/frames/1-2/retry/", {"model": model}).url == "/runs/1/"

    @pytest.mark.parametrize("model", ["nobody/nothing", DEAR])
    def test_what_is_not_offered_is_said_above_the_page(self, failed, signed_in, model):
        failed(V2A, cap="3")
        answer = signed_in.post("/frames/1-1/retry/", {"model": model})
        assert answer.status_code == 409
        assert 'class="banner"' in answer.content.decode()
