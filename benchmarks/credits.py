"""How fast credits move, and that none leak: ``python -m benchmarks.credits [--repeat 3]``.

Starts a Postgres of its own with fsync on, in a folder that goes with it, and sends the product's own statements through plain
psycopg connections from fifty threads of one Python process.
"""

import argparse
import os
import signal
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import psycopg

from workspace.credits import statements
from workspace.credits.statements import Statement
from workspace.embedded.postgres import Postgres
from workspace.embedded.processes import die_with_parent

THREADS = 50
HOLDS = 6_000
SHARES = 4_000
PAIRS = 4_000
PRICE = 4


@dataclass
class Outcome:
    """What one round of one workload gave: calls a second, seconds of each call, and how often credits really moved."""

    seconds: float
    latencies: list[float] = field(repr=False)
    moved: int
    owed: int

    @property
    def rate(self) -> float:
        return len(self.latencies) / self.seconds

    def percentile(self, share: float) -> float:
        return sorted(self.latencies)[int(share * (len(self.latencies) - 1))] * 1000


class Bench:
    """Accounts to play with, and threads that fire statements at them."""

    def __init__(self, url: str) -> None:
        self.url = url
        self.ids = iter(range(1, 10**9))

    def accounts(self, number: int, balance: int) -> list[int]:
        """New accounts whose balance is granted in the ledger."""
        with psycopg.connect(self.url) as connection:
            ids = [self._account(connection) for _ in range(number)]
            for account in ids:
                connection.execute(*statements.grant(balance, account=account, key=f"start:{account}", reason="Benchmark"))
        return ids

    def _account(self, connection: psycopg.Connection) -> int:
        user = connection.execute(
            "INSERT INTO accounts_user"
            " (password, is_superuser, is_staff, is_active, date_joined, email, name, theme, shortcuts)"
            " VALUES ('', false, false, true, now(), %s, '', '', true) RETURNING id",
            [f"{next(self.ids)}@example.com"],
        ).fetchone()[0]
        return connection.execute(
            "INSERT INTO credits_account (user_id, balance) VALUES (%s, 0) RETURNING id", [user]
        ).fetchone()[0]

    def hold(self, account: int) -> Statement:
        run = next(self.ids)
        return statements.hold(PRICE, account=account, key=f"run:{run}", comparison=run, reason="Benchmark")

    def shares(self, number: int) -> list[dict]:
        """Shares of one run that is held in full, on one account."""
        [account] = self.accounts(1, number * PRICE)
        run = next(self.ids)
        hold = statements.hold(number * PRICE, account=account, key=f"run:{run}", comparison=run, reason="Benchmark")
        with psycopg.connect(self.url) as connection:
            connection.execute(*hold)
        share = {"account": account, "held": PRICE, "comparison": run, "reason": "Benchmark", "round": 1}
        return [{**share, "generation": next(self.ids)} for _ in range(number)]

    def fire(self, work: list[Statement], owed: int, *, at_once: int = THREADS) -> Outcome:
        """Send every statement in a transaction of its own, from all threads at once; neighbours go to different threads."""
        barrier = threading.Barrier(at_once + 1, timeout=30)
        latencies: list[list[float]] = [[] for _ in range(at_once)]
        moved = [0] * at_once

        def one(number: int) -> None:
            with psycopg.connect(self.url, autocommit=True) as connection:
                barrier.wait()
                for statement in work[number::at_once]:
                    start = time.perf_counter()
                    row = connection.execute(*statement).fetchone()
                    latencies[number].append(time.perf_counter() - start)
                    moved[number] += row is not None and row[-1]

        with ThreadPoolExecutor(at_once) as threads:
            running = [threads.submit(one, number) for number in range(at_once)]
            barrier.wait()
            start = time.perf_counter()
            for thread in running:
                thread.result()
            seconds = time.perf_counter() - start
        return Outcome(seconds, [latency for each in latencies for latency in each], sum(moved), owed)


def floor(bench: Bench) -> Outcome:
    """What this machine can do at best with one row: the bare conditional UPDATE, a commit each."""
    [account] = bench.accounts(1, HOLDS * PRICE)
    sql = "UPDATE credits_account SET balance = balance - 4 WHERE id = %(account)s AND balance >= 4 RETURNING TRUE"
    outcome = bench.fire([Statement(sql, {"account": account})] * HOLDS, owed=HOLDS)
    with psycopg.connect(bench.url) as connection:  # there are no entries for this, so the audit must not see it
        connection.execute("UPDATE credits_account SET balance = %s WHERE id = %s", [HOLDS * PRICE, account])
    return outcome


def hold_one_account(bench: Bench) -> Outcome:
    [account] = bench.accounts(1, HOLDS * PRICE)
    return bench.fire([bench.hold(account) for _ in range(HOLDS)], owed=HOLDS)


