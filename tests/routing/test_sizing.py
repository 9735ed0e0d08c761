from math import isclose

import pytest
from hypothesis import given
from hypothesis import strategies as st

from providers.types import Size
from routing import sizing

XL = [Size(1024, 1024), Size(1536, 1024), Size(1024, 1536)]
OLD = [Size(256, 256), Size(512, 512), Size(1024, 1024), Size(1792, 1024)]


@pytest.mark.parametrize(
    ("wanted", "offered", "made"),
    [
        (Size(1024, 1024), XL, Size(1024, 1024)),
        (Size(1152, 864), [Size(1024, 1024), Size(1024, 768)], Size(1024, 768)),
        (Size(1152, 864), XL, Size(1536, 1024)),
        (Size(1248, 832), XL, Size(1536, 1024)),
        (Size(1280, 720), XL, Size(1536, 1024)),
        (Size(720, 1280), XL, Size(1024, 1536)),
        (Size(1280, 720), OLD, Size(1792, 1024)),
        (Size(1024, 1024), OLD[:2], Size(512, 512)),
        (Size(1152, 864), [Size(4096, 3072), Size(1024, 768), Size(640, 480)], Size(1024, 768)),
        (Size(1024, 1024), [Size(512, 512), Size(2048, 2048)], Size(512, 512)),
    ],
)
def test_the_ratio_comes_first_then_the_area(wanted, offered, made):
    assert sizing.nearest(wanted, offered) == made
    assert sizing.nearest(wanted, offered[::-1]) == made


@pytest.mark.parametrize(("shape", "size"), sizing.SHAPES.items())
def test_every_shape_is_about_a_megapixel_in_its_exact_ratio_on_multiples_of_16(shape, size):
    across, down = map(int, shape.split(":"))
    assert size.width * down == size.height * across
    assert size.width % 16 == size.height % 16 == 0
    assert isclose(size.width * size.height, 1_000_000, rel_tol=0.1)


def test_it_says_so_when_the_size_differs():
    assert sizing.note(Size(1152, 864), Size(1024, 768)) == "Asked for 1024×768. This model has no 1152×864."
    assert sizing.note(Size(1152, 864), Size(1152, 864)) is None


SIZES = st.builds(Size, st.integers(64, 4096), st.integers(64, 4096))


@given(SIZES, st.lists(SIZES, min_size=1, max_size=12))
def test_an_offered_size_is_made_as_asked_and_the_choice_does_not_depend_on_order(wanted, offered):
    assert sizing.nearest(wanted, [*offered, wanted]) == wanted
    assert sizing.nearest(wanted, offered) == sizing.nearest(wanted, sorted(offered, key=str))
    assert sizing.nearest(wanted, offered) in offered
