"""One log for all processes: each line behind the name of the process that wrote it, in its own colour on a terminal."""

import asyncio
import contextlib
import os
from typing import TextIO

WIDTH = 10  # columns for the name
COLOURS = {"proofsheet": 1, "postgres": 34, "valkey": 35, "simulator": 33, "worker": 32, "media": 92, "beat": 90, "web": 36}
CHUNK = 65_536  # bytes


class Log:
    """Writes whole lines. A reader that went away silences it; it never stops the processes."""

    def __init__(self, stream: TextIO) -> None:
        self.stream = stream
        self.colour = stream.isatty() and "NO_COLOR" not in os.environ

    def line(self, name: str, text: str) -> None:
        prefix = f"{name:<{WIDTH}} |"
        if self.colour:
            prefix = f"\x1b[{COLOURS.get(name, 0)}m{prefix}\x1b[0m"
        with contextlib.suppress(OSError, ValueError):
            print(prefix, text, file=self.stream, flush=True)

    def say(self, text: str) -> None:
        """A line of our own, for the person."""
        self.line("proofsheet", text)

    async def follow(self, name: str, reader: asyncio.StreamReader, drop: tuple[str, ...] = ()) -> None:
        """Copy what a process writes until it ends, but for lines that hold one of the texts in ``drop``."""
        rest = b""
        while chunk := await reader.read(CHUNK):
            *lines, rest = (rest + chunk).split(b"\n")
            self._copy(name, lines, drop)
            if len(rest) > CHUNK:  # a line without end is shown in pieces
                lines, rest = [rest], b""
                self._copy(name, lines, drop)
        self._copy(name, [rest], drop)

    def _copy(self, name: str, lines: list[bytes], drop: tuple[str, ...]) -> None:
        for line in lines:
            text = line.decode(errors="replace").rstrip()
            if text and not any(part in text for part in drop):
                self.line(name, text)
