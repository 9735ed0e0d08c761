"""A model that rests: Auto leaves it out, and every page says so. What becomes of its frames: test_run.py."""

import pytest

from tests.workspace.comparisons.conftest import V1, V2A, form
from workspace.comparisons import compose, drafts

pytestmark = pytest.mark.django_db


def test_auto_leaves_it_out_and_the_slip_says_that_it_is_down(ill):
    draft = drafts.read(form('A sign saying "Open"', models=(), intent="auto"))
    before = compose.plan(draft)
    ill(before.routes[0].model.id)
    after = compose.plan(draft)
    assert before.routes[0].model not in [route.model for route in after.routes]
    rail = compose.rail(draft, after, 250)
    assert "is down" in rail.slip.text


def test_its_chip_says_why_and_can_still_be_ticked(ill):
    ill(V2A)
    draft = drafts.read(form(models=(V2A, V1)))
    chips = {chip.id: chip for chip in compose.rail(draft, compose.plan(draft), 250).chips}
    assert (chips[V2A].health, chips[V2A].note, chips[V2A].disabled, chips[V2A].checked) == ("down", "no answer", False, True)
    assert chips[V1].health == "ok"


def test_admins_read_what_is_left_alone_and_until_when(ill, client, staff):
    ill(V2A)
    client.force_login(staff)
    page = client.get("/operations/").content.decode()
    assert "Ideogram 2a Turbo has not answered since " in page
    assert "It is tried again at " in page
