"""``python -m providers.simulator --port 8900``: the providers' APIs on this machine, without a key and without a bill."""

import argparse
import asyncio
import logging
import signal
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from providers.simulator.config import Config
from providers.simulator.server import serving


def arguments(given: Sequence[str] | None = None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m providers.simulator", description=__doc__)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, required=True, help="0 takes a free one")
    parser.add_argument("--time-scale", type=float, default=1.0, help="multiplies every wait; 0.05 is twenty times faster")
    parser.add_argument("--seed", type=int, default=0, help="the same seed gives the same waits and spellings")
    parser.add_argument("--today", type=date.fromisoformat, help="YYYY-MM-DD, decides which models still live")
    parser.add_argument("--payload-bytes", type=int, help="answer with ready-made pictures of exactly this size")
    parser.add_argument("--latency", type=_seconds_range, metavar="LOW-HIGH", help="seconds, evenly spread, for every model")
    parser.add_argument("--timings", type=Path, help="a file for the moments at which bodies ended, as JSON lines")
    parser.add_argument("--in-flight", type=int, default=10, help="Ideogram's images at once for each key; 0 lifts the limit")
    parser.add_argument("--url-seconds", type=float, default=86_400, help="how long links to pictures live")
    parser.add_argument("--workers", type=int, default=2, help="drawing processes; 0 draws in threads")
    parser.add_argument("--quiet", action="store_true", help="no line for each request")
    return parser.parse_args(given)


def _seconds_range(text: str) -> tuple[float, float]:
    low, _, high = text.partition("-")
    return float(low), float(high or low)


def config(options: argparse.Namespace) -> Config:
    names = ("time_scale", "seed", "today", "payload_bytes", "latency", "timings", "in_flight", "url_seconds", "workers")
    return Config(**{name: getattr(options, name) for name in names})


async def serve(options: argparse.Namespace) -> None:
    """Until SIGINT or SIGTERM, which stop at once."""
    stop, loop = asyncio.Event(), asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop.set)
    async with serving(config(options), options.host, options.port) as address:
        print(f"simulator listening on {address}", flush=True)
        await stop.wait()


def main(given: Sequence[str] | None = None) -> int:
    options = arguments(given)
    logging.basicConfig(level=logging.WARNING if options.quiet else logging.INFO, format="%(message)s", stream=sys.stderr)
    try:
        asyncio.run(serve(options))
    except OSError as error:
        print(f"The simulator cannot listen on port {options.port}: {error.strerror}.", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
