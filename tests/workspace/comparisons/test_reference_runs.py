"""A run with a picture to go by, through real workers: the picture leaves with the prompt, or the frame says that it did not."""

import hashlib
from decimal import Decimal

import pytest
from django.core.files.storage import default_storage
from django.core.management import call_command

from providers import catalogue
from providers.types import ImageRequest, Quality
from tests.workspace.comparisons import pictures
from tests.workspace.comparisons.conftest import V2A, form
from workspace.comparisons import candidates, compose, drafts, keys, references, selectors, services
from workspace.comparisons.models import Comparison, Reference
from workspace.comparisons.worker import call, rows
from workspace.credits.models import Account

HD = "ideogram/4.5"
IGNORED = "This model does not take references. It used the prompt alone."


@pytest.fixture
def reference(owner) -> Reference:
    return references.from_upload(owner, pictures.upload(pictures.photograph()))


@pytest.fixture
def with_reference(run, reference):
    """Start a run that goes by the photograph."""
    return lambda *models: run("A heron", models=models, cap="", reference=str(reference.public_id))


def able() -> list[str]:
    """One model of each provider that takes references."""
    return list({model.provider: model.id for model in keys.models() if model.capabilities.reference}.values())


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("workers")
class TestDrawing:
    def test_every_frame_has_its_picture_and_those_without_references_say_so(self, with_reference, settled, owner):
        comparison = with_reference(*dict.fromkeys([V2A, *able()]))
        settled(comparison)
        frames = list(comparison.generations.order_by("position"))
        assert [frame.state for frame in frames] == ["done"] * len(frames)
        ignoring = [frame.model for frame in frames if not catalogue.model(frame.model).capabilities.reference]
        assert [frame.model for frame in frames if IGNORED in frame.notes] == ignoring
        call_command("audit_credits")

    def test_the_very_bytes_that_were_kept_reach_every_provider_that_takes_them(self, run, settled, owner, simulator):
        kept = references.from_upload(owner, pictures.upload(pictures.photograph(620, 460)))
        with default_storage.open(kept.stored) as file:
            digest = hashlib.sha256(file.read()).hexdigest()
        settled(run("A heron", models=tuple({*able(), V2A}), cap="", reference=str(kept.public_id)))
        brought = [entry["provider"] for entry in simulator.requests() if digest in entry.get("references", ())]
        assert len(brought) == len(able())

    def test_a_frame_asked_again_goes_by_it_too(self, with_reference, settled, owner):
        comparison = with_reference(V2A)
        settled(comparison)
        services.retry(comparison.generations.get(), owner)
        settled(comparison)
        assert [IGNORED in frame.notes for frame in comparison.generations.all()] == [True, True]

    def test_without_its_file_a_frame_ends_in_plain_words_and_costs_nothing(self, run, settled, owner):
        lost = references.from_upload(owner, pictures.upload(pictures.photograph(120, 90)))  # one that no worker has read before
        default_storage.delete(lost.stored)
        comparison = run(reference=str(lost.public_id))
        settled(comparison)
        frame = selectors.view(comparison.generations.get())
        assert frame.state == "failed"
        assert frame.notice.heading == "The reference is not there any more."
        assert "back" in frame.notice.sentence
        assert Account.objects.get(user=owner).balance == 250
        call_command("audit_credits")


@pytest.mark.django_db
def test_what_leaves_is_what_was_kept(with_reference, reference):
    """The same bytes for every model; its adapter decides whether it sends them."""
    frame = with_reference(V2A).generations.get()
    (candidate,) = [each for each in candidates.of(frame).values() if each.model == V2A]
    stored = call.Reference(call._stored(reference.stored), reference.media_type)
    request = call._request(rows.Claim(frame, 1, V2A, None), candidate, stored)
    assert isinstance(request, ImageRequest)
    with default_storage.open(reference.stored) as file:
        assert request.reference.data == file.read()
    assert request.reference.media_type == "image/jpeg"


@pytest.mark.django_db
def test_what_a_reference_costs_is_shown_held_and_kept_for_whoever_steps_in(owner, reference):
    """Ideogram 4.5 in HD: ten credits alone, twenty-two with a picture to go by."""

    def started(**fields: str) -> tuple[int, services.Order, Comparison]:
        draft = drafts.read(form("A heron", models=(HD,), quality="hd", cap="", **fields), owner, submitted=True)
        plan = compose.plan(draft)
        (chip,) = [chip for chip in compose.rail(draft, plan, balance=250).chips if chip.id == HD]
        order = services.Order(draft.brief, plan, draft.shape, draft.key, draft.reference)
        return chip.price, order, services.start(owner, order).comparison

    for fields, price, usd in (({}, 10, "0.10"), ({"reference": str(reference.public_id)}, 22, "0.22")):
        shown, order, comparison = started(**fields)
        frame = comparison.generations.get()
        assert (shown, frame.price, frame.estimate_usd) == (price, price, Decimal(usd))
        assert services.substitute(HD, comparison, order, Quality.HD).credits == price
        assert max((other["credits"] for other in frame.fallbacks), default=0) <= price
    assert Account.objects.get(user=owner).balance == 250 - 10 - 22


@pytest.mark.django_db
def test_it_comes_back_with_the_run(with_reference, reference):
    assert Comparison.objects.get(pk=with_reference(V2A).pk).reference == reference
