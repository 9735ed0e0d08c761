"""The labelled prompts, and how much of their labels a reading agrees with."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from routing import intent

FOLDER = Path(__file__).parent / "prompts"


@dataclass(frozen=True)
class Labelled:
    """One line of a file: ``look`` is None where the label leaves it open; ``wanted`` texts may have no words yet."""

    kind: str
    prompt: str
    texts: list[str]
    wanted: bool
    look: str | None


@dataclass(frozen=True)
class Figures:
    """Shares from 0 to 1. ``exact`` is of the prompts that want text."""

    precision: float
    recall: float
    f1: float
    exact: float
    look: float

    def line(self) -> str:
        return "  ".join(f"{name} {value:.3f}" for name, value in vars(self).items())


def load() -> list[Labelled]:
    return [_parsed(path.stem, line) for path in sorted(FOLDER.glob("*.txt")) for line in _lines(path)]


def _lines(path: Path) -> Iterable[str]:
    return (line for line in path.read_text().splitlines() if line and not line.startswith("# "))


def _parsed(kind: str, line: str) -> Labelled:
    prompt, texts, *look = (part.strip().replace("⏎", "\n") for part in line.split(" => "))
    known = [] if texts in "–?" else texts.split(" / ")
    return Labelled(kind, prompt, known, texts != "–", look[0] if look else None)


def figures(labelled: Iterable[Labelled]) -> Figures:
    """Read every prompt and compare."""
    pairs = [(one, intent.read(one.prompt)) for one in labelled]
    found = [(one.wanted, reading.wants_text) for one, reading in pairs]
    right = sum(wanted and got for wanted, got in found)
    precision = right / max(1, sum(got for _, got in found))
    recall = right / max(1, sum(wanted for wanted, _ in found))
    lettered = [one.texts == [text.text for text in reading.texts] for one, reading in pairs if one.texts]
    looks = [one.look == reading.look for one, reading in pairs if one.look]
    f1 = 2 * precision * recall / max(1e-9, precision + recall)
    return Figures(precision, recall, f1, sum(lettered) / max(1, len(lettered)), sum(looks) / max(1, len(looks)))
