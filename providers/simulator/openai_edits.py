"""What OpenAI's ``/images/edits`` accepts: a generation's fields as a form, and pictures to go by as ``image`` or ``image[]``.

Names from the Python SDK 3.54.0 (``image_edit_params.py``). A body of JSON, which the specification has as well, is not read, and
masks and markup are taken and left aside.
"""

from dataclasses import replace
from datetime import date

from aiohttp import web

from providers.simulator import bodies, openai_errors, references
from providers.simulator.delivery import Body, Rejection
from providers.simulator.openai_requests import KNOWN, RANGES, Asked, parse
from providers.simulator.state import ENTRY

MOST_PICTURES = 16
LARGEST = 50 * 1000 * 1000
FILES = ("image", "image[]")
EDITS = KNOWN - {"moderation"} | {*FILES, "mask", "markup", "input_fidelity"}
FIDELITIES = {"gpt-image-1.5": ("low", "high"), "gpt-image-1-mini": ("low",)}


async def read(request: web.Request, today: date) -> Asked:
    """Raises the Rejection the vendor answers with."""
    if request.content_type != "multipart/form-data":
        raise openai_errors.error(400, "Invalid Content-Type: expected multipart/form-data.")
    form = await bodies.fields(request) or {}
    asked = parse({name: _value(name, value) for name, value in form.items()}, today, EDITS)
    _check_fidelity(form, asked)
    sent = bodies.uploads(form, *FILES)
    if not sent:
        raise openai_errors.error(400, "Missing required parameter: 'image'.", code="missing_required_parameter", param="image")
    references.received(request[ENTRY], sent, _unreadable, most=MOST_PICTURES, most_bytes=LARGEST)
    return replace(asked, pictures=sent)


def _value(name: str, value: object) -> object:
    """A form holds texts alone; what JSON would have as a number or a yes is one again."""
    if name == "stream":
        return value == "true"
    digits = name in RANGES and isinstance(value, str) and value.removeprefix("-").isdecimal()
    return int(str(value)) if digits else value


def _check_fidelity(form: Body, asked: Asked) -> None:
    if "input_fidelity" not in form:
        return
    if asked.model not in FIDELITIES:
        message = f"The model '{asked.model}' does not support the 'input_fidelity' parameter."
        raise openai_errors.error(400, message, code="invalid_input_fidelity_model", param="input_fidelity")
    if form["input_fidelity"] not in FIDELITIES[asked.model]:
        message = f"Invalid value: '{form['input_fidelity']}'."
        raise openai_errors.error(400, message, code="invalid_value", param="input_fidelity")


def _unreadable(reason: str) -> Rejection:
    message, kind = f"Invalid image: {reason}.", "image_generation_user_error"
    return openai_errors.error(400, message, code="invalid_image_file", kind=kind, param="image")
