"""The cheap look at a picture: type and size from its structure, nothing but whole rasters let through."""

from timeit import timeit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from providers import pictures
from providers.errors import BrokenAnswer
from providers.pictures import Picture
from tests.providers.samples import picture

KINDS = {
    "png": picture("PNG", 120, 80),
    "jpeg": picture("JPEG", 120, 80),
    "progressive jpeg": picture("JPEG", 120, 80, progressive=True),
    "webp": picture("WEBP", 120, 80),
    "lossless webp": picture("WEBP", 120, 80, lossless=True),
    "extended webp": picture("WEBP", 120, 80, exif=b"Exif\0\0II*\0\x08\0\0\0\0\0"),
    "gif": picture("GIF", 120, 80),
}


@pytest.mark.parametrize("kind", KINDS)
def test_it_reads_type_and_size(kind):
    found = pictures.inspect(KINDS[kind])
    assert found == Picture(f"image/{kind.split()[-1]}", 120, 80)


@pytest.mark.parametrize("kind", KINDS)
def test_a_picture_cut_off_anywhere_is_broken(kind):
    data = KINDS[kind]
    for length in range(len(data) - 1):
        with pytest.raises(BrokenAnswer):
            pictures.inspect(data[:length])


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"hello",
        b"<!DOCTYPE html><html></html>",
        b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</svg>',
        b'<?xml version="1.0"?><svg/>',
        b'{"error": "no"}',
        b"BM" + bytes(100),
        b"%PDF-1.7",
        b"RIFF\x04\0\0\0WAVE",
        b"\xff\xd8\xff\xd9",
        b"\xff\xd8\xff\xe0\0\0" * 5000 + b"\xff\xd9",
    ],
)
def test_anything_else_is_broken(data):
    with pytest.raises(BrokenAnswer):
        pictures.inspect(data)


@pytest.mark.parametrize(("width", "height"), [(0, 1), (1, 0), (10_000, 6_000), (2**31, 1), (20_000, 1)])
def test_absurd_sizes_are_broken(width, height):
    data = bytearray(KINDS["png"])
    data[16:24] = width.to_bytes(4) + height.to_bytes(4)
    with pytest.raises(BrokenAnswer):
        pictures.inspect(bytes(data))


def test_a_few_bytes_after_the_end_do_no_harm():
    assert pictures.inspect(KINDS["png"] + b"\n").width == 120


@given(st.sampled_from([b"", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"RIFF", b"RIFF\x08\0\0\0WEBPVP8 ", b"GIF89a"]), st.binary())
def test_no_bytes_raise_anything_else(start, rest):
    try:
        found = pictures.inspect(start + rest)
    except BrokenAnswer:
        return
    assert found.width > 0


@pytest.mark.parametrize("kind", KINDS)
def test_it_takes_microseconds(kind):
    data = KINDS[kind]
    assert min(timeit(lambda: pictures.inspect(data), number=100) / 100 for _ in range(5)) < 50e-6
