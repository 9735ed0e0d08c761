"""An SVG without anything that runs, asks or points elsewhere, and whether it held such a thing.

Two layers. ``svg-hush`` (Cloudflare's sanitiser) keeps what its lists of elements and attributes allow. It turns ``http://host/a``
into ``/a``, though, which a renderer reads from its own disk and a browser from our own site; so a second pass keeps a reference
only if it stays inside the document (``#id``) or holds the pixels itself (``data:image/png``).
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree import ElementTree as Xml

import py_svg_hush

from providers.vectors import NAMESPACE

SVG = f"{{{NAMESPACE}}}"
XLINK = "{http://www.w3.org/1999/xlink}"
EMBEDDED = {"image": ["png", "jpeg", "gif", "webp"]}

Xml.register_namespace("", NAMESPACE)  # written without a prefix, which the sanitiser would strip with its meaning

_INSIDE = re.compile(r"#[^\s()'\"\\]*|data:image/(?:png|jpeg|gif|webp);base64,[A-Za-z0-9+/=\s]*")
_URL = re.compile(r"url\(\s*(['\"]?)(.*?)\1\s*(?:\)|\Z)", re.IGNORECASE | re.DOTALL)  # CSS closes at the end what nobody closed
_IMPORT = re.compile(r"@import\s+(?:url\(\s*)?(?:\"[^\"]*\"|'[^']*'|[^;)]*)[^;]*(?:;|$)", re.IGNORECASE)
_SCRIPTED = re.compile(
    r"(?:java|vb|live)\s*script\s*:|expression\s*\(|@import|-moz-binding|behaviou?r\s*:|\\"
    r"|(?:image-set|cross-fade|(?<![\w-])(?:image|src|element))\s*\(",  # they take an address as a bare string
    re.IGNORECASE,
)
_ANIMATIONS = {f"{SVG}{name}" for name in ("animate", "animateColor", "animateTransform", "set")}
_TEXT = {f"{SVG}{name}" for name in ("text", "tspan", "textPath", "a")}

# What may vanish without a word: descriptions, and what drawing programs keep for themselves.
_QUIET_NAMESPACES = re.compile(
    r"\{(?:http://(?:www\.inkscape\.org|sodipodi\.sourceforge\.net|ns\.adobe\.com|purl\.org/dc|creativecommons\.org|www\.serif\.com|"
    r"www\.bohemiancoding\.com)[^}]*|http://www\.w3\.org/(?:1999/02/22-rdf-syntax-ns#|XML/1998/namespace))\}"
)
_ACTING = (SVG, "{http://www.w3.org/1999/xhtml}", "{http://www.w3.org/2001/xml-events}")
_QUIET_ELEMENTS = {f"{SVG}metadata", f"{SVG}desc", f"{SVG}title"}
_QUIET_ATTRIBUTES = re.compile(
    r"data-.*|aria-.*|role|version|baseProfile|class|id|focusable|paint-order|isolation|mix-blend-mode|contentStyleType|x?space"
)


@dataclass(frozen=True, slots=True)
class Cleaned:
    """``active``: the original held something that was taken out because it runs, asks or points elsewhere."""

    data: bytes
    active: bool


class Unreadable(Exception):
    """The sanitiser cannot make an SVG of this."""


def clean(data: bytes) -> Cleaned:
    """The caller has looked at the SVG (``providers.vectors.look``): it is whole and declares nothing. Raises ``Unreadable``."""
    try:
        before = Xml.fromstring(data)  # noqa: S314 (declarations were refused, and expat fetches nothing)
        held = Counter(_features(before))
        for style in before.iter(f"{SVG}style"):
            style.text = _IMPORT.sub("", "".join(style.itertext()))
        after = Xml.fromstring(py_svg_hush.filter_svg(Xml.tostring(before), EMBEDDED))  # noqa: S314
        _narrow(after)
    except (ValueError, Xml.ParseError, RecursionError) as error:
        raise Unreadable(f"{type(error).__name__}: {error}") from error
    return Cleaned(Xml.tostring(after, encoding="utf-8", xml_declaration=True), bool(held - Counter(_features(after))))


# --- the second pass -----------------------------------------------------------------------------------------------------------
def _narrow(root: Xml.Element) -> None:
    for parent in list(root.iter()):
        for child in [each for each in parent if each.tag in _ANIMATIONS and "attributeName" not in each.attrib]:
            parent.remove(child)
    for element in root.iter():
        for name, value in list(element.attrib.items()):
            element.attrib[name] = _URL.sub(_kept_inside, value)
            if _plain(name).lower().startswith("on") or _points_away(name, value) or _SCRIPTED.search(value):
                del element.attrib[name]
        if element.tag == f"{SVG}style":
            element.text = _style("".join(element.itertext()))
        _unindent(element)


def _style(text: str) -> str:
    """The rules, if nothing is left in them that points away or could be read in two ways."""
    kept = _URL.sub(_kept_inside, text)
    return "" if _SCRIPTED.search(kept) or "://" in kept else kept


def _kept_inside(found: re.Match[str]) -> str:
    return f"url({found[2].strip()})" if _INSIDE.fullmatch(found[2].strip()) else "none"


def _points_away(name: str, value: str) -> bool:
    return _plain(name) in ("href", "src", "base") and not _INSIDE.fullmatch(value.strip())


def _unindent(element: Xml.Element) -> None:
    """The sanitiser puts each element on a line of its own; between pieces of type that would be seen as a space."""
    if element.tag in _TEXT:
        for each in element:
            if each.tail and "\n" in each.tail and not each.tail.strip():
                each.tail = None
        if len(element) and element.text and "\n" in element.text and not element.text.strip():
            element.text = None


# --- what a document holds -----------------------------------------------------------------------------------------------------
def _features(element: Xml.Element, *, described: bool = False) -> Iterator[tuple[str, str]]:
    """Elements, attributes and references that could do something: whatever of them cleaning takes away was active.

    Inside a description (``described``) words of unknown vocabularies are quiet; a script in it runs like any other.
    """
    described = described or element.tag in _QUIET_ELEMENTS
    foreign = _QUIET_NAMESPACES.match(element.tag) or (described and not element.tag.startswith(_ACTING))
    if not foreign and element.tag not in _QUIET_ELEMENTS:
        yield "element", element.tag
    for name, value in element.attrib.items():
        if not foreign or _plain(name).lower().startswith("on"):
            yield from _of_attribute(name, value)
    if element.tag == f"{SVG}style":
        yield from _of_text("".join(element.itertext()))
    for child in element:
        yield from _features(child, described=described)


def _of_attribute(name: str, value: str) -> Iterator[tuple[str, str]]:
    if _QUIET_NAMESPACES.match(name) and _plain(name) != "base":
        return
    if _plain(name) == "href":
        if not value.strip().startswith("#"):
            yield "reference", "".join(value.split())
    elif not name.startswith(XLINK) and not _QUIET_ATTRIBUTES.fullmatch(name):
        yield "attribute", name
    yield from _of_text(value)


def _of_text(text: str) -> Iterator[tuple[str, str]]:
    yield from (("reference", "".join(found[2].split())) for found in _URL.finditer(text) if not found[2].strip().startswith("#"))
    yield from (("scripted", found[0].lower()) for found in _SCRIPTED.finditer(text))


def _plain(name: str) -> str:
    return name.rpartition("}")[2]
