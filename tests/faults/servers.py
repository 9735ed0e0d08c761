"""Servers of their own for faults that would hurt everybody else: started, killed, and started again in the same place."""

import os
import signal
from pathlib import Path

import psutil
import redis
from django.db import connection

from tests.processes import PATIENCE, Process, Simulator, Worker, wait_until
from workspace.embedded.postgres import Postgres
from workspace.embedded.valkey import Valkey


class ValkeyServer:
    """A Valkey that keeps what it holds, as the product's own does."""

    def __init__(self, folder: Path) -> None:
        self._valkey = Valkey(folder)
        self._valkey.prepare()
        self.url = self._valkey.url
        self.start()

    def start(self) -> None:
        self._process = Process("valkey", self._valkey.command)
        wait_until(self._valkey.is_ready)

    def kill(self) -> None:
        self._process.kill()
        self._process.stop()  # closes its log

    def stop(self) -> None:
        self._process.stop()

    def client(self) -> redis.Redis:
        return redis.Redis.from_url(self.url)


class PostgresServer:
    """A Postgres that keeps what it has committed, whatever happens to it."""

    def __init__(self, folder: Path) -> None:
        self._postgres = Postgres(folder)
        self._postgres.prepare()
        self.url = self._postgres.url
        self.start()

    def start(self) -> None:
        self._process = Process("postgres", self._postgres.command)
        wait_until(self._postgres.is_ready)

    def stop_immediately(self) -> None:
        """``pg_ctl stop -m immediate``: no farewell to anybody, and recovery from the log at the next start."""
        self._process.process.send_signal(signal.SIGQUIT)
        self._process.process.wait(PATIENCE)
        self._process.stop()  # closes its log

    def stop(self) -> None:
        self._process.process.send_signal(signal.SIGINT)
        self._process.process.wait(PATIENCE)
        self._process.stop()


class Crew:
    """The workers of a test: those of the test before, if they still live."""

    def __init__(self, simulator: Simulator, **environment: str) -> None:
        self._simulator, self._environment = simulator, environment
        self._workers: dict[str, list[Worker]] = {"generations": [], "media": []}

    def generations(self, count: int = 1) -> list[Worker]:
        return self._living("generations", count)

    def media(self, count: int = 1) -> list[Worker]:
        return self._living("media", count)

    def everybody(self) -> None:
        self.generations()
        self.media()

    def none_of(self, queue: str) -> None:
        self._resize(queue, 0)

    def stop(self) -> None:
        for queue in self._workers:
            self._resize(queue, 0)

    def _living(self, queue: str, count: int) -> list[Worker]:
        self._workers[queue] = [worker for worker in self._workers[queue] if worker.process.is_running()]
        self._resize(queue, count)
        return self._workers[queue]

    def _resize(self, queue: str, count: int) -> None:
        workers = self._workers[queue]
        while len(workers) > count:
            workers.pop().stop()
        while len(workers) < count:
            workers.append(Worker(queue, self._simulator.url, **self._environment))


def pause(worker: Worker) -> None:
    for process in _tree(worker):
        os.kill(process.pid, signal.SIGSTOP)


def resume(worker: Worker) -> None:
    for process in _tree(worker):
        os.kill(process.pid, signal.SIGCONT)


def _tree(worker: Worker) -> list[psutil.Process]:
    return [worker.process, *worker.process.children(recursive=True)]


def waits_for_a_lock(statement: str) -> bool:
    """Whether somebody's statement with this text in it waits for a lock (most likely ours)."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_stat_clear_snapshot()")  # else a transaction sees the same activity again and again
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity"
            " WHERE datname = current_database() AND wait_event_type = 'Lock' AND position(%s in query) > 0",
            [statement],
        )
        return cursor.fetchone()[0] > 0
