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
    data["shown"] = rail.shown
    data.setlist("leading", [chip.id for chip in rail.chips if chip.leads])
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


class TestWhoLeadsTheList:
    """What Auto picked, and what was chosen when the page came; everything else stays where the catalogue has it."""

    SIGN, NIGHT = 'Shop sign reading "OPEN LATE"', "Portrait of a baker, 85 mm"

    def test_it_begins_with_what_auto_picked(self):
        rail = rail_of(QueryDict(f"prompt={self.SIGN}"))
        assert leading(rail) == [chip.id for chip in rail.chips if chip.by_auto] == first(rail, 2)
        rest = [chip.id for chip in rail.chips[2:]]
        assert rest == [model.id for model in keys.models() if model.id in rest]

    def test_another_prompt_brings_others_and_lets_the_first_go(self):
        form = form_of(rail_of(QueryDict(f"prompt={self.SIGN}")), "24")
        form["prompt"] = self.NIGHT
        rail = rail_of(form)
        assert leading(rail) == list(rail.auto) == first(rail, len(rail.auto))
        assert set(rail.auto) != set(form.getlist("auto"))

    def test_what_is_ticked_or_unticked_stays_where_it_was(self):
        shown = rail_of(QueryDict(f"prompt={self.SIGN}"))
        form = form_of(shown, "24")
        form.setlist("models", [shown.auto[1], shown.chips[-1].id])
        again = rail_of(form_of(rail_of(form), "24"))
        assert [chip.id for chip in again.chips] == [chip.id for chip in shown.chips]
        assert [chip.checked for chip in again.chips[:2]] == [False, True]
        assert again.chips[-1].checked

    def test_auto_turned_off_leaves_its_models_in_front(self):
        form = form_of(shown := rail_of(QueryDict(f"prompt={self.SIGN}")), "24")
        form["intent"] = "illustration"
        assert first(rail_of(form), 2) == first(shown, 2)

    def test_what_was_chosen_when_the_page_came_is_in_front(self):
        chosen = ["recraft/v4", "bfl/flux-2-pro"]
        shown = rail_of(QueryDict(f"prompt={self.NIGHT}&intent=draft&models={chosen[1]}&models={chosen[0]}"))
        assert first(shown, 2) == leading(shown) == chosen


def leading(rail):
    return [chip.id for chip in rail.chips if chip.leads]


def first(rail, count):
    return [chip.id for chip in rail.chips[:count]]
