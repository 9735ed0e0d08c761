"""Rules of routing as an admin keeps them: heeded at once, each change in the trail and to be undone, nobody else's business."""

import pytest
from django.db import DatabaseError, connection, transaction
from django.urls import reverse

from providers import catalogue
from routing.rules import Action, Rule, target
from routing.types import Intent
from workspace.comparisons import compose, drafts, keys
from workspace.comparisons import services as services_of_runs
from workspace.operations import configuration
from workspace.operations.models import RoutingRule, RoutingRuleChange
from workspace.operations.rules import presenting, rows, services
from workspace.operations.rules.checks import Refused

LIST, NEW = reverse("operations:rules"), reverse("operations:new_rule")
V2A, CORE = "model:ideogram/v_2a_turbo", "model:stability/core"
BADGE = "A badge saying “Launch 2024”"


def rule(action=Action.FORBID, *targets, intent=None, cap=None, name="No Ideogram here"):
    return Rule(name, action, tuple(map(target, targets)), intent, cap)


def form(**facts):
    return {"name": "No Ideogram here", "intent": "typography", "action": "forbid", "target_1": "provider:ideogram"} | facts


@pytest.fixture
def kept(staff, django_capture_on_commit_callbacks):
    """Keep a rule as the screen does; its number."""

    def keep(one: Rule) -> int:
        with django_capture_on_commit_callbacks(execute=True):
            return services.add(one, staff)

    return keep


def planned(**facts):
    return compose.plan(drafts.Draft(prompt=BADGE, **facts))


# --- at work -------------------------------------------------------------------------------------------------------------------
def test_a_rule_is_heeded_once_it_is_kept(kept):
    assert "ideogram" in {route.model.provider for route in planned(models=("ideogram/v_2a_turbo",)).routes}
    kept(rule(Action.FORBID, "provider:ideogram"))
    plan = planned(models=("ideogram/v_2a_turbo",))
    assert "ideogram" not in {route.model.provider for route in plan.routes}
    assert [left.reason for left in plan.left_out] == ["not allowed here by a rule of your admin"]


def test_a_set_is_taken_and_says_its_name(kept):
    kept(rule(Action.DEFAULT_SET, CORE, intent=Intent.TYPOGRAPHY, name="Core for letters"))
    (route,) = planned().routes
    assert (route.model.id, route.reasons[0].text) == ("stability/core", "Set by a rule: Core for letters.")


def test_the_chip_says_so_and_keeps_its_tick_for_another_intent(kept):
    kept(rule(Action.FORBID, V2A, intent=Intent.TYPOGRAPHY))

    def chip(prompt):
        draft = drafts.Draft(prompt=prompt, models=("ideogram/v_2a_turbo",))
        chips = compose.rail(draft, compose.plan(draft), 100).chips
        return next(each for each in chips if each.id == "ideogram/v_2a_turbo")

    assert (chip(BADGE).note, chip(BADGE).checked, chip(BADGE).over_cap) == ("not allowed", True, False)
    assert (chip("alley, 35 mm").note, chip("alley, 35 mm").checked) == ("", True)


def test_a_preview_asks_no_more_questions_for_it(kept, signed_in, django_assert_num_queries):
    kept(rule(Action.PREFER, V2A))
    draft = drafts.Draft(prompt=BADGE)
    configuration.entered()
    with django_assert_num_queries(0):
        compose.plan(draft)


def test_a_frame_is_not_asked_again_for_what_has_been_forbidden_since(kept, run, signed_in):
    frame = run(BADGE, models=("ideogram/v_2a_turbo",), intent="typography").generations.get()
    services_of_runs.cancel(frame)
    kept(rule(Action.FORBID, V2A))
    page = signed_in.post(reverse("retry_frame", args=[f"{frame.comparison.number}-1"]))
    assert page.status_code == 409
    with pytest.raises(services_of_runs.NotAllowed) as caught:
        services_of_runs.retry(frame, frame.comparison.user)
    assert caught.value.public == "Ideogram 2a Turbo is not allowed here by a rule of your admin."
    assert caught.value.public in page.content.decode()
    frame.refresh_from_db()
    assert frame.state == "cancelled"


def test_asked_again_it_falls_back_on_nobody_who_has_been_forbidden_since(kept, run):
    frame = run(BADGE, models=("ideogram/v_2a_turbo",), intent="typography").generations.get()
    services_of_runs.cancel(frame)
    first, *others = [each["model"] for each in frame.fallbacks]
    kept(rule(Action.FORBID, f"model:{first}"))
    assert [each["model"] for each in services_of_runs.retry(frame, frame.comparison.user).fallbacks] == others


def test_a_rule_of_a_newer_version_is_not_heeded_and_said_so(kept, admin):
    kept(rule(Action.AVOID, V2A))
    RoutingRule.objects.update(targets=["galaxy:far"])
    assert rows.standing().rules == ()
    assert "This version cannot read it, and does not heed it." in admin.get(LIST).content.decode()


