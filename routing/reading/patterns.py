"""Small shapes of text that several readers share."""

import re

SENTENCE_END = re.compile(r"[.!?](?=\s)|[。！？;；]|\n")
BARE = re.compile(r"[\s:：*\-–—=>(]*")  # between "Headline:" and its words a line may break
GLUE = re.compile(
    r"[\s,;/|&+·、，()\-–—]*(?:and|or|und|oder|et|ou|y|o|then|plus|和|及|与|以及|と)?\s*"
)  # between items of a list
LETTERS = re.compile(r"[^\W\d_]")
STYLED = re.compile(r"[-–](?:style|inspired|like|themed)\b")  # "engraved with Art-Deco-style leaves" says how, not what
ADDRESS = re.compile(r"[@/\d]|\w\.\w")  # addresses and figures are lettering in lower case too
# A picture bears no title of its own: "a painting titled “Dusk”". A poster or a book does.
_PICTURE = re.compile(
    r"\b(?:paintings?|photos?|photographs?|portraits?|landscapes?|renderings?|(?:concept|digital|fantasy) art|artworks?|images?"
    r"|pictures?|sculptures?|statues?|masterpieces?|watercolou?rs?|etchings?|engravings?)(?: is| was)?,? $",
    re.IGNORECASE,
)
_REACH = 24  # characters


def after_picture(text: str, at: int) -> bool:
    """Whether the name of a picture, as "an oil painting", ends right before a place."""
    return _PICTURE.search(text, max(0, at - _REACH), at) is not None
