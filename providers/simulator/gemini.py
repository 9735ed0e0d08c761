"""Google's desk: ``/gemini/<version>/models/<model>:generateContent``, its streamed sister, and the list of models."""

import secrets
from base64 import urlsafe_b64encode

from aiohttp import web

from providers.simulator import bodies, gemini_errors, questions, references
from providers.simulator.calls import Call, Wish
from providers.simulator.delivery import PICTURE, Body, Rejection, at, deliver, intercept, json_with
from providers.simulator.faults import FaultKind, Place
from providers.simulator.gemini_requests import MODELS, Asked, find, parse
from providers.simulator.pictures import Picture
from providers.simulator.state import ENTRY, SIMULATOR

PROVIDER = "gemini"
ROOT = "/gemini/{version:v1|v1beta}/models"  # the official client asks v1, most others the beta
MOST_PICTURES, PICTURE_TOKENS = 14, 258
THOUGHTS = {"MINIMAL": 0, "": 180, "HIGH": 900}  # tokens


def add_routes(app: web.Application) -> None:
    app.router.add_post(ROOT + "/{model:[^/:]+}:generateContent", generate)
    app.router.add_post(ROOT + "/{model:[^/:]+}:streamGenerateContent", stream)
    app.router.add_get(ROOT, list_models)
    app.router.add_get(ROOT + "/{model:[^/:]+}", show_model)


async def generate(request: web.Request) -> web.Response:
    body, pictures, call = await _made(request)
    return await deliver(request, json_with(body, pictures, indent=2), shows=call.shows, mark=call.mark)


async def stream(request: web.Request) -> web.Response:
    """The same as server-sent events: for a picture there is one."""
    body, pictures, call = await _made(request)
    event = b"data: " + json_with(body, pictures) + b"\r\n\r\n"
    return await deliver(request, event, shows=call.shows, content_type="text/event-stream", mark=call.mark)


async def _made(request: web.Request) -> tuple[Body, list[Picture], Call]:
    """The answer with a place for its pictures. Raises Rejection."""
    check_key(request)
    simulator, model = request.app[SIMULATOR], request.match_info["model"]
    asked = parse(model, await bodies.fields(request), simulator.today())
    entry = request[ENTRY]
    entry.model, entry.prompt = asked.model, asked.prompt
    names = (model, f"{PROVIDER}/{model}", f"{PROVIDER}/{model.removeprefix('gemini-')}", request.path)
    fault = at(Place.ANSWER, simulator.faults.find(PROVIDER, names, asked.prompt))
    await intercept(request, fault, gemini_errors.rejections(model))
    reference = references.received(entry, asked.pictures, _rejection, most=MOST_PICTURES)
    wish = Wish(PROVIDER, asked.model, asked.pace, asked.prompt, asked.width, asked.height, reference=reference)
    async with Call(simulator, wish, fault) as call:
        if call.shows is FaultKind.REFUSAL:
            return _blocked(asked), [], call
        pictures = await call.pictures()
    if call.shows in (FaultKind.WITHHELD, FaultKind.NO_PICTURE):
        return _empty(asked, call.shows), [], call
    return _answer(asked, pictures), pictures, call


def _rejection(reason: str) -> Rejection:
    return gemini_errors.invalid(f"Unable to process input image: {reason}.")


def _answer(asked: Asked, pictures: list[Picture]) -> Body:
    parts = [{"inlineData": {"mimeType": picture.media_type, "data": PICTURE}} for picture in pictures]
    candidate = {"content": {"parts": parts, "role": "model"}, "finishReason": "STOP", "index": 0}
    return {"candidates": [candidate], "usageMetadata": _usage(asked, asked.tokens), **_identity(asked)}


def _blocked(asked: Asked) -> Body:
    """The prompt was stopped: no candidates at all."""
    return {"promptFeedback": {"blockReason": "PROHIBITED_CONTENT"}, "usageMetadata": _usage(asked, 0), **_identity(asked)}


def _empty(asked: Asked, kind: FaultKind) -> Body:
    """Drawn and withheld, or drawn and lost: a candidate without a picture."""
    withheld = {"finishReason": "IMAGE_SAFETY", "finishMessage": "Unable to show the generated image."}
    ending = withheld if kind is FaultKind.WITHHELD else {"finishReason": "STOP"}
    candidate = {"content": {"parts": [], "role": "model"}, **ending, "index": 0}
    return {"candidates": [candidate], "usageMetadata": _usage(asked, 0), **_identity(asked)}


def _identity(asked: Asked) -> Body:
    return {"modelVersion": asked.model, "responseId": urlsafe_b64encode(secrets.token_bytes(15)).decode()}


def _usage(asked: Asked, tokens: int) -> Body:
    """About four characters make a text token; a model that does not think reports no thoughts."""
    text, thoughts = max(1, round(len(asked.prompt) / 4)), THOUGHTS[asked.pace] if MODELS[asked.model].thinks else 0
    seen = PICTURE_TOKENS * len(asked.pictures)
    details = [{"modality": "TEXT", "tokenCount": text}, {"modality": "IMAGE", "tokenCount": seen}]
    usage: Body = {
        "promptTokenCount": text + seen,
        "candidatesTokenCount": tokens,
        "totalTokenCount": text + seen + tokens + thoughts,
        "promptTokensDetails": details if seen else details[:1],
    }
    if tokens:
        usage["candidatesTokensDetails"] = [{"modality": "IMAGE", "tokenCount": tokens}]
    return {**usage, "thoughtsTokenCount": thoughts} if thoughts else usage


def check_key(request: web.Request) -> None:
    """Any key opens, in the header or the query, save the one called wrong-key."""
    key = request.headers.get("x-goog-api-key", "").strip() or request.query.get("key", "").strip()
    if not key:
        raise gemini_errors.no_key()
    if key == "wrong-key":
        raise gemini_errors.wrong_key()


async def list_models(request: web.Request) -> web.Response:
    check_key(request)
    await questions.troubled(request, PROVIDER, gemini_errors.rejections(""))
    today = request.app[SIMULATOR].today()
    return web.json_response({"models": [_model(name) for name, facts in MODELS.items() if facts.lives(today)]})


async def show_model(request: web.Request) -> web.Response:
    check_key(request)
    name = request.match_info["model"]
    find(name, request.app[SIMULATOR].today())
    return web.json_response(_model(name))


def _model(name: str) -> Body:
    methods = ["generateContent", "countTokens", "batchGenerateContent"]
    return {"name": f"models/{name}", "version": "001", "displayName": name, "supportedGenerationMethods": methods}