def hold_twice_the_balance(bench: Bench) -> Outcome:
    [account] = bench.accounts(1, HOLDS * PRICE // 2)
    return bench.fire([bench.hold(account) for _ in range(HOLDS)], owed=HOLDS // 2)


def hold_fifty_accounts(bench: Bench) -> Outcome:
    accounts = bench.accounts(50, HOLDS * PRICE)
    return bench.fire([bench.hold(accounts[number % 50]) for number in range(HOLDS)], owed=HOLDS)


def a_hundred_trials(bench: Bench) -> Outcome:
    """Small ones, so that most of the time is spent where the balance runs out."""
    trials = []
    for _ in range(100):
        [account] = bench.accounts(1, THREADS * PRICE)
        trials.append(bench.fire([bench.hold(account) for _ in range(2 * THREADS)], owed=THREADS))
    wrong = sum(abs(trial.moved - trial.owed) for trial in trials)
    latencies = [latency for trial in trials for latency in trial.latencies]
    return Outcome(sum(trial.seconds for trial in trials), latencies, wrong, owed=0)


def pairs(bench: Bench) -> Outcome:
    """A hundred people at a time, each holding for a frame and settling it: two calls a pair."""
    accounts, work = bench.accounts(100, HOLDS * PRICE), []
    for _ in range(PAIRS // len(accounts)):
        runs = [next(bench.ids) for _ in accounts]
        facts = [
            {"account": account, "comparison": run, "reason": "Benchmark"} for account, run in zip(accounts, runs, strict=True)
        ]
        work += [statements.hold(PRICE, key=f"run:{each['comparison']}", **each) for each in facts]
        shares = [{**each, "held": PRICE, "round": 1, "generation": next(bench.ids)} for each in facts]
        work += [capture(share) for share in shares]
    return bench.fire(work, owed=len(work), at_once=len(accounts))


def capture(share: dict) -> Statement:
    return statements.capture(charged=PRICE, **share)


def twice(settle: Callable[[dict, int], Statement], bench: Bench) -> Outcome:
    """Every settlement is sent twice, the two copies at about the same time from two threads."""
    work = [settle(share, number) for number, share in enumerate(bench.shares(SHARES))]
    return bench.fire([statement for statement in work for _ in range(2)], owed=SHARES)


WORKLOADS: dict[str, Callable[[Bench], Outcome]] = {
    "floor: bare UPDATE of one row": floor,
    "hold, one account": hold_one_account,
    "hold, one account, twice its balance": hold_twice_the_balance,
    "hold, one account, twice its balance, 100 trials": a_hundred_trials,
    "hold, 50 accounts": hold_fifty_accounts,
    "hold and capture, 100 threads, 100 accounts: two a pair": pairs,
    "capture, one account, each sent twice": lambda bench: twice(lambda share, _: capture(share), bench),
    "release, one account, each sent twice": lambda bench: twice(lambda share, _: statements.release(**share), bench),
    "7 captures to 1 release, one account, each sent twice": lambda bench: twice(
        lambda share, number: capture(share) if number % 8 else statements.release(**share), bench
    ),
}


def report(name: str, rounds: list[Outcome]) -> bool:
    """Print one line of the table; False when a movement happened too often or not at all."""
    rate = statistics.median(outcome.rate for outcome in rounds)
    middle = sorted(rounds, key=lambda outcome: outcome.rate)[len(rounds) // 2]
    wrong = sum(abs(outcome.moved - outcome.owed) for outcome in rounds)
    print(f"{name:54} {rate:9,.0f} {middle.percentile(0.5):8.1f} {middle.percentile(0.95):8.1f} {wrong:8}", flush=True)
    return wrong == 0


@contextmanager
def database() -> Iterator[str]:
    """A durable Postgres with the product's tables, for as long as the block lasts."""
    with tempfile.TemporaryDirectory(prefix="proofsheet-benchmark-") as folder:
        postgres = Postgres(Path(folder) / "postgres")
        postgres.prepare()
        server = subprocess.Popen(
            postgres.command,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
            preexec_fn=die_with_parent(signal.SIGINT),
        )
        try:
            while not postgres.is_ready():
                if server.poll() is not None:
                    raise SystemExit("Postgres did not start.")
                time.sleep(0.05)
            migrate(postgres.url, folder)
            yield postgres.url
        finally:
            server.send_signal(signal.SIGINT)  # ends open sessions too
            server.wait()


def migrate(url: str, folder: str) -> None:
    os.environ |= {"DATABASE_URL": url, "PROOFSHEET_DATA_DIR": folder, "SECRET_KEY": "only-for-benchmarks", "ENV_FILE": ""}
    os.environ["DJANGO_SETTINGS_MODULE"] = "workspace.settings"
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)


def audit() -> list[str]:
    from django.db import connection

    from workspace.credits import audit

    try:
        return list(audit.disagreements())
    finally:
        connection.close()
        connection.close_pool()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--repeat", type=int, default=3, help="rounds of each workload; the table shows the median")
    repeat = parser.parse_args().repeat
    with database() as url:
        bench = Bench(url)
        print(f"{THREADS} threads, median of {repeat}".ljust(54), "  calls/s   p50 ms   p95 ms    wrong")
        right = [report(name, [run(bench) for _ in range(repeat)]) for name, run in WORKLOADS.items()]
        found = audit()
    print("\n".join(found) or "The audit agrees.")
    return 0 if all(right) and not found else 1


if __name__ == "__main__":
    sys.exit(main())
