import io
import uuid
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from django.http import QueryDict
from django.utils import timezone
from PIL import Image

from providers.types import ImageResult
from tests.processes import PATIENCE, Simulator, Worker, wait_until
from workspace.comparisons import compose, drafts, finishing, selectors, services, storage
from workspace.comparisons.models import Comparison, Generation
from workspace.credits import services as credits
from workspace.credits.models import Account

FLARE, V2A, V1 = "openai/gpt-image-2.6-flare", "ideogram/v_2a_turbo", "ideogram/v_1_turbo"


@pytest.fixture(scope="module")
def simulator() -> Iterator[Simulator]:
    running = Simulator()
    yield running
    running.stop()


@pytest.fixture(autouse=True)
def everything_simulated(request, settings):
    """The catalogue as it is without keys; the address matters only to tests that use the real simulator."""
    running = request.getfixturevalue("simulator") if "simulator" in request.fixturenames else None
    settings.SIMULATOR_URL = running.url if running else "http://127.0.0.1:1"


@pytest.fixture(scope="module")
def media_worker(django_db_setup, simulator) -> Iterator[Worker]:
    worker = Worker("media", simulator.url)
    yield worker
    worker.stop()


@pytest.fixture(scope="module")
def generation_worker(django_db_setup, simulator) -> Iterator[Worker]:
    worker = Worker("generations", simulator.url)
    yield worker
    worker.stop()


@pytest.fixture
def workers(transactional_db, generation_worker, media_worker) -> None:
    """Both workers, on a database whose transactions really commit."""


def form(prompt: str = "A badge", *, models: tuple[str, ...] = (V2A,), **fields: str) -> QueryDict:
    """What the compose form posts; the intent is named, so that Auto adds nothing."""
    data = QueryDict(mutable=True)
    data.update({"prompt": prompt, "intent": "draft", "shape": "1:1", "quality": "standard", "key": str(uuid.uuid4()), **fields})
    data.setlist("models", models)
    return data


@pytest.fixture
def run(owner) -> Callable[..., Comparison]:
    """Start a run as the form would."""

    def start(prompt: str = "A badge", *, models: tuple[str, ...] = (V2A,), **fields: str) -> Comparison:
        draft = drafts.read(form(prompt, models=models, **fields), owner, submitted=True)
        order = services.Order(draft.brief, compose.plan(draft), draft.shape, draft.key, draft.reference)
        return services.start(owner, order).comparison

    return start


@pytest.fixture
def settled() -> Callable[[Comparison], None]:
    """Wait until every frame of a run has ended and its credits have moved."""

    def wait(comparison: Comparison, seconds: float = PATIENCE) -> None:
        wait_until(lambda: not selectors.sheet(comparison).live, seconds, "the run did not settle")

    return wait


@pytest.fixture
def picture(db) -> Callable[..., Generation]:
    """Put a picture into a queued frame, as a worker would have, without one; ``finish`` settles it too."""

    def keep(
        generation: Generation, *, data: bytes | None = None, media_type: str = "image/png", finish: bool = True
    ) -> Generation:
        data = data or png()
        image = storage.keep_original(ImageResult(data, media_type, 64, 48))
        image.save()
        now = timezone.now()
        facts = {"answered_by": generation.model, "answered_label": generation.model_label, "cost": generation.price}
        times = {"started_at": now - timedelta(seconds=2.8), "finished_at": now}
        Generation.objects.filter(pk=generation.pk).update(state="done", image=image, simulated=True, **facts, **times)
        if finish:
            finishing.finish(generation.pk)
        generation.refresh_from_db()
        return generation

    return keep


def png(width: int = 64, height: int = 48) -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", (width, height), (200, 90, 40)).save(buffer, "PNG")
    return buffer.getvalue()


def balance(user) -> int:
    return Account.objects.get(user=user).balance


def spend_all_but(user, left: int) -> None:
    account = Account.objects.get(user=user)
    credits.hold(user, account.balance - left, key=f"drain:{uuid.uuid4()}", comparison=0, reason="Spent elsewhere")
