"""How soon a picture is on screen after its provider's last byte: ``python -m benchmarks.fan_out [--repeat 3] [--soak 5000]``.

The whole product under ``manage.py up``, asked through its form and watched through its event streams, beside the least that
could be done on the same machine in the same minute (``floor``).
"""

import argparse
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass

import uvloop

from benchmarks import figures
from benchmarks.figures import Figure, milliseconds, percentile
from benchmarks.load import FRAMES, PATIENCE, Call, Run, calls, drive
from benchmarks.memory import MemoryLog
from benchmarks.product import Product, product, simulator
from benchmarks.quiet import no_collection
from benchmarks.sites import FloorSite, ProductSite, Site, floor_site, in_process_site
from providers import catalogue
from providers.types import LifecycleStatus, Quality
from workspace.embedded.valkey import free_port

PAYLOAD = 1_000_000  # bytes of a picture


@dataclass(frozen=True)
class Scenario:
    """``people`` start run after run for ``seconds``; every answer takes ``waits`` ("2-6" seconds, evenly spread)."""

    name: str
    people: int
    waits: str
    seconds: float
    most: float  # ms, p95
    imaging: bool = True
    of_floor: float | None = None  # ratio to the floor

    @property
    def longest(self) -> float:
        """Seconds of the slowest answer, about as long as a run lasts; somebody alone begins at once."""
        return float(self.waits.partition("-")[2] or 0) if self.people > 1 else 0


# --- what came of it -----------------------------------------------------------------------------------------------------------
@dataclass
class Outcome:
    """Milliseconds of every picture or run. ``last`` is per run: from its last answer's last byte to its last picture."""

    visible: list[float]
    last: list[float]
    posts: list[float]
    asked: list[float]


def outcome(site: Site, runs: Sequence[Run], played: Mapping[tuple[str, str], Call]) -> Outcome:
    by_mark = {run.mark: run for run in runs}
    pairs: dict[str, list[tuple[Call, float]]] = {run.mark: [] for run in runs}
    for (mark, model), position in site.positions(runs).items():
        pairs[mark].append((played[mark, model], by_mark[mark].seen[position]))
    if any(len(each) != FRAMES for each in pairs.values()):
        sys.exit("A picture was lost.")
    every = [pair for each in pairs.values() for pair in each]
    return Outcome(
        visible=milliseconds(seen - call.ended for call, seen in every),
        last=milliseconds(max(seen for _, seen in each) - max(call.ended for call, _ in each) for each in pairs.values()),
        posts=milliseconds(run.answered - run.posted for run in runs),
        asked=milliseconds(call.asked - by_mark[mark].posted for mark, each in pairs.items() for call, _ in each),
    )


@dataclass
class Bench:
    """Everything that runs, and the models asked."""

    product: Product
    site: ProductSite
    in_process: ProductSite
    floor: FloorSite
    port: int
    models: Sequence[str]

    def load(self, site: Site, scenario: Scenario, most_runs: int | None = None) -> tuple[Outcome, int]:
        """Play the scenario on a site; what came of it, and how many pictures."""
        browsers = site.browsers(scenario.people)
        with simulator(self.port, seconds=scenario.waits, payload_bytes=PAYLOAD) as playing, no_collection():
            runs = uvloop.run(drive(browsers, self.models, scenario.seconds, spread=scenario.longest, most_runs=most_runs))
            return outcome(site, runs, calls(playing)), FRAMES * len(runs)

    def in_one_process(self, scenario: Scenario) -> Outcome:
        """The product's outcome without a queue and a worker."""
        with self.imaging(scenario):
            came, _ = self.load(self.in_process, scenario)
        self.settle()
        return came

    def imaging(self, scenario: Scenario) -> AbstractContextManager[None]:
        """Imaging at work or standing still, as the scenario has it."""
        return nullcontext() if scenario.imaging else self.product.standing_still("media")

    def measure(self, scenario: Scenario, most_runs: int | None = None) -> tuple[Outcome, Outcome, Mapping[str, float]]:
        """The product's outcome, the floor's, and CPU milliseconds per picture by process."""
        idle = self.floor.cpu_seconds()
        floor, drawn = self.load(self.floor, scenario, most_runs)
        least = 1000 * (self.floor.cpu_seconds() - idle) / drawn
        names = ("web", "worker", "media")
        with self.imaging(scenario):
            before = {name: self.product.cpu_seconds(name) for name in names}
            ours, pictures = self.load(self.site, scenario, most_runs)
            used = {name: self.product.cpu_seconds(name) - before[name] for name in names if name != "media"}
        self.settle()
        used["media"] = self.product.cpu_seconds("media") - before["media"]
        return (
            ours,
            floor,
            {name: 1000 * seconds / pictures for name, seconds in used.items()}
            | {
                "pictures": pictures,
                "floor": least,
            },
        )

    def settle(self) -> None:
        """Wait until imaging has caught up, so that one scenario does not weigh on the next."""
        from workspace.comparisons.models import Generation

        deadline = time.monotonic() + 300
        while Generation.objects.filter(settled=False).exists():
            if time.monotonic() > deadline:
                sys.exit("Pictures were left unsettled.")
            time.sleep(0.25)


