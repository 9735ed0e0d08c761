"""ComfyUI: a graph sent, waited for and fetched, through captured answers served over real HTTP."""

import json
from hashlib import sha256

import pytest
from aiohttp import web

from providers import catalogue, errors
from providers.types import Access, ImageResult, Progress, Quality, Reference, Size, Submitted
from tests.providers.contract import Case
from tests.providers.samples import captured, picture

PROMPT, QUEUE, VIEW, UPLOAD = "/prompt", "/queue", "/view", "/upload/image"
MODEL, JOB = "comfyui/sdxl", "4f1c6a52-9a3b-4d0e-8f57-1b2c3d4e5f60"
HISTORY = f"/history/{JOB}"


def answer(vendor, data):
    vendor.answers(PROMPT, captured("comfyui/accepted"))
    vendor.answers(HISTORY, captured("comfyui/finished", job=JOB))
    vendor.answers(VIEW, data)


CASES = (Case(MODEL, PROMPT, answer, lambda seen: seen.json["prompt"]["6"]["inputs"]["text"]),)


def in_turn(vendor, path, *answers):
    """Answer with one after the other, the last for ever; an int is a bare status."""
    left = list(answers)

    async def handler(_: web.Request) -> web.Response:
        told = left.pop(0) if len(left) > 1 else left[0]
        return web.Response(status=told) if isinstance(told, int) else web.json_response(told)

    vendor.handlers[path] = handler


def paths(vendor) -> list[str]:
    return [seen.path for seen in vendor.seen]


async def test_it_submits_waits_and_fetches(vendor, ask):
    answer(vendor, picture())
    *_, submitted, result = await ask(MODEL)
    assert submitted == Submitted(JOB)
    assert result == ImageResult(picture(), "image/png", 1024, 1024, seed=7, request_id=JOB)
    assert paths(vendor) == [PROMPT, HISTORY, VIEW]


async def test_the_id_is_chosen_and_told_before_the_graph_is_sent(vendor, ask):
    """Here the server takes another, as older ones do."""
    answer(vendor, picture())
    ours, theirs, _ = await ask(MODEL)
    assert vendor.seen[0].json["prompt_id"] == ours.job_id != theirs.job_id == JOB


async def test_the_graph_carries_everything_that_was_asked(vendor, ask):
    answer(vendor, picture())
    await ask(MODEL, size=Size(832, 1216), quality=Quality.DRAFT, seed=42, negative_prompt="handles")
    graph = vendor.seen[0].json["prompt"]
    nodes = {ident: node["class_type"] for ident, node in graph.items()}
    assert nodes == {
        "3": "KSampler",
        "4": "CheckpointLoaderSimple",
        "5": "EmptyLatentImage",
        "6": "CLIPTextEncode",
        "7": "CLIPTextEncode",
        "8": "VAEDecode",
        "9": "SaveImage",
    }
    assert graph["5"]["inputs"] == {"width": 832, "height": 1216, "batch_size": 1}
    assert (graph["6"]["inputs"]["text"], graph["7"]["inputs"]["text"]) == ("a cup", "handles")
    assert (graph["3"]["inputs"]["seed"], graph["3"]["inputs"]["steps"]) == (42, 20)
    assert graph["4"]["inputs"] == {"ckpt_name": "sd_xl_base_1.0.safetensors"}


async def test_the_address_may_name_another_checkpoint(vendor, ask):
    answer(vendor, picture())
    await ask(MODEL, base=f"{vendor.url}?model=juggernautXL_v9.safetensors")
    assert vendor.seen[0].json["prompt"]["4"]["inputs"] == {"ckpt_name": "juggernautXL_v9.safetensors"}


async def test_a_password_goes_along_everywhere(vendor, ask):
    """To the file as well: a proxy in front of the server asks for it there too."""
    answer(vendor, picture())
    await ask(MODEL, key="user:password")
    assert [seen.headers.get("Authorization") for seen in vendor.seen] == ["Basic dXNlcjpwYXNzd29yZA=="] * 3


async def test_a_job_known_from_before_is_only_asked_for(vendor, ask):
    answer(vendor, picture())
    submitted, result = await ask(MODEL, resume_job=JOB)
    assert (submitted, result.seed) == (Submitted(JOB), 7)
    assert PROMPT not in paths(vendor)


