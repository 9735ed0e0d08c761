"""Postgres gone in the middle of everything: what was paid for is kept until it is back."""

import time
from collections.abc import Iterator
from urllib.parse import unquote, urlsplit

import pytest
from django.core.management import call_command
from django.db import connection, connections
from django.test import Client

from tests.faults.conftest import EIGHT, PACE, SILENCE_SECONDS, check_the_ledger
from tests.faults.servers import Crew, PostgresServer
from tests.processes import wait_until
from workspace.accounts.models import User
from workspace.comparisons.models import Comparison, Generation

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def postgres(transactional_db, tmp_path) -> Iterator[PostgresServer]:
    """A cluster of this test's own that keeps its commits, with this process on it instead of the test run's."""
    server = PostgresServer(tmp_path / "postgres")
    settings = connections.settings["default"]
    before = {name: settings[name] for name in ("NAME", "HOST", "USER", "OPTIONS")}
    _move(settings, server.url)
    call_command("migrate", verbosity=0)
    yield server
    _leave()
    settings.update(before)
    server.stop()


def _move(settings: dict, url: str) -> None:
    _leave()
    parts = urlsplit(url)
    host = unquote(parts.query.removeprefix("host="))
    settings.update(NAME=parts.path.lstrip("/"), HOST=host, USER=parts.username, OPTIONS={"pool": settings["OPTIONS"]["pool"]})


def _leave() -> None:
    connection.close()
    connection.close_pool()


@pytest.fixture
def owner(postgres) -> User:
    return User.objects.create_user("owner@example.com")


@pytest.fixture
def crew(postgres, simulator, valkey, crew) -> Iterator[Crew]:
    """Workers on that database, the only ones."""
    crew.stop()
    own = Crew(simulator, REDIS_URL=valkey.url, DATABASE_URL=postgres.url, **PACE)
    yield own
    own.stop()


def all_are(state: str, comparison: Comparison) -> bool:
    return set(comparison.generations.values_list("state", flat=True)) == {state}


def test_answers_that_come_while_postgres_is_away_are_kept(owner, crew, postgres, simulator, run, sweeps, asked):
    """Away for longer than a worker may be silent: nobody could hear it, so nobody may take it for dead."""
    crew.everybody()
    earlier = len(simulator.requests())
    comparison = run("A badge [[fault:slow=300]]", models=EIGHT, cap="")  # 6 s at the simulator's pace
    wait_until(lambda: len(asked(comparison)) == len(EIGHT))
    assert all_are("running", comparison)
    postgres.stop_immediately()
    time.sleep(SILENCE_SECONDS + 1)
    wait_until(lambda: all(call["status"] for call in simulator.requests()[earlier:]))
    postgres.start()
    connection.close()  # as every request does; the pool still holds connections to the server that is gone
    page = Client()
    page.force_login(owner)
    assert page.get("/runs/1/").status_code == 200
    sweeps(lambda: not Generation.objects.filter(settled=False).exists())
    assert all_are("done", comparison)
    assert len(asked(comparison)) == len(EIGHT)
    assert set(comparison.generations.values_list("attempts__state", flat=True)) == {"succeeded"}
    check_the_ledger(owner, comparison)
