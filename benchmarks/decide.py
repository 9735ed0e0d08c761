"""How long a decision takes: by itself, in a preview while somebody types, and on a terminal line by line.

    python -m benchmarks.decide [--repeat 5] [--previews 400] [--lines 4000] [--json FILE]

The prompts are the labelled ones of the tests. The catalogue is the real one, padded with copies of its own living models, under
providers of other names, where fewer than sixty live. The floor of the decision is reading the prompt alone, of a preview the
health page of the same server.
"""

import argparse
import asyncio
import itertools
import json
import os
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from urllib.parse import urlencode

import psutil

from benchmarks.figures import Figure, add_options, load, middle, milliseconds, percentile, show, show_head, write
from benchmarks.people import Person
from benchmarks.product import product
from providers import catalogue
from providers.types import LifecycleStatus, ModelSpec, Quality
from routing import intent, selection, sizing
from routing.pricing import Rates
from routing.types import Brief
from tests.routing import labelled

LIVING = 60  # models, at least
RATES = Rates(credits_per_usd=100, minimum=1)
CAP = 24  # credits, as on a fresh page
WARM = 20  # requests that are not measured
TYPED = (" red", " small", ' "OPEN"', ", 35 mm", ", square")  # what is added to a prompt, one after the other


def models(today: date) -> list[ModelSpec]:
    """The catalogue with at least sixty models that live."""
    real = catalogue.all_models()
    living = [model for model in real if model.lifecycle.status(today) is not LifecycleStatus.RETIRED]
    copies = (replace(model, id=f"copy-{model.id}", label=f"{model.label} copy") for model in living)
    return [*real, *itertools.islice(copies, max(0, LIVING - len(living)))]


def decisions() -> list[Figure]:
    """One round over every labelled prompt, in processor time of one thread."""
    today = date.today()  # noqa: DTZ011 - any day will do
    known = models(today)
    prompts = [one.prompt for one in labelled.load()]
    decided, read = [], []
    for prompt in prompts:
        brief = Brief(prompt, None, sizing.SHAPES["4:3"], Quality.STANDARD, CAP)
        read.append(_seconds(lambda prompt=prompt: intent.read(prompt)))
        decided.append(
            _seconds(
                lambda brief=brief: selection.plan(
                    brief, chosen=(), unchecked=(), models=known, today=today, rates=RATES, max_models=12
                )
            )
        )
    whole, floor = milliseconds(decided), milliseconds(read)
    named = f"decision, {len(known)} models"
    return [
        Figure(f"{named}, p50", percentile(whole, 0.5), "ms", percentile(floor, 0.5)),
        Figure(f"{named}, p95", percentile(whole, 0.95), "ms", percentile(floor, 0.95), 3.0),
    ]


def _seconds(work) -> float:
    start = time.thread_time()
    work()
    return time.thread_time() - start


# --- previews -------------------------------------------------------------------------------------------------------------------
async def previews(person: Person, number: int) -> list[Figure]:
    """A person who types on: each preview has another prompt, and the page takes what came back into its next form."""
    await person.open_page()
    taken, floor = [], []
    for place, prompt in enumerate(_typed(number + WARM)):
        floor.append(await _moment(person, "GET", "/health/"))
        taken.append(await _moment(person, "POST", "/route/preview/", _form(person, prompt)))
        if place < WARM:
            taken.clear()
            floor.clear()
    shares = (("p50", 0.5, None), ("p95", 0.95, 25.0))
    whole, least = milliseconds(taken), milliseconds(floor)
    return [
        Figure(f"preview, {name}", percentile(whole, share), "ms", percentile(least, share), most) for name, share, most in shares
    ]


def _typed(number: int) -> Iterator[str]:
    prompts = itertools.cycle(one.prompt for one in labelled.load() if len(one.prompt) < 1_900)
    every = (prompt + "".join(TYPED[:words]) for prompt in prompts for words in range(len(TYPED) + 1))
    return itertools.islice(every, number)


def _form(person: Person, prompt: str) -> bytes:
    fields = {"prompt": prompt, "intent": "auto", "shape": "4:3", "quality": "standard", "cap": str(CAP)}
    return urlencode({"csrfmiddlewaretoken": person.token, "key": str(uuid.uuid4()), **fields}).encode()


async def _moment(person: Person, method: str, address: str, form: bytes = b"") -> float:
    """Seconds from the request to the last byte of its answer."""
    headers = {"HX-Request": "true", "Content-Type": "application/x-www-form-urlencoded"}
    start = time.perf_counter()
    answer = await person.browser.request(method, address, form, headers)
    if answer.status not in (200, 204):
        sys.exit(f"{address} answered {answer.status}.")
    return time.perf_counter() - start


# --- lines ----------------------------------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Lines:
    """``seconds`` from the first answer to the last; memory in bytes, early and at the end."""

    number: int
    seconds: float
    early: int
    late: int


def lines(number: int) -> Lines:
    """So many prompts through one ``manage.py route --jsonl``, without a database."""
    asked = [json.dumps({"prompt": prompt, "budget": CAP}) for prompt in _typed(number)]
    nowhere = {"DATABASE_URL": "postgresql://postgres@127.0.0.1:1/none", "REDIS_URL": "redis://127.0.0.1:1/0", "ENV_FILE": ""}
    command = [sys.executable, "manage.py", "route", "--jsonl"]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    with subprocess.Popen(command, env=os.environ | nowhere, **pipes) as running:
        process, tenth = psutil.Process(running.pid), number // 10
        start = early = late = 0
        for place, line in enumerate(asked):
            print(line, file=running.stdin, flush=True)
            if "error" in json.loads(running.stdout.readline()):
                sys.exit(f"{line} was answered with an error.")
            start = start or time.perf_counter()
            early = process.memory_info().rss if place == tenth else early
        seconds, late = time.perf_counter() - start, process.memory_info().rss
        running.stdin.close()
    return Lines(number - 1, seconds, early, late)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--repeat", type=int, default=5, help="rounds of decisions; the table shows the median")
    parser.add_argument("--previews", type=int, default=400)
    parser.add_argument("--lines", type=int, default=4_000)
    add_options(parser)
    arguments = parser.parse_args()
    decisions()  # warm
    figures = middle([decisions() for _ in range(arguments.repeat)])
    show_head(f"deciding, {load()}")
    show(figures)
    with product("http://127.0.0.1:1") as running:
        asked = asyncio.run(previews(Person(running.port), arguments.previews))
    show(asked)
    answered = lines(arguments.lines)
    each = Figure(
        "route --jsonl, a prompt, asked and answered in turn", 1_000 * answered.seconds / answered.number, "ms", most=5.0
    )
    grown = Figure(
        "route --jsonl, memory grown from a tenth to the end", 100 * (answered.late / answered.early - 1), "%", most=5.0
    )
    show([each, grown])
    print(f"{answered.number / answered.seconds:,.0f} prompts a second")
    write(Path(arguments.json) if arguments.json else None, [*figures, *asked, each, grown])


if __name__ == "__main__":
    main()