# --- in words ------------------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("one", "words"),
    [
        (rule(Action.PREFER, "model:bfl/flux-2-pro", "model:bfl/flux-2-flex", intent=Intent.PHOTOREAL),
         "Photoreal: prefer FLUX.2 [pro], FLUX.2 [flex]"),
        (rule(Action.AVOID, "provider:replicate"), "Every intent: avoid everything at Replicate"),
        (rule(Action.FORBID, "family:flux", intent=Intent.DRAFT), "Draft: forbid the flux family"),
        (rule(Action.CAP_PRICE, cap=1, intent=Intent.DRAFT), "Draft: at most 1 credit an image"),
        (rule(Action.CAP_PRICE, "provider:openai", cap=6), "Every intent: at most 6 credits an image from everything at OpenAI"),
        (rule(Action.DEFAULT_SET, CORE, V2A, intent=Intent.TYPOGRAPHY),
         "Logo &amp; type: Auto takes Stable Image Core and Ideogram 2a Turbo"),
    ],
)  # fmt: skip
def test_the_list_says_each_in_words(kept, admin, one, words):
    kept(one)
    assert f"<p>{words}</p>" in admin.get(LIST).content.decode()


@pytest.mark.parametrize(
    ("one", "note"),
    [
        (
            rule(Action.PREFER, "model:openai/dall-e-3"),
            "DALL·E 3 is gone. The rule speaks of GPT Image 2.6 Sunburst, which took its place.",
        ),
        (rule(Action.PREFER, "model:openai/made-up"), "openai/made-up is in no catalogue any more, so nothing is done about it."),
        (rule(Action.AVOID, "family:imagen"), "No model of the imagen family lives."),
        (
            rule(Action.PREFER, CORE, intent=Intent.TYPOGRAPHY),
            "Stable Image Core is no specialist for Logo &amp; type, so it moves only where no specialist can be had.",
        ),
    ],
)
def test_the_list_says_where_a_rule_means_another_or_nobody(kept, admin, one, note):
    kept(one)
    assert note in admin.get(LIST).content.decode()


# --- kept by the screen --------------------------------------------------------------------------------------------------------
def test_a_rule_is_added_edited_switched_off_and_removed_with_every_change_in_the_trail(admin):
    assert admin.post(NEW, form()).status_code == 302
    number = RoutingRule.objects.get().pk
    admin.post(reverse("operations:rule", args=[number]), form(action="avoid"))
    admin.post(reverse("operations:switch_rule", args=[number]), {"on": "0"})
    assert rows.standing().rules == ()
    admin.post(reverse("operations:rule", args=[number]), form(action="avoid", name="Ideogram last"))
    assert rows.standing().rules == ()
    admin.post(reverse("operations:switch_rule", args=[number]), {"on": "1"})
    admin.post(reverse("operations:remove_rule", args=[number]))
    assert not RoutingRule.objects.exists()
    said = [(change.by, change.said) for change in reversed(presenting.changes())]
    assert said == [
        ("staff@example.com", "added"),
        ("staff@example.com", "changed"),
        ("staff@example.com", "switched off"),
        ("staff@example.com", "changed, and renamed from “No Ideogram here”,"),
        ("staff@example.com", "switched on"),
        ("staff@example.com", "removed"),
    ]
    page = admin.get(LIST).content.decode()
    assert "Logo &amp; type: forbid everything at Ideogram → Logo &amp; type: avoid everything at Ideogram" in page


def test_the_form_shows_what_is_kept(admin, kept):
    number = kept(rule(Action.DEFAULT_SET, CORE, "model:openai/dall-e-3", intent=Intent.DRAFT))
    page = admin.get(reverse("operations:rule", args=[number])).content.decode()
    assert '<option value="model:stability/core" selected>Stable Image Core</option>' in page
    assert '<option value="model:openai/dall-e-3" selected>DALL·E 3</option>' in page
    assert '<option value="draft" selected>' in page


def test_saving_what_is_there_already_leaves_no_line(admin):
    admin.post(NEW, form())
    admin.post(reverse("operations:rule", args=[RoutingRule.objects.get().pk]), form())
    assert RoutingRuleChange.objects.count() == 1


def test_a_removed_rule_comes_back_by_undo_as_a_new_change(admin, kept):
    number = kept(rule(Action.FORBID, V2A))
    admin.post(reverse("operations:remove_rule", args=[number]))
    line = presenting.changes()[0]
    admin.post(reverse("operations:undo_rule", args=[line.number]))
    assert rows.standing().rules == (rule(Action.FORBID, V2A),)
    assert [change.said for change in presenting.changes()] == ["added", "removed", "added"]
    assert [change.undoable for change in presenting.changes()] == [True, False, False]


def test_only_the_last_change_of_a_rule_can_be_undone(staff, kept):
    number = kept(rule(Action.FORBID, V2A))
    services.switch(number, False, staff)
    first = RoutingRuleChange.objects.order_by("pk")[0]
    with pytest.raises(Refused, match="changed again since"):
        services.undo(first, staff)
    services.undo(RoutingRuleChange.objects.latest("pk"), staff)
    assert RoutingRule.objects.get().on


