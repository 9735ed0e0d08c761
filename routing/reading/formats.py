"""A vector drawing or a transparent background, where the words ask for one.

"Vector illustration" and "vector art" name a style, which any model can imitate: only a thing to be delivered counts, "SVG",
"vector logo", "as a vector".
"""

import re
from collections.abc import Iterable

from routing.reading.script import Script
from routing.reading.types import Format, FormatWish

VECTOR = re.compile(
    r"\bsvgs?\b"
    r"|\bvector (?:logo|icon|mark|emblem|badge|wordmark|monogram|graphics?|files?|format|drawing|image|output)\b"
    r"|\b(?:as|in) (?:an? )?(?:clean |flat |simple |scalable )?vectors?\b(?! (?:art|illustration|style))"
    r"|\bvektor(?:grafik|logo|datei|format|bild|zeichnung)\b|\bals vektor\b"
    r"|\b(?:logo|image|fichier|dessin|format) vectoriel(?:le)?\b"
    r"|\b(?:logo|logotipo|gráfico|archivo|imagen|formato) vectorial\b"
    r"|矢量(?:图|圖|文件|格式|标志|logo)|ベクター?(?:画像|データ|形式|ロゴ)",
    re.IGNORECASE,
)
TRANSPARENT = re.compile(
    r"\btransparent(?:er|em|en)? (?:background|hintergrund|png)\b|\bbackground (?:is |should be |must be )?transparent\b"
    r"|\b(?:fond|arrière-plan) transparent\b|\bfondo transparente\b"
    r"|透明(?:的)?(?:背景|底)|背景(?:を|は|为|為)?透[明過]|透過(?:背景|png)",
    re.IGNORECASE,
)
DENIED = re.compile(
    r"(?:\b(?:no|not|without|never|kein|keine|keinen|ohne|pas de|sans|sin|ningún)(?: an?| any| the)? |不要|非|不是)$", re.I
)
# Without one of these nothing of the kind is asked for.
SIGNS = {
    Format.VECTOR: ("svg", "vector", "vektor", "矢量", "ベクタ"),
    Format.TRANSPARENT: ("transparent", "透"),
}
REACH = 20  # characters a denial may stand before


def find(page: Script, lettering: Iterable[tuple[int, int]]) -> FormatWish | None:
    """What is asked for, a drawing before a background (a drawing has none); spans of ``lettering`` are words to be drawn."""
    spans, lowered = list(lettering), page.text.lower()
    for kind, pattern in ((Format.VECTOR, VECTOR), (Format.TRANSPARENT, TRANSPARENT)):
        for match in pattern.finditer(page.text) if any(sign in lowered for sign in SIGNS[kind]) else ():
            start, end = match.span()
            drawn = any(first < end and start < last for first, last in spans)
            if not drawn and DENIED.search(page.text, max(0, start - REACH), start) is None:
                return FormatWish(kind, *page.origin(start, end), match.group())
    return None
