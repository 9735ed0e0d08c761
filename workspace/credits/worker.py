"""Settlements for the worker: twins of ``services.capture`` and ``release`` on its own psycopg connection.

The same statements, in whatever transaction the connection is in; call them after every frame of that transaction is locked.
"""

from typing import Any

from psycopg import AsyncConnection
from psycopg.rows import tuple_row

from workspace.credits import statements
from workspace.credits.hd import statements as hd
from workspace.credits.statements import Movement, Statement


async def capture(
    connection: AsyncConnection[Any],
    generation: int,
    round: int,
    *,
    account: int,
    held: int,
    charged: int,
    comparison: int,
    reason: str,
) -> bool:
    """Spend ``charged`` of the ``held`` credits of a frame's round and give back the rest; False if it was settled before."""
    share = {"account": account, "held": held, "comparison": comparison, "reason": reason}
    return await _settle(connection, statements.capture(generation, round, charged=charged, **share))


async def release(
    connection: AsyncConnection[Any], generation: int, round: int, *, account: int, held: int, comparison: int, reason: str
) -> bool:
    """Give all ``held`` credits of a frame's round back; False if it was settled before."""
    share = {"account": account, "held": held, "comparison": comparison, "reason": reason}
    return await _settle(connection, statements.release(generation, round, **share))


async def give_hd_back(connection: AsyncConnection[Any], generation: int, round: int, reason: str) -> None:
    """The HD image of a frame's round is there for another, if it took one and has not given it back."""
    await connection.execute(*hd.give_back(generation, round, reason))


async def _settle(connection: AsyncConnection[Any], statement: Statement) -> bool:
    movement = await _run(connection, statement) or await _run(connection, statement)
    return statements.settled_now(movement, statement)


async def _run(connection: AsyncConnection[Any], statement: Statement) -> Movement | None:
    async with connection.cursor(row_factory=tuple_row) as cursor:
        await cursor.execute(*statement)
        row = await cursor.fetchone()
    return Movement(*row) if row else None
