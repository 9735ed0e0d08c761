"""The language model: what it is sent, and what any server may answer without doing harm; then the simulator as one."""

import json
from dataclasses import replace

import httpx
import pytest

from providers import errors, thinking
from providers.simulator.config import Config
from providers.simulator.server import serving
from providers.thinking import Said, Thinker
from providers.transport import Transport
from tests.providers import sdks
from tests.providers.conftest import PATIENT, SECRET

PATH = "/v1/chat/completions"
QUESTION = json.dumps({"prompt": 'A shop sign "Open Late"', "draw": ["Open Late"]})


def completion(content: object = "Hello", *, finish: str = "stop", **message: object) -> dict[str, object]:
    return {"choices": [{"index": 0, "finish_reason": finish, "message": {"role": "assistant", "content": content, **message}}]}


@pytest.fixture
def ask(vendor, transport):
    async def ask(*, key: str = SECRET, transport: Transport = transport) -> Said:
        return await thinking.ask(Thinker(f"{vendor.url}/v1/", "a-model", key), "Reword.", "A heron", transport)

    return ask


class TestAsking:
    async def test_it_sends_the_two_messages_and_nothing_that_some_server_turns_down(self, vendor, ask):
        vendor.answers(PATH, completion())
        assert await ask() == Said("Hello")
        (seen,) = vendor.seen
        messages = [{"role": "system", "content": "Reword."}, {"role": "user", "content": "A heron"}]
        assert seen.json == {"model": "a-model", "messages": messages}
        assert seen.headers["Authorization"] == f"Bearer {SECRET}"

    async def test_without_a_key_none_is_sent(self, vendor, ask):
        vendor.answers(PATH, completion())
        await ask(key="")
        assert "Authorization" not in vendor.seen[0].headers

    async def test_it_knows_the_simulator(self, vendor, ask):
        vendor.answers(PATH, completion(), x_simulated="true")
        assert (await ask()).simulated

    def test_its_key_is_never_shown(self):
        assert SECRET not in repr(Thinker("https://llm.example", "a-model", SECRET))


class TestBadAnswers:
    @pytest.mark.parametrize(
        ("body", "kind"),
        [
            (completion(None), errors.BrokenAnswer),
            (completion(""), errors.BrokenAnswer),
            (completion(["a", "list"]), errors.BrokenAnswer),
            (completion("Half a sen", finish="length"), errors.BrokenAnswer),
            (completion("", finish="content_filter"), errors.Refused),
            (completion(None, refusal="I cannot help with that."), errors.Refused),
            ({"choices": []}, errors.BrokenAnswer),
            ({"choices": "none"}, errors.BrokenAnswer),
            ({"choices": [{"message": "Hello"}]}, errors.BrokenAnswer),
            ({}, errors.BrokenAnswer),
            ([1, 2], errors.BrokenAnswer),
            (b"<html>", errors.BrokenAnswer),
        ],
    )
    async def test_what_holds_no_words_is_an_error_of_ours(self, vendor, ask, body, kind):
        vendor.answers(PATH, body)
        with pytest.raises(kind):
            await ask()

    @pytest.mark.parametrize(
        ("status", "kind"),
        [(401, errors.BadKey), (404, errors.ModelGone), (429, errors.RateLimited), (503, errors.ProviderDown)],
    )
    async def test_a_status_means_what_it_means_everywhere(self, vendor, ask, status, kind):
        vendor.answers(PATH, {"error": {"message": f"no, {SECRET}"}}, status)
        with pytest.raises(kind) as raised:
            await ask()
        assert SECRET not in str(raised.value)

    async def test_an_answer_beyond_all_measure_is_not_read(self, vendor, ask):
        vendor.answers(PATH, completion("x" * 2 * thinking.MOST_BYTES))
        async with Transport(replace(thinking.LIMITS, read=30, deadline=60, body_seconds=60)) as transport:
            with pytest.raises(errors.BrokenAnswer, match="over the limit"):
                await ask(transport=transport)

    async def test_one_that_never_ends_has_timed_out(self, vendor, ask):
        vendor.drips(PATH, b" ", 0.01)
        async with Transport(replace(PATIENT, body_seconds=0.2)) as transport:
            with pytest.raises(errors.TimedOut):
                await ask(transport=transport)


class TestTheSimulator:
    @pytest.fixture
    async def address(self):
        async with serving(Config(time_scale=0, workers=0)) as address:
            yield address

    async def reworded(self, address: str, prompt: str = 'A shop sign "Open Late"') -> str:
        question = json.dumps({"prompt": prompt, "draw": ["Open Late"]})
        async with Transport(PATIENT) as transport:
            said = await thinking.ask(Thinker(f"{address}/thinking/v1", "any", ""), "Reword.", question, transport)
        assert said.simulated
        return said.text

    async def test_it_rewords_and_keeps_the_words_to_be_drawn(self, address):
        assert json.loads(await self.reworded(address))["prompt"] == 'A shop sign "Open Late", carefully composed'

    async def test_it_speaks_to_openai_s_own_client(self, address):
        plain = httpx.AsyncClient(verify=False)
        async with sdks.openai.AsyncOpenAI(base_url=f"{address}/thinking/v1", api_key="any", http_client=plain) as client:
            answer = await client.chat.completions.create(model="any", messages=[{"role": "user", "content": QUESTION}])
        assert "Open Late" in answer.choices[0].message.content

    @pytest.mark.parametrize(
        ("kind", "words"),
        [("talks", "Shall I"), ("drops_text", "some words"), ("adds_brand", "Disney"), ("injected", "example.com")],
    )
    async def test_it_goes_wrong_as_it_is_told(self, address, kind, words):
        said = await self.reworded(address, f'A shop sign "Open Late" [[fault:{kind}@thinking]]')
        assert words in said

    @pytest.mark.parametrize(
        ("kind", "error"),
        [("unavailable", errors.ProviderDown), ("drop", errors.ProviderDown), ("refusal", errors.InvalidRequest)],
    )
    async def test_it_fails_as_it_is_told(self, address, kind, error):
        with pytest.raises(error):
            await self.reworded(address, f"A heron [[fault:{kind}@thinking]]")

    async def test_any_other_question_is_answered_with_talk(self, address):
        async with Transport(PATIENT) as transport:
            said = await thinking.ask(Thinker(f"{address}/thinking/v1", "any", ""), "Hello", "How are you?", transport)
        assert "Shall I" in said.text

    async def test_it_wants_a_model_and_messages(self, address):
        async with httpx.AsyncClient(verify=False) as client:
            answer = await client.post(f"{address}/thinking/v1/chat/completions", json={"model": "any"})
        assert answer.status_code == 400