@pytest.mark.parametrize("change", ["UPDATE {} SET by = ''", "DELETE FROM {}", "TRUNCATE {}"])
def test_the_trail_cannot_be_rewritten(kept, change):
    kept(rule(Action.FORBID, V2A))
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; " + change.format("operations_routingrulechange"))


# --- bad input -----------------------------------------------------------------------------------------------------------------
EVERYBODY = {f"target_{place}": f"family:{name}" for place, name in enumerate(("gpt-image", "ideogram", "recraft"), start=1)}


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"name": " "}, "Give it a name. People are told which rule was at work."),
        ({"target_1": "model:openai/made-up"}, "There is no model of this name here any more. Choose another."),
        ({"target_1": "openai"}, "There is no model of this name here any more. Choose another."),
        ({"target_1": ""}, "Choose a model, a family or a provider."),
        ({"action": "default_set", "target_1": ""}, "Choose a model, a family or a provider."),
        ({"action": "default_set"}, "A default set names models one by one."),
        ({"action": "cap_price", "cap": ""}, "Write how many credits an image may cost."),
        ({"action": "cap_price", "cap": "-3"}, "A cap is a whole number of credits, 1 or more."),
        ({"action": "cap_price", "cap": "0"}, "A cap is a whole number of credits, 1 or more."),
        ({"action": "cap_price", "cap": "2.5"}, "A cap is a whole number of credits, 1 or more."),
        ({"action": "cap_price", "cap": "9" * 30}, "A cap is at most 1,000,000 credits."),
        ({"action": "explode"}, "Select a valid choice"),
        ({"intent": "haste"}, "Select a valid choice"),
        ({"name": "a" * 81}, "at most 80 characters"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("button", [{}, {"try": "1"}], ids=["keep", "try"])
def test_what_cannot_be_a_rule_is_said_beside_the_field(admin, facts, said, button):
    answer = admin.post(NEW, form(**facts) | button)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not RoutingRule.objects.exists()


def test_two_default_sets_for_one_intent_are_one_too_many(admin, kept, staff):
    number = kept(rule(Action.DEFAULT_SET, CORE, intent=Intent.DRAFT))
    second = form(action="default_set", intent="draft", target_1=V2A)
    said = "There is a default set for Draft already. Change that one, or switch it off first."
    assert said in admin.post(NEW, second | {"try": "1"}).content.decode()
    assert said in admin.post(NEW, second).content.decode()
    assert admin.post(NEW, second | {"intent": ""}).status_code == 302
    services.switch(number, False, staff)
    assert admin.post(NEW, second).status_code == 302
    answer = admin.post(reverse("operations:switch_rule", args=[number]), {"on": "1"}, follow=True)
    assert said in answer.content.decode()


def test_an_intent_is_not_left_without_any_model(admin, settings):
    providers = [provider.key for provider in catalogue.providers()]
    for part in (providers[:6], providers[6:]):
        names = {f"target_{place}": f"provider:{key}" for place, key in enumerate(part, start=1)}
        answer = admin.post(NEW, form(**names))
    assert len(providers) <= 12
    assert answer.status_code == 422
    assert "This would leave Auto no model for Logo &amp; type." in answer.content.decode()
    assert RoutingRule.objects.count() == 1


def test_what_was_without_a_model_before_is_no_reason_to_refuse(staff, kept, monkeypatch):
    kept(rule(Action.FORBID, "provider:ideogram"))
    known = keys.known_models()
    monkeypatch.setattr(keys, "known_models", lambda: [model for model in known if model.provider == "ideogram"])
    assert kept(rule(Action.AVOID, CORE))


# --- whose it is ---------------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("name", "arguments"),
    [("rules", []), ("new_rule", []), ("rule", [1]), ("switch_rule", [1]), ("remove_rule", [1]), ("undo_rule", [1])],
)
def test_for_a_designer_there_are_no_rules(signed_in, kept, name, arguments):
    kept(rule(Action.FORBID, V2A))
    address = reverse(
        f"operations:{name}", args=[RoutingRule.objects.get().pk] if arguments and "undo" not in name else arguments
    )
    assert {signed_in.get(address).status_code, signed_in.post(address, form()).status_code} <= {404, 405}
    assert RoutingRuleChange.objects.count() == 1


@pytest.mark.parametrize("name", ["rule", "switch_rule", "remove_rule", "undo_rule"])
def test_a_rule_that_is_not_there_is_not_found(admin, name):
    assert admin.post(reverse(f"operations:{name}", args=[4711]), form()).status_code == 404


def test_the_desk_leads_to_them(admin):
    assert f'href="{LIST}"' in admin.get(reverse("operations:desk")).content.decode()
    assert "There are no rules." in admin.get(LIST).content.decode()
