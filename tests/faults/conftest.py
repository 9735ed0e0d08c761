"""The product as it runs, on a Valkey of its own: what is broken here must not break anybody else's test."""

import os
import time
from collections.abc import Callable, Iterator
from contextlib import suppress

import pytest
from django.core.management import call_command
from kombu.exceptions import OperationalError

from tests.faults.servers import Crew, ValkeyServer
from tests.processes import PATIENCE, Simulator
from tests.workspace.comparisons.conftest import V2A, run, settled  # noqa: F401 - fixtures
from tests.workspace.conftest import owner, static_files  # noqa: F401 - fixtures
from tests.workspace.rests import wake_everybody
from workspace.accounts.models import User
from workspace.celery import app
from workspace.comparisons import breakers, live, sweeping, tasks
from workspace.comparisons.models import Comparison, Generation
from workspace.credits.models import Account, Entry

SILENCE_SECONDS = 4.0  # instead of 15, to be quick
CALL_SECONDS = 30  # a provider call's longest time
PACE = {"WORKER_SILENCE_SECONDS": str(SILENCE_SECONDS), "GENERATION_DEADLINE": str(CALL_SECONDS)}
EIGHT = (
    *(f"ideogram/{name}" for name in ("4.5", "v3", "v_2a", "v_2_turbo", "v_2a_turbo", "v_1_turbo")),
    *(f"openai/gpt-image-{name}" for name in ("2.6-flare", "1-mini")),
)


@pytest.fixture(scope="package")
def simulator() -> Iterator[Simulator]:
    """Ready-made pictures instead of drawings: nothing here is about their content."""
    running = Simulator("--payload-bytes", "40000", "--in-flight", "0", "--workers", "0")
    yield running
    running.stop()


@pytest.fixture(scope="package")
def valkey(tmp_path_factory) -> Iterator[ValkeyServer]:
    server = ValkeyServer(tmp_path_factory.mktemp("valkey"))
    yield server
    server.stop()


@pytest.fixture(scope="package")
def crew(django_db_setup, simulator, valkey) -> Iterator[Crew]:
    crew = Crew(simulator, REDIS_URL=valkey.url, **PACE)
    yield crew
    crew.stop()


@pytest.fixture(autouse=True)
def on_its_own_valkey(settings, valkey, simulator, monkeypatch) -> Iterator[None]:
    """This process too sends its messages and events there, and sweeps at the workers' pace."""
    settings.REDIS_URL = valkey.url
    settings.SIMULATOR_URL = simulator.url
    settings.WORKER_SILENCE_SECONDS = SILENCE_SECONDS
    monkeypatch.setattr(sweeping, "IMAGE_PATIENCE_SECONDS", 2)
    monkeypatch.setitem(os.environ, "CELERY_BROKER_URL", valkey.url)
    _connect_anew()
    yield
    wake_everybody()
    simulator.heal()
    monkeypatch.undo()
    _connect_anew()


def _connect_anew() -> None:
    live._client.cache_clear()
    breakers._client.cache_clear()
    app._after_fork()


@pytest.fixture
def sweeps() -> Callable[..., float]:
    """Sweep, as beat does, until ``condition`` holds; returns the seconds it took."""

    def until(condition: Callable[[], object], seconds: float = PATIENCE) -> float:
        start = time.monotonic()
        while not condition():
            assert time.monotonic() < start + seconds, f"swept {seconds} s in vain"
            with suppress(OperationalError):
                tasks.sweep()
            time.sleep(0.2)
        return time.monotonic() - start

    return until


@pytest.fixture
def asked(simulator) -> Callable[[Comparison], list[str]]:
    """The models the provider was asked for a run's prompts, in order: its own view of our calls."""

    before = len(simulator.requests())

    def of(comparison: Comparison) -> list[str]:
        prompts = set(comparison.generations.values_list("prompt", flat=True))
        orders = [each for each in simulator.requests()[before:] if each["method"] == "POST"]  # not the polls of one
        return [str(each["model"]) for each in orders if each["prompt"] in prompts]

    return of


def balance(user: User) -> int:
    return Account.objects.get(user=user).balance


def check_the_ledger(user: User, *comparisons: Comparison) -> None:
    """Every frame is settled once, in the way of its state, and the balance is what they leave of the starting grant."""
    call_command("audit_credits")
    frames = Generation.objects.filter(comparison__in=comparisons)
    assert all(frame.settled for frame in frames)
    assert all(frame.cost == 0 for frame in frames if frame.state != Generation.State.DONE)
    for frame in frames:
        share = Entry.objects.filter(generation=frame.pk, round=frame.round).exclude(kind="hold")
        assert [entry.kind for entry in share] == ["capture" if frame.state == Generation.State.DONE else "release"]
    assert balance(user) == 250 - sum(frame.cost for frame in frames)
