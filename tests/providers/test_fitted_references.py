"""References brought into the bounds of who takes them."""

from io import BytesIO

import pytest
from PIL import Image

from providers import catalogue, pictures, references
from providers.references import Bounds
from providers.types import ImageRequest, ImageResult, Quality, Reference, Size
from tests.providers.samples import damaged, noise, picture


def asking_for(model: str, reference: Reference | None) -> ImageRequest:
    return ImageRequest(catalogue.model(model), "a cup", Size(1024, 1024), Quality.STANDARD, reference=reference)


async def fitted(data: bytes, media_type: str = "image/png", **bounds: int) -> Reference | None:
    wanted = asking_for("bfl/flux-2-pro", Reference(data, media_type))
    return (await references.fitted(wanted, Bounds(**{"most_bytes": 10_000_000, **bounds}))).reference


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
async def test_what_fits_goes_as_it_is(kind):
    data = picture(kind)
    assert await fitted(data, most_bytes=len(data), most_pixels=1024 * 1024, least_side=1024) == Reference(data, "image/png")


@pytest.mark.parametrize("most_bytes", [300_000, 100_000, 20_000])
async def test_a_file_that_is_too_long_becomes_a_jpeg_that_is_not(most_bytes):
    made = await fitted(noise(), most_bytes=most_bytes)
    assert made.media_type == pictures.inspect(made.data).media_type == "image/jpeg"
    assert most_bytes / 3 < len(made.data) <= most_bytes


@pytest.mark.parametrize(("size", "most", "made"), [((2000, 1000), 500_000, (1000, 500)), ((1000, 2000), 500_001, (500, 1000))])
async def test_too_many_pixels_become_as_many_as_there_may_be(size, most, made):
    image = pictures.inspect((await fitted(picture("PNG", *size), most_pixels=most)).data)
    assert (image.width, image.height) == made


async def test_a_small_one_with_much_around_it_loses_only_that():
    file = BytesIO()
    Image.new("RGB", (90, 60)).save(file, "JPEG", comment=bytes(60_000))
    image = pictures.inspect((await fitted(file.getvalue(), most_bytes=10_000)).data)
    assert (image.width, image.height) == (90, 60)


async def test_bounds_that_leave_nothing_between_them_leave_nothing():
    assert await fitted(picture("PNG", 2000, 100), most_pixels=100_000, least_side=256) is None


async def test_one_too_noisy_for_any_size_worth_sending_is_left_out():
    assert await fitted(noise(), most_bytes=1_000) is None


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
async def test_one_that_does_not_open_is_left_out(kind):
    assert await fitted(damaged(noise(kind)), most_bytes=10_000) is None


async def test_what_is_transparent_becomes_white_and_what_lies_on_its_side_stands_up():
    file = BytesIO()
    image = Image.new("RGBA", (400, 200), (0, 0, 0, 0))
    exif = image.getexif()
    exif[0x0112] = 6
    image.save(file, "PNG", exif=exif)
    made = Image.open(BytesIO((await fitted(file.getvalue(), most_pixels=20_000)).data))
    assert made.size == (100, 200)
    assert made.getpixel((50, 100)) == (255, 255, 255)


@pytest.mark.parametrize("model", ["bfl/flux-2-pro", "replicate/flux-schnell"])
async def test_who_asks_without_or_a_model_that_takes_none_is_left_alone(model):
    reference = Reference(noise(), "image/png") if model.startswith("replicate") else None
    wanted = asking_for(model, reference)
    assert await references.fitted(wanted, Bounds(1)) is wanted


def test_only_a_reference_that_was_lost_is_spoken_of():
    reference, result = Reference(picture(), "image/png"), ImageResult(picture(), "image/png", 1024, 1024, notes=("A note.",))
    with_one, without = asking_for("bfl/flux-2-pro", reference), asking_for("bfl/flux-2-pro", None)
    said = "The reference could not be made to fit this model. It used the prompt alone."
    assert references.told(result, with_one, without).notes == ("A note.", said)
    assert references.told(result, with_one, with_one) is references.told(result, without, without) is result


def test_a_reference_is_written_as_base64_and_as_an_address():
    reference = Reference(b"\xff\xd8\xff", "image/jpeg")
    assert references.base64(reference) == "/9j/"
    assert references.data_url(reference) == "data:image/jpeg;base64,/9j/"
