"""What each family is sent. A row is a prompt, who is asked, what is sent, and what its negative prompt says.

The prompts are read as Auto reads them, unless the row says which intent was chosen.
"""

from dataclasses import replace

import pytest

from providers import catalogue
from providers.types import Capabilities
from routing import intent
from routing.prompting import adapt
from routing.types import Author, Intent

MODELS = {
    "GPT Image": "openai/gpt-image-2.6-sunburst",
    "Gemini": "gemini/3-pro-image",
    "FLUX": "bfl/flux-2-pro",
    "Ideogram 4.5": "ideogram/4.5",
    "Ideogram 3": "ideogram/v3",
    "Ideogram Vector": "ideogram/vector-1",
    "Recraft": "recraft/v4.1",
    "Recraft Vector": "recraft/v4.1-vector",
    "SD 3.5": "stability/sd3.5-large",
    "SD 3.5 Turbo": "stability/sd3.5-large-turbo",
    "SDXL": "a1111/sdxl",
    "Local": "local/default",
}
OTTER = "photo of an otter on a pier"
ALLEY = "rainy alley, 35 mm, depth of field"
CAT = "a cat on a wall"
FOX = "A fox in the snow. Soft mist. Oil painting."
FLAWS = "blurry, low quality, watermark, signature"
DRAWN = "illustration, painting, drawing, cartoon, 3D render"
SWIM = (
    "a poster for a swim club on a windy beach in pastel colours, seagulls above the pier, small boats, a red buoy, "
    'with the headline "Cold Water Club"'
)
SWIM_EARLY = (
    'with the headline "Cold Water Club": a poster for a swim club on a windy beach in pastel colours, seagulls above the '
    "pier, small boats, a red buoy"
)


def sent(prompt, who, chosen=None):
    reading = intent.read(prompt)
    return adapt(prompt, catalogue.model(MODELS[who]), reading, intent=chosen or reading.intent)


@pytest.mark.parametrize(
    ("prompt", "who", "worded", "negative"),
    [
        # Photographs: light and lens in a sentence, or as tags; nothing that is named already
        (OTTER, "GPT Image", f"{OTTER}. Photorealistic, in natural light with a 50 mm lens.", ""),
        (OTTER, "FLUX", f"{OTTER}. Photographed in natural light with a 50 mm lens.", ""),
        (OTTER, "SD 3.5", f"{OTTER}. Photographed in natural light.", DRAWN),
        (OTTER, "SDXL", f"{OTTER}, natural light, 50 mm lens", f"{DRAWN}, {FLAWS}"),
        (ALLEY, "Gemini", f"{ALLEY}. A photorealistic photograph.", ""),
        (ALLEY, "SDXL", f"{ALLEY}, photograph", f"{DRAWN}, {FLAWS}"),
        ("photo of a face", "FLUX", "photo of a face. Photographed in natural light with an 85 mm lens.", ""),
        ("photo of a valley at dusk", "FLUX", "photo of a valley at dusk. Photographed with a 24 mm lens.", ""),
        ("photo of a cup --ar 16:9", "FLUX", "photo of a cup. Photographed in natural light with a 50 mm lens. --ar 16:9", ""),
        # Words nobody quoted are quoted where they stand, in any language
        ("a mug that reads Good Day", "GPT Image", 'a mug that reads "Good Day"', ""),
        ("a mug that reads Good Day", "SD 3.5 Turbo", 'a mug that reads "Good Day"', ""),
        ("eine Torte mit der Aufschrift Alles Gute Lena", "Recraft", 'eine Torte mit der Aufschrift "Alles Gute Lena"', ""),
        ("OPENと書かれた看板", "Gemini", '"OPEN"と書かれた看板', ""),
        # Ideogram: named early, if the piece that names it can stand in front
        (SWIM, "Ideogram 4.5", SWIM_EARLY, ""),
        # Recraft: shapes, colours and background of a logo, each only if the prompt has none
        (
            'logo for "CyberCafe"',
            "Recraft",
            'logo for "CyberCafe". Flat shapes with clean edges, a palette of two or three colours, a plain background.',
            "",
        ),
        (
            "a green geometric logo for a bank",
            "Recraft",
            "a green geometric logo for a bank. A plain background.",
            "",
        ),
        (CAT, "Recraft Vector", f"{CAT}. Flat vector shapes with clean edges.", ""),
        (CAT, "Ideogram Vector", f"{CAT}. Flat vector shapes with clean edges.", ""),
        # SDXL: commas, and a negative prompt
        (FOX, "SDXL", "A fox in the snow, Soft mist, Oil painting.", f"photograph, photorealistic, {FLAWS}"),
        # What is not wanted moves to the negative prompt
        ("a castle, no people", "SDXL", "a castle", f"people, {FLAWS}"),
        ("a castle, no people, no cars", "Ideogram 3", "a castle", "people, cars"),
        ("a train without windows", "SD 3.5", "a train", "windows"),
        ("a mountain at dusk --no text, letters", "SD 3.5", "a mountain at dusk", "text, letters"),
        ("a photo of a quiet hall. Negative prompt: blur, chairs", "Ideogram 3", "a photo of a quiet hall", "blur, chairs"),
    ],
)  # fmt: skip
def test_a_prompt_is_worded_for_the_model_it_goes_to(prompt, who, worded, negative):
    adaptation = sent(prompt, who)
    assert (adaptation.prompt, adaptation.negative_prompt, adaptation.author) == (worded, negative, Author.RULES)


