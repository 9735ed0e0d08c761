"""How long reading a prompt takes, and how well it is read.

    python -m benchmarks.intent [--repeat 5] [--json FILE]

The prompts are the labelled ones of the tests, each with a sentence of description behind it, strung together to the length in
question: every kind of lettering there is to find, and more of it than people write. The floor is one pass of a compiled pattern
over the words of the same prompts.
"""

import argparse
import re
import statistics
import time
from collections.abc import Callable
from pathlib import Path
from random import Random

from benchmarks.figures import Figure, add_options, load, middle, milliseconds, percentile, show, show_head, write
from routing import intent
from tests.routing import labelled

WORD = re.compile(r"\w+")
PROSE = (
    "Soft light falls through tall windows onto a worn wooden floor, and a cat sleeps in the far corner of the room.",
    "The background stays calm: pale plaster, two framed maps, a shelf of jars, nothing that takes the eye from the middle.",
    "Seen from slightly above, with long shadows to the left and a warm, muted palette of ochre, slate and bone.",
    "She wears a long coat of heavy wool over a linen shirt, her hair loose, her hands around a steaming bowl.",
    "Mist lies over the fields behind, a row of poplars leads to a small bridge, and far off there is a hint of the sea.",
)
LENGTHS = {500: (400, 1.0), 20_000: (40, 30.0)}  # characters -> how many prompts, and the most milliseconds at p95


def prompts(length: int, number: int) -> list[str]:
    """Different prompts of exactly so many characters."""
    random, pieces = Random(length), [one.prompt for one in labelled.load()]
    made = []
    for _ in range(number):
        random.shuffle(pieces)
        described = (f"{piece}. {random.choice(PROSE)}" for piece in pieces * (1 + length // sum(map(len, pieces))))
        made.append("\n".join(described)[:length])
    return made


def measure(length: int) -> list[Figure]:
    number, most = LENGTHS[length]
    chosen = prompts(length, number)
    read, floor = seconds(intent.read, chosen), seconds(words, chosen)
    shares = (("p50", 0.5, None), ("p95", 0.95, most))
    return [
        Figure(f"{length:,} characters, {name}", percentile(read, share), "ms", percentile(floor, share), limit)
        for name, share, limit in shares
    ]


def words(prompt: str) -> list[str]:
    return [match.group().lower() for match in WORD.finditer(prompt)]


def seconds(work: Callable[[str], object], chosen: list[str]) -> list[float]:
    """Milliseconds of processor time for each prompt."""
    taken = []
    for prompt in chosen:
        start = time.thread_time()
        work(prompt)
        taken.append(time.thread_time() - start)
    return milliseconds(taken)


def accuracy() -> None:
    """The figures of the labelled prompts, all and by kind."""
    every = labelled.load()
    print(f"\n{'labelled prompts':22}   number  {labelled.figures(every).line()}")
    for kind in sorted({one.kind for one in every}):
        chosen = [one for one in every if one.kind == kind]
        print(f"{kind:22} {len(chosen):8}  {labelled.figures(chosen).line()}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--repeat", type=int, default=5, help="rounds; the table shows the median")
    add_options(parser)
    arguments = parser.parse_args()
    intent.read("warm")
    rounds = [[figure for length in LENGTHS for figure in measure(length)] for _ in range(arguments.repeat)]
    figures = middle(rounds)
    show_head(f"reading a prompt, processor time, median of {arguments.repeat}, {load()}")
    show(figures)
    mean = statistics.mean(figure.value for figure in figures if figure.name.startswith("500") and figure.name.endswith("p50"))
    print(f"{1000 / mean:,.0f} prompts of 500 characters a second")
    accuracy()
    write(Path(arguments.json) if arguments.json else None, figures)


if __name__ == "__main__":
    main()
