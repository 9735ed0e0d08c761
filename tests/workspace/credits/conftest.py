import asyncio
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import psycopg
import pytest
from django.db import connection

from workspace.accounts.models import User
from workspace.credits.models import Account


@pytest.fixture(autouse=True)
def starting_credits(settings):
    settings.STARTING_CREDITS = 250


@pytest.fixture
def owner(db) -> User:
    return User.objects.create_user("owner@example.com")


@pytest.fixture
def stranger(db) -> User:
    return User.objects.create_user("stranger@example.com")


@pytest.fixture
def account(owner) -> Account:
    return owner.credits


@pytest.fixture
def at_once() -> Callable:
    """Run ``work(0) ... work(count - 1)`` in as many threads, all started at the same moment; return what they returned."""

    def run(count: int, work: Callable) -> list:
        barrier = threading.Barrier(count)

        def wait_and_work(number: int):
            barrier.wait()
            try:
                return work(number)
            finally:
                connection.close()

        with ThreadPoolExecutor(count) as threads:
            return list(threads.map(wait_and_work, range(count)))

    return run


@pytest.fixture
def on_the_workers_connection(transactional_db) -> Callable:
    """Run ``work(connection)`` with a psycopg connection of the worker's kind, outside of Django."""

    def run(work: Callable):
        parameters = connection.get_connection_params()
        names = {name: parameters[name] for name in ("dbname", "user", "password", "host", "port") if parameters.get(name)}

        async def connect_and_work():
            async with await psycopg.AsyncConnection.connect(**names, autocommit=True) as worker:
                return await work(worker)

        return asyncio.run(connect_and_work())

    return run
