"""A run from the form to the settled picture, through real workers and a real provider server."""

import hashlib

import pytest
from django.core.files.storage import default_storage
from django.core.management import call_command

from providers import catalogue
from providers.simulator.drawing.marker import is_simulated
from tests.processes import wait_until
from tests.workspace.comparisons.conftest import FLARE, V1, V2A
from tests.workspace.comparisons.test_wordings import OWN, worded
from workspace.comparisons import candidates, selectors, services, wording
from workspace.comparisons.models import Attempt, Comparison, Generation
from workspace.credits.models import Account, Entry

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("workers")]


@pytest.fixture
def comparison(run, settled) -> Comparison:
    comparison = run('A badge saying "Launch 2024"', models=(FLARE, V2A, V1))
    settled(comparison)
    return comparison


def test_every_model_answers_and_is_charged_once(comparison, owner):
    frames = list(comparison.generations.order_by("position"))
    assert [frame.state for frame in frames] == ["done"] * 3
    assert [frame.cost for frame in frames] == [frame.price for frame in frames]
    captures = Entry.objects.filter(comparison=comparison.pk, kind="capture")
    assert captures.count() == 3
    assert Account.objects.get(user=owner).balance == 250 - sum(frame.cost for frame in frames)
    assert selectors.money(owner.pk).held == 0
    call_command("audit_credits")


def test_it_keeps_the_original_byte_for_byte_and_makes_a_thumbnail(comparison):
    for frame in comparison.generations.select_related("image"):
        with default_storage.open(frame.image.original) as file:
            data = file.read()
        assert hashlib.sha256(data).hexdigest() == frame.image.sha256
        assert len(data) == frame.image.byte_size
        assert is_simulated(data)
        assert frame.image.checked
        assert frame.image.placeholder.startswith("data:image/webp;base64,")
        with default_storage.open(frame.image.thumb) as thumb:
            assert thumb.read(4) == b"RIFF"


def test_it_says_what_was_asked_and_that_the_answer_is_simulated(comparison):
    frames = {frame.model: frame for frame in comparison.generations.all()}
    assert all(frame.simulated and frame.answered_by == frame.model for frame in frames.values())
    assert frames[V2A].seed is not None
    attempts = Attempt.objects.filter(generation__comparison=comparison)
    assert {attempt.state for attempt in attempts} == {"succeeded"}
    assert attempts.count() == 3
    assert all(attempt.simulated for attempt in attempts)


def test_the_sums_of_the_sheet_and_of_the_ledger_agree(comparison, owner):
    sheet = selectors.sheet(comparison)
    spent = -sum(entry.amount + entry.held for entry in Entry.objects.filter(comparison=comparison.pk))
    assert sheet.finished == 3
    assert f"{spent} credits spent" in sheet.summary
    assert "held" not in sheet.summary


def test_a_run_is_numbered_per_person(run, settled, stranger, owner):
    first, second = run(), run()
    assert (first.number, second.number) == (1, 2)
    settled(first)
    settled(second)


def test_a_refusal_gives_the_credits_back_and_leaves_the_others_alone(run, settled, owner):
    comparison = run(f"A badge [[fault:refusal@{'V_1_TURBO'}]]", models=(V1, V2A))
    settled(comparison)
    refused, done = (comparison.generations.get(model=each) for each in (V1, V2A))
    assert (refused.state, refused.error, refused.cost) == ("refused", "refused", 0)
    assert (done.state, done.cost) == ("done", done.price)
    assert Account.objects.get(user=owner).balance == 250 - done.cost
    call_command("audit_credits")


@pytest.mark.parametrize("kind", ["broken_picture", "oversized"])
def test_a_picture_that_cannot_be_decoded_fails_and_costs_nothing(run, settled, owner, kind):
    comparison = run(f"A badge [[fault:{kind}]]", models=(V2A,))
    settled(comparison)
    (frame,) = comparison.generations.all()
    assert (frame.state, frame.error, frame.cost) == ("failed", "broken_answer", 0)
    assert Account.objects.get(user=owner).balance == 250
    call_command("audit_credits")


@pytest.mark.parametrize(
    "kind",
    ["cut_off", "wrong_type", "text_as_image", "svg_with_entity", "empty", "no_picture", "huge", "drop"],
)
def test_whatever_a_provider_sends_the_frame_ends_in_plain_words(run, settled, owner, kind):
    comparison = run(f"A badge [[fault:{kind}]]", models=(V2A,))
    settled(comparison)
    (frame,) = comparison.generations.all()
    assert frame.state == "failed"
    view = selectors.sheet(comparison).frames[0]
    tried = [catalogue.model(attempt.model).label for attempt in frame.attempts.order_by("number")]
    assert view.notice.heading == wording.nobody_answered(list(dict.fromkeys(tried)))
    assert view.notice.sentence == f"All {frame.price} credits are back."
    assert Account.objects.get(user=owner).balance == 250


