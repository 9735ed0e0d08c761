"""A language model behind the panel: what it says is held to the contract, shown, and sent as shown; else the rules do."""

import re
import uuid

import pytest
from asgiref.sync import sync_to_async
from django.core.cache import cache
from django.test import AsyncClient
from redis.exceptions import RedisError

from providers import thinking as client
from routing.types import Adaptation, Author
from tests.workspace.comparisons.conftest import FLARE, V2A
from tests.workspace.comparisons.conftest import form as form_data
from tests.workspace.comparisons.test_wordings import HTMX, OWN, posted, worded
from workspace.comparisons import compose, drafts
from workspace.comparisons.adapting import seals
from workspace.comparisons.adapting.edits import digest
from workspace.comparisons.models import Generation

pytestmark = pytest.mark.django_db(transaction=True)
ADDRESS = "/route/thinking/"
SIGN = "A shop sign “Open Late” in the rain"
ADDED = "carefully composed"


@pytest.fixture(autouse=True)
def thinker(settings, simulator):
    """The simulator as the language model; answers of earlier tests are forgotten."""
    settings.THINKING_BASE_URL, settings.THINKING_MODEL = f"{simulator.url}/thinking/v1", uuid.uuid4().hex
    yield
    simulator.heal()


@pytest.fixture
async def think(owner):
    """Ask as the open panel does: the answer as text, once it is there."""
    browser = AsyncClient()
    await browser.aforce_login(owner)

    async def ask(data, *, htmx: bool = True) -> str:
        headers = HTMX["headers"] if htmx else {}
        answer = await browser.post(ADDRESS, {**dict(data.lists()), "think": "1"}, headers=headers)
        assert answer.status_code == 200
        return (
            b"".join([part async for part in answer.streaming_content]).decode() if answer.streaming else answer.content.decode()
        )

    return ask


def from_panel(page: str, prompt: str, **fields: str):
    """What the form on this page would post, for one model."""
    data = form_data(prompt, **fields)
    names = {name: posted(page, name)[0] for name in ("worded_model", "worded_text", "worded_shown", "worded_for", "worded_seal")}
    data.update(names)
    return data


class TestShowing:
    def test_the_rules_are_there_at_once_and_the_question_is_on_its_way(self, signed_in, simulator):
        page = signed_in.post(ADDRESS, form_data(SIGN), **HTMX).content.decode()
        assert "The language model is reading your prompt" in page
        assert 'hx-trigger="load"' in page
        assert posted(page, "worded_text")
        assert not [call for call in simulator.requests() if call["prompt"] == SIGN]

    async def test_its_wording_takes_their_place_and_says_whose_it_is(self, think):
        page = await think(form_data(SIGN))
        assert ADDED in posted(page, "worded_text")[0]
        assert "By the language model" in page
        assert "Simulated." in page
        assert "is reading your prompt" not in page

    async def test_what_it_has_said_is_not_asked_again(self, think, signed_in, simulator):
        await think(form_data(SIGN))
        before = len(simulator.requests())
        page = await sync_to_async(signed_in.post)(ADDRESS, form_data(SIGN), **HTMX)
        assert ADDED in page.content.decode()
        assert len(simulator.requests()) == before

    async def test_one_question_a_family_for_all_models_of_a_plan(self, think, simulator):
        before = len(simulator.requests())
        await think(form_data(SIGN, models=(V2A, FLARE, "openai/gpt-image-2.6-sunburst")))
        assert len(simulator.requests()) - before == 2

    async def test_without_script_the_button_brings_the_page_with_it(self, think, signed_in):
        page = (await sync_to_async(signed_in.post)(ADDRESS, form_data(SIGN))).content.decode()
        assert "Think it over" in page
        assert "is reading your prompt" not in page
        page = await think(form_data(SIGN), htmx=False)
        assert "<html" in page
        assert ADDED in posted(page, "worded_text")[0]

    def test_a_preview_never_asks(self, signed_in, simulator):
        before = len(simulator.requests())
        page = signed_in.post("/route/preview/", form_data(SIGN, thinking="1"), **HTMX).content.decode()
        assert "Think it over" in page
        assert 'hx-trigger="load"' not in page
        assert len(simulator.requests()) == before

    def test_as_written_there_is_nothing_to_ask(self, signed_in):
        page = signed_in.post(ADDRESS, form_data(SIGN, wording="as_written"), **HTMX).content.decode()
        assert "is reading your prompt" not in page
        assert "Think it over" not in page

    async def test_the_person_s_own_wording_is_not_touched(self, think, simulator):
        before = len(simulator.requests())
        page = await think(worded(OWN))
        assert posted(page, "worded_text") == [OWN]
        assert len(simulator.requests()) == before

    def test_none_is_asked_by_default(self, signed_in, settings):
        settings.THINKING_BASE_URL = ""
        page = signed_in.post(ADDRESS, form_data(SIGN), **HTMX).content.decode()
        assert "is reading your prompt" not in page
        assert "Think it over" not in page