def steady(bench: Bench, scenario: Scenario) -> list[Figure]:
    """People who run one comparison after the other."""
    ours, floor, used = bench.measure(scenario)
    p95, floor_p95 = percentile(ours.visible, 0.95), percentile(floor.visible, 0.95)
    name = scenario.name
    lines = [
        Figure(f"{name}: picture visible, p50", percentile(ours.visible, 0.5), "ms", percentile(floor.visible, 0.5)),
        Figure(f"{name}: picture visible, p95", p95, "ms", floor_p95, scenario.most),
        Figure(f"{name}: picture visible, p99", percentile(ours.visible, 0.99), "ms", percentile(floor.visible, 0.99)),
    ]
    if scenario.of_floor:
        lines.append(Figure(f"{name}: p95 as a multiple of the floor", p95 / floor_p95, "×", most=scenario.of_floor))
        one = percentile(bench.in_one_process(scenario).visible, 0.95)
        lines.append(Figure(f"{name}: p95 of the product in one process", one, "ms"))
        lines.append(Figure(f"{name}: p95 as a multiple of that", p95 / one, "×", most=scenario.of_floor))
    lines += _dispatch(name, ours, floor)
    lines += [
        Figure(f"{name}: pictures", used["pictures"], ""),
        Figure(f"{name}: worker's CPU for a picture", used["worker"], "ms", used["floor"], most=5),
        Figure(f"{name}: web's CPU for a picture", used["web"], "ms"),
    ]
    if scenario.imaging:
        lines.append(Figure(f"{name}: imaging's CPU for a picture", used["media"], "ms", most=40))
    return lines


def _dispatch(name: str, ours: Outcome, floor: Outcome) -> list[Figure]:
    return [
        Figure(f"{name}: POST answered, p50", percentile(ours.posts, 0.5), "ms", percentile(floor.posts, 0.5)),
        Figure(f"{name}: POST answered, p95", percentile(ours.posts, 0.95), "ms", percentile(floor.posts, 0.95)),
        Figure(f"{name}: POST to provider asked, p50", percentile(ours.asked, 0.5), "ms", percentile(floor.asked, 0.5)),
        Figure(f"{name}: POST to provider asked, p95", percentile(ours.asked, 0.95), "ms", percentile(floor.asked, 0.95)),
    ]


def at_once(bench: Bench, runs: int) -> list[Figure]:
    """One person, eight answers at the same instant, nothing else."""
    scenario = Scenario("8 at once", people=1, waits="1-1", seconds=PATIENCE, most=50)
    ours, floor, _ = bench.measure(scenario, most_runs=runs)
    return [
        Figure("8 at once: last picture visible, p50", percentile(ours.last, 0.5), "ms", percentile(floor.last, 0.5)),
        Figure("8 at once: last picture visible, worst", max(ours.last), "ms", max(floor.last), scenario.most),
        *_dispatch("8 at once", ours, floor),
    ]


