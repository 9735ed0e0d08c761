"""The parts of one running simulator, and its sources of chance and time."""

import asyncio
from collections import Counter
from datetime import UTC, date, datetime
from random import Random

from aiohttp import web

from providers.simulator import behaviour
from providers.simulator.config import Config
from providers.simulator.faults import FaultBook
from providers.simulator.gallery import Gallery
from providers.simulator.journal import Entry, Journal
from providers.simulator.studio import Studio
from providers.simulator.timings import Timings


class Simulator:
    """Everything a vendor's desk needs; made once per application."""

    def __init__(self, config: Config) -> None:
        self.config = config
        self.journal = Journal()
        self.faults = FaultBook()
        self.gallery = Gallery(config.url_seconds)
        self.studio = Studio(config.workers, config.payload_bytes)
        self.timings = Timings(config.timings)
        self._asked: Counter[tuple[str, str]] = Counter()

    def today(self) -> date:
        return self.config.today or datetime.now(UTC).date()

    def chance(self, model: str, prompt: str) -> Random:
        """The same in every run for the n-th call of a model with a prompt, whatever else is going on."""
        self._asked[model, prompt] += 1
        return Random(f"{self.config.seed}|{model}|{self._asked[model, prompt]}|{prompt}")  # noqa: S311 (not for secrets)

    def seconds_for(self, mean: float, chance: Random) -> float:
        """How long one call takes, before the time scale."""
        return chance.uniform(*self.config.latency) if self.config.latency else behaviour.latency(mean, chance)

    async def sleep_until(self, moment: float) -> None:
        """``moment`` on the running loop's clock."""
        await asyncio.sleep(moment - asyncio.get_running_loop().time())

    def open(self) -> None:
        self.studio.open()

    def close(self) -> None:
        self.studio.close()
        self.timings.close()


SIMULATOR = web.AppKey("simulator", Simulator)
ENTRY = web.RequestKey("entry", Entry)
