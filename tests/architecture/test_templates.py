"""Templates: whatever they name exists, a partial's name is its own, and nothing in them needs a lenient browser."""

import ast
import re
from collections import Counter
from collections.abc import Iterator

import pytest
from django.contrib.staticfiles import finders
from django.template import TemplateDoesNotExist
from django.template.loader import get_template
from django.urls import URLResolver, get_resolver

from workspace.embedded.folder import PROJECT

FOLDER = PROJECT / "templates"
TEMPLATES = sorted(path for path in FOLDER.rglob("*") if path.suffix in (".html", ".svg", ".txt"))
MODULES = sorted(path for path in (PROJECT / "workspace").rglob("*.py") if "migrations" not in path.parts)

DEFINED = re.compile(r"{%\s*partialdef\s+(\S+)")
USED_HERE = re.compile(r"{%\s*partial\s+(\S+)")
PULLED_IN = re.compile(r"{%\s*(?:include|extends)\b.*?%}")
TEMPLATE_NAME = re.compile(r"[\w./-]+\.(?:html|svg|txt)(?:#\w+)?")
URL_NAME = re.compile(r"{%\s*url\s+['\"]([^'\"]+)['\"]")
STATIC_FILE = re.compile(r"{%\s*static\s+['\"]([^'\"]+)['\"]|{%\s*get_static_prefix\s*%}([\w./-]+)")

NEEDS_LENIENCE = {
    "a script in the page (put it into static/js)": re.compile(r"<script(?![^>]*\ssrc=)[^>]*>", re.I),
    "a style sheet in the page (put it into static/css)": re.compile(r"<style\b", re.I),
    "a style of its own (only lengths known at run time may stand there, as --name)": re.compile(r"\sstyle=\"(?!--)", re.I),
    "a handler in an attribute": re.compile(r"\s(?:on[a-z]+|hx-on[\w:.-]*)=", re.I),
    "values that are JavaScript": re.compile(r"['\"]\s*(?:js|javascript):", re.I),
    "an event filter, which htmx evaluates": re.compile(r"hx-trigger=(?:\"[^\"]*\[|'[^']*\[)"),
}


def _sources() -> Iterator[tuple[str, str]]:
    """Every template's name and text."""
    yield from ((str(path.relative_to(FOLDER)), path.read_text()) for path in TEMPLATES)


def _modules() -> Iterator[tuple[str, ast.Module]]:
    """Every module's path and syntax tree."""
    yield from ((str(path.relative_to(PROJECT)), ast.parse(path.read_text())) for path in MODULES)


def _exists(template: str) -> bool:
    """Whether a template, or ``template.html#partial``, is there. One that cannot be read raises what is wrong with it."""
    try:
        return bool(get_template(template))
    except TemplateDoesNotExist:
        return False


def _url_names(resolver: URLResolver, prefix: str = "") -> Iterator[str]:
    yield from (f"{prefix}{name}" for name in resolver.reverse_dict if isinstance(name, str))
    for namespace, (_, deeper) in resolver.namespace_dict.items():
        yield from _url_names(deeper, f"{prefix}{namespace}:")


# --- what templates name -------------------------------------------------------------------------------------------------------
def test_every_template_can_be_read():
    assert [name for name, _ in _sources() if not _exists(name)] == []


def test_every_template_that_is_pulled_in_exists():
    named = [(name, each) for name, text in _sources() for tag in PULLED_IN.findall(text) for each in TEMPLATE_NAME.findall(tag)]
    assert named
    assert [(name, each) for name, each in named if not _exists(each)] == []


def test_every_partial_is_used_where_it_is_defined():
    """``{% partial %}`` sees only its own file; from another one it takes ``{% include "file.html#partial" %}``."""
    unknown = {name: set(USED_HERE.findall(text)) - set(DEFINED.findall(text)) for name, text in _sources()}
    assert {name: missing for name, missing in unknown.items() if missing} == {}


def test_every_address_in_a_template_exists():
    known = set(_url_names(get_resolver()))
    assert [(name, url) for name, text in _sources() for url in URL_NAME.findall(text) if url not in known] == []


def test_every_static_file_in_a_template_exists():
    named = [(name, tagged or prefixed) for name, text in _sources() for tagged, prefixed in STATIC_FILE.findall(text)]
    assert named
    assert [(name, file) for name, file in named if finders.find(file) is None] == []


