"""The top level of the repository is fixed: whoever opens it finds the same few things."""

import subprocess

from workspace.embedded.folder import PROJECT

FILES = {
    ".dockerignore",
    ".env.example",
    ".gitignore",
    ".python-version",
    "CHANGELOG.md",
    "Dockerfile",
    "LICENSE",
    "Makefile",
    "README.md",
    "docker-compose.yml",
    "manage.py",
    "pyproject.toml",
    "uv.lock",
}
FOLDERS = {".ci", "benchmarks", "docs", "providers", "routing", "static", "templates", "tests", "workspace"}


def tracked():
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=PROJECT, capture_output=True, text=True, check=True)
    return [path for path in listed.stdout.split("\0") if path]


def test_nothing_else_lies_at_the_top():
    top = {path.split("/")[0] for path in tracked()}
    assert top <= FILES | FOLDERS


def test_everything_promised_is_there():
    assert [name for name in sorted(FILES | FOLDERS) if not (PROJECT / name).exists()] == []


def test_there_is_no_drawer_for_odds_and_ends():
    assert [path for path in tracked() if path.endswith(("/utils.py", "/helpers.py"))] == []
