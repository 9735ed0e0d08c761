"""Everything that may come twice: messages, clicks, tabs, and a stop that comes with the answer."""

import time
import uuid
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection
from django.test import Client

from tests.faults.conftest import EIGHT, check_the_ledger
from tests.faults.servers import pause, resume
from tests.processes import wait_until
from tests.workspace.comparisons.conftest import form
from workspace.comparisons import services
from workspace.comparisons.models import Attempt, Comparison, Generation
from workspace.comparisons.tasks import finish_images, run_comparison
from workspace.credits.models import Entry

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_message_delivered_ten_times_to_two_workers_asks_every_model_once(run, settled, crew, asked, owner):
    workers = crew.generations(2)
    crew.media()
    for worker in workers:
        pause(worker)
    comparison = run("A badge, delivered again and again", models=EIGHT, cap="")
    for _ in range(10):
        run_comparison.apply_async((comparison.pk,))
    for worker in workers:
        resume(worker)
    settled(comparison)
    assert len(asked(comparison)) == len(set(asked(comparison))) == len(EIGHT)
    assert Attempt.objects.filter(generation__comparison=comparison, state="succeeded").count() == len(EIGHT)
    assert Attempt.objects.count() == len(EIGHT)
    check_the_ledger(owner, comparison)


def test_a_picture_finished_five_times_at_once_is_charged_once(run, settled, crew, owner):
    workers = crew.media(2)
    crew.generations()
    for worker in workers:
        pause(worker)
    comparison = run()
    wait_until(lambda: comparison.generations.get().state == "done")
    for _ in range(5):
        finish_images.apply_async(([comparison.generations.get().pk],))
    for worker in workers:
        resume(worker)
    settled(comparison)
    time.sleep(0.5)  # the other four
    crew.media()
    check_the_ledger(owner, comparison)


def test_a_stop_that_comes_with_the_answer_leaves_either_the_picture_or_the_credits(run, settled, crew, owner):
    """Each round aims closer to the moment of the answer: later after a stop that was in time, sooner after one that was not."""
    crew.everybody()
    comparisons, after = [], 0.1
    for number in range(20):
        comparison = run(f"A badge to be stopped {number}")
        time.sleep(after)
        frame = services.cancel(comparison.generations.select_related("comparison__user").get())
        after *= 1.25 if frame.state == "cancelled" else 0.8
        comparisons.append(comparison)
    for comparison in comparisons:
        settled(comparison)
    frames = Generation.objects.filter(comparison__in=comparisons)
    assert set(frames.values_list("state", flat=True)) == {"done", "cancelled"}
    assert all((frame.image is None) == (frame.state == "cancelled") for frame in frames)
    check_the_ledger(owner, *comparisons)


def test_two_tabs_that_send_the_same_form_at_once_make_one_run(owner, crew, settled):
    crew.everybody()
    data, ready = dict(form("A badge from two tabs", key=str(uuid.uuid4())).lists()), Barrier(4)

    def send(_: int) -> str:
        client = Client()
        client.force_login(owner)
        ready.wait()
        try:
            return client.post("/runs/", data).url
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as tabs:
        assert set(tabs.map(send, range(4))) == {"/runs/1/"}
    comparison = Comparison.objects.get()
    assert Entry.objects.filter(kind="hold").count() == 1
    settled(comparison)
    check_the_ledger(owner, comparison)
