"""A process that dies between two statements: before one, after one, before a commit, or after it with the answer lost."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection

CRASHED = "crashed"


class Crash(BaseException):
    """Like a kill, no handler of the product's stops it."""


class Boundaries:
    """Counts the moments at which a process may die, and dies at the one of number ``fatal`` (None: at none)."""

    def __init__(self, fatal: int | None) -> None:
        self.fatal = fatal
        self.passed = 0
        self.statements = 0

    def run(self, execute: Callable, sql: str, params: Any, many: bool, context: dict) -> Any:
        self._pass()
        answer = execute(sql, params, many, context)
        self.statements += 1
        self._pass()
        return answer

    def commit(self, commit: Callable[[], None]) -> None:
        self._pass()
        commit()
        self._pass()

    def _pass(self) -> None:
        """What was not committed when the connection goes is rolled back."""
        self.passed += 1
        if self.passed - 1 == self.fatal:
            connection.connection.rollback()
            connection.close()
            raise Crash


def run(work: Callable[[], object], fatal: int | None) -> tuple[object, Boundaries]:
    """What ``work`` returned, the class of what it raised, or ``CRASHED``; and how far it came."""
    boundaries = Boundaries(fatal)
    try:
        with _watched(boundaries):
            return work(), boundaries
    except Crash:
        return CRASHED, boundaries
    except Exception as error:
        return type(error), boundaries


@contextmanager
def _watched(boundaries: Boundaries) -> Iterator[None]:
    """Commits do not pass through the wrapper of statements, so the connection's own are watched as well."""
    commit = connection.commit
    connection.commit = lambda: boundaries.commit(commit)
    try:
        with connection.execute_wrapper(boundaries.run):
            yield
    finally:
        del connection.commit
