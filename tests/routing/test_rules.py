"""Rules of an admin at work: what each does to a plan, which one wins, and what is said of it.

Without rules: a badge goes to Inkwell Type 3 and Serif Pro 4 (then Atelier 6), a photograph to Sunbeam 4 and Aperture 5 (then
Atelier 6), a first look to Sprint 2 and Swift 1.
"""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from providers.types import Quality
from routing.rules import Action, Rule, Rules, target
from routing.ruling import left_without
from routing.slip import Kind, slip
from routing.types import Cause, Intent, Reason
from tests.routing.cast import CATALOGUE, IDS, RATES, SERIF, TODAY, decide, left_out, shown

BADGE = 'A badge saying "Launch 2024"'
PHOTO = "alley, 35 mm, depth of field"
CAT = "a cat"
PREFER, AVOID, FORBID, CAP_PRICE, DEFAULT_SET = Action
TYPE, PHOTOREAL, DRAFT = Intent.TYPOGRAPHY, Intent.PHOTOREAL, Intent.DRAFT


def rule(action, names="", intent=None, cap=None, name="House rule"):
    """Models by label, whole providers and families by their keys: "Inkwell Type, provider:serif"."""
    targets = tuple(target(each if ":" in each else f"model:{IDS.get(each, each)}") for each in names.split(", ") if each)
    return Rule(name, action, targets, intent, cap)


@pytest.mark.parametrize(
    ("prompt", "given", "rules", "asked"),
    [
        # prefer: before its equals, by model, provider or family
        (BADGE, {}, [rule(PREFER, "Atelier")], "Atelier (Auto) 6, Inkwell Type (Auto) 3"),
        (BADGE, {}, [rule(PREFER, "provider:serif")], "Serif Pro (Auto) 4, Inkwell Type (Auto) 3"),
        (BADGE, {}, [rule(PREFER, "family:atelier", TYPE)], "Atelier (Auto) 6, Inkwell Type (Auto) 3"),
        (BADGE, {}, [rule(PREFER, "Atelier", PHOTOREAL)], "Inkwell Type (Auto) 3, Serif Pro (Auto) 4"),
        (CAT, {}, [rule(PREFER, "Swift")], "Swift (Auto) 1, Sprint (Auto) 2"),
        # ... but it makes nobody a specialist, and no model live longer
        (BADGE, {}, [rule(PREFER, "Pastel")], "Inkwell Type (Auto) 3, Serif Pro (Auto) 4"),
        (CAT, {}, [rule(PREFER, "Sundown")], "Sprint (Auto) 2, Swift (Auto) 1"),
        # avoid: behind its equals, also where another provider would make the run more diverse
        (BADGE, {}, [rule(AVOID, "Inkwell Type")], "Serif Pro (Auto) 4, Atelier (Auto) 6"),
        (BADGE, {}, [rule(AVOID, "Inkwell Type, Serif Pro")], "Atelier (Auto) 6, Inkwell Type (Auto) 3"),
        # forbid: never
        (BADGE, {}, [rule(FORBID, "Inkwell Type, Serif Pro")], "Atelier (Auto) 6"),
        (BADGE, {}, [rule(FORBID, "provider:ink, provider:serif, provider:atelier")], "Sprint (Auto) 2, Swift (Auto) 1"),
        (BADGE, {"ticked": "Serif Pro"}, [rule(FORBID, "Serif Pro")], "Inkwell Type (Auto) 3, Atelier (Auto) 6"),
        (CAT, {"ticked": "Serif Pro, Pastel", "intent": TYPE}, [rule(FORBID, "Serif Pro", TYPE)], "Pastel 3"),
        (CAT, {"ticked": "Serif Pro", "intent": DRAFT}, [rule(FORBID, "Serif Pro", TYPE)], "Serif Pro 4"),
        # cap: Auto takes nothing dearer, a person may
        (PHOTO, {}, [rule(CAP_PRICE, cap=4)], "Sunbeam (Auto) 4"),
        (PHOTO, {}, [rule(CAP_PRICE, "provider:sun", cap=3)], "Aperture (Auto) 5, Atelier (Auto) 6"),
        (PHOTO, {"ticked": "Atelier"}, [rule(CAP_PRICE, cap=4)], "Atelier 6, Sunbeam (Auto) 4"),
        (PHOTO, {}, [rule(CAP_PRICE, cap=4), rule(CAP_PRICE, cap=9)], "Sunbeam (Auto) 4"),
        # default set: these, in this order, whatever they are good at
        (BADGE, {}, [rule(DEFAULT_SET, "Atelier, Pastel, Swift", TYPE)], "Atelier (Auto) 6, Pastel (Auto) 3, Swift (Auto) 1"),
        (BADGE, {}, [rule(DEFAULT_SET, "Inkwell Type, Pastel")], "Inkwell Type (Auto) 3, Pastel (Auto) 3"),
        (BADGE, {"cap": 7}, [rule(DEFAULT_SET, "Atelier, Pastel, Swift", TYPE)], "Atelier (Auto) 6, Swift (Auto) 1"),
        (BADGE, {"down": ("atelier",)}, [rule(DEFAULT_SET, "Atelier, Pastel")], "Pastel (Auto) 3"),
        (BADGE, {"down": ("atelier",)}, [rule(DEFAULT_SET, "Atelier")], "Inkwell Type (Auto) 3, Serif Pro (Auto) 4"),
        (BADGE, {"ticked": "Pastel"}, [rule(DEFAULT_SET, "Pastel, Swift")], "Pastel 3, Swift (Auto) 1"),
        (BADGE, {"unticked": "Pastel"}, [rule(DEFAULT_SET, "Pastel, Swift")], "Swift (Auto) 1"),
        (BADGE, {"ticked": "Pastel", "intent": TYPE}, [rule(DEFAULT_SET, "Swift")], "Pastel 3"),
        # who wins
        (BADGE, {}, [rule(DEFAULT_SET, "Pastel, Swift"), rule(FORBID, "Pastel")], "Swift (Auto) 1"),
        (BADGE, {}, [rule(DEFAULT_SET, "Atelier, Swift"), rule(CAP_PRICE, cap=3)], "Swift (Auto) 1"),
        (BADGE, {}, [rule(AVOID, "Swift"), rule(DEFAULT_SET, "Swift")], "Swift (Auto) 1"),
        (BADGE, {}, [rule(DEFAULT_SET, "Pastel"), rule(DEFAULT_SET, "Swift", TYPE)], "Swift (Auto) 1"),
        (BADGE, {}, [rule(PREFER, "Atelier"), rule(FORBID, "provider:atelier")], "Inkwell Type (Auto) 3, Serif Pro (Auto) 4"),
        (BADGE, {}, [rule(AVOID, "provider:atelier"), rule(PREFER, "Atelier")], "Atelier (Auto) 6, Inkwell Type (Auto) 3"),
        (BADGE, {}, [rule(AVOID, "Atelier"), rule(PREFER, "Atelier", TYPE)], "Atelier (Auto) 6, Inkwell Type (Auto) 3"),
        (BADGE, {}, [rule(PREFER, "Atelier"), rule(AVOID, "Atelier")], "Atelier (Auto) 6, Inkwell Type (Auto) 3"),
        # what is gone speaks of who follows; what nobody knows or follows, of nobody
        (BADGE, {}, [rule(PREFER, "Older Master")], "Atelier (Auto) 6, Inkwell Type (Auto) 3"),
        (PHOTO, {"ticked": "Old Master"}, [rule(FORBID, "Old Master")], "Sunbeam (Auto) 4, Aperture (Auto) 5"),
        (BADGE, {}, [rule(PREFER, "Orphan, no/such, family:none")], "Inkwell Type (Auto) 3, Serif Pro (Auto) 4"),
    ],
)
def test_who_is_asked(prompt, given, rules, asked):
    assert shown(decide(prompt, rules=Rules(tuple(rules)), **given)) == asked


