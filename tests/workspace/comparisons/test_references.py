"""From what a person gives to what a provider may be sent: pixels and nothing else, or a sentence that says why not."""

import io

import pytest
from django.core.files.storage import default_storage
from PIL import Image as Pillow
from PIL import ImageCms

from providers import pictures as structure
from providers.simulator.spoiled import SVG_WITH_SCRIPT
from providers.vectors import MEDIA_TYPE
from tests.providers.drawings import svg
from tests.workspace.comparisons import pictures
from workspace.comparisons import references
from workspace.comparisons.models import Reference
from workspace.comparisons.references import EDGE, MOST_BYTES, NO_PICTURE, VECTOR, Unusable, prepare

RED, BLUE = (220, 30, 30), (20, 60, 160)


def opened(data: bytes) -> Pillow.Image:
    picture = Pillow.open(io.BytesIO(data))
    picture.load()
    return picture


def near(one: tuple[int, ...], other: tuple[int, ...]) -> bool:
    return all(abs(a - b) < 12 for a, b in zip(one, other, strict=True))


class TestWhatIsKept:
    def test_a_photograph_stands_upright_and_no_longer_says_where_it_was_taken(self):
        given = pictures.photograph()
        kept = prepare(given)
        assert (kept.width, kept.height, kept.media_type) == (480, 640, "image/jpeg")
        picture = opened(kept.data)
        assert near(picture.getpixel((240, 20)), RED)
        assert near(picture.getpixel((240, 600)), BLUE)
        assert dict(picture.getexif()) == {}
        for word in (b"Exif", b"Camera of a person", b"taken at home"):
            assert word in given
            assert word not in kept.data

    @pytest.mark.parametrize("size", [(4000, 1000), (1000, 4000), (2049, 2049)])
    def test_a_large_one_is_shrunk_in_its_own_shape(self, size):
        kept = prepare(pictures.photograph(*size))
        assert max(kept.width, kept.height) == EDGE
        assert kept.height / kept.width == pytest.approx(size[0] / size[1], rel=0.01)

    def test_a_small_one_is_never_enlarged(self):
        assert (prepare(pictures.photograph(40, 30)).width, prepare(pictures.photograph(40, 30)).height) == (30, 40)

    def test_what_shines_through_stays_so(self):
        kept = prepare(pictures.see_through())
        assert kept.media_type == "image/png"
        assert opened(kept.data).getpixel((5, 5))[3] == 0
        assert opened(kept.thumb).has_transparency_data

    def test_an_alpha_channel_that_hides_nothing_is_dropped(self):
        solid = pictures.encoded(Pillow.new("RGBA", (64, 64), (1, 2, 3, 255)), "PNG")
        assert prepare(solid).media_type == "image/jpeg"

    @pytest.mark.parametrize("mode", ["RGB", "RGBA"])
    def test_it_is_small_enough_for_every_provider_however_restless(self, mode):
        kept = prepare(pictures.noise(EDGE, mode))
        assert len(kept.data) <= MOST_BYTES
        assert kept.width == kept.height > 500

    @pytest.mark.parametrize("kind", ["L PNG", "LA PNG", "P GIF", "1 PNG", "I;16 PNG", "CMYK JPEG", "RGB WEBP", "RGB AVIF"])
    def test_every_kind_of_pixels_becomes_one_that_adapters_know(self, kind):
        mode, format = kind.split()
        kept = prepare(pictures.encoded(Pillow.new(mode, (64, 48)), format))
        assert structure.inspect(kept.data) == structure.Picture(kept.media_type, 64, 48)

    def test_colours_are_those_its_profile_meant(self):
        """In a space whose red is blue and whose blue is red, this is the blue of sRGB."""
        srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
        swapped = srgb.replace(b"rXYZ", b"****").replace(b"bXYZ", b"rXYZ").replace(b"****", b"bXYZ")
        picture = opened(prepare(pictures.encoded(Pillow.new("RGB", (32, 32), (255, 0, 0)), "PNG", icc_profile=swapped)).data)
        assert near(picture.getpixel((9, 9)), (0, 0, 255))
        assert "icc_profile" not in picture.info

    def test_a_profile_that_is_none_does_no_harm(self):
        assert prepare(pictures.encoded(Pillow.new("RGB", (32, 32), RED), "PNG", icc_profile=b"nonsense")).width == 32


REFUSED = {
    "nothing": (b"", "This file is empty. Choose another."),
    "a text": (b"Dear colleagues, the picture is attached.", NO_PICTURE),
    "a page": (b"<!doctype html><script>alert(1)</script>", NO_PICTURE),
    "a drawing": (svg(), VECTOR),
    "a drawing with a script": (SVG_WITH_SCRIPT, VECTOR),
    "a photograph cut off": (pictures.photograph()[:-400], NO_PICTURE),
    "only a beginning": (b"\x89PNG\r\n\x1a\n", NO_PICTURE),
    "a format of long ago": (pictures.encoded(Pillow.new("RGB", (8, 8)), "TIFF"), NO_PICTURE),
    "sixty megapixels": (pictures.black(10_000, 6_000), "This picture has more than 40 megapixels. Choose a smaller one."),
    "a bomb": (pictures.black(20_000, 20_000), "This picture has more than 40 megapixels. Choose a smaller one."),
}


@pytest.mark.parametrize(("given", "sentence"), REFUSED.values(), ids=REFUSED)
def test_anything_else_is_refused_in_plain_words(given, sentence):
    with pytest.raises(Unusable) as refusal:
        prepare(given)
    assert str(refusal.value) == sentence


@pytest.mark.django_db
class TestWhoseItIs:
    def test_the_same_file_twice_is_one_row_and_one_file(self, owner):
        first, second = (references.from_upload(owner, pictures.upload(pictures.photograph())) for _ in range(2))
        assert first == second
        assert Reference.objects.count() == 1

    def test_two_people_have_a_row_each_of_the_same_file(self, owner, stranger):
        one, other = (references.from_upload(person, pictures.upload(pictures.photograph())) for person in (owner, stranger))
        assert one.public_id != other.public_id
        assert one.stored == other.stored

    def test_the_row_says_what_is_in_the_storage(self, owner):
        kept = references.from_upload(owner, pictures.upload(pictures.photograph()))
        with default_storage.open(kept.stored) as file:
            data = file.read()
        assert (len(data), opened(data).size) == (kept.byte_size, (kept.width, kept.height))
        with default_storage.open(kept.thumb) as file:
            assert file.read(4) == b"RIFF"

    def test_a_file_over_the_limit_is_not_even_read(self, owner, settings):
        settings.MAX_REFERENCE_BYTES = 1024**2
        with pytest.raises(Unusable, match="over 1 MB"):
            references.from_upload(owner, pictures.upload(b"\0" * (1024**2 + 1)))

    def test_a_frame_s_picture_bears_the_frame_s_name(self, run, picture):
        frame = picture(run().generations.get())
        assert references.from_frame(frame).label == "1-1"

    def test_a_frame_without_a_picture_gives_none(self, run):
        with pytest.raises(Unusable, match="no picture yet"):
            references.from_frame(run().generations.get())

    def test_a_frame_whose_file_is_lost_says_so(self, run, picture):
        frame = picture(run().generations.get())
        default_storage.delete(frame.image.original)
        with pytest.raises(Unusable, match="not there any more"):
            references.from_frame(frame)

    def test_of_a_drawing_the_pixels_are_taken(self, run, picture):
        frame = picture(run().generations.get(), data=svg(), media_type=MEDIA_TYPE)
        kept = references.from_frame(frame)
        assert max(kept.width, kept.height) == EDGE
