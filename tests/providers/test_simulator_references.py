"""A picture to go by, at the simulator's desks: what is let in, and how the drawing shows that it was looked at."""

from base64 import b64encode, urlsafe_b64encode
from hashlib import sha256
from io import BytesIO

import numpy as np
import pytest
from PIL import Image, ImageChops

from providers.simulator import references
from providers.simulator.drawing import draw_preview, is_simulated
from providers.simulator.drawing.reference import pin
from providers.simulator.journal import Entry
from tests.providers.test_simulator_drawing import MODELS, difference, opened, picture


def mostly_red(kind: str) -> bytes:
    """A picture that is red for the most part."""
    file, image = BytesIO(), Image.new("RGB", (300, 200), (220, 30, 30))
    image.paste((250, 220, 60), (0, 0, 60, 200))
    image.save(file, kind)
    return file.getvalue()


GOING_BY = {kind: mostly_red(kind) for kind in ("PNG", "JPEG", "WEBP")}


@pytest.mark.parametrize("media_type", ["image/png", "image/svg+xml"])
@pytest.mark.parametrize("prompt", ["fox logo", "mountain lake at dawn"])
def test_a_reference_changes_what_is_drawn(prompt, media_type):
    plain, led = (picture(prompt, media_type=media_type, going_by=data) for data in (None, GOING_BY["PNG"]))
    assert plain != led
    assert is_simulated(led)


@pytest.mark.parametrize("kind", GOING_BY)
def test_the_reference_can_be_seen_in_a_corner(kind):
    pixels = np.asarray(opened(picture("mountain lake at dawn", going_by=GOING_BY[kind]))).astype(int)
    red = (pixels[..., 0] > 180) & (pixels[..., 1] < 60) & (pixels[..., 2] < 60)
    corners = [
        red[rows, columns].sum() for rows in (slice(0, 64), slice(192, 256)) for columns in (slice(0, 64), slice(192, 256))
    ]
    assert max(corners) > 500
    assert red.sum() - max(corners) < 100


@pytest.mark.parametrize("prompt", ['poster "BLUE HOUR"', 'badge "BLUE HOUR"'])
@pytest.mark.parametrize("model", MODELS)
def test_the_reference_covers_no_words(prompt, model):
    """Where letters stand there is unrest, so the print lies elsewhere."""
    words, plain = (opened(picture(prompt, model=model, texts=texts)).convert("RGB") for texts in (("BLUE HOUR",), ()))
    pinned = words.copy()
    pin(pinned, Image.new("RGB", (300, 200), (220, 30, 30)))
    letters, covered = (np.asarray(ImageChops.difference(words, other)).max(axis=2) > 60 for other in (plain, pinned))
    assert covered.any()
    assert not (letters & covered).any()


def test_previews_go_by_it_as_well():
    arguments = {"model": MODELS[1], "seed": 3, "width": 512, "height": 384, "detail": 0.5, "texts": ()}
    plain, led = (draw_preview("a fox", **arguments, going_by=data, stage=2, of=3) for data in (None, GOING_BY["PNG"]))
    assert difference(plain, led) > 3


def test_equal_references_give_equal_bytes():
    assert picture("fox logo", going_by=GOING_BY["PNG"]) == picture("fox logo", going_by=GOING_BY["PNG"])


@pytest.mark.parametrize("data", [b"", b"a cup", GOING_BY["PNG"][:-200], GOING_BY["JPEG"][:300]], ids=len)
def test_a_reference_that_cannot_be_opened_is_passed_over(data):
    assert is_simulated(picture("a fox", going_by=data))


@pytest.mark.parametrize("size", [(1, 1), (2048, 2), (2, 2048)])
def test_a_reference_of_any_shape_is_gone_by(size):
    file = BytesIO()
    Image.new("L", size, 9).save(file, "PNG")
    assert is_simulated(picture("a fox", width=64, height=64, going_by=file.getvalue()))


@pytest.fixture
def entry():
    return Entry(1, "POST", "/openai/v1/images/edits")


def test_pictures_are_noted_and_the_first_is_gone_by(entry):
    sent = [GOING_BY["PNG"], GOING_BY["WEBP"]]
    assert references.received(entry, sent, ValueError, most=2) == sent[0]
    assert entry.references == [sha256(data).hexdigest() for data in sent]


def test_no_picture_is_none(entry):
    assert references.received(entry, [], ValueError) is None
    assert entry.references == []


@pytest.mark.parametrize(
    ("sent", "limits", "reason"),
    [
        ([b""], {}, "can be read"),
        ([b"a cup"], {}, "can be read"),
        ([GOING_BY["JPEG"][:-100]], {}, "can be read"),
        ([mostly_red("GIF")], {}, "image/gif"),
        ([GOING_BY["WEBP"]], {"types": ("image/png",)}, "image/webp"),
        ([GOING_BY["PNG"]], {"most_bytes": 100}, "larger than 100"),
        ([GOING_BY["PNG"]] * 2, {}, "at most 1"),
    ],
)
def test_what_a_vendor_would_not_take_is_rejected_and_not_noted(entry, sent, limits, reason):
    with pytest.raises(ValueError, match=reason):
        references.received(entry, sent, ValueError, **limits)
    assert entry.references == []


@pytest.mark.parametrize("encode", [b64encode, urlsafe_b64encode])
@pytest.mark.parametrize("before", ["", "data:image/png;base64,", "DATA:image/jpeg;base64,"])
def test_base64_of_either_alphabet_is_read_bare_or_as_an_address(encode, before):
    data = bytes(range(256))
    assert references.decoded(before + encode(data).decode()) == data


@pytest.mark.parametrize("text", [None, 7, [], "***", "https://host/cup.png", "data:text/html;base64,AAAA", "AAA", "Ä"])
def test_anything_else_is_no_picture(text):
    assert references.decoded(text) == b""