def test_forbidden_ticks_are_left_out_with_the_plain_reason():
    plan = decide(BADGE, ticked="Serif Pro", rules=Rules((rule(FORBID, "Serif Pro"),)))
    assert left_out(plan) == "Serif Pro: not allowed here by a rule of your admin"
    assert plan.forbidden == {"serif/pro"}
    said = slip(plan)
    assert said.kind is Kind.WARN
    assert said.text.endswith("Left out: Serif Pro, not allowed here by a rule of your admin.")


@pytest.mark.parametrize(
    ("rules", "reasons"),
    [
        ([rule(PREFER, "Inkwell Type", name="Letters go to Inkwell")], "Preferred by a rule: Letters go to Inkwell."),
        ([rule(DEFAULT_SET, "Inkwell Type", name="Letters go to Inkwell")], "Set by a rule: Letters go to Inkwell."),
        (
            [rule(AVOID, "Inkwell Type", name="No Inkwell"), rule(FORBID, "Serif Pro, Atelier")],
            "Avoided by a rule: No Inkwell.",
        ),
    ],
)
def test_the_route_says_which_rule_took_it(rules, reasons):
    (route, *_) = decide(BADGE, rules=Rules(tuple(rules))).routes
    said = [reason.text for reason in route.reasons]
    assert reasons in said
    assert "Spells well." in said


def test_a_set_model_is_not_praised_for_what_it_cannot():
    (route, *_) = decide(BADGE, rules=Rules((rule(DEFAULT_SET, "Pastel", name="Pastel for all"),))).routes
    assert [reason.text for reason in route.reasons] == ["Set by a rule: Pastel for all.", "3 credits.", "About 4 s."]


def test_a_first_look_at_a_set_model_is_not_called_cheap():
    plan = decide(CAT, rules=Rules((rule(DEFAULT_SET, "Atelier", DRAFT),)))
    assert slip(plan).text == "No strong signal, so Draft: Atelier."


