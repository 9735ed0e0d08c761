"""The parts a word of a prompt can play, and what each one tells the reader."""

from collections.abc import Mapping
from enum import StrEnum


class Role(StrEnum):
    """What a cue speaks for. A cue may play several parts: "logo" is a look, bears words, and asks for a type specialist."""

    # Words to be drawn
    OPENS = "opens"
    SAYS = "says"
    HOLDS = "holds"
    TITLES = "titles"
    NAMES = "names"
    PLACES = "places"
    BEARS = "bears"
    WRITTEN = "written"
    WORKS = "works"
    MANNER = "manner"
    SPEAKS = "speaks"
    BUBBLES = "bubbles"
    LETTERLESS = "letterless"
    # The look
    PHOTO = "photo"
    PHOTO_HINT = "photo_hint"
    DRAWN = "drawn"
    DRAWN_HINT = "drawn_hint"
    MARK = "mark"
    # The intent
    TYPE = "type"
    TYPE_HINT = "type_hint"
    FINAL = "final"
    FINAL_HINT = "final_hint"
    DRAFT = "draft"
    # The shape
    SQUARE = "square"
    WIDE = "wide"
    TALL = "tall"
    # How much there is to get right; subjects are counted, too, without their place
    SUBJECT = "subject"
    LIGHT = "light"
    MATERIAL = "material"
    COMPOSITION = "composition"
    # Lettering nobody quoted: where it begins and ends. These are looked up by word, never by place
    UTTERS = "utters"
    CONNECTS = "connects"
    STOPS = "stops"
    VAGUE = "vague"
    DESCRIBES = "describes"
    ABBREVIATES = "abbreviates"
    # Nothing: absorbs words that would mislead on their own ("the uploaded photo", "photo booth")
    NOTHING = "nothing"


WHY: Mapping[Role, str] = {
    Role.OPENS: "announces the words to be drawn, quoted or not",
    Role.SAYS: "announces the words to be drawn",
    Role.HOLDS: "introduces what is in the picture, quoted words among it",
    Role.TITLES: "names a piece of lettering, whose words follow",
    Role.NAMES: "gives a name, which is drawn if something bears it",
    Role.PLACES: "says where lettering stands",
    Role.BEARS: "is a thing that bears words",
    Role.WRITTEN: "says that the words before it are lettering",
    Role.WORKS: "refers to a work or a manner, so what follows is not drawn",
    Role.MANNER: "makes the quoted words a description",
    Role.SPEAKS: "is speech or thought, not lettering",
    Role.BUBBLES: "holds speech, which is lettering then",
    Role.LETTERLESS: "asks for no lettering",
    Role.PHOTO: "asks for a photograph",
    Role.PHOTO_HINT: "is a photographer's word",
    Role.DRAWN: "asks for something drawn or painted",
    Role.DRAWN_HINT: "is an illustrator's word",
    Role.MARK: "asks for a logo or a mark",
    Role.TYPE: "asks for lettering",
    Role.TYPE_HINT: "speaks of lettering",
    Role.FINAL: "asks for the finished picture",
    Role.FINAL_HINT: "speaks of the finished picture",
    Role.DRAFT: "asks for a draft",
    Role.SQUARE: "asks for a square",
    Role.WIDE: "asks for a wide picture",
    Role.TALL: "asks for a tall picture",
    Role.SUBJECT: "counts a subject",
    Role.LIGHT: "describes the light",
    Role.MATERIAL: "describes a material",
    Role.COMPOSITION: "describes the composition",
}

type Vocabulary = Mapping[Role, str]
