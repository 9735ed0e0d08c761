"""The simulator's pictures: they never fail, carry their words inside the frame, and say what they are."""

import hashlib
from io import BytesIO

import pytest
from PIL import Image, ImageChops

from providers.simulator.drawing import draw, draw_preview, is_simulated
from providers.simulator.drawing.canvas import Canvas
from providers.simulator.drawing.faces import FOLDER, ROLES, spell
from providers.simulator.drawing.lettering import clean, fit, place, wrap
from providers.simulator.drawing.reading import read
from providers.simulator.drawing.scenes import PAINTERS
from providers.simulator.drawing.style import style_of
from providers.simulator.drawing.vocabulary import SCENES

MODELS = ("ideogram/v_1_turbo", "ideogram/v_2a_turbo", "openai/gpt-image-2.6-flare", "openai/gpt-image-2.6-sunburst")


def picture(prompt: str = "mountain lake at dawn", **changes) -> bytes:
    arguments = {"model": MODELS[0], "seed": 5, "width": 256, "height": 256, "detail": 0.15, "texts": ()}
    return draw(prompt, **{**arguments, **changes})


def opened(data: bytes) -> Image.Image:
    image = Image.open(BytesIO(data))
    image.load()
    return image


def difference(one: bytes, other: bytes) -> float:
    """Mean difference per channel, 0..255."""
    small = [opened(data).convert("RGB").resize((32, 32)) for data in (one, other)]
    pixels = ImageChops.difference(*small).tobytes()
    return sum(pixels) / len(pixels)


@pytest.mark.parametrize(("media_type", "kind"), [("image/png", "PNG"), ("image/jpeg", "JPEG"), ("image/webp", "WEBP")])
def test_every_format_has_the_size_asked_for_and_carries_the_mark(media_type, kind):
    data = picture('Badge "Ünïcødé 東京"', media_type=media_type, width=320, height=192)
    image = opened(data)
    assert (image.format, image.size, image.mode) == (kind, (320, 192), "RGB")
    assert is_simulated(data)


def test_the_mark_names_the_model_the_prompt_and_the_seed():
    said = opened(picture("a koi pond", seed=41)).info
    assert said["Software"] == "Proofsheet simulator"
    assert said["Description"] == f"Simulated image, not made by {MODELS[0]}"
    assert (said["Prompt"], said["Seed"]) == ("a koi pond", "41")


def test_a_picture_from_elsewhere_or_no_picture_at_all_is_not_simulated():
    plain = BytesIO()
    Image.new("RGB", (8, 8)).save(plain, "PNG")
    for data in (plain.getvalue(), b"", b"<svg/>", b"Proofsheet simulator", picture()[:20]):
        assert not is_simulated(data)


def test_an_unknown_format_is_refused():
    with pytest.raises(ValueError, match="image/gif"):
        picture(media_type="image/gif")


@pytest.mark.parametrize("media_type", ["image/png", "image/jpeg", "image/webp"])
def test_equal_arguments_give_equal_bytes(media_type):
    digests = {hashlib.sha256(picture("fox logo", media_type=media_type)).digest() for _ in range(2)}
    assert len(digests) == 1


@pytest.mark.parametrize("prompt", ["mountain lake at dawn", 'poster "BLUE HOUR"', "a koi pond", "three vases"])
def test_models_draw_the_same_prompt_differently(prompt):
    drawn = [picture(prompt, model=model) for model in MODELS]
    assert all(difference(drawn[i], drawn[j]) > 5 for i in range(4) for j in range(i))


def test_another_seed_changes_the_composition():
    assert difference(picture(seed=1), picture(seed=2)) > 3


def test_the_models_shown_together_by_default_have_hands_of_their_own():
    assert len({style_of(model).treatment for model in MODELS}) == len(MODELS)


@pytest.mark.parametrize("prompt", [
    "", " ", "x" * 20_000, "mountain " * 2_300, "🦊🚀✨" * 50, "שלום עולם", "لوحة فنية للبحر",
    "<script>alert(1)</script><b>fox</b>", "\ud800 lone surrogate", "a\0b\x1b[31m", "'" * 999, '"' * 999,
])  # fmt: skip
def test_no_prompt_fails(prompt):
    for media_type in ("image/png", "image/jpeg", "image/webp"):
        assert is_simulated(picture(prompt, texts=(prompt,), media_type=media_type, width=96, height=96))