@pytest.mark.parametrize(
    ("prompt", "chosen", "who", "worded", "negative"),
    [
        (CAT, Intent.PHOTOREAL, "Recraft", f"{CAT}. A photograph.", ""),
        (CAT, Intent.PHOTOREAL, "GPT Image", f"{CAT}. A photorealistic photograph in natural light with a 50 mm lens.", ""),
        (CAT, Intent.ILLUSTRATION, "FLUX", f"{CAT}. An illustration.", ""),
        (CAT, Intent.ILLUSTRATION, "SDXL", f"{CAT}, illustration", f"photograph, photorealistic, {FLAWS}"),
    ],
)  # fmt: skip
def test_a_chosen_look_is_said_where_the_words_leave_it_open(prompt, chosen, who, worded, negative):
    adaptation = sent(prompt, who, chosen)
    assert (adaptation.prompt, adaptation.negative_prompt) == (worded, negative)


@pytest.mark.parametrize(
    ("prompt", "who", "chosen"),
    [
        ("", "GPT Image", None),
        (" \n ", "SDXL", None),
        ("🫀", "SDXL", None),
        (CAT, "GPT Image", None),
        ('A badge saying "Launch 2024"', "Ideogram 4.5", None),
        ("watercolour of a harbour", "FLUX", None),
        ("a photorealistic owl at night, 85 mm lens", "GPT Image", None),  # all of it is said
        ("a 3d render of a cat", "FLUX", Intent.PHOTOREAL),  # the words speak against the choice
        ("a realistic photo of a cat", "Recraft", Intent.ILLUSTRATION),
        ("an embroidered badge for scouts", "Recraft", None),  # a thing of thread is not flat
        ("a castle, no people", "FLUX", None),  # there is no negative prompt to move it to
        ("a castle, no people", "SD 3.5 Turbo", None),
        ("Foto eines Fuchses im Schnee", "GPT Image", None),  # words are added to English only
        ("写实摄影，雪地里的狐狸", "SDXL", None),
        ('{"scene": "a photo of a cafe"}', "GPT Image", None),
        ('a photo of a cup saying "Hello', "GPT Image", None),  # whatever is added might be drawn
        ("a photo of a \ue000", "GPT Image", None),
        (f"a photo of {'a gull and ' * 80}a pier", "GPT Image", None),  # who writes so much has said it all
        ("a photo of a pier", "Local", None),
    ],
)
def test_it_is_sent_as_written_where_nothing_useful_can_be_added(prompt, who, chosen):
    adaptation = sent(prompt, who, chosen)
    assert (adaptation.prompt, adaptation.negative_prompt) == (prompt, "")
    assert (adaptation.reasons, adaptation.author) == (("Sent as written.",), Author.PERSON)


@pytest.mark.parametrize(
    "piece",
    [
        'which reads "Cold Water Club"',
        'it says "Cold Water Club" above',
        'on his shirt "Cold Water Club"',
        '"Cold Water Club" below it',
    ],
)
def test_a_text_stays_where_it_is_if_its_piece_leans_on_what_stands_before_it(piece):
    prompt = (
        f"a poster for a swim club on a windy beach in pastel colours, seagulls above the pier, small boats, a red buoy, {piece}"
    )
    assert sent(prompt, "Ideogram 4.5").prompt == prompt


def test_a_wording_that_would_be_too_long_falls_back_to_the_prompt_as_written():
    model = catalogue.model(MODELS["GPT Image"])
    short = replace(model, capabilities=Capabilities(max_prompt_characters=len(OTTER) + 10))
    reading = intent.read(OTTER)
    assert adapt(OTTER, model, reading, intent=reading.intent).prompt != OTTER
    assert adapt(OTTER, short, reading, intent=reading.intent).prompt == OTTER


def test_every_change_gives_its_reason():
    assert sent(f"{OTTER}, no boats", "SDXL").reasons == (
        "What you do not want moves to the negative prompt, because in the prompt it would draw it.",
        "It answers a named light best, and none was named.",
        "It takes distance and depth from a lens, and none was named.",
        "The negative prompt keeps other looks out.",
        "The negative prompt keeps out what its pictures often suffer from.",
    )
