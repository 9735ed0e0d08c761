"""The graph ComfyUI is sent: its own basic text-to-image workflow in the API's form, patched for each request. With a reference
it begins from that instead of an empty canvas, cut to the size that is wanted.

A node is ``{"class_type", "inputs"}`` under its id; an input is a value, or ``[id, n]`` for output n of another node.
"""

from collections.abc import Mapping

from providers import asking, reading, self_hosted
from providers.types import ImageRequest, Size

_CHECKPOINT, _CANVAS, _WANTED, _UNWANTED, _SAMPLER, _DECODER, _FILE = "4", "5", "6", "7", "3", "8", "9"
_REFERENCE, _CUT = "10", "11"

type Graph = dict[str, dict[str, object]]


def build(request: ImageRequest, checkpoint: str, reference: str = "") -> Graph:
    """The whole graph for one picture; ``checkpoint`` and ``reference`` are names of files as the server has them."""
    sampling: dict[str, object] = {
        "seed": self_hosted.seed(request),
        "steps": int(asking.parameters(request)["steps"]),
        "cfg": 7,
        "sampler_name": "dpmpp_2m",
        "scheduler": "karras",
        "denoise": self_hosted.FREEDOM if reference else 1,
        "model": [_CHECKPOINT, 0],
        "positive": [_WANTED, 0],
        "negative": [_UNWANTED, 0],
        "latent_image": [_CANVAS, 0],
    }
    return {
        _CHECKPOINT: _node("CheckpointLoaderSimple", ckpt_name=checkpoint),
        **(_begun_from(reference, request.size) if reference else _empty(request.size)),
        _WANTED: _node("CLIPTextEncode", text=request.prompt, clip=[_CHECKPOINT, 1]),
        _UNWANTED: _node("CLIPTextEncode", text=asking.negative_prompt(request), clip=[_CHECKPOINT, 1]),
        _SAMPLER: _node("KSampler", **sampling),
        _DECODER: _node("VAEDecode", samples=[_SAMPLER, 0], vae=[_CHECKPOINT, 2]),
        _FILE: _node("SaveImage", images=[_DECODER, 0], filename_prefix="proofsheet"),
    }


def _empty(size: Size) -> Graph:
    return {_CANVAS: _node("EmptyLatentImage", width=size.width, height=size.height, batch_size=1)}


def _begun_from(reference: str, size: Size) -> Graph:
    scaled = {"image": [_REFERENCE, 0], "upscale_method": "lanczos", "width": size.width, "height": size.height, "crop": "center"}
    return {
        _REFERENCE: _node("LoadImage", image=reference),
        _CUT: _node("ImageScale", **scaled),
        _CANVAS: _node("VAEEncode", pixels=[_CUT, 0], vae=[_CHECKPOINT, 2]),
    }


def _node(kind: str, **inputs: object) -> dict[str, object]:
    return {"class_type": kind, "inputs": inputs}


def seed_of(graph: object) -> int | None:
    """The seed of a graph the server gives back."""
    sampler = reading.mapping(reading.mapping(graph).get(_SAMPLER))
    return reading.whole_number(reading.mapping(sampler.get("inputs")).get("seed"))


def picture_of(outputs: object) -> dict[str, str] | None:
    """What ``/view`` has to be asked for: the first file of the node that saves."""
    images = reading.mapping(reading.mapping(outputs).get(_FILE)).get("images")
    return _file(reading.first(images))


def _file(image: Mapping[str, object]) -> dict[str, str] | None:
    name = reading.text(image.get("filename"), 500)
    if name is None:
        return None
    return {"filename": name, "subfolder": reading.text(image.get("subfolder"), 500) or "", "type": "output"}
