"""Nothing that runs, asks or points elsewhere is left in a cleaned drawing, and a harmless one loses nothing that is seen."""

import re
from xml.etree import ElementTree as Xml
from xml.sax.saxutils import escape, quoteattr

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from providers.errors import BrokenAnswer
from providers.simulator.drawing import draw
from providers.simulator.spoiled import SVG_WITH_SCRIPT
from providers.vectors import NAMESPACE, look
from tests.providers.drawings import svg
from workspace.comparisons.svg.cleaning import Unreadable, clean

PIXEL = "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="


def _words(text: str) -> list[str]:
    return text.split()


TARGETS = [
    "http://hostile.example/x",
    "https://hostile.example/x.svg#a",
    "//hostile.example/x",
    "HTTP://hostile.example",
    "/images/1/original/",
    "/etc/passwd",
    "file:///etc/passwd",
    "../secret.png",
    "secret.png",
    "javascript:alert(1)",
    " java\tscript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "&#106;avascript:alert(1)",
    "vbscript:x",
    "data:text/html,<script>alert(1)</script>",
    "data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
    "data:image/svg+xml;base64,PHN2Zy8+",
    "blob:x",
    "ftp://hostile.example/",
    "?q",
    "#here",
    PIXEL,
]
WRAPPED = [
    "{}",
    "url({})",
    "url('{}')",
    'url( "{}" )',
    "URL({})",
    "ur\\l({})",
    "red url({}) url(#a)",
    "fill:url({});x:y",
    "url({}",
    'mask:image-set("{}" 1x)',
    'url(#a) src("{}")',
]
ELEMENTS = _words(
    "script style foreignObject iframe image use a animate set animateMotion feImage filter pattern linearGradient "
    "text textPath tspan mask clipPath marker switch g rect path svg handler listener video audio object embed link "
    "meta base cursor tref discard metadata desc title symbol defs view font-face font-face-uri color-profile"
)
ATTRIBUTES = _words(
    "onload onclick ONERROR onbegin href xlink:href src style fill stroke filter mask clip-path marker-end cursor "
    "attributeName values to from by begin end xml:base base type class id data-x ping target formaction action"
)
SPACES = [NAMESPACE, "http://www.w3.org/1999/xhtml", "http://www.w3.org/2001/xml-events", "urn:nobody"]
STYLES = [
    "@import '{}';",
    "@import url({});",
    "a{{fill:url({})}}",
    "@font-face{{src:url({})}}",
    "a{{behavior:url({})}}",
    "a{{x:expression(alert(1))}}",
    "@\\69mport '{}';",
    "a{{-moz-binding:url({})}}",
    "a{{fill:red}}",
    "a{{mask-image:image-set('{}' 1x)}}",
    "a{{fill:url({}",
]

targets = st.sampled_from(TARGETS) | st.text(max_size=12)
values = st.builds(str.format, st.sampled_from(WRAPPED), targets) | st.sampled_from(
    ["href", "onclick", "click", "xlink:href", "red"]
)
names = st.sampled_from(ATTRIBUTES)


@st.composite
def elements(draw_, depth: int = 3) -> str:
    name, space = draw_(st.sampled_from(ELEMENTS)), draw_(st.sampled_from(SPACES))
    attributes = "".join(f" {key}={quoteattr(value)}" for key, value in draw_(st.dictionaries(names, values, max_size=4)).items())
    style = st.builds(str.format, st.sampled_from(STYLES), st.sampled_from(TARGETS))
    inside = escape(draw_(style if name == "style" else targets))
    if depth:
        inside += "".join(draw_(st.lists(elements(depth - 1), max_size=2)))
    return f"<{name} xmlns={quoteattr(space)}{attributes}>{inside}</{name}>"


def active_parts(data: bytes) -> list[str]:
    """Whatever a browser could run, fetch or follow in this document."""
    found = []
    for element in Xml.fromstring(data).iter():
        name = element.tag.removeprefix(f"{{{NAMESPACE}}}")
        if "{" in name or name in ("script", "foreignObject", "handler", "listener", "iframe"):
            found.append(element.tag)
        for key, value in element.attrib.items():
            plain, squeezed = key.rpartition("}")[2].lower(), re.sub(r"[\s\x00-\x20]", "", value).lower()
            if plain.startswith("on") or re.search(r"(java|vb)script:", squeezed):
                found.append(f"{key}={value}")
            if plain in ("href", "src", "base") and not re.match(r"#|data:image/(png|jpeg|gif|webp);base64,", value):
                found.append(f"{key}={value}")
            found += urls_away(value) + re.findall(r"(?:image-set|src)\(", value)
        if name == "animate" and element.get("attributeName", "").lower().endswith("href"):
            found.append("animated href")
        if name == "style":
            text = "".join(element.itertext())
            found += urls_away(text) + re.findall(
                r"@import|\\|expression|-moz-binding|javascript:|://|image-set", text, re.IGNORECASE
            )
    return found


