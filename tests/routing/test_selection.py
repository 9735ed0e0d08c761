"""Which models answer a prompt. Each row is a case a product person can check against the small catalogue in cast.py."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from providers.catalogue import UnknownModel
from providers.types import Lifecycle, Quality, Size, Strength
from routing.types import Cause, Intent
from tests.pace import within
from tests.routing.cast import CATALOGUE, LANDSCAPE, SERIF, SQUARE, TODAY, decide, left_out, model, shown

CYBER = 'logo for "CyberCafe"'
BADGE = 'A badge saying "Launch 2024"'
PHOTO = "rainy alley, 35 mm, depth of field"


@pytest.mark.parametrize(
    ("prompt", "given", "asked", "not_asked"),
    [
        # Auto: what the story asks for
        ("a cat on a wall", {}, "Sprint (Auto) 2, Swift (Auto) 1", ""),
        (CYBER, {"cap": 20}, "Inkwell Type (Auto) 3, Serif Pro (Auto) 4", ""),
        (CYBER, {"cap": 1}, "Swift (Auto) 1", "Inkwell Type: over your cap by 3; Serif Pro: over your cap by 4"),
        (BADGE, {}, "Inkwell Type (Auto) 3, Serif Pro (Auto) 4", ""),
        (PHOTO, {}, "Sunbeam (Auto) 4, Aperture (Auto) 5", ""),
        ("watercolour of a harbour", {}, "Pastel (Auto) 3, Serif Pro (Auto) 4", ""),
        ("the harbour, final version", {"quality": Quality.HD}, "Atelier (Auto) 21, Aperture (Auto) 5", ""),
        ("", {}, "Sprint (Auto) 2, Swift (Auto) 1", ""),
        # budget
        (CYBER, {"cap": 5}, "Inkwell Type (Auto) 3", "Serif Pro: over your cap by 2"),
        (CYBER, {"cap": 0}, "", "Inkwell Type: over your cap by 3; Serif Pro: over your cap by 4"),
        ("a cat on a wall", {"cap": 2}, "Sprint (Auto) 2", "Swift: over your cap by 1"),
        ("a cat on a wall", {"cap": 1}, "Swift (Auto) 1", "Sprint: over your cap by 2"),
        # too low a cap for anything as asked: the same in Draft
        (CYBER, {"cap": 2, "down": ("swift", "sprint")}, "Serif Pro (Auto) 2", "Inkwell Type: over your cap by 3"),
        (
            PHOTO,
            {"cap": 2, "down": ("swift", "sprint")},
            "Atelier (Auto) 2",
            "Sunbeam: over your cap by 4; Aperture: over your cap by 5",
        ),
        # the person's own choice stands first, and Auto fills up to two specialists
        ("a cat", {"ticked": "Aperture"}, "Aperture 5, Sprint (Auto) 2, Swift (Auto) 1", ""),
        (CYBER, {"ticked": "Inkwell Type"}, "Inkwell Type 3, Serif Pro (Auto) 4", ""),
        (CYBER, {"ticked": "Serif Pro, Inkwell Type"}, "Serif Pro 4, Inkwell Type 3", ""),
        (CYBER, {"ticked": "Swift, Swift"}, "Swift 1, Inkwell Type (Auto) 3, Serif Pro (Auto) 4", ""),
        # what was unticked stays out, and nothing creeps into its place
        (CYBER, {"unticked": "Inkwell Type"}, "Serif Pro (Auto) 4", ""),
        (CYBER, {"unticked": "Inkwell Type, Serif Pro"}, "", ""),
        # the cap keeps the person's order; a cheaper model may still fit after a dear one
        (
            "a cat",
            {"intent": Intent.DRAFT, "ticked": "Atelier, Aperture, Swift", "cap": 8},
            "Atelier 6, Swift 1",
            "Aperture: over your cap by 4",
        ),
        (CYBER, {"ticked": "Atelier", "cap": 9}, "Atelier 6, Inkwell Type (Auto) 3", "Serif Pro: over your cap by 4"),
        # a chosen intent switches Auto off
        (CYBER, {"intent": Intent.PHOTOREAL}, "", ""),
        (CYBER, {"intent": Intent.PHOTOREAL, "ticked": "Swift"}, "Swift 1", ""),
        # choosing Final HD draws in HD; reading "final" does not
        ("a glass of water with caustics", {"intent": Intent.FINAL, "ticked": "Atelier, Sunbeam"}, "Atelier 21, Sunbeam 9", ""),
        ("final version of a glass of water", {}, "Atelier (Auto) 6, Aperture (Auto) 5", ""),
        # providers that are down, by model or as a whole
        (BADGE, {"down": ("ink/type",)}, "Serif Pro (Auto) 4, Atelier (Auto) 6", "Inkwell Type: down right now"),
        (BADGE, {"down": ("ink", "serif")}, "Atelier (Auto) 6", "Inkwell Type: down right now; Serif Pro: down right now"),
        (
            BADGE,
            {"down": ("ink", "serif", "atelier")},
            "Sprint (Auto) 2, Swift (Auto) 1",
            "Inkwell Type: down right now; Serif Pro: down right now",
        ),
        (
            BADGE,
            {"ticked": "Inkwell Type", "down": ("ink",)},
            "Serif Pro (Auto) 4, Atelier (Auto) 6",
            "Inkwell Type: down right now",
        ),
        # lifecycle
        ("a cat", {"intent": Intent.DRAFT, "ticked": "Old Master"}, "Atelier 6", ""),
        ("a cat", {"intent": Intent.DRAFT, "ticked": "Older Master"}, "Atelier 6", ""),
        (
            "a cat",
            {"intent": Intent.DRAFT, "ticked": "Old Master, Atelier"},
            "Atelier 6",
            "Old Master: switched off on 12 May 2026, Atelier is in already",
        ),
        (
            "a cat",
            {"intent": Intent.DRAFT, "ticked": "Old Master, Older Master"},
            "Atelier 6",
            "Older Master: switched off on 1 March 2024, Atelier is in already",
        ),
        ("a cat", {"intent": Intent.DRAFT, "ticked": "Orphan"}, "", "Orphan: switched off on 12 May 2026"),
        ("a cat", {"intent": Intent.DRAFT, "ticked": "Old Master", "today": date(2026, 5, 11)}, "Old Master 4", ""),
        ("a cat", {"intent": Intent.DRAFT, "ticked": "Old Master", "today": date(2026, 5, 12)}, "Atelier 6", ""),
        # limits
        ("a cat", {"ticked": "Atelier, Aperture", "max_models": 2}, "Atelier 6, Aperture 5", ""),
        (
            "a cat",
            {"ticked": "Atelier, Aperture, Swift", "max_models": 2},
            "Atelier 6, Aperture 5",
            "Swift: one run takes at most 2 models",
        ),
        ("a cat", {"ticked": "Atelier", "max_models": 2}, "Atelier 6, Sprint (Auto) 2", ""),
        (
            "x" * 201,
            {"intent": Intent.DRAFT, "ticked": "Pastel, Swift"},
            "Swift 1",
            "Pastel: takes at most 200 characters and this prompt has 201",
        ),
        ("watercolour " + "x" * 200, {}, "Serif Pro (Auto) 4", ""),
    ],
)
def test_who_is_asked_and_who_is_left_out(prompt, given, asked, not_asked):
    plan = decide(prompt, **given)
    assert shown(plan) == asked
    assert left_out(plan) == not_asked


def test_a_model_about_to_go_is_taken_only_when_nothing_else_will_do_and_says_when():
    assert "Sundown" not in shown(decide("a cat"))
    assert decide("a cat", intent=Intent.DRAFT, ticked="Sundown").routes[0].notes == ("Goes off on 1 December 2026.",)


def test_what_was_lowered_to_draft_says_so_and_may_be_replaced_by_another_draft():
    (route,) = decide(CYBER, cap=2, down=("swift", "sprint")).routes
    assert (route.quality, route.notes) == (Quality.DRAFT, ("Made in Draft to stay under your cap.",))
    assert route.fallbacks == ("atelier/two",)


def test_of_two_models_as_good_the_newer_is_taken():
    twins = tuple(
        replace(SERIF, id=f"a/{year}", label=str(year), lifecycle=Lifecycle(released=date(year, 1, 1)))
        for year in (2024, 2026, 2025)
    )
    assert shown(decide(BADGE, models=twins)) == "2026 (Auto) 4, 2025 (Auto) 4"


def test_a_model_that_only_draws_in_hd_is_not_added_by_auto_unless_hd_was_asked():
    grand = model("grand/2k", "Grand", {Quality.HD: ("0.05", 20)}, Strength.DETAIL, lifecycle=Lifecycle(released=TODAY))
    final = "the harbour, final version"
    assert "Grand" not in shown(decide(final, models=(*CATALOGUE, grand)))
    assert "Grand" in shown(decide(final, quality=Quality.HD, models=(*CATALOGUE, grand)))


def test_a_successor_says_whose_place_it_takes():
    (route,) = decide("a cat", intent=Intent.DRAFT, ticked="Old Master").routes
    assert route.notes == ("Old Master was switched off on 12 May 2026, so Atelier answers.",)
    assert not route.by_auto


def test_models_that_name_each_other_as_successor_end_the_search():
    ring = tuple(
        replace(SERIF, id=one, label=one, lifecycle=Lifecycle(shutdown=date(2026, 1, 1), successor=other))
        for one, other in (("a/1", "b/1"), ("b/1", "a/1"))
    )
    assert left_out(decide("a cat", intent=Intent.DRAFT, ticked="a/1", models=ring)) == "a/1: switched off on 1 January 2026"


def test_an_unknown_model_is_refused_by_name():
    with pytest.raises(UnknownModel) as error:
        decide("a cat", ticked="no/such")
    assert error.value.model_id == "no/such"


@pytest.mark.parametrize(
    ("prompt", "given", "reasons"),
    [
        (CYBER, {}, "Spells well. 3 credits. About 3 s. The prompt quotes “CyberCafe”."),
        ('"A", "B", "C" and "D"', {}, "Spells well. 3 credits. About 3 s. The prompt quotes “A”, “B” and “C”."),
        ("A shop sign that says Open Late", {}, "Spells well. 3 credits. About 3 s. It is to spell “Open Late”."),
        (
            'a sign that says OPEN LATE above a poster reading "Sale"',
            {},
            "Spells well. 3 credits. About 3 s. The prompt quotes “Sale” and asks for “OPEN LATE” without quoting it.",
        ),
        ("a minimal logo", {}, "Spells well. 3 credits. About 3 s. The prompt says logo."),
        (PHOTO, {}, "Good at photographs. 4 credits. About 5 s. The prompt says 35 mm and depth of field."),
        ("a cat", {}, "Quick and cheap. 2 credits. About 2 s."),
        (CYBER, {"cap": 1}, "Quick and cheap. 1 credit. About 2 s. No specialist can take this one."),
        (CYBER, {"ticked": "Inkwell Type"}, "You chose it. Spells well."),
        (CYBER, {"ticked": "Swift"}, "You chose it."),
    ],
)
def test_every_route_states_its_reasons(prompt, given, reasons):
    assert " ".join(reason.text for reason in decide(prompt, **given).routes[0].reasons) == reasons


def test_a_route_notes_what_differs_from_what_was_asked():
    first, second = decide(BADGE, size=LANDSCAPE, quality=Quality.HD).routes
    assert (first.size, first.quality) == (LANDSCAPE, Quality.STANDARD)
    assert first.notes == ("Made in Standard. This model has no HD.",)
    assert (second.size, second.quality) == (Size(1024, 768), Quality.HD)
    assert second.notes == ("Asked for 1024×768. This model has no 1152×864.",)


@pytest.mark.parametrize(
    ("prompt", "given", "fallbacks"),
    [
        # the dearer Atelier may be replaced by either specialist; the cheap Inkwell by none that costs more
        (BADGE, {}, {"Inkwell Type": [], "Serif Pro": ["ink/type"]}),
        (BADGE, {"ticked": "Atelier", "intent": Intent.TYPOGRAPHY}, {"Atelier": ["ink/type", "serif/pro"]}),
        # one outside the plan before one in it
        (
            BADGE,
            {"ticked": "Atelier, Inkwell Type", "intent": Intent.TYPOGRAPHY},
            {"Atelier": ["serif/pro", "ink/type"], "Inkwell Type": []},
        ),
        # never one that is down or was unticked
        (BADGE, {"ticked": "Atelier", "intent": Intent.TYPOGRAPHY, "down": ("ink",)}, {"Atelier": ["serif/pro"]}),
        (BADGE, {"ticked": "Atelier", "unticked": "Serif Pro"}, {"Atelier": ["ink/type"], "Inkwell Type": []}),
        # another provider before the same one; a model about to go comes last
        ("a cat", {"ticked": "Swift", "intent": Intent.DRAFT}, {"Swift": ["swift/sundown"]}),
        ("a cat", {"ticked": "Sprint", "intent": Intent.DRAFT}, {"Sprint": ["swift/one", "swift/sundown"]}),
        # a model outside its strength is replaced by one that shares any of its own
        ("a cat", {"ticked": "Pastel", "intent": Intent.PHOTOREAL}, {"Pastel": []}),
        ("a cat", {"ticked": "Serif Pro", "intent": Intent.PHOTOREAL}, {"Serif Pro": ["ink/type", "ink/pastel"]}),
    ],
)
def test_fallbacks_keep_the_strength_and_the_price(prompt, given, fallbacks):
    plan = decide(prompt, **given)
    assert {route.model.label: list(route.fallbacks) for route in plan.routes} == fallbacks


LABELS = st.lists(st.sampled_from([one.label for one in CATALOGUE]), max_size=8)
PROMPTS = st.sampled_from(
    [CYBER, BADGE, PHOTO, "a cat", "", "watercolour", "final version, print-ready", 'open "quote', "x" * 300]
)


@given(
    prompt=PROMPTS,
    ticked=LABELS,
    unticked=LABELS,
    intent=st.none() | st.sampled_from(Intent),
    quality=st.sampled_from(Quality),
    size=st.sampled_from([SQUARE, LANDSCAPE]),
    cap=st.none() | st.integers(0, 60),
    down=st.lists(st.sampled_from(["ink", "serif", "atelier", "swift", "sun/beam"]), max_size=3),
    max_models=st.integers(1, 12),
)
def test_every_plan_keeps_its_promises(ticked, unticked, cap, down, max_models, **rest):
    case = {**rest, "ticked": ", ".join(ticked), "unticked": ", ".join(unticked), "cap": cap, "down": tuple(down)}
    plan = decide(**case, max_models=max_models)
    ids = [route.model.id for route in plan.routes]
    assert len(ids) == len(set(ids)) <= max_models
    assert cap is None or plan.credits <= cap
    assert not {route.model.label for route in plan.routes if route.by_auto} & {*ticked, *unticked}
    assert plan.auto or not any(route.by_auto for route in plan.routes)
    for one in plan.left_out:
        assert one.model.id not in ids
        assert one.cause is not Cause.OVER_CAP or plan.credits + one.credits > cap
    for route in plan.routes:
        assert route.model.lifecycle.status(TODAY) != "retired"
        assert route.model.id not in down
        assert route.model.provider not in down
        assert route.model.id not in route.fallbacks
    assert decide(**case, max_models=max_models) == plan


@given(prompt=PROMPTS, quality=st.sampled_from(Quality), ticked=LABELS)
def test_a_fallback_never_costs_more_than_was_held(prompt, quality, ticked):
    plan = decide(prompt, ticked=", ".join(ticked), quality=quality)
    label = {one.id: one.label for one in CATALOGUE}
    for route in plan.routes:
        for other in route.fallbacks:
            alone = decide(prompt, intent=Intent.DRAFT, ticked=label[other], quality=route.quality)
            assert alone.credits <= route.credits


def test_a_catalogue_of_sixty_models_is_decided_in_three_milliseconds():
    """On processor time, with twelve models ticked and a prompt of 500 characters."""
    models = tuple(replace(one, id=f"{one.provider}/{n}-{one.id}") for n in range(6) for one in CATALOGUE)[:60]
    ticked = ", ".join(model.id for model in models if model.lifecycle.shutdown is None)
    prompt = (BADGE + ", 35 mm photograph of a wall " * 20)[:500]
    assert within(0.003, lambda: decide(prompt, ticked=ticked, models=models))