def test_templates_work_under_a_strict_content_security_policy():
    assert [(name, what) for name, text in _sources() for what, pattern in NEEDS_LENIENCE.items() if pattern.search(text)] == []


@pytest.mark.parametrize(
    "markup",
    [
        "<script>go()</script>",
        '<script nonce="{{ csp_nonce }}">go()</script>',
        "<style>a{}</style>",
        '<p style="color: red">',
        '<a onclick="go()">',
        '<a hx-on:click="go()">',
        '<a hx-on::after-swap="go()">',
        """<a hx-vals='js:{a: go()}'>""",
        '<a href="javascript:go()">',
        '<a hx-trigger="keyup[ctrlKey]">',
    ],
)
def test_markup_that_needs_lenience_is_recognised(markup):
    assert any(pattern.search(markup) for pattern in NEEDS_LENIENCE.values())


# --- the names of partials -----------------------------------------------------------------------------------------------------
def test_a_partial_s_name_is_its_own_in_the_whole_project():
    counted = Counter(name for path in TEMPLATES for name in DEFINED.findall(path.read_text()))
    assert [name for name, times in counted.items() if times > 1] == []


def test_partials_are_named_in_snake_case():
    snake = re.compile(r"[a-z][a-z0-9]*(?:_[a-z0-9]+)*")
    assert [(name, each) for name, text in _sources() for each in DEFINED.findall(text) if not snake.fullmatch(each)] == []


# --- what Python names ---------------------------------------------------------------------------------------------------------
def _texts(tree: ast.AST) -> Iterator[str]:
    """Every string a module writes, docstrings aside."""
    prose = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in prose:
            yield node.value


def _joins(node: ast.AST) -> bool:
    """Whether it is ``f"{TEMPLATE}#{name}"``: a template and a partial that only the call knows."""
    return isinstance(node, ast.JoinedStr) and any(isinstance(part, ast.Constant) and part.value == "#" for part in node.values)


def _handed_over(tree: ast.AST) -> Iterator[str]:
    """Texts in lists and tuples that reach a function which joins them to a template's name, from its calls or inside it."""
    joiners = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef) and any(map(_joins, ast.walk(node)))]
    names = {node.name for node in joiners}
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call) and getattr(node.func, "id", "") in names]
    for place in (*joiners, *calls):
        for node in ast.walk(place):
            if isinstance(node, (ast.List, ast.Tuple)):
                yield from (item.value for item in node.elts if isinstance(item, ast.Constant) and isinstance(item.value, str))


def _is_a_template(text: str) -> bool:
    return text.endswith(".html") or ("/" in text and TEMPLATE_NAME.fullmatch(text) is not None)


def test_every_template_that_python_names_exists():
    named = [(path, text) for path, tree in _modules() for text in _texts(tree) if _is_a_template(text)]
    assert named
    assert [(path, text) for path, text in named if not _exists(text)] == []


def test_every_partial_that_python_names_exists():
    """A module's partials are looked for in the templates that the same module names."""
    for path, tree in _modules():
        texts = list(_texts(tree))
        here = {name for text in texts if text.endswith(".html") for name in DEFINED.findall((FOLDER / text).read_text())}
        asked = {text[1:] for text in texts if re.fullmatch(r"#\w+", text)} | set(_handed_over(tree))
        assert (path, asked - here) == (path, set())


def test_every_letter_has_a_subject_and_a_text():
    calls = [node for _, tree in _modules() for node in ast.walk(tree) if isinstance(node, ast.Call)]
    firsts = [call.args[0] for call in calls if getattr(call.func, "attr", "") == "send_mail" and call.args]
    letters = [first.value for first in firsts if isinstance(first, ast.Constant)]
    assert letters
    for part in ("_subject.txt", "_message.txt"):
        assert [letter for letter in letters if not _exists(letter + part)] == []


def test_partials_that_views_name_are_found_at_all():
    """Else the search above could go blind without anybody noticing."""
    view = 'def show(names):\n    return [f"{PAGE}#{name}" for name in (*names, "own")]\n'
    tree = ast.parse(f'PAGE = "a.html"\n{view}show(["given"])\nfixed = f"{{PAGE}}#fixed"\n')
    assert set(_handed_over(tree)) == {"own", "given"}
    assert "#fixed" in set(_texts(tree))
