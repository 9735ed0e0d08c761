"""The cheap look at an SVG: known by its content, whole, within limits, and nothing in it expanded or fetched."""

from contextlib import suppress
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from providers import catalogue, pictures, results
from providers.errors import BrokenAnswer
from providers.limits import Limits
from providers.pictures import Picture
from providers.types import Access, ImageRequest, Size
from providers.vectors import MAX_BYTES, MAX_DEPTH, MAX_ELEMENTS, MEDIA_TYPE
from tests.providers.drawings import BILLION_LAUGHS, EXTERNAL_ENTITY, NAMED_DTD, svg
from tests.providers.samples import picture

VECTOR, RASTER = "recraft/v4.1-vector", "recraft/v4.1"


@pytest.mark.parametrize(
    ("head", "size"),
    [
        ('width="512" height="256"', (512, 256)),
        ('width="96pt" height="1in"', (128, 96)),
        ('width="100%" height="100%" viewBox="0 0 40 30"', (40, 30)),
        ('viewBox="-5,-5 40,30"', (40, 30)),
        ('width="80" viewBox="0 0 40 30"', (80, 60)),
        ('height="60px" viewBox="0 0 40 30"', (80, 60)),
        ("", (300, 150)),
        ('width="-4" height="nan" viewBox="0 0 0 inf"', (300, 150)),
        ('width="1e9" height="1e9"', (4096, 4096)),
        ('width="1e9" height="1"', (4096, 1)),
        ('width="1e400" height="1e-400"', (300, 150)),
    ],
)
def test_it_reads_the_size_a_drawing_gives_itself(head, size):
    assert pictures.inspect(svg(head=head)) == Picture(MEDIA_TYPE, *size)


@pytest.mark.parametrize("before", ["", "\ufeff", " \n", '<?xml version="1.0" encoding="UTF-8"?>\n<!-- made -->\n', NAMED_DTD])
def test_it_is_known_by_its_content_whatever_stands_before_it(before):
    assert pictures.inspect(svg(before=before)).media_type == MEDIA_TYPE


@pytest.mark.parametrize(
    "data",
    [
        b"<svg/>",
        b"<svg width='4' height='3'></svg>",
        b"<html xmlns='http://www.w3.org/2000/svg'/>",
        svg()[:-1],
        svg()[:40],
        svg("<g>"),
        svg() + b"<svg/>",
        svg("&nothing;"),
        svg("<text>&foo;</text>", before=NAMED_DTD),
        svg(before='<?xml version="1.0" encoding="nowhere"?>'),
        BILLION_LAUGHS,
        EXTERNAL_ENTITY,
        svg(before="<!DOCTYPE svg [<!ATTLIST svg onload CDATA 'alert(1)'>]>"),
        svg("<g/>" * MAX_ELEMENTS),
        svg("<g>" * MAX_DEPTH + "</g>" * MAX_DEPTH),
        svg(f'<path d="{"L1 2" * (MAX_BYTES // 4)}"/>'),
    ],
    ids=lambda data: str(data[:60]),
)
def test_what_is_not_whole_or_declares_things_or_is_too_much_is_broken(data):
    with pytest.raises(BrokenAnswer) as caught:
        pictures.inspect(data)
    assert caught.value.may_have_billed


@given(st.binary(max_size=200), st.integers(0, 200))
def test_no_bytes_raise_anything_but_a_broken_answer(noise, at):
    data = svg()
    for each in (b"<" + noise, data[:at] + noise + data[at:]):
        with suppress(BrokenAnswer):
            assert pictures.inspect(each).media_type == MEDIA_TYPE


def finished(data: bytes, model_id: str, size: Size | None = None, **limits: int):
    model = catalogue.model(model_id)
    request = ImageRequest(model, "a fox", size or Size(1024, 1024), next(iter(model.offers)))
    return results.finished(data, request, Access("http://127.0.0.1", ""), replace(Limits(), **limits))


def test_a_paid_picture_is_kept_whichever_kind_came_and_says_so():
    assert finished(svg(), VECTOR).notes == ()
    assert finished(svg(), RASTER).notes == ("The provider sent an SVG instead of pixels.",)
    assert finished(picture(), VECTOR).notes == ("The provider sent pixels instead of an SVG.",)


def test_of_a_drawing_only_the_shape_has_to_be_the_one_asked_for():
    assert finished(svg(head='viewBox="0 0 1344 768"'), VECTOR, Size(2688, 1536)).notes == ()
    assert finished(svg(), VECTOR, Size(1344, 768)).notes == ("The provider sent 512×512 instead of 1344×768.",)


def test_the_limit_of_bytes_holds_for_drawings_too():
    with pytest.raises(BrokenAnswer, match="over the limit"):
        finished(svg(), VECTOR, image_bytes=10)
