"""When the last byte of each body left: the zero from which a load test measures its client."""

import json
import time
from pathlib import Path
from typing import TextIO


class Timings:
    """JSON lines in a file, or nothing when no file is named."""

    def __init__(self, path: Path | None) -> None:
        self._file: TextIO | None = path.open("a", buffering=1) if path else None

    @property
    def wanted(self) -> bool:
        return self._file is not None

    def record(self, number: int, mark: str, path: str, what: str) -> None:
        """``what`` is "answer", "preview" or "image"; ``number`` the request's in the journal. Times in seconds."""
        if self._file:
            moment = {"epoch": time.time(), "monotonic": time.monotonic()}
            self._file.write(json.dumps({"id": number, "marker": mark, "path": path, "what": what, **moment}) + "\n")

    def close(self) -> None:
        if self._file:
            self._file.close()