def soak(bench: Bench, pictures: int) -> list[Figure]:
    """Memory over many pictures, at a pace that imaging can keep: late against early, each smoothed over a fifth of the time."""
    scenario = Scenario("soak", people=3, waits="0.5-1.5", seconds=3600, most=0)
    with MemoryLog(bench.product, ("web", "worker", "media")) as log:
        bench.load(bench.site, scenario, most_runs=pictures // FRAMES)
    bench.settle()
    lines = []
    for name in log.samples:
        early, late = log.middle(name, 0.2, 0.4), log.middle(name, 0.8, 1.0)
        lines.append(Figure(f"soak: memory of {name} after {pictures:,} pictures", late / 2**20, "MB", early / 2**20))
        lines.append(Figure(f"soak: memory of {name}, late against early", 100 * abs(late / early - 1), "%", most=10))
    return lines


def scenarios(seconds: float) -> Sequence[Scenario]:
    """Without imaging first: what follows is compared with it."""
    return (
        Scenario("25 × 8, imaging held", 25, "2-6", seconds, most=30, imaging=False, of_floor=2),
        Scenario("25 × 8", 25, "2-6", seconds, most=30, of_floor=2),
        Scenario("100 × 8", 100, "4-20", seconds, most=50),
    )


def round_of(bench: Bench, options: argparse.Namespace) -> list[Figure]:
    chosen = [each for each in scenarios(options.seconds) if options.only in each.name]
    lines = [line for scenario in chosen for line in steady(bench, scenario)]
    p95 = {line.name: line.value for line in lines}
    held, busy = p95.get("25 × 8, imaging held: picture visible, p95"), p95.get("25 × 8: picture visible, p95")
    if held and busy:
        lines.append(Figure("25 × 8: p95 with imaging as a multiple of without", busy / held, "×", most=1.6))
    return lines + (at_once(bench, options.runs) if options.only in "8 at once" else [])


# --- entrance ------------------------------------------------------------------------------------------------------------------
def models() -> list[str]:
    """Eight models that live today: OpenAI's, whose drafts come in one answer without previews, then Ideogram's first."""
    from django.utils import timezone

    alive = [
        model
        for model in catalogue.all_models()
        if model.lifecycle.status(timezone.localdate()) is not LifecycleStatus.RETIRED and Quality.DRAFT in model.offers
    ]
    ours = [model.id for model in alive if model.provider == "openai"][: FRAMES - 1]
    return [*ours, *(["ideogram/v_2a_turbo"] if len(ours) < FRAMES else [])]


@contextmanager
def bench() -> Iterator[Bench]:
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    with product(url) as ours, floor_site(ours.folder, url, asked := models()) as floor, in_process_site() as in_process:
        made = Bench(ours, ProductSite(ours.port), in_process, floor, port, asked)
        warm_up = Scenario("warm-up", 5, "0.3-0.6", 3, most=0)
        for site in (made.floor, made.in_process, made.site):
            made.load(site, warm_up)
        made.settle()
        yield made


def options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--repeat", type=int, default=1, help="rounds; the table shows each figure's median")
    parser.add_argument("--seconds", type=float, default=15, help="how long people keep starting runs (default 15)")
    parser.add_argument("--runs", type=int, default=15, help="runs of the eight at once (default 15)")
    parser.add_argument("--soak", type=int, default=0, metavar="PICTURES", help="only watch memory over that many (5000: 5 min)")
    parser.add_argument("--only", default="", help="only scenarios whose name holds this text")
    figures.add_options(parser)
    return parser.parse_args()


def main() -> int:
    asked = options()
    print(figures.load(), flush=True)
    with bench() as running_bench:
        figures.show_head(f"{asked.repeat} rounds, medians")
        rounds = range(asked.repeat)
        lines = (
            soak(running_bench, asked.soak) if asked.soak else figures.middle([round_of(running_bench, asked) for _ in rounds])
        )
    figures.show(lines)
    print(figures.load())
    figures.write(asked.json, lines)
    return 0


if __name__ == "__main__":
    sys.exit(main())