@pytest.mark.parametrize(("scene", "word"), [(scene, sorted(words)[0]) for scene, words in SCENES.items()])
@pytest.mark.parametrize(("width", "height"), [(64, 192), (192, 64), (120, 120)])
def test_every_scene_is_drawn_in_every_shape(scene, word, width, height):
    assert read(word).scene == scene
    for seed, model in enumerate(MODELS):
        data = picture(f"{word} at night, rain", width=width, height=height, seed=seed, model=model, texts=("Ab", "c" * 90))
        assert opened(data).size == (width, height)


def test_every_scene_of_the_vocabulary_has_a_painter():
    assert set(SCENES) | {"abstract"} == set(PAINTERS)


def test_the_largest_size_is_drawn():
    assert opened(picture(width=4096, height=4096, media_type="image/jpeg")).size == (4096, 4096)


@pytest.mark.parametrize(("prompt", "scene", "subject"), [
    ('A badge saying "Launch 2024"', "badge", "rocket"),
    ('Neon sign reading "CyberCafe" over a narrow café front at blue hour, rain', "street", "cup"),
    ("a glass of water with caustics, photoreal", "still", "glass"),
    ("fox logo, two colours", "logo", "fox"),
    ("isometric room", "isometric", None),
    ('poster for a jazz night "BLUE HOUR"', "poster", "record"),
    ("untitled no. 4", "abstract", None),
])  # fmt: skip
def test_prompts_are_read_as_pictures(prompt, scene, subject):
    reading = read(prompt)
    assert (reading.scene, next(iter(reading.subjects), None)) == (scene, subject)


def test_blue_hour_is_a_light_and_not_a_colour():
    reading = read("street at blue hour")
    assert (reading.light, reading.colours) == ("blue", ())


def test_words_in_quotation_marks_do_not_choose_the_scene():
    assert read('a quiet lake, with the words "neon badge poster"').scene == "landscape"


def test_black_and_white_is_grey():
    red, green, blue = opened(picture("a fox in black and white", model="openai/gpt-image-2.6-sunburst")).split()
    assert red.tobytes() == green.tobytes() == blue.tobytes()


@pytest.mark.parametrize("size", [(300, 100), (100, 300), (200, 200)])
@pytest.mark.parametrize(
    "text", ["CyberCafe", "Größe für Zürich", "W" * 120, "many words " * 30, "東京ラーメン", "Привет", "שלום"]
)
def test_type_always_fits_inside_the_frame(size, text):
    canvas = Canvas(*size, 0.5)
    for role in ROLES:
        block = fit(canvas, text, ROLES[role][0], canvas.w * 0.8, canvas.h * 0.4)
        assert block is not None
        left, top = place(canvas, block, canvas.w, 0)
        assert left >= 0
        assert top >= 0
        assert left + block.width <= canvas.size[0]
        assert top + block.height <= canvas.size[1]


@pytest.mark.parametrize(("text", "role"), [("CyberCafe", "neon"), ("Launch 2024", "badge"), ("Søren & Čeněk", "headline")])
def test_words_are_set_exactly_as_spelled(text, role):
    for wanted in ROLES[role]:
        face, spelled = spell(text, wanted)
        assert spelled == text
        assert "".join(wrap(face, spelled, 3)).replace(" ", "") == text.replace(" ", "")


def test_characters_no_face_can_draw_are_left_out():
    assert spell("Go 🦊 now", "Pacifico")[1] == "Go now"
    assert spell("🦊🦊", "Pacifico")[1] == ""


def test_very_long_texts_are_shortened_with_an_ellipsis():
    assert len(clean("word " * 500)) <= 260
    assert clean("word " * 500).endswith("…")


def test_set_words_change_the_picture():
    assert difference(picture('badge "One"', texts=("One",)), picture('badge "One"')) > 0.5


def test_partial_pictures_grow_sharper_and_resemble_the_picture():
    arguments = {"model": MODELS[1], "seed": 3, "width": 512, "height": 384, "detail": 0.5, "texts": ("CyberCafe",)}
    final = draw("neon sign, café", **arguments)
    previews = [draw_preview("neon sign, café", **arguments, stage=stage, of=3) for stage in range(3)]
    assert all(is_simulated(each) and opened(each).size == (256, 192) for each in previews)
    distances = [difference(each, final) for each in previews]
    assert distances == sorted(distances, reverse=True)
    assert distances[-1] < 20


def test_every_face_ships_with_its_licence_and_all_stay_small():
    faces = sorted(FOLDER.glob("*.ttf"))
    assert {face.stem for face in faces} >= {name for row in ROLES.values() for name in row}
    assert all("SIL OPEN FONT LICENSE" in (FOLDER / f"{face.stem}-OFL.txt").read_text().upper() for face in faces)
    assert sum(face.stat().st_size for face in faces) < 500_000
