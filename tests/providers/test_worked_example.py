"""The made-up provider of docs/providers.md, added to a copy of the code by the very blocks that stand there."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[2]
COPIED = ("pyproject.toml", "providers", "tests/__init__.py", "tests/examples.py", "tests/network.py", "tests/providers")
BLOCK = re.compile(r"`(?P<path>[\w/.]+)`:\n```(?P<kind>\w+)\n(?P<text>.*?)^```$", re.DOTALL | re.MULTILINE)
WALKED = ["test_acme", "test_every_adapter", "test_broken_answers", "test_catalogue", "test_simulator_catalogue"]


def blocks() -> list[dict[str, str]]:
    _, _, example = (PROJECT / "docs/providers.md").read_text().partition("\n## A worked example\n")
    return [found.groupdict() for found in BLOCK.finditer(example.partition("\n## ")[0])]


def apply(block: dict[str, str], root: Path) -> None:
    """Write a new file, or put the lines marked + where the others stand."""
    file = root / block["path"]
    if block["kind"] != "diff":
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(block["text"])
        return
    lines = block["text"].splitlines(keepends=True)
    before = "".join(line[1:] for line in lines if line.startswith(" "))
    assert file.read_text().count(before) == 1, f"these lines of {block['path']} are not there: {before}"
    file.write_text(file.read_text().replace(before, "".join(line[1:] for line in lines)))


@pytest.fixture(scope="module")
def copy(tmp_path_factory) -> Path:
    """The part of the project that a provider touches, without the rest: no database is needed for it."""
    root = tmp_path_factory.mktemp("worked-example")
    for name in COPIED:
        source, target = PROJECT / name, root / name
        target.parent.mkdir(parents=True, exist_ok=True)
        if source.is_dir():
            shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, target)
    for block in blocks():
        apply(block, root)
    return root


def run(root: Path, *command: str) -> str:
    """What the command has to say when it fails, or nothing."""
    done = subprocess.run([sys.executable, "-m", *command], cwd=root, capture_output=True, text=True, timeout=100, check=False)
    return done.stdout + done.stderr if done.returncode else ""


def test_it_touches_four_places():
    assert {re.sub(r"acme.*|server\.py|behaviour\.py", "", block["path"]) for block in blocks()} == {
        "providers/adapters/",
        "providers/registry.py",
        "providers/simulator/",
        "tests/providers/captured/",
        "tests/providers/test_",
    }


def test_every_test_that_walks_over_providers_accepts_it(copy):
    tests = [f"tests/providers/{name}.py" for name in WALKED]
    assert run(copy, "pytest", "-p", "no:django", "-p", "tests.network", "-k", "acme", *tests) == ""


def test_its_code_is_in_order(copy):
    new = [block["path"] for block in blocks() if block["path"].endswith(".py")]
    assert run(copy, "ruff", "check", *new) == ""
    assert run(copy, "ruff", "format", "--check", *new) == ""


def test_without_its_tests_it_is_said_what_is_missing(copy):
    (copy / "tests/providers/test_acme.py").rename(copy / "tests/providers/elsewhere.py")
    try:
        said = run(
            copy,
            "pytest",
            "-p",
            "no:django",
            "-p",
            "tests.network",
            "-k",
            "held_to_this",
            "tests/providers/test_every_adapter.py",
        )
    finally:
        (copy / "tests/providers/elsewhere.py").rename(copy / "tests/providers/test_acme.py")
    assert "tests/providers/test_acme.py needs CASES" in said