def test_a_drawing_from_a_model_of_pixels_is_made_harmless_and_kept(run, settled):
    comparison = run("A badge [[fault:svg_with_script]]", models=(V2A,))
    settled(comparison, seconds=60)
    (frame,) = comparison.generations.select_related("image")
    assert (frame.state, frame.cost) == ("done", frame.price)
    assert frame.notes == ["The provider sent an SVG instead of pixels."]
    assert frame.image.raster
    assert frame.image.safe
    call_command("audit_credits")


def test_it_falls_back_to_another_model_that_costs_no_more(run, settled, owner):
    comparison = run("A badge [[fault:model_gone@V_2A_TURBO]]", models=(V2A,))
    settled(comparison)
    (frame,) = comparison.generations.all()
    assert frame.state == "done"
    assert frame.answered_by != V2A
    assert frame.cost <= frame.price
    view = selectors.sheet(comparison).frames[0]
    assert view.state == "fellback"
    assert frame.model_label in view.trail
    assert frame.answered_label in view.trail
    attempts = frame.attempts.order_by("number")
    assert [(attempt.state, attempt.simulated) for attempt in attempts] == [("failed", True), ("succeeded", True)]
    assert Account.objects.get(user=owner).balance == 250 - frame.cost
    call_command("audit_credits")


def test_a_picture_that_has_expired_at_its_host_is_asked_of_another_model(run, settled):
    comparison = run("A badge [[fault:expired_url@V_2A_TURBO]]", models=(V2A,))
    settled(comparison)
    (frame,) = comparison.generations.all()
    assert frame.state == "done"
    assert frame.answered_by != V2A


def test_a_busy_provider_is_asked_again_after_the_time_it_names(run, settled, simulator):
    simulator.fault(model="V_2A_TURBO", kind="rate_limited", times=1)
    comparison = run(models=(V2A,))
    settled(comparison)
    (frame,) = comparison.generations.all()
    assert (frame.state, frame.answered_by) == ("done", V2A)
    assert [attempt.error for attempt in frame.attempts.order_by("number")] == ["rate_limited", ""]


def test_no_prompt_however_odd_breaks_a_run(run, settled):
    odd = ["🦊", "שלום עולם", "<script>alert(1)</script> & “quotes”", "x" * 2000, "a\u0000b", "line\nline"]
    comparisons = [run(prompt, models=(V2A,)) for prompt in odd]
    for comparison in comparisons:
        settled(comparison)
        assert comparison.generations.get().state == Generation.State.DONE


def test_the_provider_is_asked_just_what_the_frame_says(signed_in, settled, simulator):
    before = len(simulator.requests())
    signed_in.post("/runs/", dict(worded(OWN, models=(V2A, FLARE)).lists()))
    comparison = Comparison.objects.get()
    settled(comparison)
    asked = {call["provider"]: call["prompt"] for call in simulator.requests()[before:] if call["prompt"]}
    frames = {frame.model: frame for frame in comparison.generations.all()}
    assert asked == {"ideogram": OWN, "openai": frames[FLARE].prompt}


def test_a_substitute_is_asked_in_its_own_wording(signed_in, settled, simulator):
    before = len(simulator.requests())
    marked = f"{OWN} [[fault:model_gone@V_2A_TURBO]]"
    signed_in.post("/runs/", worded(marked))
    comparison = Comparison.objects.get()
    settled(comparison)
    (frame,) = comparison.generations.all()
    assert frame.answered_by not in ("", V2A)
    sent = candidates.sent(frame)
    assert sent.prompt != marked
    assert sent.prompt in [call["prompt"] for call in simulator.requests()[before:]]
    assert selectors.sheet(comparison).frames[0].prompt == sent.prompt


def test_a_frame_of_a_model_that_rests_is_drawn_by_another_at_once(run, settled, simulator, ill):
    ill(V2A)
    comparison = run(models=(V2A,))
    settled(comparison)
    frame = comparison.generations.get()
    assert frame.state == Generation.State.DONE
    assert frame.answered_by not in ("", V2A)
    assert frame.message.startswith(f"{frame.model_label} has not answered since ")
    assert [(each.model, each.error) for each in frame.attempts.all()] == [(frame.answered_by, "")]


def test_without_anybody_else_it_waits_for_its_turn_and_says_so(run, settled, simulator, ill):
    ill(V2A, pause=2)
    comparison = run(models=(V2A,))
    comparison.generations.update(fallbacks=[])
    settled(comparison)
    frame = comparison.generations.get()
    assert (frame.state, frame.attempts.count()) == (Generation.State.DONE, 1)


@pytest.mark.parametrize("model", ["replicate/flux-dev", "fal/flux-3"])
def test_a_stopped_frame_s_job_is_called_off_at_its_provider(run, settled, simulator, model):
    before = len(simulator.requests())
    comparison = run("A badge to be stopped [[fault:slow=900]]", models=(model,))
    wait_until(lambda: Attempt.objects.filter(generation__comparison=comparison).exclude(job_id="").exists())
    services.cancel(comparison.generations.select_related("comparison__user").get())
    settled(comparison)
    wait_until(lambda: "cancelled" in [each["outcome"] for each in simulator.requests()[before:]])
    assert Attempt.objects.get(generation__comparison=comparison).state == Attempt.State.FAILED