@pytest.mark.parametrize(
    ("one", "said"),
    [
        (rule(FORBID, "Inkwell Type", name="No Inkwell"), "Inkwell Type: forbidden by a rule: No Inkwell"),
        (rule(AVOID, "Inkwell Type", name="No Inkwell"), "Inkwell Type: avoided by a rule: No Inkwell"),
        (rule(CAP_PRICE, cap=3, name="Thrift"), "Serif Pro: a rule allows 3 credits an image: Thrift"),
        (rule(DEFAULT_SET, "Atelier", name="Ours"), "Inkwell Type: a rule sets others: Ours"),
    ],
)
def test_why_these_names_whom_a_rule_kept_away_without_a_warning(one, said):
    plan = decide(BADGE, rules=Rules((one,)))
    assert said in [f"{each.model.label}: {each.reason}" for each in plan.not_taken if each.cause is Cause.RULED_OUT]
    assert plan.left_out == ()
    assert slip(plan).kind is Kind.QUOTED


def test_who_is_not_preferred_is_told_that_another_is():
    plan = decide(BADGE, rules=Rules((rule(PREFER, "Serif Pro, Atelier"),)))
    assert ("Inkwell Type", "a rule prefers another") in [(each.model.label, each.reason) for each in plan.not_taken]


def test_a_preference_counts_in_points_but_makes_nothing_several_times_dearer():
    preferring = Rules((rule(PREFER, "Serif Pro"),))
    (route, *_) = decide(BADGE, rules=preferring).routes
    assert Reason("Preferred by a rule: House rule.", 70.0) in route.reasons
    hd_only = replace(SERIF, offers={Quality.HD: SERIF.offers[Quality.HD]})
    catalogue = tuple(hd_only if one is SERIF else one for one in CATALOGUE)
    assert shown(decide(BADGE, rules=preferring, models=catalogue)) == "Inkwell Type (Auto) 3, Atelier (Auto) 6"


@pytest.mark.parametrize(
    ("ticked", "rules", "fallbacks"),
    [
        ("Atelier", [], "ink/type serif/pro"),
        ("Atelier", [rule(PREFER, "Serif Pro")], "serif/pro ink/type"),
        ("Atelier", [rule(AVOID, "provider:ink")], "serif/pro ink/type"),
        ("Atelier", [rule(FORBID, "Inkwell Type")], "serif/pro"),
        ("Atelier", [rule(CAP_PRICE, cap=3)], "ink/type"),
    ],
)
def test_rules_hold_for_those_who_stand_in(ticked, rules, fallbacks):
    (route,) = decide("a sign", ticked=ticked, intent=TYPE, rules=Rules(tuple(rules))).routes
    assert " ".join(route.fallbacks) == fallbacks


@pytest.mark.parametrize(
    ("rules", "without"),
    [
        ([], []),
        ([rule(FORBID, "provider:ink")], []),
        ([rule(FORBID, ", ".join(f"provider:{one.provider}" for one in CATALOGUE), TYPE)], [TYPE]),
        ([rule(CAP_PRICE, cap=0)], list(Intent)),
        ([rule(CAP_PRICE, cap=1, intent=DRAFT)], []),
        ([rule(CAP_PRICE, cap=1), rule(FORBID, "family:swift", PHOTOREAL)], [PHOTOREAL]),
    ],
)
def test_an_intent_that_nobody_is_left_for_is_noticed(rules, without):
    assert left_without(Rules(tuple(rules)), CATALOGUE, TODAY, RATES) == without


@pytest.mark.parametrize("text", ["", "serif/pro", "colour:red"])
def test_what_is_no_target_is_refused(text):
    with pytest.raises(ValueError, match="Scope"):
        target(text)


@given(
    prompt=st.sampled_from([BADGE, PHOTO, CAT, "watercolour"]),
    ticked=st.lists(st.sampled_from([one.label for one in CATALOGUE]), max_size=4),
    quality=st.sampled_from(Quality),
    cap=st.none() | st.integers(0, 30),
    rules=st.lists(
        st.builds(
            rule,
            st.sampled_from(Action),
            st.sampled_from(["Inkwell Type", "Old Master", "provider:serif", "family:swift", "Atelier, Pastel"]),
            st.none() | st.sampled_from(Intent),
            st.integers(1, 8),
        ),
        max_size=6,
    ),
)
def test_whatever_the_rules_nobody_forbidden_is_asked_and_auto_stays_under_their_caps(prompt, ticked, quality, cap, rules):
    plan = decide(prompt, ticked=", ".join(ticked), quality=quality, cap=cap, rules=Rules(tuple(rules)))
    named = {route.model.id for route in plan.routes}.union(*(route.fallbacks for route in plan.routes))
    assert not named & plan.forbidden
    held = [each for each in rules if each.action is CAP_PRICE and each.intent in (None, plan.intent)]
    for route in plan.routes:
        for each in held if route.by_auto else []:
            names = {str(one).partition(":")[2] for one in each.targets}
            if names & {route.model.id, route.model.provider, route.model.family}:
                assert route.credits <= each.cap
    assert plan == decide(prompt, ticked=", ".join(ticked), quality=quality, cap=cap, rules=Rules(tuple(rules)))
