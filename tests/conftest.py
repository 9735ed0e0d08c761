"""Real parts for every test: one Postgres and one Valkey per test run, started before Django reads its settings.

The settings module is named here and not in pyproject.toml, because it would be read before this file is.
"""

import os
from itertools import chain, groupby
from operator import attrgetter

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

from django.test import TransactionTestCase  # noqa: E402 - needs the settings

from tests import emptying  # noqa: E402

pytest_plugins = ["tests.network"]
TransactionTestCase._fixture_teardown = emptying.empty_what_was_filled


@pytest.fixture(scope="session")
def django_db_keepdb() -> bool:
    """The database goes with its server; until then, threads that tests left behind may hold connections to it."""
    return True


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Where processes share the work, the tests of faults are spread among the others: they wait, and side by side all would."""
    if not hasattr(config, "workerinput"):
        return
    files = [list(tests) for _, tests in groupby(items, key=attrgetter("path"))]
    waiting = [file for file in files if file[0].path.parent.name == "faults"]
    spread = [file for file in files if file not in waiting]
    apart = len(files) // (len(waiting) + 1)
    for number, file in enumerate(waiting, start=1):
        spread.insert(number * apart, file)
    items[:] = chain.from_iterable(spread)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_setupnodes() -> None:
    """Processes that share the work start servers of their own; with these names they would read the settings before that."""
    for name in OURS:
        del os.environ[name]
