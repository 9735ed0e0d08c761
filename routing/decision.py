"""The whole decision as plain values, ready to be written as JSON."""

from routing.reading.types import Evidence
from routing.types import Brief, LeftOut, Plan, Route


def decision(plan: Plan, brief: Brief) -> dict[str, object]:
    """What was read, who is asked and who is not, and why. Credits are whole, seconds expected, spans count characters."""
    reading = plan.reading
    return {
        "intent": plan.intent.value,
        "auto": plan.auto,
        "look": reading.look.value,
        "wants_text": reading.wants_text,
        "texts": [text.text for text in reading.texts],
        "unclosed_quote": reading.unclosed_quote,
        "format": reading.wish.format.value if reading.wish else None,
        "complexity": reading.complexity.level.value,
        "evidence": [_evidence(one, brief.prompt) for one in reading.evidence],
        "credits": plan.credits,
        "seconds": plan.expected_seconds,
        "routes": [_route(route) for route in plan.routes],
        "fallbacks": {route.model.id: list(route.fallbacks) for route in plan.routes},
        "left_out": [_left_out(one) for one in (*plan.left_out, *plan.not_taken)],
    }


def _evidence(one: Evidence, prompt: str) -> dict[str, object]:
    return {
        "start": one.start,
        "end": one.end,
        "words": prompt[one.start : one.end],
        "kind": one.kind.value,
        "reason": one.reason,
    }


def _route(route: Route) -> dict[str, object]:
    return {
        "model": route.model.id,
        "label": route.model.label,
        "quality": route.quality.value,
        "size": f"{route.size.width}x{route.size.height}",
        "credits": route.credits,
        "seconds": route.expected_seconds,
        "reasons": [{"text": reason.text, "weight": round(reason.weight, 4)} for reason in route.reasons],
        "notes": list(route.notes),
        "prompt": route.prompt,
        "negative_prompt": route.adaptation.negative_prompt,
    }


def _left_out(one: LeftOut) -> dict[str, object]:
    return {
        "model": one.model.id,
        "label": one.model.label,
        "reason": one.reason,
        "cause": one.cause.value,
        "credits": one.credits,
    }
