"""Ideogram goes down: the next prompt with words in it goes to the next speller, and back again once Ideogram has recovered."""

from collections.abc import Callable

import pytest

from providers import catalogue
from providers.types import Strength
from tests.processes import wait_until
from tests.workspace.comparisons.conftest import form
from workspace.comparisons import breakers, compose, drafts

pytestmark = pytest.mark.django_db(transaction=True)
AUTO = {"models": (), "intent": "auto", "cap": "100"}


class Page:
    """The light table of somebody whose prompt has words to be spelled; Auto chooses."""

    def __init__(self, client):
        self._client = client
        self._form = form('A sign saying "Open"', **AUTO)

    def chosen(self):
        """Who Auto would ask now."""
        breakers._held.seen = breakers.Seen()
        return [route.model for route in compose.plan(drafts.read(self._form)).routes]

    def slip(self):
        breakers._held.seen = breakers.Seen()
        data = {name: self._form.getlist(name) for name in self._form}
        return self._client.post("/route/preview/", data, headers={"HX-Request": "true"}).content.decode()


@pytest.fixture
def page(client, owner) -> Page:
    client.force_login(owner)
    return Page(client)


@pytest.fixture
def ideogram_dies(simulator) -> Callable[[], None]:
    return lambda: simulator.fault(provider="ideogram", kind="unavailable", times=1_000)


def test_the_next_prompt_goes_to_the_next_speller_and_back_after_recovery(
    page, run, settled, crew, simulator, asked, ideogram_dies
):
    crew.everybody()
    first, second = page.chosen()
    assert first.provider == "ideogram"

    ideogram_dies()
    hit = run('A sign saying "Open 1"', **AUTO)
    wait_until(lambda: {first.id, first.provider} & set(breakers.resting()), message="nobody noticed")
    during, said = page.chosen(), page.slip()
    following = run('A sign saying "Open 2"', **AUTO)
    assert {model.provider for model in during}.isdisjoint({"ideogram"})
    assert all(Strength.TYPOGRAPHY in model.strengths for model in during)
    assert f"<b>{first.label}</b> is down" in said
    settled(hit)
    settled(following)
    for frame in (*hit.generations.all(), *following.generations.all()):
        assert frame.state == "done"
        assert Strength.TYPOGRAPHY in catalogue.model(frame.answered_by).strengths
    assert first.wire_name not in asked(following)

    simulator.heal()
    wait_until(lambda: first in page.chosen(), message="its pause does not end")
    assert page.chosen() == [first, second]
    assert "is down" not in page.slip()
    recovered = run('A sign saying "Open 3"', **AUTO)
    settled(recovered)
    assert first.id in {frame.answered_by for frame in recovered.generations.all()}
