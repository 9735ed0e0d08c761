"""What a prompt asks for, out of its words alone: the intent, the texts to be drawn, the look, and the evidence for each.

Rules only, in time linear in the length of the prompt; ``routing.reading`` holds them.
"""

from routing.reading import complexity, cues, formats, intents, script, texts
from routing.reading import evidence as evidences
from routing.reading import look as looks
from routing.reading import shape as shapes
from routing.types import Reading


def read(prompt: str) -> Reading:
    """Read a prompt. Words inside a text to be drawn are no evidence for anything but that text."""
    page = script.unfold(prompt)
    cast = cues.find(page.text)
    lettering = texts.find(page, cast)
    spans = lettering.spans(page)
    around = cast.outside(spans)
    look, look_cues = looks.look(page.text, around)
    intent = intents.intent(around, look, lettered=lettering.wanted)
    spoken = intents.evidence(around, intent)
    shape = shapes.shape(page, around)
    wish = formats.find(page, spans)
    return Reading(
        intent=intent,
        texts=lettering.texts,
        cues=evidences.words(page, spoken),
        unclosed_quote=lettering.unclosed,
        wants_text=lettering.wanted,
        look=look,
        shape=shape,
        complexity=complexity.complexity(page.text, around),
        evidence=evidences.collect(page, around, lettering, (look, look_cues), (intent, spoken), shape, wish),
        wish=wish,
    )
