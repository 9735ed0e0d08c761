"""Lettering asked for without its words: "add a short slogan below", "each part labelled in a clean font", "用红色文字标注".

The words are left to whoever draws, and yet the drawing stands or falls with its lettering. Only a plain request counts: the name
of a piece of lettering, and in its clause a verb that puts it into the picture, or an article: "and a small tagline".
"""

import re
from itertools import islice

from routing.reading.cues import IDEOGRAPHS, Cast, Cue
from routing.reading.lettering import Span
from routing.reading.roles import Role

PLAIN = re.compile(
    r"(?:slogan|tagline|catchphrase|headline|caption|call to action|annotation|onomatopoeia|callout label"
    r"|text (?:overlay|label|callout|annotation)|handwritten (?:style )?(?:note|text|label|caption))s?"
)
SINGLE = re.compile(r"slogan|tagline|catchphrase|headline|call to action")  # with these an article is enough
QUALIFIED = re.compile(r"(?:text|title|typography|lettering|label)s?")  # and these need more: "bold typography"
QUALIFIER = re.compile(
    r"(?:bold|large|big|small|short|legible|readable|stylized|capital[- ]letter|uppercase|3d|brush|embroidered|handwritten"
    r"|chinese|english|japanese|korean|arabic) (?:\w+ )?$",
    re.IGNORECASE,
)
IN_LANGUAGE = re.compile(
    r" (?:should be |must be |is |are )?in (?:\w+ )?(?:chinese|english|japanese|korean|french|german|spanish|arabic)\b",
    re.IGNORECASE,
)
# On these labels are words; on a bottle they are paper.
CHARTED = frozenset({"infographic", "diagram", "chart", "map", "timeline"})
OWN_NAME = re.compile(r" (?:with |by |in )?(?:its|their|the) (?:\w+ ){0,2}names?\b", re.IGNORECASE)
RENDERED = re.compile(
    r" (?:is|are|should be|must be) (?:all )?(?:\w+ly )?(?:rendered|written|displayed|lettered|legible|readable|clear)\b",
    re.IGNORECASE,
)
LABELLED = re.compile(r"label?led(?: with| as)?")
IN_TYPE = re.compile(
    r" (?:(?:in|with) )?(?:(?!a logo)[\w-]+ ){0,3}"
    r"(?:font|type|script|lettering|letters|text|calligraphy|handwriting|ink|chalk|pen)\b",
    re.IGNORECASE,
)
PUTS = re.compile(
    r"\b(?:add|include|includes|including|incorporate|insert|integrate|overlay|place|displays?|displaying|features?|featuring"
    r"|shows?|showing|write|put|with|bearing|use|carries|contains?|generate|create|need|has)\b",
    re.IGNORECASE,
)
ARTICLE = re.compile(r"\b(?:an?|one) (?:(?!with\b)[\w-]+,? ){0,5}$", re.IGNORECASE)
KEPT_OUT = re.compile(r"\b(?:no|not|nor|without|space|room|area|remove|avoid|free|blank|keep|preserve)\b", re.IGNORECASE)
PIECE_UNSPACED = re.compile(
    "(?:添加|加上|的)?(?:主|副)?(?:标题|標題|标语|標語|口号|广告语|文案|文字|注释|批注|字样|キャッチコピー|見出し)"
)
ADDS = ("添加", "加上")
PUTS_UNSPACED = re.compile(
    r"添加|加上|加入|增加|包含|包括|配|附上|附有|写上|写有|写着|标明|注明|印有|带有|显示|放置|呈现|用|一[个個句条條]"
)
KEPT_OUT_UNSPACED = re.compile("[不无無勿别止没沒留供去]")
MARKED = re.compile(
    r"(?:标注|书写|写|标出|标明)|(?:是|为|用|使用|要用)?(?:中文|英文|日文|简体|繁体|汉字)|(?:を|の)[^。、\n]{0,8}(?:入れ|追加|加え|配置|書)"
)
ENDS = re.compile(r"[.;:!?\n\"“”{}()\[\]。；！？：，]")
CLAUSE, UNSPACED_CLAUSE, MOST = 56, 28, 100  # characters of a clause looked at, and pieces of lettering


def wished(text: str, cast: Cast) -> Span | None:
    """Where lettering is asked for without its words; None where a prompt says "no text", too."""
    if any(Role.LETTERLESS in cue.roles for cue in cast.cues):
        return None
    pieces = islice(cast.playing(Role.TITLES, Role.OPENS, Role.SAYS, Role.WRITTEN), MOST)
    charted = any(text[cue.start : cue.end].lower() in CHARTED for cue in cast.playing(Role.BEARS))
    return next(((cue.start, cue.end) for cue in pieces if _asked(text, cue, charted=charted)), None)


def _asked(text: str, cue: Cue, *, charted: bool) -> bool:
    said = text[cue.start : cue.end].lower().replace("-", " ")
    if IDEOGRAPHS.search(said):
        return _asked_unspaced(text, cue)
    if LABELLED.fullmatch(said):
        return IN_TYPE.match(text, cue.end) is not None or OWN_NAME.match(text, cue.end) is not None
    before = _clause(text, cue.start, CLAUSE)
    if KEPT_OUT.search(before):
        return False
    if said in {"text", "the text", "lettering"} and RENDERED.match(text, cue.end):
        return True
    if charted and said == "labels":
        return PUTS.search(before) is not None
    if QUALIFIED.fullmatch(said):
        return IN_LANGUAGE.match(text, cue.end) is not None or bool(QUALIFIER.search(before) and PUTS.search(before))
    single = SINGLE.match(said) is not None and ARTICLE.search(before) is not None
    return PLAIN.fullmatch(said) is not None and (single or PUTS.search(before) is not None)


def _asked_unspaced(text: str, cue: Cue) -> bool:
    before = _clause(text, cue.start, UNSPACED_CLAUSE)
    if PIECE_UNSPACED.fullmatch(text, cue.start, cue.end) is None:
        return False
    if text.startswith(ADDS, cue.start):
        return KEPT_OUT_UNSPACED.search(before) is None
    if KEPT_OUT_UNSPACED.search(before) or text.startswith("的", cue.end):
        return False
    if MARKED.match(text, cue.end):
        return True
    return PUTS_UNSPACED.search(before) is not None


def _clause(text: str, end: int, reach: int) -> str:
    """What stands before a place in its clause."""
    return ENDS.split(text[max(0, end - reach) : end])[-1]
