"""A generation as the sheet shows it: every fact and word of a frame, ready for the template.

The same view feeds the page, the fragment a button answers with, and the live event a worker sends, so the three never differ.
"""

import time
from dataclasses import dataclass

from django.urls import reverse

from providers import vectors
from workspace.comparisons import candidates, wording
from workspace.comparisons.models import Comparison, Generation, Image

LATE = 1.5  # times the expected seconds, after which a frame says that it is slow


@dataclass(frozen=True, slots=True)
class Edge:
    """The state on the edge above a picture: a shape, a word (empty where seconds stand instead) and a tone."""

    icon: str
    word: str
    tone: str


EDGES = {
    Generation.State.QUEUED: Edge("clock", "Queued", ""),
    Generation.State.RUNNING: Edge("clock", "", ""),
    Generation.State.DONE: Edge("check", "", "ok"),
    "fellback": Edge("branch", "Fell back", "warn"),
    Generation.State.FAILED: Edge("warn", "Failed", "bad"),
    Generation.State.REFUSED: Edge("shield", "Refused", "warn"),
    Generation.State.CANCELLED: Edge("x", "Cancelled", ""),
}


@dataclass(frozen=True, slots=True)
class Picture:
    """Addresses and size (pixels) of a stored image.

    ``full`` is what a page shows at full size: the original, or the raster that stands for a drawing. Until the renditions are
    made ``thumb`` is empty, and of a drawing ``full`` and ``download`` too. ``format`` says in words what a drawing is ("" for
    pixels); its ``png`` is the raster as a download, ``untouched`` the original where ``download`` gives a harmless copy.
    """

    full: str
    thumb: str
    thumb_width: int
    download: str
    width: int
    height: int
    placeholder: str
    format: str = ""
    png: str = ""
    untouched: str = ""


@dataclass(frozen=True, slots=True)
class Preview:
    """The latest picture on the way, as a data URL; ``index`` counts from 1 of ``expected``."""

    url: str
    index: int
    expected: int


@dataclass(frozen=True, slots=True)
class FrameView:
    """One cell of the sheet.

    ``name`` is "148-3"; ``state`` is a ``Generation.State`` or ``fellback`` (done by another model than the one asked);
    ``seconds`` is how long the answer took; ``started`` is the epoch time (seconds) from which the browser counts;
    ``held``, ``cost`` and ``returned`` are credits; ``status`` says what an unfinished frame waits for, ``slower`` what it
    says besides once it is late; ``prompt`` is in the wording that ``label`` was sent.
    """

    name: str
    run: int
    position: int
    state: str
    label: str
    asked_label: str
    width: int
    height: int
    seconds: str
    started: float | None
    expected_seconds: float
    held: int
    cost: int | None
    returned: int
    picture: Picture | None
    preview: Preview | None
    notice: wording.Notice | None
    notes: tuple[str, ...]
    trail: str
    prompt: str
    favourite: bool
    simulated: bool
    status: str
    slower: str
    version: int

    @property
    def unfinished(self) -> bool:
        return self.state in Generation.UNFINISHED

    @property
    def may_swap(self) -> bool:
        """Whether another model may be asked in its place."""
        return self.state in Generation.IN_VAIN

    @property
    def announcement(self) -> str:
        return wording.announcement(self.position, self.label, self.state, ran_for=self.seconds, back=self.returned)

    @property
    def event(self) -> str:
        return f"frame-{self.position}"

    @property
    def dom_id(self) -> str:
        return f"frame_{self.run}_{self.position}"

    @property
    def alt(self) -> str:
        """What a person who cannot see the picture is told: never the file name, never the whole prompt."""
        return f"Frame {self.position}, {self.label}"

    @property
    def edge(self) -> Edge:
        return EDGES[self.state]

    @property
    def stamp(self) -> str:
        """Equal for two renderings that look the same; begins with the version, so that an older one is known."""
        thumb = "t" if self.picture and self.picture.thumb else ""
        return f"{self.version}.{self.held}.{self.cost}.{self.returned}.{int(self.favourite)}{thumb}"

    @property
    def about_seconds(self) -> int:
        return wording.whole(self.expected_seconds)

    @property
    def elapsed(self) -> float:
        """Seconds since the provider was asked, for pages that do not count by themselves."""
        return max(0.0, time.time() - self.started) if self.started else 0.0

    @property
    def percent(self) -> int:
        """How far along it should be; never full, since only the picture itself is the end."""
        return min(96, round(100 * self.elapsed / self.expected_seconds)) if self.expected_seconds else 0

    @property
    def late(self) -> bool:
        return self.state == Generation.State.RUNNING and self.elapsed > LATE * self.expected_seconds


