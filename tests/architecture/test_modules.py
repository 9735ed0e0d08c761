"""Modules stay small, have one idea each, and leave nothing for later."""

import ast
import re
import subprocess

from workspace.embedded.folder import PROJECT

LINES = 300
WRITTEN = (".py", ".html", ".css", ".js", ".md", ".yml", ".toml", ".txt", "Makefile", "Dockerfile", ".ci/run")
LATER = re.compile(r"\b(?:TO" r"DO|FIX" r"ME|X" r"XX|HA" r"CK)\b")  # in halves, so that this line is not one
DRAWERS = {"utils.py", "helpers.py", "common.py", "misc.py"}


def _listed(*patterns):
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", *patterns]
    listed = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=True)
    return sorted(path for path in listed.stdout.split("\0") if path and (PROJECT / path).is_file())


def _modules():
    return [path for path in _listed("*.py") if "/migrations/" not in path]


def _read(path):
    return (PROJECT / path).read_text()


def test_every_module_fits_in_a_head():
    """Split a longer one where two ideas meet."""
    lengths = {path: len(_read(path).splitlines()) for path in _modules()}
    assert {path: lines for path, lines in lengths.items() if lines > LINES} == {}


def test_no_module_is_a_drawer_for_odds_and_ends():
    assert [path for path in _modules() if path.rpartition("/")[2] in DRAWERS] == []


def test_nothing_is_left_for_later():
    texts = [path for path in _listed() if path.endswith(WRITTEN) and not path.startswith("providers/simulator/fonts/")]
    assert [path for path in texts if LATER.search(_read(path))] == []


def test_no_test_is_skipped_or_expected_to_fail():
    """A test that does not run proves nothing."""
    marks = {"skip", "skipif", "xfail", "importorskip"}
    assert [path for path in _modules() if path.startswith("tests/") and _attributes(path) & marks] == []


def _attributes(path):
    return {node.attr for node in ast.walk(ast.parse(_read(path))) if isinstance(node, ast.Attribute)}
