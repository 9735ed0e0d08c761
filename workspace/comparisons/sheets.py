"""A run as its sheet shows it: the frames in order, the sums of its one-line account, and the models that were left out."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from workspace.comparisons import frames, wording
from workspace.comparisons.frames import FrameView
from workspace.comparisons.models import Comparison, Generation, Image
from workspace.comparisons.skipping import Skipped


@dataclass(frozen=True, slots=True)
class Sums:
    """A run's one-line account: frames in all and ended, and credits. It is ``live`` while anything can still change."""

    frames: int
    finished: int
    spent: int
    held: int
    returned: int
    live: bool

    @property
    def summary(self) -> str:
        """ "5 of 6 in · 13 credits spent, 5 held, 4 returned"."""
        parts = [f"{wording.credits(self.spent)} spent"]
        parts += [f"{self.held} held"] if self.held else []
        parts += [f"{self.returned} returned"] if self.returned else []
        return f"{self.finished} of {self.frames} in · {', '.join(parts)}"


@dataclass(frozen=True, slots=True)
class NotRun:
    """A model that was left out, in a place of its own: why, and what the button that runs it after all says."""

    skipped: Skipped
    notice: wording.Notice
    button: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """A whole run: its frames in order, the sums of its one-line account, and who was ``skipped``; ``cap`` is in credits."""

    number: int
    prompt: str
    frames: tuple[FrameView, ...]
    live: bool
    skipped: tuple[Skipped, ...] = ()
    cap: int | None = None

    @property
    def not_run(self) -> tuple[NotRun, ...]:
        taken = self._spent + self._held
        return tuple(NotRun(one, *wording.not_run(one, taken=taken, cap=self.cap)) for one in self.skipped)

    @property
    def columns(self) -> int:
        """Columns by count; portrait shapes use one more (ui.md 3.1)."""
        count = len(self.frames) + len(self.skipped)
        columns = {1: 1, 2: 2, 3: 3, 4: 2, 5: 3, 6: 3}.get(count, 4)
        portrait = bool(self.frames) and self.frames[0].height > self.frames[0].width
        return columns + 1 if portrait and count > columns else columns

    @property
    def finished(self) -> int:
        return sum(not frame.unfinished for frame in self.frames)

    @property
    def summary(self) -> str:
        returned = sum(frame.returned for frame in self.frames)
        return Sums(len(self.frames), self.finished, self._spent, self._held, returned, self.live).summary

    @property
    def _spent(self) -> int:
        return sum(frame.cost or 0 for frame in self.frames if not frame.held)

    @property
    def _held(self) -> int:
        return sum(frame.held for frame in self.frames)

    @property
    def seen(self) -> str:
        """What a stream is told that the page shows already: how many frames, their versions added up (``selectors.seen``)."""
        return f"{len(self.frames)}.{sum(frame.version for frame in self.frames)}"

    @property
    def title(self) -> str:
        running = f"{self.finished} of {len(self.frames)} · " if self.live else ""
        return f"{running}Run {self.number} · Proofsheet"


def sheet(
    comparison: Comparison,
    pairs: Iterable[tuple[Generation, Image | None]],
    previews: Mapping[int, frames.Preview] = MappingProxyType({}),
) -> Sheet:
    """The run from its rows; ``previews`` are the previews of running frames by generation id."""
    rows = list(pairs)
    return Sheet(
        number=comparison.number,
        prompt=comparison.prompt,
        frames=tuple(frames.frame(generation, comparison, image, previews.get(generation.pk)) for generation, image in rows),
        live=any(not generation.settled for generation, _ in rows),
        skipped=tuple(Skipped(**each) for each in comparison.skipped),
        cap=comparison.cap,
    )
