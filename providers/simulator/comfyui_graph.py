"""What ComfyUI accepts as a graph, and its answer to everything else: errors listed under the nodes they belong to."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from providers.simulator.delivery import Body, Rejection
from providers.simulator.faults import Fault, FaultKind
from providers.simulator.own_server import PROXY

CHECKPOINT = "sd_xl_base_1.0.safetensors"
SAMPLERS = ("euler", "euler_ancestral", "heun", "dpmpp_2m", "dpmpp_2m_sde", "dpmpp_sde", "ddim", "uni_pc", "lcm")
WHOLE = {"width": (16, 4096), "height": (16, 4096), "steps": (1, 10_000), "seed": (0, 2**64 - 1)}

type Graph = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Asked:
    """A graph that holds, and what was found in it. ``output`` is the id of the node that saves."""

    graph: Graph
    output: str
    prompt: str
    width: int
    height: int
    steps: int
    seed: int
    reference: str  # as LoadImage names it; empty without one


def parse(graph: object) -> Asked:
    """Follow the links back from the node that saves. Raises the Rejection the server answers with."""
    if not isinstance(graph, dict) or not graph:
        raise _error("no_prompt", "No prompt provided")
    output = next((ident for ident, node in graph.items() if _kind(node) == "SaveImage"), None)
    if output is None:
        raise _error("prompt_no_outputs", "Prompt has no outputs")
    sampler = _node(graph, "KSampler", output, "images", "samples")
    checkpoint = _node(graph, "CheckpointLoaderSimple", sampler, "model")
    canvas, reference = _canvas(graph, sampler)
    _check_choice(graph, checkpoint, "ckpt_name", (CHECKPOINT,))
    _check_choice(graph, sampler, "sampler_name", SAMPLERS)
    wanted = _node(graph, "CLIPTextEncode", sampler, "positive")
    return Asked(
        graph,
        output,
        str(_inputs(graph, wanted).get("text", "")),
        _whole(graph, canvas, "width"),
        _whole(graph, canvas, "height"),
        _whole(graph, sampler, "steps"),
        _whole(graph, sampler, "seed"),
        reference,
    )


def _canvas(graph: Graph, sampler: str) -> tuple[str, str]:
    """The node with the size, and the name of the file the sampler begins from, if it begins from one."""
    if _kind(graph[_follow(graph, sampler, "latent_image")]) != "VAEEncode":
        return _node(graph, "EmptyLatentImage", sampler, "latent_image"), ""
    scaled = _node(graph, "ImageScale", sampler, "latent_image", "pixels")
    loaded = _node(graph, "LoadImage", scaled, "image")
    return scaled, str(_inputs(graph, loaded).get("image", ""))


def _node(graph: Graph, kind: str, start: str, *links: str) -> str:
    """The id at the end of a chain of links, which must be of this kind."""
    end = _follow(graph, start, *links)
    if _kind(graph[end]) != kind:
        raise invalid("return_type_mismatch", "Return type mismatch between linked nodes", end, links[-1])
    return end


def _follow(graph: Graph, start: str, *links: str) -> str:
    for link in links:
        target = _inputs(graph, start).get(link)
        if not isinstance(target, list) or len(target) != 2 or target[0] not in graph:
            raise invalid("required_input_missing", "Required input is missing", start, link)
        start = target[0]
    return start


def _kind(node: object) -> object:
    return node.get("class_type") if isinstance(node, dict) else None


def _inputs(graph: Graph, ident: str) -> Mapping[str, object]:
    node = graph[ident]
    inputs = node.get("inputs") if isinstance(node, dict) else None
    return inputs if isinstance(inputs, dict) else {}


def _check_choice(graph: Graph, ident: str, name: str, choices: tuple[str, ...]) -> None:
    if (value := _inputs(graph, ident).get(name)) not in choices:
        raise invalid("value_not_in_list", "Value not in list", ident, name, f"{name}: '{value}' not in {list(choices)}")


def _whole(graph: Graph, ident: str, name: str) -> int:
    value, (low, high) = _inputs(graph, ident).get(name), WHOLE[name]
    if not isinstance(value, int):
        raise invalid("invalid_input_type", "Failed to convert an input value to a INT value", ident, name)
    if not low <= value <= high:
        side = "smaller than min" if value < low else "bigger than max"
        raise invalid(f"value_{side.replace(' ', '_')}", f"Value {value} {side} of {low if value < low else high}", ident, name)
    return value


def invalid(kind: str, message: str, ident: str, name: str, details: str = "") -> Rejection:
    """A complaint about one input of one node."""
    detail = {"type": kind, "message": message, "details": details or name, "extra_info": {"input_name": name}}
    nodes: Body = {ident: {"errors": [detail], "dependent_outputs": [], "class_type": ""}}
    code = "model_gone" if name == "ckpt_name" else "invalid_request"
    return _error("prompt_outputs_failed_validation", "Prompt outputs failed validation", nodes, code)


def _error(kind: str, message: str, nodes: Body | None = None, code: str = "invalid_request") -> Rejection:
    error = {"type": kind, "message": message, "details": message, "extra_info": {}}
    return Rejection(400, {"error": error, "node_errors": nodes or {}}, code)


REJECTIONS: dict[FaultKind, Callable[[Fault], Rejection]] = {
    **PROXY,
    FaultKind.SERVER_ERROR: lambda _: Rejection(500, {"error": "Internal Server Error"}, "server_error"),
    FaultKind.INVALID_REQUEST: lambda _: invalid("value_bigger_than_max", "Value bigger than max", "5", "width"),
    FaultKind.MODEL_GONE: lambda _: invalid("value_not_in_list", "Value not in list", "4", "ckpt_name"),
}
