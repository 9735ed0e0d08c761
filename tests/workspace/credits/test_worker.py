"""The worker's twins: the same settlements on a plain psycopg connection."""

import pytest
from psycopg.rows import dict_row

from workspace.credits import selectors, services, worker

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def share(owner) -> dict:
    held = services.hold(owner, 21, key="form", comparison=148, reason="Run 148")
    return {"account": held.account, "held": 4, "comparison": 148}


def test_it_captures_once(owner, share, on_the_workers_connection):
    async def twice(connection):
        return [await worker.capture(connection, 7, 1, charged=1, reason="drawn", **share) for _ in range(2)]

    assert on_the_workers_connection(twice) == [True, False]
    assert (selectors.balance(owner), selectors.held(owner)) == (232, 17)


def test_it_releases_once(owner, share, on_the_workers_connection):
    async def twice(connection):
        return [await worker.release(connection, 7, 1, reason="failed", **share) for _ in range(2)]

    assert on_the_workers_connection(twice) == [True, False]
    assert (selectors.balance(owner), selectors.held(owner)) == (233, 17)


def test_what_the_worker_settled_the_web_does_not_settle_again(owner, share, on_the_workers_connection):
    on_the_workers_connection(lambda connection: worker.capture(connection, 7, 1, charged=4, reason="drawn", **share))
    assert services.release(7, 1, reason="swept", **share) is False
    assert selectors.balance(owner) == 229


def test_it_settles_in_the_transaction_of_the_frames_own_statement(owner, share, on_the_workers_connection):
    async def abort(connection):
        async with connection.transaction(force_rollback=True):
            await connection.execute("UPDATE accounts_user SET name = 'stands for the frame'")
            assert await worker.release(connection, 7, 1, reason="failed", **share)

    on_the_workers_connection(abort)
    assert (selectors.balance(owner), selectors.held(owner)) == (229, 21)


def test_it_works_in_a_pipeline_and_with_rows_as_dicts(owner, share, on_the_workers_connection):
    async def settle(connection):
        connection.row_factory = dict_row
        async with connection.pipeline():
            return await worker.release(connection, 7, 1, reason="failed", **share)

    assert on_the_workers_connection(settle) is True


def test_a_prepared_statement_settles_the_same_way(owner, share, on_the_workers_connection):
    """Psycopg prepares a statement on its sixth use; the answers stay the same."""

    async def settle(connection):
        return [await worker.release(connection, frame, 1, reason="failed", **{**share, "held": 1}) for frame in range(21)]

    assert on_the_workers_connection(settle) == [True] * 21
    assert (selectors.balance(owner), selectors.held(owner)) == (250, 0)
