"""A rail that is posted back as it stands decides the same again: what was shown is what is run."""

import pytest
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from workspace.comparisons import compose, drafts, keys

PROMPTS = ("Amber bottle on a plinth", 'Flat fox logo with the word "Foxglove", two colours', "Portrait of a baker, 85 mm")


@pytest.fixture(autouse=True)
def everything_entered_nowhere(monkeypatch):
    """Nothing is asked of a database: no key and no price is entered, and nobody is in trouble."""
    monkeypatch.setattr(keys.prices, "on", lambda day: {})
    monkeypatch.setattr(keys.standing, "entered", keys.standing.Entered)
    monkeypatch.setattr(keys.standing, "troubled", dict)


def form_of(rail: compose.Rail, cap: str) -> QueryDict:
    """What a browser posts for the rail as it is shown."""
    data = QueryDict(mutable=True)
    checked = {"intent": rail.intents, "shape": rail.shapes, "quality": rail.qualities}
    data.update({name: next(option.value for option in group if option.checked) for name, group in checked.items()})
    data.update({"prompt": rail.prompt, "cap": cap, "price": str(rail.price), "key": str(rail.key)})
    data.setlist("models", [chip.id for chip in rail.chips if chip.checked])
    data.setlist("auto", rail.auto)
    data.setlist("dropped", rail.dropped)
    return data


def rail_of(data: QueryDict) -> compose.Rail:
    draft = drafts.read(data)
    return compose.rail(draft, compose.plan(draft), balance=10_000)


@given(data=st.data(), prompt=st.sampled_from(PROMPTS), cap=st.sampled_from(["", "2", "7", "24", "60"]))
def test_what_is_shown_is_what_is_run(data, prompt, cap):
    form = form_of(rail_of(QueryDict(f"prompt={prompt}")), cap)
    every = [chip.id for chip in rail_of(form).chips]
    ticked = {*data.draw(st.lists(st.sampled_from(every), max_size=7)), *form.getlist("models")}
    form.setlist("models", [model for model in every if model in ticked])  # in the order of the page
    shown = rail_of(form)
    again = rail_of(form_of(shown, cap))
    assert (again.price, again.runbar.runs) == (shown.price, shown.runbar.runs)
    assert [chip for chip in again.chips if chip.checked] == [chip for chip in shown.chips if chip.checked]
    assert again.auto == shown.auto
