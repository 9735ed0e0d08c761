"""The exact texts to be drawn, found by the quotation marks around them.

Straight and curly double quotes, guillemets, German low quotes and CJK corner brackets count. Single quotes do not: they are
apostrophes far too often. One pass, so the time grows with the length of the prompt and nothing else.
"""

import re

from routing.types import DrawnText

# Opening mark -> the marks that may close it. German „…“ closes with what opens an English quotation.
CLOSING = {
    '"': re.compile('"'),
    "“": re.compile("”"),
    "„": re.compile("[“”]"),
    "«": re.compile("»"),
    "「": re.compile("」"),
    "『": re.compile("』"),
}
OPENING = re.compile(f"[{''.join(CLOSING)}]")


def find(prompt: str) -> tuple[tuple[DrawnText, ...], str | None]:
    """The texts in order, and what follows the first opening mark that is never closed, or None."""
    texts: list[DrawnText] = []
    unclosed: str | None = None
    never_closed: set[str] = set()
    at = 0
    while opening := OPENING.search(prompt, at):
        at = opening.end()
        mark = opening.group()
        if mark in never_closed or _is_inches(prompt, opening.start()):
            continue
        closing = CLOSING[mark].search(prompt, at)
        if closing is None:
            never_closed.add(mark)
            unclosed = unclosed if unclosed is not None else prompt[at:].strip()
            continue
        text = prompt[at : closing.start()].strip()
        if text:
            texts.append(DrawnText(text, opening.start(), closing.end()))
        at = closing.end()
    return tuple(texts), unclosed


def outside(prompt: str, texts: tuple[DrawnText, ...]) -> str:
    """The prompt with every text to be drawn blanked out, each character still at its place."""
    pieces: list[str] = []
    at = 0
    for text in texts:
        pieces += prompt[at : text.start], " " * (text.end - text.start)
        at = text.end
    return "".join((*pieces, prompt[at:]))


def _is_inches(prompt: str, position: int) -> bool:
    """A straight mark right after a digit, while nothing is quoted, measures a length: a 12" record."""
    return prompt[position] == '"' and position > 0 and prompt[position - 1].isdigit()