async def test_a_job_s_id_stays_inside_its_place_in_the_address(vendor, ask):
    vendor.answers("/history/../queue?x=1", {})
    vendor.answers(QUEUE, {"queue_running": [], "queue_pending": []})
    with pytest.raises(errors.ProviderDown):
        await ask(MODEL, resume_job="../queue?x=1")
    assert set(paths(vendor)) == {"/history/../queue?x=1", QUEUE}


@pytest.mark.parametrize(
    ("running", "waiting", "interrupted"),
    [([JOB], [], True), (["another"], [JOB], False), (["another"], [], False), ([], [], False)],
)
async def test_only_what_is_drawn_for_us_is_interrupted(vendor, transport, running, waiting, interrupted):
    """Servers of before September 2025 would interrupt whatever they draw."""
    told = ([[number, job, {}, {}, ["9"]] for number, job in enumerate(jobs)] for jobs in (running, waiting))
    vendor.answers(QUEUE, dict(zip(("queue_running", "queue_pending"), told, strict=True)))
    vendor.answers("/interrupt", b"")
    await catalogue.provider("comfyui").cancel(None, JOB, Access(vendor.url, ""), transport)
    assert [(seen.method, seen.path) for seen in vendor.seen[:2]] == [("POST", QUEUE), ("GET", QUEUE)]
    assert [seen.json for seen in vendor.seen[::2]] == [{"delete": [JOB]}, *([{"prompt_id": JOB}] if interrupted else [])]


async def test_a_reference_is_uploaded_and_drawn_over(vendor, ask):
    answer(vendor, picture())
    vendor.answers(UPLOAD, {"name": "reference (1).webp", "subfolder": "proofsheet/x", "type": "temp"})
    await ask(MODEL, size=Size(832, 1216), reference=Reference(picture("WEBP"), "image/webp"))
    upload, submitted = vendor.seen[:2]
    graph = submitted.json["prompt"]
    assert picture("WEBP") in upload.body
    assert sha256(picture("WEBP")).hexdigest().encode() in upload.body
    assert graph["10"] == {"class_type": "LoadImage", "inputs": {"image": "proofsheet/x/reference (1).webp [temp]"}}
    scaled = {"image": ["10", 0], "upscale_method": "lanczos", "width": 832, "height": 1216, "crop": "center"}
    assert graph["11"] == {"class_type": "ImageScale", "inputs": scaled}
    assert graph["5"] == {"class_type": "VAEEncode", "inputs": {"pixels": ["11", 0], "vae": ["4", 2]}}
    assert graph["3"]["inputs"]["denoise"] == 0.75


@pytest.mark.parametrize(
    ("status", "body", "kind"),
    [
        (400, b"", errors.InvalidRequest),
        (404, b"404: Not Found", errors.InvalidRequest),
        (413, b"", errors.InvalidRequest),
        (401, b"", errors.BadKey),
        (500, b"", errors.ProviderDown),
        (200, b"", errors.BrokenAnswer),
        (200, {"name": "reference.png"}, errors.BrokenAnswer),
        (200, {"type": "temp"}, errors.BrokenAnswer),
    ],
)
async def test_without_its_reference_nothing_is_drawn(vendor, ask, status, body, kind):
    answer(vendor, picture())
    vendor.answers(UPLOAD, body, status=status)
    with pytest.raises(kind) as caught:
        await ask(MODEL, reference=Reference(picture(), "image/png"))
    assert not caught.value.may_have_billed
    assert paths(vendor) == [UPLOAD]


async def test_it_tells_its_place_in_line(vendor, ask):
    answer(vendor, picture())
    next_one = captured("comfyui/queue", job=JOB)
    next_one["queue_pending"].pop(1)
    drawn = {"queue_running": [[12, JOB, {}, {}, ["9"]]], "queue_pending": []}
    in_turn(vendor, QUEUE, captured("comfyui/queue", job=JOB), next_one, drawn)
    in_turn(vendor, HISTORY, {}, {}, {}, captured("comfyui/finished", job=JOB))
    _, _, *waiting, _ = await ask(MODEL)
    assert waiting == [Progress(place_in_line=2), Progress(place_in_line=1)]


