"""References on their way to ComfyUI: ``POST /upload/image``, before the graph that loads them.

They go among the temporary files, which the server throws away when it starts, into a folder named by their content: one that is
there already is not stored again, and no two get in each other's way. The name is the server's to choose, and tells its answer.
Nothing has been drawn by then: no error here may have billed.
"""

from collections.abc import Mapping
from hashlib import sha256

from providers import answers, asking, reading
from providers.answers import Answer
from providers.errors import BrokenAnswer, InvalidRequest, ProviderError
from providers.self_hosted import Server
from providers.transport import Transport
from providers.types import ImageRequest

_FOLDERS = ("temp", "input", "output")


async def store(request: ImageRequest, server: Server, transport: Transport) -> str:
    """What ``LoadImage`` calls the reference once the server has it; empty without one. Raises the error tree."""
    picture = asking.reference(request)
    if picture is None:
        return ""
    fields = {"type": _FOLDERS[0], "subfolder": f"proofsheet/{sha256(picture.data).hexdigest()}"}
    url, files = f"{server.base_url}/upload/image", [("image", picture)]
    try:
        async with transport.post_form(url, fields, files=files, headers=server.headers, secret=server.secret) as reply:
            return _name(answers.whole(reply, _failure).json())
    except ProviderError as error:
        error.may_have_billed = False
        raise


def _name(stored: Mapping[str, object]) -> str:
    name, folder, kind = (reading.text(stored.get(field), 300) for field in ("name", "subfolder", "type"))
    if name is None or kind not in _FOLDERS:
        raise BrokenAnswer("it does not say where the reference is")
    return f"{folder}/{name} [{kind}]" if folder else f"{name} [{kind}]"


def _failure(answer: Answer) -> ProviderError:
    """A server that does not know the address has not lost a model."""
    return answer.error(InvalidRequest if answer.status in (404, 405, 410) else None, field="reference")