def urls_away(text: str) -> list[str]:
    pointed = re.findall(r"url\(\s*['\"]?([^)'\"]*)", text, re.IGNORECASE)
    return [each for each in pointed if not re.match(r"#|data:image/(png|jpeg|gif|webp);base64,", each)]


@settings(max_examples=120, deadline=None)
@given(st.lists(elements(), max_size=4), st.dictionaries(names, values, max_size=3))
def test_nothing_active_is_left_however_hostile_the_drawing(inside, attributes):
    head = " ".join(f"{key}={quoteattr(value)}" for key, value in attributes.items())
    data = svg("".join(inside), head=head)
    try:
        look(data)
    except BrokenAnswer:
        return  # never gets this far
    try:
        cleaned = clean(data)
    except Unreadable:
        return
    assert active_parts(cleaned.data) == []
    look(cleaned.data)
    if active_parts(data):
        assert cleaned.active
    assert not clean(cleaned.data).active


def test_the_simulators_hostile_drawing_keeps_its_looks_and_loses_the_rest():
    cleaned = clean(SVG_WITH_SCRIPT)
    assert cleaned.active
    assert active_parts(cleaned.data) == []
    assert b"hostile.example" not in cleaned.data
    assert b"#f2b134" in cleaned.data
    assert b"Press" in cleaned.data


@pytest.mark.parametrize(
    "data",
    [
        svg(),
        draw("a fox", model="m", seed=1, width=600, height=600, detail=1, texts=("Fox",), media_type="image/svg+xml"),
        svg('<defs><linearGradient id="g"><stop offset="0" stop-color="red"/></linearGradient></defs><rect fill="url(#g)"/>'),
        svg('<style>.a { fill: #c33; } @media print { .a { fill: red } }</style><path class="a" d="M0 0h9"/>'),
        svg(f'<image href="{PIXEL}" width="9" height="9"/><use href="#a"/>'),
        svg('<g data-name="Layer 1" role="img" aria-label="x" style="fill:red;mix-blend-mode:multiply"><path d="M0 0"/></g>'),
        svg(
            '<sodipodi:namedview id="v"/><g inkscape:label="a"><metadata><x:y xmlns:x="urn:z"/></metadata></g>',
            head='width="4" height="4" xmlns:inkscape="http://www.inkscape.org/namespaces/inkscape" '
            'xmlns:sodipodi="http://sodipodi.sourceforge.net/DTD/sodipodi-0.dtd" version="1.1"',
        ),
    ],
    ids=lambda data: str(data[90:140]),
)
def test_a_harmless_drawing_is_offered_as_it_came(data):
    assert not clean(data).active


@pytest.mark.parametrize(
    "body",
    [
        "<script/>",
        '<rect onclick="x()"/>',
        '<a href="https://example.org/"><rect/></a>',
        '<image href="https://example.org/a.png"/>',
        '<image href="secret.png"/>',
        "<style>@import 'x.css';</style>",
        '<rect style="fill:url(https://example.org/a#b)"/>',
        '<set attributeName="href" to="javascript:alert(1)"/>',
        '<h:b xmlns:h="http://www.w3.org/1999/xhtml"/>',
        '<image href="data:image/svg+xml;base64,PHN2Zy8+"/>',
        "<metadata/><unknown/>",
        "<metadata><script/></metadata>",
        '<desc><h:script xmlns:h="http://www.w3.org/1999/xhtml">x()</h:script></desc>',
        '<title onclick="x()">a</title>',
    ],
)
def test_whatever_runs_or_points_elsewhere_is_noticed(body):
    assert clean(svg(body)).active


def test_pieces_of_type_do_not_drift_apart():
    body = "<text><tspan>Cyber</tspan><tspan>Cafe</tspan> is <tspan>open</tspan></text>"
    root = Xml.fromstring(clean(svg(body)).data)
    assert "".join(root.find(f"{{{NAMESPACE}}}text").itertext()) == "CyberCafe is open"


@pytest.mark.parametrize("data", [b"", b"hello", b"<svg", b"\xff\xfe"])
def test_what_cannot_be_read_is_said(data):
    with pytest.raises(Unreadable):
        clean(data)