async def test_a_lost_answer_is_made_up_for_by_the_id(vendor, ask):
    """The connection breaks after the graph has been sent; the server draws all the same."""
    vendor.answers(VIEW, picture())

    async def history(request: web.Request) -> web.Response:
        return web.json_response(captured("comfyui/finished", job=request.path.rpartition("/")[2]))

    async def hang_up(request: web.Request) -> web.Response:
        job = vendor.seen[0].json["prompt_id"]
        vendor.handlers[f"/history/{job}"] = history
        request.transport.close()
        return web.Response()

    vendor.handlers[PROMPT] = hang_up
    submitted, result = await ask(MODEL)
    assert result.request_id == submitted.job_id
    assert paths(vendor).count(PROMPT) == 1


async def test_a_graph_that_never_arrived_may_be_sent_again(vendor, ask):
    async def hang_up(request: web.Request) -> web.Response:
        vendor.answers(f"/history/{vendor.seen[0].json['prompt_id']}", {})
        request.transport.close()
        return web.Response()

    vendor.handlers[PROMPT] = hang_up
    vendor.answers(QUEUE, {"queue_running": [], "queue_pending": []})
    with pytest.raises(errors.ProviderDown, match="does not know the job") as caught:
        await ask(MODEL)
    assert caught.value.retryable
    assert not caught.value.may_have_billed


async def test_a_job_may_move_from_the_queue_to_the_history_between_two_questions(vendor, ask):
    answer(vendor, picture())
    vendor.answers(QUEUE, {"queue_running": [], "queue_pending": []})
    in_turn(vendor, HISTORY, {}, captured("comfyui/finished", job=JOB))
    [*_, result] = await ask(MODEL)
    assert isinstance(result, ImageResult)


async def test_a_stumble_while_waiting_is_waited_out(vendor, ask):
    answer(vendor, picture())
    in_turn(vendor, HISTORY, 500, 502, 429, {}, captured("comfyui/finished", job=JOB))
    in_turn(vendor, QUEUE, 500)
    [*_, result] = await ask(MODEL)
    assert isinstance(result, ImageResult)


async def test_a_key_that_stops_working_while_waiting_is_said(vendor, ask):
    answer(vendor, picture())
    in_turn(vendor, HISTORY, 401)
    with pytest.raises(errors.BadKey):
        await ask(MODEL)


@pytest.mark.parametrize(("name", "words"), [("stopped", "torch.OutOfMemoryError"), ("interrupted", "execution_interrupted")])
async def test_a_graph_that_stops_is_not_sent_again(vendor, ask, name, words):
    answer(vendor, picture())
    vendor.answers(HISTORY, captured(f"comfyui/{name}", job=JOB))
    with pytest.raises(errors.ProviderDown, match=words) as caught:
        await ask(MODEL)
    assert caught.value.may_have_billed
    assert caught.value.request_id == JOB


@pytest.mark.parametrize("outputs", [{}, {"9": {}}, {"9": {"images": [{"filename": 7}]}}, {"1": []}, 7], ids=json.dumps)
async def test_a_success_without_a_file_is_broken(vendor, ask, outputs):
    answer(vendor, picture())
    told = captured("comfyui/no_output", job=JOB)
    told[JOB]["outputs"] = outputs
    vendor.answers(HISTORY, told)
    with pytest.raises(errors.BrokenAnswer):
        await ask(MODEL)


async def test_a_file_that_is_gone_is_said(vendor, ask):
    answer(vendor, picture())
    vendor.answers(VIEW, b"", status=404)
    with pytest.raises(errors.BrokenAnswer, match="expired"):
        await ask(MODEL)


@pytest.mark.parametrize(
    ("name", "kind", "field"),
    [
        ("unknown_checkpoint", errors.ModelGone, None),
        ("invalid_width", errors.InvalidRequest, "width"),
        ("no_outputs", errors.InvalidRequest, None),
    ],
)
async def test_each_rejection_of_a_graph_has_its_meaning(vendor, ask, name, kind, field):
    vendor.answers(PROMPT, captured(f"comfyui/{name}"), status=400)
    with pytest.raises(errors.ProviderError) as caught:
        await ask(MODEL)
    assert isinstance(caught.value, kind)
    assert caught.value.field == field
    assert not caught.value.may_have_billed
