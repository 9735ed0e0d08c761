"""Trying a rule: the last runs are decided once more, before anything is kept, and no prompt is shown."""

import uuid

import pytest
from django.urls import reverse

from routing.rules import NO_RULES, Action, Rule, Rules, target
from routing.types import Intent
from workspace.comparisons.models import Comparison, Generation
from workspace.operations.models import RoutingRule
from workspace.operations.rules import replaying
from workspace.operations.rules.replaying import Changed, Replay, replay

NEW = reverse("operations:new_rule")
BADGE, PHOTO = "A badge saying “Launch 2024” for my aunt", "alley, 35 mm, depth of field"
CORE, FLASH = "stability/core", "recraft/v4.1-flash"  # 3 credits and 1


@pytest.fixture
def ran(owner, stranger):
    """Runs as they are kept; ``ticked`` are models that the person chose, ``added`` those of Auto."""

    def make(prompt=BADGE, *, times=1, auto=True, intent="typography", ticked=(), added=(), cap=24):
        for number in range(times):
            key = uuid.uuid4()
            facts = {"prompt": prompt, "width": 1024, "height": 1024, "quality": "standard"}
            run = Comparison.objects.create(
                user=(owner, stranger)[number % 2],
                number=key.int % 10**9,
                key=key,
                intent=intent,
                auto=auto,
                shape="1:1",
                cap=cap,
                **facts,
            )
            paid = {"price": 3, "cost": 0, "settled": True, "estimate_usd": "0.03", "expected_seconds": 3, "state": "failed"}
            frames = [*((model, False) for model in ticked), *((model, True) for model in added)]
            Generation.objects.bulk_create(
                Generation(comparison=run, position=place, model=model, model_label=model, by_auto=by_auto, **facts, **paid)
                for place, (model, by_auto) in enumerate(frames, start=1)
            )

    return make


def a_set(*models, intent=Intent.TYPOGRAPHY):
    return Rules((Rule("House set", Action.DEFAULT_SET, tuple(target(f"model:{model}") for model in models), intent),))


def test_it_says_what_was_and_what_becomes(ran):
    ran(auto=False, intent="draft", ticked=[CORE, FLASH])
    ran(PHOTO)
    forbidding = Rules((Rule("No Core", Action.FORBID, (target(f"model:{CORE}"),)),))
    found = replay(NO_RULES, forbidding)
    assert found == Replay(
        2,
        (Changed("Draft, 1 text, 40 characters", "Stable Image Core and Recraft V4.1 Flash", "Recraft V4.1 Flash", 4, 1),),
    )
    assert found.sentence == "1 of 2 runs changes, 3 credits less."


def test_what_auto_added_then_is_chosen_anew_and_ticks_are_kept(ran):
    ran(ticked=[FLASH], added=[CORE])
    (asked,) = replaying.latest()
    assert asked.ticked == (FLASH,)
    assert asked.brief.intent is None
    (changed,) = replay(a_set("ideogram/v3"), a_set(CORE)).changed
    assert (changed.was, changed.becomes) == ("Recraft V4.1 Flash and Ideogram 3", "Recraft V4.1 Flash and Stable Image Core")


def test_a_model_that_no_catalogue_knows_is_left_aside(ran):
    ran(ticked=["gone/for-ever"], auto=False, intent="draft")
    assert replay(NO_RULES, a_set(CORE)).changed == ()


@pytest.mark.parametrize(
    ("replayed", "sentence"),
    [
        (Replay(0, ()), "There are no runs to try it on yet."),
        (Replay(200, ()), "None of 200 runs changes."),
        (Replay(1, (Changed("", "", "", 3, 4),)), "1 of 1 run changes, 1 credit more."),
        (Replay(200, (Changed("", "", "", 3, 1),) * 18), "18 of 200 runs change, 36 credits less."),
        (Replay(9, (Changed("", "", "", 3, 1), Changed("", "", "", 1, 3))), "2 of 9 runs change, at the same price."),
    ],
)
def test_it_sums_up_in_a_sentence(replayed, sentence):
    assert replayed.sentence == sentence


def test_the_last_two_hundred_are_tried_and_fifty_shown(admin, ran, django_assert_max_num_queries):
    ran(PHOTO, times=5)
    ran(times=200)
    facts = {"name": "House set", "intent": "typography", "action": "default_set", "target_1": f"model:{CORE}", "try": "1"}
    with django_assert_max_num_queries(16):
        page = admin.post(NEW, facts).content.decode()
    assert "200 of 200 runs change" in page
    assert page.count("Logo &amp; type, 1 text, 40 characters") == 50
    assert "150 more." in page
    assert not RoutingRule.objects.exists()


def test_nobodys_words_and_name_are_shown(admin, ran):
    ran()
    facts = {"name": "House set", "intent": "typography", "action": "default_set", "target_1": f"model:{CORE}", "try": "1"}
    page = admin.post(NEW, facts).content.decode()
    assert "1 of 1 run changes" in page
    assert "Launch 2024" not in page
    assert "aunt" not in page
    assert "owner@example.com" not in page


def test_an_edited_rule_is_tried_in_its_own_place(admin, ran):
    ran()
    facts = {"name": "House set", "intent": "typography", "action": "default_set", "target_1": f"model:{CORE}"}
    admin.post(NEW, facts)
    address = reverse("operations:rule", args=[RoutingRule.objects.get().pk])
    assert "None of 1 run changes." in admin.post(address, facts | {"try": "1"}).content.decode()
    changed = admin.post(address, facts | {"target_1": f"model:{FLASH}", "try": "1"}).content.decode()
    assert "1 of 1 run changes, 2 credits less." in changed
