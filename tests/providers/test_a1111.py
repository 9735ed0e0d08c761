"""Stable Diffusion WebUI, through captured answers served over real HTTP."""

import asyncio
import json

import pytest
from aiohttp import web

from providers import catalogue, errors
from providers.adapters.a1111 import A1111
from providers.types import Access, ImageResult, PartialImage, Progress, Quality, Reference, Size, Submitted
from tests.providers.contract import Case
from tests.providers.samples import captured, encoded, picture

PATH, PROGRESS = "/sdapi/v1/txt2img", "/sdapi/v1/progress"
TASK, INTERRUPT = "/internal/progress", "/sdapi/v1/interrupt"
MODEL = "a1111/sdxl"


def answer(vendor, data):
    vendor.answers(PATH, captured("a1111/txt2img", picture=encoded(data)))


CASES = (Case(MODEL, PATH, answer),)


async def test_it_reads_the_real_seed_and_prompt_from_the_string_inside_the_answer(vendor, ask):
    answer(vendor, picture())
    [_, result] = await ask(MODEL)
    assert result == ImageResult(picture(), "image/png", 1024, 1024, seed=7, final_prompt="a cup")


async def test_it_asks_for_sdxl_at_an_sdxl_size(vendor, ask):
    answer(vendor, picture())
    submitted, _ = await ask(MODEL, size=Size(1344, 768), quality=Quality.DRAFT, seed=42, negative_prompt="handles")
    assert vendor.seen[0].json == {
        "force_task_id": submitted.job_id,
        "prompt": "a cup",
        "negative_prompt": "handles",
        "seed": 42,
        "width": 1344,
        "height": 768,
        "steps": 20,
        "cfg_scale": 7,
        "sampler_name": "DPM++ 2M",
        "scheduler": "Karras",
        "batch_size": 1,
        "n_iter": 1,
        "override_settings": {"sd_model_checkpoint": "sd_xl_base_1.0"},
        "override_settings_restore_afterwards": False,
        "send_images": True,
        "save_images": False,
    }


@pytest.mark.parametrize("seed", [None, -1, 2**40])
async def test_it_picks_a_seed_when_none_can_be_sent(vendor, ask, seed):
    answer(vendor, picture())
    await ask(MODEL, seed=seed)
    assert 0 <= vendor.seen[0].json["seed"] < 2**31


async def test_the_address_may_name_another_checkpoint(vendor, ask):
    answer(vendor, picture())
    [_, result] = await ask(MODEL, base=f"{vendor.url}?model=juggernautXL_v9")
    assert vendor.seen[0].json["override_settings"] == {"sd_model_checkpoint": "juggernautXL_v9"}
    assert result.notes == ("The server drew with sd_xl_base_1.0 instead of juggernautXL_v9.",)


@pytest.mark.parametrize("name", ["sd_xl_base_1.0.safetensors", "sd_xl_base_1.0.safetensors [31e35c80fc]", "31e35c80fc"])
async def test_every_name_of_the_checkpoint_is_that_checkpoint(vendor, ask, name):
    answer(vendor, picture())
    [_, result] = await ask(MODEL, base=f"{vendor.url}?model={name.replace(' ', '%20')}")
    assert result.notes == ()


@pytest.mark.parametrize(
    ("key", "sent"),
    [("user:päss", "Basic dXNlcjpww6Rzcw=="), ("token", "Bearer token"), ("", None)],
    ids=["basic", "bearer", "none"],
)
async def test_a_password_is_optional(vendor, ask, key, sent):
    answer(vendor, picture())
    await ask(MODEL, key=key)
    assert vendor.seen[0].headers.get("Authorization") == sent


async def test_neither_form_of_a_password_reaches_an_error(vendor, ask):
    async def echo(request: web.Request) -> web.Response:
        return web.Response(status=500, text=request.headers["Authorization"])

    vendor.handlers[PATH] = echo
    with pytest.raises(errors.ProviderDown) as caught:
        await ask(MODEL, key="user:password")
    assert "dXNlcjpwYXNzd29yZA" not in str(caught.value)


class Painter:
    """Holds the picture back until the test has seen enough."""

    def __init__(self, vendor) -> None:
        self.enough = asyncio.Event()
        self.at_once = self.most_at_once = 0
        vendor.handlers[PATH] = self.paint

    async def paint(self, _: web.Request) -> web.Response:
        self.at_once += 1
        self.most_at_once = max(self.at_once, self.most_at_once)
        await self.enough.wait()
        self.at_once -= 1
        return web.json_response(captured("a1111/txt2img", picture=encoded(picture())))


async def watched(vendor, ask, painter, told) -> list:
    """Every event of a call during which the server tells this about its progress, twice."""
    asked = 0

    async def progress(_: web.Request) -> web.Response:
        nonlocal asked
        asked += 1
        if asked == 3:
            painter.enough.set()
        return web.json_response(told)

    vendor.handlers[PROGRESS] = progress
    return await ask(MODEL)


async def test_it_tells_how_far_the_picture_is_and_shows_each_preview_once(vendor, ask):
    preview = picture("JPEG", 128, 128)
    events = await watched(vendor, ask, Painter(vendor), captured("a1111/progress", picture=encoded(preview)))
    assert events[1:3] == [Progress(share=0.55), PartialImage(preview, "image/jpeg", 1, 3)]
    assert [type(event) for event in events if not isinstance(event, Progress)] == [Submitted, PartialImage, ImageResult]


async def test_an_idle_server_tells_nothing(vendor, ask):
    [_, result] = await watched(vendor, ask, Painter(vendor), captured("a1111/idle"))
    assert isinstance(result, ImageResult)


