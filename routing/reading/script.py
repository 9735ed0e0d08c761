"""The prompt as a person would see it, with every character traceable to where it was written.

Prompt collections and tools fill places later: ``{argument name="headline" default="Big Sale"}`` shows "Big Sale". Prompts pasted
out of JSON carry ``\\"`` and ``\\n``. Both are undone here, once, so that nothing after this has to know of them.
"""

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from itertools import islice

PLACEHOLDER = re.compile(r"\{argument\s[^{}]{0,600}\}")
NAME = re.compile(r'name=\\?["“]([^"“”\\]{0,200})')
DEFAULT = re.compile(r'default=\\?["“](.{0,500}?)\\?["”]\s{0,3}\}$', re.DOTALL)
ESCAPE = re.compile(r'\\["nt]')
# What placeholders for lettering are called; a name with "style" or the like asks how, not what.
TEXT_NAME = re.compile(
    r"(?<![a-z])(?:text|(?:sub)?title|headline|heading|slogan|tagline|quote|caption|message|label|lettering|phrase|score|signage"
    r"|signature|watermark|corner logo|(?:brand|shop|store|logo) name)(?![a-z])",
    re.IGNORECASE,
)
NOT_TEXT_NAME = re.compile(
    r"style|design|shape|theme|colou?r|font|size|position|language|type|layout|count|placement|effect|author", re.IGNORECASE
)
MOST = 2_000  # placeholders and escapes of one prompt that are undone: more than any holds
SPECIAL = re.compile(rf"{PLACEHOLDER.pattern}|{ESCAPE.pattern}")


@dataclass(frozen=True, slots=True)
class Filled:
    """A placeholder's own text in the script, and what the placeholder is called."""

    name: str
    start: int
    end: int

    @property
    def describes(self) -> bool:
        return NOT_TEXT_NAME.search(self.name) is not None

    @property
    def is_text(self) -> bool:
        return TEXT_NAME.search(self.name) is not None and not self.describes


@dataclass(slots=True)
class Script:
    """``text`` is what is read. ``starts`` and ``origins`` map pieces of it back to the prompt."""

    text: str
    prompt: str
    fills: tuple[Filled, ...] = ()
    starts: list[int] = field(default_factory=lambda: [0])
    origins: list[tuple[int, int]] = field(default_factory=list)

    def origin(self, start: int, end: int) -> tuple[int, int]:
        """Where a stretch of the text stands in the prompt. What was filled in stands where its placeholder does."""
        if not self.origins:
            return start, end
        return self._origin(start)[0], self._origin(end - 1)[1]

    def _origin(self, position: int) -> tuple[int, int]:
        piece = bisect_right(self.starts, position) - 1
        first, last = self.origins[piece]
        length = self.starts[piece + 1] - self.starts[piece]
        if length != last - first:
            return first, last
        return first + position - self.starts[piece], first + position - self.starts[piece] + 1


def unfold(prompt: str) -> Script:
    """Fill in placeholders and undo escapes."""
    if "{argument" not in prompt and "\\" not in prompt:
        return Script(prompt, prompt)
    builder = _Builder(prompt)
    at = 0
    for match in islice(SPECIAL.finditer(prompt), MOST):
        builder.keep(at, match.start())
        builder.replace(match)
        at = match.end()
    builder.keep(at, len(prompt))
    return builder.script()


class _Builder:
    def __init__(self, prompt: str) -> None:
        self.prompt = prompt
        self.pieces: list[str] = []
        self.starts = [0]
        self.origins: list[tuple[int, int]] = []
        self.fills: list[Filled] = []
        self.quoting = False

    def keep(self, start: int, end: int) -> None:
        self._add(self.prompt[start:end], start, end)

    def replace(self, match: re.Match[str]) -> None:
        shown = self._shown(match.group())
        if match.group().startswith("{"):
            name = NAME.search(match.group())
            start = self.starts[-1]
            self.fills.append(Filled(name.group(1) if name else "", start, start + len(shown)))
        self._add(shown, *match.span())

    def _shown(self, special: str) -> str:
        if special.startswith("{"):
            default = DEFAULT.search(special)
            return default.group(1) if default else ""
        if special == '\\"':
            self.quoting = not self.quoting
            return "“" if self.quoting else "”"
        return "\n" if special == "\\n" else " "

    def _add(self, text: str, start: int, end: int) -> None:
        if text:
            self.pieces.append(text)
            self.starts.append(self.starts[-1] + len(text))
            self.origins.append((start, end))

    def script(self) -> Script:
        return Script("".join(self.pieces), self.prompt, tuple(self.fills), self.starts, self.origins)
