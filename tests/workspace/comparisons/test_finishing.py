"""Decoding in full, then money: a sound picture is paid for, a broken one costs nothing, and neither twice."""

import io

import pytest
from django.core.files.storage import default_storage
from PIL import Image as Pillow

from tests.workspace.comparisons.conftest import png
from workspace.comparisons import finishing
from workspace.comparisons.models import Generation, Image
from workspace.comparisons.tasks import finish_images
from workspace.credits.models import Account, Entry

pytestmark = pytest.mark.django_db


@pytest.fixture
def arrived(run, picture):
    """A frame whose picture is on screen and not yet decoded."""

    def arrive(data: bytes | None = None) -> Generation:
        return picture(run().generations.select_related("comparison").get(), data=data, finish=False)

    return arrive


def finish(frame: Generation) -> Generation:
    finishing.finish(frame.pk)
    frame.refresh_from_db()
    return frame


def test_a_sound_picture_is_paid_for_once_however_often_it_is_finished(arrived, owner):
    frame = finish(arrived())
    finishing.finish(frame.pk)
    assert (frame.state, frame.settled) == ("done", True)
    assert Entry.objects.filter(kind="capture").count() == 1
    assert Account.objects.get(user=owner).balance == 250 - frame.price


@pytest.mark.parametrize("data", [png()[: len(png()) // 2], b"<svg onload='alert(1)'/>", b"hello", png()[:40] + b"\0" * 500])
def test_what_cannot_be_decoded_fails_and_costs_nothing(arrived, owner, data):
    frame = finish(arrived(data))
    assert (frame.state, frame.error, frame.cost) == ("failed", "broken_answer", 0)
    assert Account.objects.get(user=owner).balance == 250


def test_more_pixels_than_allowed_are_never_decoded(arrived, settings):
    settings.MAX_IMAGE_PIXELS = 1000
    assert finish(arrived()).state == "failed"


def test_a_picture_that_kills_its_decoder_is_given_up_in_the_end(arrived, owner):
    frame = arrived()
    Image.objects.update(tries=finishing.TRIES)
    assert finish(frame).state == "failed"
    assert Account.objects.get(user=owner).balance == 250


def test_a_file_that_has_vanished_costs_nothing(arrived, owner):
    frame = arrived()
    default_storage.delete(frame.image.original)
    assert finish(frame).state == "failed"


def test_a_picture_that_cannot_be_finished_now_does_not_hold_up_those_of_its_message(arrived):
    frame = arrived()
    finish_images([0, frame.pk])  # the first has gone
    frame.refresh_from_db()
    assert frame.settled


def test_the_thumbnail_keeps_the_shape_and_transparency_has_no_placeholder():
    buffer = io.BytesIO()
    Pillow.new("RGBA", (2000, 1000), (10, 20, 30, 0)).save(buffer, "PNG")
    renditions = finishing.render(buffer.getvalue())
    with Pillow.open(io.BytesIO(renditions.thumb)) as thumb:
        assert thumb.size == (512, 256)
        assert thumb.mode == "RGBA"
    assert renditions.placeholder == ""