async def test_a_picture_begun_in_the_server_s_own_pages_is_not_shown(vendor, ask):
    told = captured("a1111/progress", picture=encoded(picture()))
    told["state"]["job"] = "task(x1y2z3)"
    _, *before, _ = await watched(vendor, ask, Painter(vendor), told)
    assert set(before) == {Progress(place_in_line=1)}


@pytest.mark.parametrize(
    "told", [[], {"progress": "half"}, {"progress": 7, "state": {"job_count": 1}}, {"state": {"job_count": 1}}], ids=str
)
async def test_odd_news_about_the_progress_are_passed_over(vendor, ask, told):
    [_, result] = await watched(vendor, ask, Painter(vendor), told)
    assert isinstance(result, ImageResult)


async def test_a_broken_preview_is_passed_over(vendor, ask):
    events = await watched(vendor, ask, Painter(vendor), captured("a1111/progress", picture="bm8gcGljdHVyZQ=="))
    assert {type(event) for event in events} == {Submitted, Progress, ImageResult}


async def test_one_process_sends_one_request_at_a_time(vendor, ask):
    painter = Painter(vendor)
    vendor.answers(PROGRESS, captured("a1111/idle"))
    calls = [asyncio.create_task(ask(MODEL)) for _ in range(3)]
    await asyncio.sleep(0.1)
    assert painter.most_at_once == 1
    painter.enough.set()
    await asyncio.gather(*calls)
    assert painter.most_at_once == 1


async def test_a_relative_of_the_server_may_leave_out_its_info_and_mark_its_picture(vendor, ask):
    vendor.answers(PATH, {"images": ["data:image/png;base64," + encoded(picture())], "info": ""})
    [_, result] = await ask(MODEL)
    assert (result.data, result.seed, result.final_prompt) == (picture(), None, None)


@pytest.mark.parametrize(
    ("status", "name", "kind", "field"),
    [
        (401, "wrong_password", errors.BadKey, None),
        (404, "sampler_not_found", errors.InvalidRequest, "sampler_name"),
        (404, "model_not_found", errors.ModelGone, None),
        (422, "validation", errors.InvalidRequest, "width"),
        (500, "unknown_checkpoint", errors.ModelGone, None),
        (500, "out_of_memory", errors.ProviderDown, None),
    ],
)
async def test_each_error_has_its_meaning(vendor, ask, status, name, kind, field):
    vendor.answers(PATH, captured(f"a1111/{name}"), status=status)
    with pytest.raises(errors.ProviderError) as caught:
        await ask(MODEL)
    assert isinstance(caught.value, kind)
    assert caught.value.field == field
    assert not caught.value.may_have_billed


@pytest.mark.parametrize("body", [{"images": []}, {"images": None}, {"images": [7]}, {"images": ["!"]}, {}, []], ids=json.dumps)
async def test_a_success_without_a_picture_is_broken(vendor, ask, body):
    vendor.answers(PATH, body)
    with pytest.raises(errors.BrokenAnswer):
        await ask(MODEL)


async def test_a_reference_is_where_it_begins(vendor, ask):
    vendor.answers("/sdapi/v1/img2img", captured("a1111/txt2img", picture=encoded(picture())))
    _, result = await ask(MODEL, reference=Reference(picture("WEBP"), "image/webp"))
    sent = vendor.seen[0].json
    assert (sent["init_images"], sent["denoising_strength"], sent["resize_mode"]) == ([encoded(picture("WEBP"))], 0.75, 1)
    assert result.notes == ()


def paths(vendor):
    return [seen.path for seen in vendor.seen]


@pytest.fixture
def cancel(vendor, transport):
    """Call off a task; tells whether the server was interrupted."""

    async def cancel():
        await catalogue.provider("a1111").cancel(None, "task-1", Access(vendor.url, ""), transport)
        return INTERRUPT in paths(vendor)

    vendor.answers(INTERRUPT, {})
    return cancel


@pytest.mark.parametrize("active", [True, False])
async def test_a_server_that_knows_its_tasks_is_interrupted_only_in_ours(vendor, cancel, active):
    vendor.answers(TASK, {"active": active, "queued": not active})
    assert await cancel() is active
    assert vendor.seen[0].json == {"id_task": "task-1", "live_preview": False}


@pytest.mark.parametrize(
    ("state", "interrupted"),
    [
        ({"job_count": 1, "job": "scripts_txt2img"}, True),
        ({"job_count": 1, "job": "task(x1y2z3)"}, False),
        ({"job_count": 0, "job": ""}, False),
    ],
    ids=["through the API", "in its own pages", "idle"],
)
async def test_another_is_taken_to_draw_for_us_what_it_draws_for_the_api(vendor, cancel, state, interrupted):
    vendor.answers(TASK, {"detail": "Not Found"}, status=404)
    vendor.answers(PROGRESS, {"progress": 0.0, "state": state})
    assert await cancel() is interrupted


async def test_what_a_dead_worker_left_is_called_off_before_it_is_drawn_anew(vendor, ask):
    answer(vendor, picture())
    vendor.answers(TASK, {"active": True})
    vendor.answers(INTERRUPT, {})
    submitted, result = await ask(MODEL, resume_job="task-1")
    assert paths(vendor)[:3] == [TASK, INTERRUPT, PATH]
    assert submitted.job_id != "task-1"
    assert isinstance(result, ImageResult)


def test_it_says_where_such_a_server_listens_and_how_it_is_named():
    assert (A1111.default_base_url, A1111.key_name) == ("http://127.0.0.1:7860", "A1111_API_KEY")
