"""The process in which a drawing is cleaned and rasterised: ``python -m workspace.comparisons.svg.child SECONDS MEGABYTES``.

A hostile SVG can take for ever (a filter over a hundred thousand pixels, uses of uses of uses) and all the memory there is; both
end this process, and nothing else. The drawing comes on standard input; what goes out is read by ``rasterising``.
"""

import resource
import sys
from contextlib import suppress
from pathlib import Path
from xml.etree import ElementTree as Xml

import resvg_py

from providers import simulator, vectors
from workspace.comparisons.svg import EDGE, HEADER, REFUSED
from workspace.comparisons.svg.cleaning import Unreadable, clean

# The open faces that ship with the product; a face it lacks is set in the neutral one, on every machine alike.
FONTS = Path(simulator.__file__).parent / "fonts"
NEUTRAL = "Rubik Light"
FACES = {
    "font_family": NEUTRAL,
    "serif_family": NEUTRAL,  # also what stands in for a face that is not here
    "sans_serif_family": NEUTRAL,
    "cursive_family": "Pacifico",
    "fantasy_family": "Bevan",
    "monospace_family": NEUTRAL,
}


def limit(seconds: int, megabytes: int) -> None:
    """Processor time, address space, no files to be written, no core to be left."""
    bounds = {
        resource.RLIMIT_CPU: seconds,
        resource.RLIMIT_AS: megabytes * 1024 * 1024,
        resource.RLIMIT_FSIZE: 0,
        resource.RLIMIT_CORE: 0,
    }
    for kind, bound in bounds.items():
        with suppress(ValueError, OSError):  # macOS knows no limit of address space
            resource.setrlimit(kind, (bound, bound))


def fitted(svg: bytes) -> str:
    """The drawing asking for ``EDGE`` pixels on its longer side, whatever it asked for."""
    root = Xml.fromstring(svg)  # noqa: S314 (our own writing)
    if (natural := vectors.natural_size(root.attrib)) is not None:
        scale = EDGE / max(natural)
        width, height = (max(1, round(side * scale)) for side in natural)
        root.attrib.setdefault("viewBox", f"0 0 {natural[0]:.6g} {natural[1]:.6g}")
        root.attrib.update(width=str(width), height=str(height))
    return Xml.tostring(root, encoding="unicode")


def main() -> None:
    limit(*map(int, sys.argv[1:3]))
    try:
        cleaned = clean(sys.stdin.buffer.read())
        raster = resvg_py.svg_to_bytes(
            svg_string=fitted(cleaned.data), width=EDGE, height=EDGE, skip_system_fonts=True, font_dirs=[str(FONTS)], **FACES
        )
    except (Unreadable, ValueError) as error:
        sys.stderr.write(f"{type(error).__name__}: {str(error)[:200]}")
        sys.exit(REFUSED)
    sys.stdout.buffer.write(HEADER.pack(cleaned.active, len(cleaned.data)) + cleaned.data + raster)


if __name__ == "__main__":
    main()
