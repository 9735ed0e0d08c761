"""Why a reading says what it says: stretches of the prompt to underline, each with its reason."""

from collections.abc import Iterator, Sequence

from routing.reading.cues import Cast, Cue
from routing.reading.roles import WHY, Role
from routing.reading.script import Script
from routing.reading.texts import Texts
from routing.reading.types import Evidence, EvidenceKind, Format, FormatWish, Look, Shape
from routing.types import Intent

FORMATS = {Format.VECTOR: "asks for a vector drawing", Format.TRANSPARENT: "asks for a transparent background"}
MOST, MOST_CUES = 200, 40  # pieces of evidence kept, and cues of one kind: more than that nobody reads


def collect(
    page: Script,
    cast: Cast,
    texts: Texts,
    look: tuple[Look, Sequence[Cue]],
    intent: tuple[Intent, Sequence[Cue]],
    shape: Shape | None,
    wish: FormatWish | None = None,
) -> tuple[Evidence, ...]:
    """All evidence in order of its place. A look and an intent come with the cues that speak for them."""
    pieces = [*_texts(page, texts)]
    pieces += _cues(page, cast.playing(Role.LETTERLESS), EvidenceKind.NO_TEXT, WHY[Role.LETTERLESS])
    pieces += _cues(page, look[1], EvidenceKind.LOOK, f"speaks for {look[0].value}")
    pieces += _cues(page, intent[1], EvidenceKind.INTENT, f"speaks for {intent[0].label}")
    if shape is not None:
        pieces.append(Evidence(shape.start, shape.end, EvidenceKind.SHAPE, f"asks for {shape.orientation.value}"))
    if wish is not None:
        pieces.append(Evidence(wish.start, wish.end, EvidenceKind.FORMAT, FORMATS[wish.format]))
    return tuple(sorted(pieces, key=lambda one: (one.start, one.end, one.kind))[:MOST])


def words(page: Script, spoken: Sequence[Cue]) -> tuple[str, ...]:
    """Cues as written, each once."""
    written = [page.text[cue.start : cue.end] for cue in spoken]
    return tuple({word.lower(): word for word in reversed(written)}.values())[::-1]


def _texts(page: Script, texts: Texts) -> Iterator[Evidence]:
    for one in texts.drawn:
        yield Evidence(
            *page.origin(one.start, one.end), EvidenceKind.TEXT, _why(page, one.cue, one.role) or "reads like lettering"
        )
    for verdict in texts.refused:
        if verdict.role is not None and verdict.score < 0:
            span = page.origin(verdict.passage.start, verdict.passage.end)
            yield Evidence(*span, EvidenceKind.NOT_TEXT, _why(page, verdict.cue, verdict.role))
    if texts.wish is not None:
        yield Evidence(*page.origin(*texts.wish), EvidenceKind.TEXT, "asks for lettering and leaves its words open")
    if texts.unclosed_at is not None:
        yield Evidence(*page.origin(texts.unclosed_at, texts.unclosed_at + 1), EvidenceKind.UNCLOSED, "is never closed")


def _why(page: Script, cue: Cue | None, role: Role | None) -> str:
    """ "“says” announces the words to be drawn"."""
    return f"“{page.text[cue.start : cue.end]}” {WHY[role]}" if cue is not None and role is not None else ""


def _cues(page: Script, cues: Sequence[Cue], kind: EvidenceKind, reason: str) -> Iterator[Evidence]:
    for cue in cues[:MOST_CUES]:
        yield Evidence(*page.origin(cue.start, cue.end), kind, reason)
