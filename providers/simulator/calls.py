"""One valid request on its way to its pictures."""

import asyncio
from dataclasses import dataclass, field
from random import Random
from types import TracebackType
from typing import Self

from providers.simulator import spelling
from providers.simulator.behaviour import behaviour
from providers.simulator.faults import Fault, FaultKind, Place
from providers.simulator.pictures import Picture
from providers.simulator.spoiled import spoil
from providers.simulator.state import Simulator
from providers.simulator.studio import Drawing

LARGEST_SEED = 2**31 - 1
SLOW_SECONDS = 20.0
PREVIEW_SHARES = {1: (0.5,), 2: (0.35, 0.7), 3: (0.25, 0.5, 0.75)}  # of the time, by how many were asked for


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be drawn; ``pace`` is the quality or rendering speed, ``seed`` None leaves it to the vendor.

    ``reference`` is a picture to go by, as ``references.received`` let it in.
    """

    provider: str
    model: str
    pace: str
    prompt: str
    width: int
    height: int
    count: int = 1
    seed: int | None = None
    media_type: str = "image/png"
    reference: bytes | None = field(default=None, repr=False)


class Call:
    """``async with Call(…) as call``: drawing starts at once and ends with the block; the answer waits for its time."""

    def __init__(self, simulator: Simulator, wish: Wish, fault: Fault | None) -> None:
        nature, chance = behaviour(wish.provider, wish.model, wish.pace), simulator.chance(wish.model, wish.prompt)
        self.wish, self.fault, self._simulator = wish, fault, simulator
        self.seed = chance.randint(0, LARGEST_SEED) if wish.seed is None else wish.seed
        self.mark = mark_of(wish.prompt)
        self._seconds = simulator.seconds_for(nature.mean_seconds, chance)
        if self.shows is FaultKind.SLOW and fault:
            self._seconds += fault.seconds or SLOW_SECONDS
        self._drawings = [self._drawing(self.seed + at, nature.spells_right, nature.detail) for at in range(wish.count)]

    @property
    def shows(self) -> FaultKind | None:
        """The fault to be seen in the answer itself."""
        return self.fault.kind if self.fault and self.fault.place is Place.ANSWER else None

    @property
    def seconds(self) -> float:
        """From request to answer, on the real clock."""
        return self._seconds * self._simulator.config.time_scale

    def share(self) -> float:
        """How much of the call's time has passed, from 0 to 1."""
        passed = asyncio.get_running_loop().time() - self._started
        return min(passed / self.seconds, 1.0) if self.seconds else 1.0

    async def pictures(self) -> list[Picture]:
        """The finished pictures, when they are due, with what a fault puts in their place."""
        await self.wait_for_share(1.0)
        return [spoil(picture, self.shows, self.wish.width, self.wish.height) for picture in await self._finished]

    async def preview(self, index: int, of: int) -> Picture:
        """Preview ``index`` (from 0) of ``of``, when it is due."""
        work = self._simulator.studio.preview(self._drawings[0], index, of, self.mark)
        share = self.wait_for_share(PREVIEW_SHARES[of][index])
        picture, _ = await asyncio.gather(work, share)
        return picture

    async def wait_for_share(self, share: float) -> None:
        """Until ``share`` of the call's time has passed."""
        await self._simulator.sleep_until(self._started + share * self.seconds)

    async def __aenter__(self) -> Self:
        self._started = asyncio.get_running_loop().time()
        studio = self._simulator.studio
        self._finished = asyncio.gather(*(studio.picture(drawing, self.mark) for drawing in self._drawings))
        return self

    async def __aexit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._finished.cancel()
        await asyncio.gather(self._finished, return_exceptions=True)

    def _drawing(self, seed: int, spells_right: float, detail: float) -> Drawing:
        wish = self.wish
        texts = spelled(wish.prompt, wish.model, seed, spells_right)
        plain = spelling.without_markers(wish.prompt)
        return Drawing(plain, wish.model, seed, wish.width, wish.height, detail, texts, wish.media_type, wish.reference)


def spelled(prompt: str, model: str, seed: int, spells_right: float) -> tuple[str, ...]:
    """The prompt's quoted texts as this model draws them with this seed: always the same for the same three."""
    chance = Random(f"{seed}|{model}|{prompt}")  # noqa: S311 (not for secrets)
    return spelling.spell_all(spelling.quoted_texts(prompt), spells_right, chance)


def mark_of(prompt: str) -> str:
    """The first mark in double square brackets that is not a fault, without its brackets; or nothing."""
    marks = (found for found in spelling.MARKER.findall(prompt) if not found.startswith("[[fault:"))
    return next(marks, "[[]]")[2:-2]
