"""With a key nothing but the key changes: the same catalogue, pages, adapter and bytes on the wire; only "simulated" is gone."""

from collections.abc import Iterator
from contextlib import suppress
from io import StringIO

import pytest
from django.core.management import call_command
from django.urls import reverse

from providers.simulator.drawing.marker import SOFTWARE
from tests.processes import Worker
from tests.providers.samples import picture
from tests.workspace.comparisons.conftest import FLARE
from tests.workspace.operations import standing_in
from tests.workspace.operations.conftest import KEY
from tests.workspace.operations.standing_in import PATH, OpenAI
from workspace.comparisons import compose, drafts, keys, selectors
from workspace.comparisons.models import Comparison
from workspace.operations import configuration

BADGE = drafts.Draft(prompt="A badge", models=(FLARE,))


@pytest.fixture
def vendor(settings) -> Iterator[OpenAI]:
    with standing_in.openai() as server:
        settings.SIMULATOR_URL = server.url
        yield server


@pytest.fixture
def environment(vendor) -> dict[str, str]:
    """All that an owner sets; the other address is this test's, since the real one costs money."""
    return {"OPENAI_API_KEY": KEY, "OPENAI_BASE_URL": vendor.url + PATH}


@pytest.fixture
def drawn(run, settled, vendor, transactional_db, django_db_setup):
    """A run drawn by workers with this environment."""

    def draw(**environment: str) -> Comparison:
        workers = [Worker(queue, vendor.url, **environment) for queue in ("generations", "media")]
        try:
            comparison = run(models=(FLARE,), quality="draft")
            settled(comparison)
        finally:
            for worker in workers:
                worker.stop()
        return comparison

    return draw


def set_in_this_process(monkeypatch, environment: dict[str, str]) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    configuration.forget()


def test_the_wire_is_the_same_and_the_label_is_gone(drawn, vendor, environment, signed_in, monkeypatch):
    simulated = drawn()
    set_in_this_process(monkeypatch, environment)
    real = drawn(**environment)

    (path, headers, body), (real_path, real_headers, real_body) = vendor.asked
    assert (headers.pop("Authorization"), real_headers.pop("Authorization")) == ("Bearer simulated-key", f"Bearer {KEY}")
    assert (real_path, real_headers, real_body) == (path, headers, body)

    frames = [selectors.sheet(comparison).frames[0] for comparison in (simulated, real)]
    assert [(frame.state, frame.simulated) for frame in frames] == [("done", True), ("done", False)]
    pages = [signed_in.get(reverse("run", args=[comparison.number])).content.decode() for comparison in (simulated, real)]
    assert ["Simulated" in page for page in pages] == [True, False]
    history = signed_in.get(reverse("history")).content.decode()
    assert history.count(">Simulated<") == 1

    files = [signed_in.get(address).getvalue() for address in (frames[1].picture.download, frames[1].picture.thumb)]
    assert files[0] == picture()
    assert not any(SOFTWARE.encode() in file for file in files)


@pytest.mark.django_db
def test_the_rail_differs_in_nothing_but_the_note(vendor, environment, monkeypatch):
    def rail() -> compose.Rail:
        return compose.rail(BADGE, compose.plan(BADGE), balance=250)

    before, models = rail(), keys.models()
    set_in_this_process(monkeypatch, environment)
    after = rail()
    assert (before.simulated, after.simulated) == (True, False)
    assert keys.models() == models
    assert (after.chips, after.slip, after.runbar) == (before.chips, before.slip, before.runbar)


@pytest.mark.django_db
def test_a_check_of_the_models_asks_the_provider_itself(vendor, environment, monkeypatch):
    def said() -> str:
        output = StringIO()
        with suppress(SystemExit):  # other providers are not played here
            call_command("models", "check", stdout=output)
        return next(line for line in output.getvalue().splitlines() if line.startswith("openai "))

    assert "simulated, 1 models told of" in said()
    set_in_this_process(monkeypatch, environment)
    assert "simulated" not in said()
    assert "1 models told of" in said()
