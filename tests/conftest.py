"""Real parts for every test: one Postgres and one Valkey per test run, started before Django reads its settings.

The settings module is named here and not in pyproject.toml, because it would be read before this file is.
"""

import os

import django
import pytest

import tests.examples  # noqa: F401 - before tests are collected
from workspace.embedded import temporary

OURS = temporary.servers() | {
    "ENV_FILE": "",
    "SECRET_KEY": "only-for-tests-" + "x" * 50,
    "DJANGO_SETTINGS_MODULE": "workspace.settings",
}
os.environ |= OURS
django.setup()

pytest_plugins = ["tests.network"]


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_setupnodes() -> None:
    """Processes that share the work start servers of their own; with these names they would read the settings before that."""
    for name in OURS:
        del os.environ[name]
