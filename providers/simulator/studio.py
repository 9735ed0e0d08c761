"""Where pictures are drawn: beside the event loop, so that forty waiting callers stay answered on two cores."""

import asyncio
import importlib
import multiprocessing
import os
import signal
import threading
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import Executor, ProcessPoolExecutor, ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from itertools import starmap
from multiprocessing.connection import Connection, wait
from typing import Any

from providers.simulator.pictures import Picture, marked

KEPT_BYTES = 64 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Drawing:
    """One picture to make: sizes in pixels, ``detail`` from 0 to 1, ``texts`` as the model will spell them.

    ``going_by`` is a whole PNG, JPEG or WebP to go by.
    """

    prompt: str
    model: str
    seed: int
    width: int
    height: int
    detail: float
    texts: tuple[str, ...]
    media_type: str = "image/png"
    going_by: bytes | None = field(default=None, repr=False)

    def arguments(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in self.__slots__ if name != "prompt"}


class Studio:
    """Draws in its own low-priority processes and remembers what it drew lately."""

    def __init__(self, workers: int, payload_bytes: int | None = None) -> None:
        self._payload_bytes = payload_bytes
        self._kept: OrderedDict[tuple[Drawing, int | None, int], Picture] = OrderedDict()
        self._workers = workers if payload_bytes is None else 0
        context = multiprocessing.get_context("spawn")  # forking under running threads is not safe
        life_line, self._life_line = context.Pipe(duplex=False)
        self._hands: Executor = (
            ProcessPoolExecutor(self._workers, context, initializer=_settle_in, initargs=(life_line,))
            if self._workers
            else ThreadPoolExecutor(2)
        )

    async def picture(self, drawing: Drawing, mark: str = "") -> Picture:
        """The finished picture; with a fixed payload a ready-made one of that length that differs only by ``mark``."""
        if self._payload_bytes is not None:
            return marked(drawing.width, drawing.height, self._payload_bytes, mark)
        return await self._drawn(partial(paint, drawing), (drawing, None, 0))

    async def preview(self, drawing: Drawing, stage: int, of: int, mark: str = "") -> Picture:
        """The picture as it looks at ``stage`` (from 0) of ``of`` steps on the way."""
        if self._payload_bytes is not None:
            return marked(drawing.width, drawing.height, self._payload_bytes, f"{mark} preview {stage}")
        return await self._drawn(partial(paint_preview, drawing, stage, of), (drawing, stage, of))

    def open(self) -> None:
        """Start the workers before the first picture is wanted: loading what they need takes a second."""
        for _ in range(self._workers):
            self._hands.submit(_loaded)

    def close(self) -> None:
        """At once: a picture half drawn is dropped."""
        self._hands.shutdown(wait=False, cancel_futures=True)
        self._life_line.close()

    async def _drawn(self, work: Callable[[], bytes], key: tuple[Drawing, int | None, int]) -> Picture:
        if key not in self._kept:
            data = await asyncio.get_running_loop().run_in_executor(self._hands, work)
            self._keep(key, Picture(data, key[0].media_type))
        self._kept.move_to_end(key)
        return self._kept[key]

    def _keep(self, key: tuple[Drawing, int | None, int], picture: Picture) -> None:
        self._kept[key] = picture
        while len(self._kept) > 1 and sum(starmap(_weight, self._kept.items())) > KEPT_BYTES:
            self._kept.popitem(last=False)


def _weight(key: tuple[Drawing, int | None, int], picture: Picture) -> int:
    """Bytes held for a picture, and for what it went by."""
    return len(picture.data) + len(key[0].going_by or b"")


def paint(drawing: Drawing) -> bytes:
    """In the worker: only there are NumPy and Pillow worth their second of loading."""
    from providers.simulator.drawing import draw

    return draw(drawing.prompt, **drawing.arguments())


def paint_preview(drawing: Drawing, stage: int, of: int) -> bytes:
    """In the worker, as above."""
    from providers.simulator.drawing import draw_preview

    return draw_preview(drawing.prompt, **drawing.arguments(), stage=stage, of=of)


def _loaded() -> None:
    """Something for a new worker to do."""


def _settle_in(life_line: Connection) -> None:
    """Yield to everyone else, leave Ctrl-C to the parent, end when it lets go of the line, and load what drawing needs."""
    os.nice(10)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with, args=(life_line,), daemon=True).start()
    importlib.import_module("providers.simulator.drawing")


def _end_with(life_line: Connection) -> None:
    """The other end closes when the studio does, and also when its process dies in whatever way."""
    wait([life_line])
    os._exit(0)
