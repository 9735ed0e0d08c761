"""Real parts for every test: one Postgres and one Valkey per test run, started before Django reads its settings.

The settings module is named here and not in pyproject.toml, because it would be read before this file is.
"""

import os
from contextlib import suppress
from importlib import import_module
from itertools import chain, groupby
from operator import attrgetter
from pathlib import Path

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


@pytest.hookimpl(tryfirst=True)
def pytest_collection(session: pytest.Session) -> None:
    """Where processes share the work, each loads a share of the modules first: a new clone's are compiled once.

    A module that cannot be loaded is pytest's to report.
    """
    config = session.config
    if not hasattr(config, "workerinput") or config.args_source is not pytest.Config.ArgsSource.TESTPATHS:
        return
    number, count = int(config.workerinput["workerid"].removeprefix("gw")), config.workerinput["workercount"]
    for file in sorted(Path(__file__).parent.rglob("test_*.py"))[number::count]:
        with suppress(Exception):
            import_module(".".join(file.relative_to(config.rootpath).with_suffix("").parts))


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
