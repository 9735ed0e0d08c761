"""A self-hosted ComfyUI: ``/comfyui/prompt`` takes a graph, ``history`` and ``queue`` tell about it, ``view`` shows the file."""

import json
import uuid
from collections.abc import Mapping

from aiohttp import web

from providers.simulator import bodies, hosting, questions, references
from providers.simulator.calls import Call, Wish
from providers.simulator.comfyui_desk import Desk, Order
from providers.simulator.comfyui_graph import CHECKPOINT, REJECTIONS, Asked, invalid, parse
from providers.simulator.delivery import Rejection, at, deliver, intercept
from providers.simulator.faults import Fault, FaultKind, Place
from providers.simulator.gallery import Hosted
from providers.simulator.journal import Entry
from providers.simulator.own_server import check_key
from providers.simulator.state import ENTRY, SIMULATOR, Simulator

PROVIDER, MODEL = "comfyui", "sdxl"
QUICK_STEPS = 20  # a draft
NO_OUTPUT = {FaultKind.NO_PICTURE, FaultKind.WITHHELD}
OUT_OF_MEMORY = {
    "exception_type": "torch.OutOfMemoryError",
    "exception_message": "Allocation on device\n",
    "node_type": "KSampler",
}


DESK = web.AppKey("comfyui_desk", Desk)


def add_routes(app: web.Application) -> None:
    desk = app[DESK] = Desk()
    app.cleanup_ctx.append(desk.jobs.end_with_the_server)
    app.router.add_post("/comfyui/prompt", submit)
    app.router.add_get("/comfyui/history/{ident}", history)
    app.router.add_get("/comfyui/queue", queue)
    app.router.add_post("/comfyui/queue", change_queue)
    app.router.add_post("/comfyui/interrupt", interrupt)
    app.router.add_post("/comfyui/upload/image", upload)
    app.router.add_get("/comfyui/view", view)
    app.router.add_get("/comfyui/object_info/CheckpointLoaderSimple", checkpoints)


async def submit(request: web.Request) -> web.Response:
    """Take the graph under the caller's id or one of its own. What spoils this answer leaves the job running."""
    check_key(request)
    body = await _json(request)
    asked = parse(body.get("prompt"))
    fault = await _fault(request, asked)
    desk, simulator = request.app[DESK], request.app[SIMULATOR]
    reference = _reference(desk, asked, request[ENTRY])
    order = desk.take(str(body.get("prompt_id") or uuid.uuid4()), asked, at(Place.POLL, fault), request[ENTRY])
    order.work = desk.jobs.begin(_draw(desk, simulator, order, fault, reference), None).work
    told = {"prompt_id": order.ident, "number": order.number, "node_errors": {}}
    shown = at(Place.ANSWER, fault)
    return await deliver(request, json.dumps(told).encode(), shows=shown.kind if shown else None)


async def _json(request: web.Request) -> Mapping[str, object]:
    try:
        body = json.loads(await request.read())
    except ValueError:
        body = None
    if not isinstance(body, dict):
        raise Rejection(400, {"error": "not a JSON object"}, "invalid_request")
    return body


async def _fault(request: web.Request, asked: Asked) -> Fault | None:
    """Note the call in the journal, and let a fault that needs no work act. Raises Rejection."""
    entry = request[ENTRY]
    entry.model, entry.prompt = MODEL, asked.prompt
    names = (MODEL, f"{PROVIDER}/{MODEL}", CHECKPOINT, request.path)
    fault = request.app[SIMULATOR].faults.find(PROVIDER, names, asked.prompt)
    await intercept(request, at(Place.ANSWER, fault), REJECTIONS)
    return fault


def _reference(desk: Desk, asked: Asked, entry: Entry) -> bytes | None:
    """The file the graph loads. One that was never uploaded, or is no picture, stops it before it is taken."""
    if not asked.reference:
        return None

    def reject(_reason: str) -> Rejection:
        details = f"image - Invalid image file: {asked.reference}"
        return invalid("custom_validation_failed", "Custom validation failed for node", "10", "image", details)

    return references.received(entry, [desk.files.get(asked.reference, b"")], reject)


