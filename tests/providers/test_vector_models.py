"""Models that draw: what is asked of them, the job it takes, and what the simulator draws for them."""

from dataclasses import replace
from decimal import Decimal

import pytest

from providers import catalogue, errors
from providers.simulator.config import Config
from providers.simulator.drawing import is_simulated
from providers.simulator.server import serving
from providers.transport import Transport
from providers.types import ImageResult, Quality, Size, Submitted
from providers.vectors import MEDIA_TYPE
from tests.providers.conftest import PATIENT, SECRET
from tests.providers.drawings import svg
from tests.providers.samples import captured, encoded
from tests.providers.simulated import asked

RECRAFT, SVG_PATH, POLL = "/images/generations", "/v2/svg/generate/ideogram-vector-1", "/v2/generations/gen_v1"
WIDE = Size(1312, 736)
DRAWING = svg(head='viewBox="0 0 1312 736"')
VECTORS = [model.id for model in catalogue.all_models() if model.capabilities.svg]


def test_the_models_that_draw_are_in_the_catalogue():
    assert set(VECTORS) >= {"recraft/v4.1-vector", "recraft/v4.1-pro-vector", "recraft/v3-vector", "ideogram/vector-1"}


class TestRecraft:
    @pytest.mark.parametrize(
        ("model", "extra", "body"),
        [
            ("v4.1-vector", {"seed": 7, "negative_prompt": "no"}, {"model": "recraftv4_1_vector", "random_seed": 7}),
            (
                "v4.1-pro-vector",
                {"quality": Quality.HD, "size": Size(2688, 1536)},
                {"model": "recraftv4_1_pro_vector", "size": "2688x1536"},
            ),
            ("v3-vector", {"negative_prompt": "no"}, {"model": "recraftv3_vector", "negative_prompt": "no"}),
        ],
    )
    async def test_it_asks_for_a_drawing_and_for_no_format(self, vendor, ask, model, extra, body):
        vendor.answers("/img/1.png", svg(), content_type="image/png")
        vendor.answers(RECRAFT, captured("recraft/hosted", url=f"{vendor.url}/img/1.png"))
        [result] = await ask(f"recraft/{model}", **{"size": Size(1344, 768), **extra})
        common = {"prompt": "a cup", "n": 1, "size": "1344x768", "response_format": "url"}
        assert vendor.seen[0].json == common | body
        assert (result.data, result.media_type, result.cost_usd) == (svg(), MEDIA_TYPE, Decimal("0.035"))
        assert SECRET not in str(vendor.seen[1].headers)

    async def test_a_drawing_inside_the_answer_is_as_good(self, vendor, ask):
        vendor.answers(RECRAFT, captured("recraft/picture", picture=encoded(svg())))
        [result] = await ask("recraft/v4.1-vector")
        assert (result.data, result.media_type) == (svg(), MEDIA_TYPE)


class TestIdeogram:
    @pytest.fixture
    def drawn(self, vendor):
        vendor.answers("/pictures/1.png", DRAWING, content_type="image/png")
        vendor.answers(SVG_PATH, captured("ideogram/submitted"))
        vendor.answers(POLL, captured("ideogram/drawn", url=f"{vendor.url}/pictures/1.png?sig=abcdef"))

    async def test_the_job_is_told_before_it_is_looked_at_and_the_drawing_fetched_at_once(self, vendor, ask, drawn):
        submitted, result = await ask("ideogram/vector-1", size=WIDE, seed=7)
        assert submitted == Submitted("gen_v1")
        wanted = ImageResult(DRAWING, MEDIA_TYPE, 1312, 736, 12, "final prompt", request_id="gen_v1")
        assert result == wanted
        assert [seen.path for seen in vendor.seen] == [SVG_PATH, POLL, "/pictures/1.png"]
        assert SECRET not in str(vendor.seen[2].headers)

    async def test_a_form_carries_what_the_model_takes(self, vendor, ask, drawn):
        await ask("ideogram/vector-1", size=WIDE, quality=Quality.HD, seed=7, negative_prompt="no")
        parts = vendor.seen[0].body.decode().split("name=")[1:]
        sent = {part.split('"')[1]: part.split("\r\n\r\n")[1].split("\r\n")[0] for part in parts}
        assert sent == {"prompt": "a cup", "aspect_ratio": "16x9", "quality": "high", "seed": "7"}

    async def test_a_kept_job_is_followed_and_not_paid_again(self, vendor, ask, drawn):
        [result] = await ask("ideogram/vector-1", size=WIDE, resume_job="gen_v1")
        assert result.data == DRAWING
        assert [seen.path for seen in vendor.seen] == [POLL, "/pictures/1.png"]

    @pytest.mark.parametrize("job", ["../../account", "a/b", "", "x" * 201, "a?b=c", "é"])
    async def test_no_id_leads_the_key_to_another_address(self, vendor, ask, job):
        vendor.answers(SVG_PATH, {"generation_id": job})
        with pytest.raises(errors.BrokenAnswer):
            await ask("ideogram/vector-1")
        assert len(vendor.seen) == 1

    @pytest.mark.parametrize(
        ("reason", "kind"),
        [("content_policy_violation", errors.Refused), ("internal_error", errors.ProviderDown), ("", errors.ProviderDown)],
    )
    async def test_a_job_that_failed_was_not_billed(self, vendor, ask, drawn, reason, kind):
        vendor.answers(POLL, captured("ideogram/failed", reason=reason))
        with pytest.raises(errors.ProviderError) as caught:
            await ask("ideogram/vector-1")
        assert isinstance(caught.value, kind)
        assert not caught.value.may_have_billed

    async def test_a_job_that_is_never_done_times_out(self, vendor, ask, drawn):
        vendor.answers(POLL, captured("ideogram/pending"))
        async with Transport(replace(PATIENT, deadline=0.3)) as transport:
            with pytest.raises(errors.TimedOut):
                await ask("ideogram/vector-1", transport=transport)

    async def test_a_failed_submission_has_its_meaning(self, vendor, ask):
        vendor.answers(SVG_PATH, captured("ideogram/prompt_unsafe"), status=422)
        with pytest.raises(errors.Refused):
            await ask("ideogram/vector-1")