def picture(image: Image) -> Picture:
    drawing = image.media_type == vectors.MEDIA_TYPE
    download = reverse("image_download", kwargs={"public_id": image.public_id})
    return Picture(
        full=_address("image", image, "raster" if drawing else "original"),
        thumb=_address("image", image, "thumb"),
        thumb_width=min(
            image.width, THUMB_EDGE if image.width >= image.height else round(THUMB_EDGE * image.width / image.height)
        ),
        download=download if image.raster or not drawing else "",
        width=image.width,
        height=image.height,
        placeholder=image.placeholder,
        format=wording.drawing(cleaned=bool(image.safe)) if drawing else "",
        png=_address("image_download_as", image, "raster"),
        untouched=_address("image_download_as", image, "original") if image.safe else "",
    )


def _address(view: str, image: Image, rendition: str) -> str:
    """Where a rendition is, or "" while there is none."""
    return reverse(view, kwargs={"public_id": image.public_id, "rendition": rendition}) if getattr(image, rendition) else ""


THUMB_EDGE = 512  # pixels on the longer side


def frame(generation: Generation, comparison: Comparison, image: Image | None, preview: Preview | None = None) -> FrameView:
    """The view of one generation; ``image`` is its picture if it has one (never fetched here)."""
    done = generation.state == Generation.State.DONE
    fell_back = done and generation.answered_by not in ("", generation.model)
    in_line = generation.state == Generation.State.RUNNING and generation.started_at is None
    back = generation.price - generation.cost if generation.settled and generation.cost is not None else 0
    return FrameView(
        name=f"{comparison.number}-{generation.position}",
        run=comparison.number,
        position=generation.position,
        state="fellback" if fell_back else Generation.State.QUEUED if in_line else generation.state,
        label=generation.answered_label if fell_back else generation.model_label,
        asked_label=generation.model_label,
        width=image.width if image else generation.width,
        height=image.height if image else generation.height,
        seconds=wording.seconds(generation.seconds) if generation.seconds is not None else "",
        started=generation.started_at.timestamp() if generation.started_at else None,
        expected_seconds=generation.expected_seconds,
        held=0 if generation.settled else generation.price,
        cost=generation.cost,
        returned=back,
        picture=picture(image) if done and image else None,
        preview=preview,
        notice=_notice(generation, back),
        notes=tuple(generation.notes),
        trail=generation.message if fell_back else "",
        prompt=candidates.sent(generation).prompt if fell_back else generation.prompt,
        favourite=generation.favourite,
        simulated=generation.simulated,
        status=generation.message if generation.state in Generation.UNFINISHED else "",
        slower=_slower(generation) if generation.state == Generation.State.RUNNING else "",
        version=generation.version,
    )


def _slower(generation: Generation) -> str:
    """Until when it is waited for goes by the frame's own seconds, and only its first call began with them."""
    given_up = None if generation.message else candidates.patience(generation.expected_seconds)
    return wording.slower(generation.expected_seconds, given_up, falls_back=bool(generation.fallbacks))


def _notice(generation: Generation, back: int) -> wording.Notice | None:
    if generation.state in (*Generation.UNFINISHED, Generation.State.DONE):
        return None
    nobody = generation.message if generation.state == Generation.State.FAILED else ""
    return wording.notice(generation.state, generation.error, back=back, ran_for=generation.seconds, nobody=nobody)