async def _draw(desk: Desk, simulator: Simulator, order: Order, fault: Fault | None, reference: bytes | None) -> None:
    asked = order.asked
    pace = "quick" if asked.steps <= QUICK_STEPS else ""
    wish = Wish(PROVIDER, MODEL, pace, asked.prompt, asked.width, asked.height, seed=asked.seed, reference=reference)
    async with desk.card:
        order.running = True
        async with Call(simulator, wish, fault) as call:
            pictures = await call.pictures()
        order.running = False
    order.messages = [["execution_start", {"prompt_id": order.ident}]]
    if call.shows is FaultKind.OUT_OF_QUOTA:
        order.status = "error"
        order.messages.append(["execution_error", {"prompt_id": order.ident, **OUT_OF_MEMORY}])
        return
    order.status = "success"
    order.messages.append(["execution_success", {"prompt_id": order.ident}])
    if call.shows not in NO_OUTPUT:
        names = [simulator.gallery.hang(Hosted(picture, call.mark, _of_file(fault))) for picture in pictures]
        files = [{"filename": f"{name}.png", "subfolder": "", "type": "output"} for name in names]
        order.outputs = {asked.output: {"images": files}}


def _of_file(fault: Fault | None) -> Fault | None:
    """What shows when the file is fetched; a file that is gone is the nearest to a link that has expired."""
    expired = fault is not None and fault.kind is FaultKind.EXPIRED_URL
    return fault if expired else at(Place.IMAGE, fault)


async def history(request: web.Request) -> web.Response:
    """Empty until the graph is done, and for an id nobody knows."""
    check_key(request)
    ident = request.match_info["ident"]
    order = request.app[DESK].orders.get(ident)
    fault = await hosting.late_fault(request, order.fault if order else None, REJECTIONS)
    told = {ident: order.told()} if order and order.status else {}
    return await deliver(request, json.dumps(told).encode(), shows=fault.kind if fault else None)


async def queue(request: web.Request) -> web.Response:
    check_key(request)
    unfinished = [order for order in request.app[DESK].orders.values() if not order.status]
    running, waiting = ([order.item() for order in unfinished if order.running is state] for state in (True, False))
    return web.json_response({"queue_running": running, "queue_pending": waiting})


async def change_queue(request: web.Request) -> web.Response:
    """``{"delete": [ids]}``. Whether it knew them it does not say."""
    check_key(request)
    deleted = (await _json(request)).get("delete")
    for ident in deleted if isinstance(deleted, list) else ():
        request.app[DESK].delete(ident)
    return web.Response()


async def interrupt(request: web.Request) -> web.Response:
    """``{"prompt_id"}``, or whatever is being drawn; without a word about it."""
    check_key(request)
    request.app[DESK].interrupt((await _json(request)).get("prompt_id"))
    return web.Response()


async def upload(request: web.Request) -> web.Response:
    check_key(request)
    body = await bodies.fields(request) or {}
    files = body.get("image")
    if not isinstance(files, list) or not isinstance(files[0], bodies.Upload):
        return web.Response(status=400)
    return web.json_response(request.app[DESK].store(files[0], body))


async def view(request: web.Request) -> web.Response:
    check_key(request)
    hosted = request.app[SIMULATOR].gallery.find(request.query.get("filename", "").removesuffix(".png"))
    if hosted is None or (hosted.fault and hosted.fault.kind is FaultKind.EXPIRED_URL):
        raise Rejection(404, {}, "no_file")
    fault = await hosting.late_fault(request, hosted.fault, REJECTIONS)
    shows, picture = fault.kind if fault else None, hosted.picture
    return await deliver(request, picture.data, shows=shows, content_type=picture.media_type, mark=hosted.mark, what="image")


async def checkpoints(request: web.Request) -> web.Response:
    """What the node that loads checkpoints takes."""
    check_key(request)
    await questions.troubled(request, PROVIDER, REJECTIONS)
    return web.json_response({"CheckpointLoaderSimple": {"input": {"required": {"ckpt_name": [[CHECKPOINT], {}]}}}})
