"""Ideogram goes down: the next prompt with words in it goes to the next speller, and back again once it has recovered."""

import time

import pytest

from tests.processes import wait_until
from tests.workspace.comparisons.conftest import form
from workspace.comparisons import breakers, compose, drafts

pytestmark = pytest.mark.django_db(transaction=True)
SIGN = 'A sign saying "Open"'
HTMX = {"headers": {"HX-Request": "true"}}


@pytest.fixture
def page(client, owner):
    """The light table of somebody with a prompt whose words must be spelled; Auto chooses."""
    client.force_login(owner)

    class Page:
        def data(self):
            return {key: form(SIGN, intent="auto", models=()).getlist(key) for key in form(SIGN, intent="auto", models=())}

        def slip(self):
            breakers._held.seen = breakers.Seen()
            return client.post("/route/preview/", self.data(), **HTMX).content.decode()

        def chosen(self):
            breakers._held.seen = breakers.Seen()
            return [route.model for route in compose.plan(drafts.read(form(SIGN, intent="auto", models=()))).routes]

    return Page()


def test_a_dead_ideogram_is_passed_over_from_the_next_comparison_on_and_asked_again_when_it_is_back(
    page, run, settled, crew, simulator, asked, monkeypatch
):
    crew.everybody()
    first, second = page.chosen()
    assert first.provider == "ideogram"
    simulator.fault(model=first.wire_name, kind="reset", times=1_000)
    hit = run(SIGN, models=(), intent="auto", cap="100")
    settled(hit)
    assert {frame.state for frame in hit.generations.all()} == {"done"}  # one slow call, then another speller

    during = page.chosen()
    assert first not in during
    assert all(model.strengths >= {"typography"} for model in during)
    assert f"<b>{first.label}</b> is down, so <b>{during[0].label}</b>" in page.slip()
    next_one = run(SIGN, models=(), intent="auto", cap="100")
    settled(next_one)
    assert {frame.answered_by for frame in next_one.generations.all()} == {model.id for model in during}
    assert first.wire_name not in asked(next_one)

    simulator.heal()
    _probe_now()
    back = wait_until(lambda: page.chosen() if first in page.chosen() else None)
    assert back == [first, second]
    assert "is down" not in page.slip()
    recovered = run(SIGN, models=(), intent="auto", cap="100")
    settled(recovered)
    assert first.id in {frame.answered_by for frame in recovered.generations.all()}


def _probe_now():
    """An admin's probe that is answered ends the pause; else it ends by itself after a while."""
    breakers.questioned("ideogram", None)
    time.sleep(breakers.FRESH_SECONDS)