class TestSimulator:
    @pytest.fixture
    async def address(self):
        async with serving(Config(time_scale=0, workers=0)) as address:
            yield address

    @pytest.mark.parametrize("model", VECTORS)
    async def test_it_draws_a_real_svg_that_says_it_is_simulated(self, address, model):
        [*_, result] = await asked(address, model, 'Fox logo "Foxglove" [[x]]')
        assert (result.media_type, result.simulated) == (MEDIA_TYPE, True)
        assert is_simulated(result.data)
        assert result.notes == ()
        assert result.data.count(b"<path") > 5

    async def test_each_model_and_seed_draws_otherwise_and_the_same_again(self, address):
        drawn = [
            (await asked(address, model, "Fox logo", seed=seed))[-1].data
            for model in ("recraft/v4.1-vector", "recraft/v3-vector")
            for seed in (1, 2, 1)
        ]
        assert len(set(drawn)) == 4
        assert (drawn[0], drawn[3]) == (drawn[2], drawn[5])

    async def test_joined_scripts_stay_type_and_others_become_outlines(self, address):
        [*_, arabic] = await asked(address, "recraft/v4.1-vector", 'Logo "سلام"')
        [*_, latin] = await asked(address, "recraft/v4.1-vector", 'Logo "Salam"')
        assert b"<text" in arabic.data
        assert b"<text" not in latin.data

    @pytest.mark.parametrize("prompt", ["a \ud800 \0 b", "]]>&<script>", "😀" * 40, '"' + "W" * 500 + '"'])
    async def test_no_prompt_breaks_the_document(self, address, prompt):
        [*_, result] = await asked(address, "ideogram/vector-1", prompt)
        assert result.media_type == MEDIA_TYPE
        assert b"<script" not in result.data

    @pytest.mark.parametrize("model", ["recraft/v4.1-vector", "ideogram/vector-1", "ideogram/v_2a_turbo"])
    async def test_a_hostile_drawing_is_a_drawing_and_one_with_an_entity_is_broken(self, address, model):
        [*_, result] = await asked(address, model, "a fox [[fault:svg_with_script]]")
        assert result.media_type == MEDIA_TYPE
        with pytest.raises(errors.BrokenAnswer):
            await asked(address, model, "a fox [[fault:svg_with_entity]]")

    @pytest.mark.parametrize("kind", ["refusal", "withheld", "refusal/poll"])
    async def test_a_refused_drawing_is_refused(self, address, kind):
        with pytest.raises(errors.Refused):
            await asked(address, "ideogram/vector-1", f"a fox [[fault:{kind}]]")

    async def test_pixels_from_a_vector_model_are_kept(self, address):
        async with serving(Config(time_scale=0, payload_bytes=100_000)) as ready_made:
            [*_, result] = await asked(ready_made, "ideogram/vector-1", "a fox")
        assert (result.media_type, result.notes) == ("image/png", ("The provider sent pixels instead of an SVG.",))
