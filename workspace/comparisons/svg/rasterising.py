"""One drawing, one process: what a hostile SVG can take is seconds of one core, and never this process."""

import subprocess
import sys
from dataclasses import dataclass

from django.conf import settings

from workspace.comparisons.svg import HEADER, REFUSED

MEGABYTES = 1024  # of address space
PATIENCE_SECONDS = 60  # on the clock: the process has the lowest priority, and others may want the machine


class CannotDraw(Exception):
    """There is no drawing in these bytes."""


class TooComplex(CannotDraw):
    """It would take more time or memory than a drawing is worth."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """The raster as PNG, the drawing without anything active, and whether the original held any of that."""

    raster: bytes
    safe: bytes
    active: bool


def draw(svg: bytes) -> Drawn:
    """Clean and rasterise, in no more processor time than the settings allow.

    Raises ``CannotDraw``, or ``TimeoutError`` when the machine was too busy to let the process use its time.
    """
    seconds = settings.DRAWING_SECONDS
    command = [sys.executable, "-s", "-P", "-m", "workspace.comparisons.svg.child", str(seconds), str(MEGABYTES)]
    try:
        done = subprocess.run(  # noqa: S603 (our own program, on bytes it reads from a pipe)
            command,
            input=svg,
            capture_output=True,
            timeout=PATIENCE_SECONDS,
            env={"PYTHONPATH": str(settings.BASE_DIR), "PYTHONDONTWRITEBYTECODE": "1"},
            cwd="/",
        )
    except subprocess.TimeoutExpired as error:
        raise TimeoutError(f"a drawing got no result in {PATIENCE_SECONDS} s on the clock") from error
    if done.returncode == REFUSED:
        raise CannotDraw(done.stderr.decode(errors="replace")[:300])
    if done.returncode:
        raise TooComplex(f"the process ended with {done.returncode} within {seconds} s and {MEGABYTES} MB")
    return _read(done.stdout)


def _read(answer: bytes) -> Drawn:
    active, length = HEADER.unpack_from(answer)
    safe, raster = answer[HEADER.size : HEADER.size + length], answer[HEADER.size + length :]
    return Drawn(raster, safe, active)