class TestGoingWrong:
    @pytest.mark.parametrize(
        ("kind", "said"),
        [
            ("talks", "could not be used"),
            ("drops_text", "could not be used"),
            ("adds_brand", "could not be used"),
            ("injected", "could not be used"),
            ("empty", "could not be used"),
            ("refusal", "could not be used"),
            ("unavailable", "is down"),
            ("rate_limited", "is busy"),
            ("unauthorized", "key for the language model does not work"),
        ],
    )
    async def test_the_rules_stay_and_one_line_says_why(self, think, kind, said):
        page = await think(form_data(f"{SIGN} [[fault:{kind}@thinking]]"))
        assert said in page
        assert "so these are the rules&#x27; wordings." in page
        assert "By the language model" not in page
        assert "“Open Late”" in posted(page, "worded_text")[0]
        assert "Think it over" in page

    async def test_six_seconds_are_all_it_gets(self, think, monkeypatch):
        monkeypatch.setattr(client, "SECONDS", 0.3)
        page = await think(form_data(f"{SIGN} [[fault:hang@thinking]]"))
        assert "The language model gave no answer in time" in page

    async def test_nobody_there_is_said_too(self, think, settings):
        settings.THINKING_BASE_URL = "http://127.0.0.1:1/v1"
        assert "The language model could not be reached" in await think(form_data(SIGN))

    async def test_one_family_s_failure_leaves_the_others(self, think, simulator, settings):
        data = form_data(SIGN, models=(V2A, FLARE))
        simulator.fault(provider="thinking", kind="talks", times=1)
        page = await think(data)
        assert page.count("By the language model") == 1
        assert "keeps the rules&#x27; wording." in page

    async def test_who_asks_very_often_is_told_and_sees_what_is_known_already(self, think, settings, simulator):
        settings.ACCOUNT_RATE_LIMITS = {"prompt_thinking": "1/m/user"}
        asked = len(simulator.requests())
        assert ADDED in await think(form_data(SIGN))
        page = await think(form_data(f"{SIGN} tonight"))
        assert "You have asked the language model very often just now, so these are the rules&#x27; wordings." in page
        assert len(simulator.requests()) == asked + 1
        assert ADDED in await think(form_data(SIGN))

    async def test_what_was_of_no_use_is_asked_again(self, think, simulator):
        simulator.fault(provider="thinking", kind="talks", times=1)
        assert ADDED not in await think(form_data(SIGN))
        assert ADDED in await think(form_data(SIGN))

    async def test_a_redis_that_is_gone_costs_only_the_memory(self, think, settings):
        settings.CACHES = {"default": {**settings.CACHES["default"], "LOCATION": "redis://127.0.0.1:1/0"}}
        with pytest.raises(RedisError):
            await cache.aget("anything")
        assert ADDED in await think(form_data(SIGN))


class TestSending:
    async def shown(self, think) -> str:
        return await think(form_data(SIGN))

    async def test_what_was_shown_is_what_is_asked(self, think, signed_in):
        page = await self.shown(think)
        data = from_panel(page, SIGN)
        await sync_to_async(signed_in.post)("/runs/", data)
        frame = await Generation.objects.aget()
        assert frame.prompt == data["worded_text"]
        assert frame.worded_by == "language_model"
        assert "Simulated." in frame.wording_reasons

    async def test_another_prompt_is_worded_by_the_rules_again(self, think, owner):
        page = await self.shown(think)
        draft = await sync_to_async(drafts.read)(from_panel(page, "A lighthouse"), owner)
        (route,) = (await sync_to_async(compose.plan)(draft)).routes
        assert ADDED not in route.prompt
        assert draft.brief.own == {}

    @pytest.mark.parametrize("change", ["text", "seal", "model", "person"])
    async def test_a_form_made_by_hand_holds_the_person_s_own_words_or_none(self, think, owner, stranger, change):
        data = from_panel(await self.shown(think), SIGN)
        if change == "text":
            data["worded_text"] += ", by Disney"
        if change == "seal":
            data["worded_seal"] = data["worded_seal"][:-3] + "abc"
        if change == "model":
            data["worded_model"] = FLARE
        draft = await sync_to_async(drafts.read)(data, stranger if change == "person" else owner)
        assert draft.wordings.thought == {}
        plan = await sync_to_async(compose.plan)(draft)
        assert [route.adaptation.author for route in plan.routes if route.adaptation.author is Author.LANGUAGE_MODEL] == []

    def test_a_wording_that_breaks_the_contract_is_not_sent_even_under_our_seal(self, owner):
        broken = Adaptation("A poster", reasons=("Because.",), author=Author.LANGUAGE_MODEL)
        data = worded(broken.prompt, prompt=SIGN, made_for=SIGN)
        data["worded_shown"] = digest(broken.prompt)
        data["worded_seal"] = seals.sealed(broken, user_id=owner.pk, model=V2A, prompt=SIGN)
        draft = drafts.read(data, owner)
        assert draft.wordings.thought == {V2A: broken}
        (route,) = compose.plan(draft).routes
        assert "“Open Late”" in route.prompt

    async def test_the_switch_decides_over_it(self, think, owner):
        draft = await sync_to_async(drafts.read)(from_panel(await self.shown(think), SIGN, wording="as_written"), owner)
        (route,) = (await sync_to_async(compose.plan)(draft)).routes
        assert route.prompt == SIGN


def test_markup_in_what_it_says_stays_text(owner, signed_in):
    prompt = "A sign <b>bold</b>"
    page = signed_in.post(ADDRESS, form_data(prompt), **HTMX).content.decode()
    assert not re.search(r"<b>bold", page)
