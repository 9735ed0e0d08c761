"""Lettering asked for without its words: "add a short slogan below", "each part labelled in a clean font", "用红色文字标注".

The words are left to whoever draws, and yet the drawing stands or falls with its lettering. Only a plain request counts: a verb
that puts something into the picture and, in the same clause, the name of a piece of lettering.
"""

import re

from routing.reading.cues import DENIED, Cast
from routing.reading.lettering import Span
from routing.reading.roles import Role

PUTS = (
    r"\b(?:add|include|includes|including|incorporate|insert|integrate|overlay|place|display|displays|displaying|feature|features"
    r"|featuring|show|shows|showing|write|put|with|bearing|use|carries|contains?|generate|need|has)"
)
# Between the two nothing denies, asks for room, or ends the clause.
CLAUSE = r"(?:(?!\b(?:no|not|without|space|room|area|for|remove|avoid|free|blank)\b)[^.;:!?\n\"“{}()]){0,44}?"
PIECE = (
    r"\b(?:slogan|tagline|catchphrase|catch phrase|headline|caption|annotations?|call[- ]to[- ]action"
    r"|handwritten(?:-style)? (?:notes?|text|labels?|captions?)|text (?:labels?|annotations?|overlay)|onomatopoeia"
    r"|(?:bold|large|big|small|short|legible|readable|stylized|chinese|english|japanese|korean|arabic|capital[- ]letter|3d|brush"
    r"|embroidered|uppercase) (?:\w+ )?(?:text|title|typography|lettering|labels in))s?\b"
)
LABELLED = (
    r"\blabell?ed (?:in|with) (?!a logo)|\b(?:labels?|text|captions?|typography)"
    r" (?:should be |must be |is |are )?in (?:\w+ )?(?:chinese|english|japanese|korean|french|german|spanish|arabic)\b"
)
# "a small logo above, and a short, powerful slogan": with these the article is enough.
ONE = (
    r"(?<!for )(?<!without )(?<!nor )\b(?:an?|one) (?:(?!without\b|with\b|for\b|no\b)[\w-]+,? ){0,5}"
    r"(?:slogan|tagline|catchphrase|headline|call[- ]to[- ]action)\b"
)
ASKED = re.compile(rf"{PUTS}\b{CLAUSE}{PIECE}|{LABELLED}|{ONE}", re.IGNORECASE)
UNSPACED = re.compile(
    r"(?<![不无無勿别止])(?:添加|加上|加入|增加|包含|包括|配上|配有|配|附上|附有|写上|写有|写着|标明|注明|印有|带有|显示|放置|呈现)"
    r"[^。；！？\n“”\"无不：:]{0,16}(?:标题|标语|口号|广告语|文案|手写|短句|注释|批注|说明文字|文字说明|文字(?!的)|字样)"
    r"|一[个個句条條][^。，；\n“”]{0,24}(?:标语|標語|口号|口號|广告语|宣传语)"
    r"|用[^。；，\n“”]{0,12}(?:文字|字体|手写)[^。；，\n“”]{0,8}(?:标注|书写|写|标出)"
    r"|(?:文字|标签|注释)(?:是|为|用|使用|必须是|要用)(?:中文|英文|日文|简体中文|繁体中文|汉字)"
    r"|(?:文字|キャッチコピー|見出し|説明文|吹き出し|手書き文字)(?:を|の)[^。、\n]{0,8}(?:入れ|追加|加え|配置|書)"
)
MOST = 20_000  # characters in which a wish is looked for


def wished(text: str, cast: Cast) -> Span | None:
    """Where lettering is asked for without its words; None where a prompt says "no text", too."""
    if any(Role.LETTERLESS in cue.roles for cue in cast.cues):
        return None
    denied = DENIED.search(text)
    end = min(denied.start() if denied else len(text), MOST)
    found = ASKED.search(text, 0, end) or UNSPACED.search(text, 0, end)
    return found.span() if found else None
