"""The statements of a worker: every change of state is one conditional UPDATE that tells whether it was ours to make.

Each function takes a psycopg connection whose rows are dicts and is short: no connection is held while a provider is waited for.
"""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from psycopg import AsyncConnection
from psycopg.types.json import Jsonb

from workspace.comparisons import keys, selectors
from workspace.comparisons.models import Comparison, Generation, Image, Reference
from workspace.comparisons.sheets import Sums

type Database = AsyncConnection[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Claim:
    """The right to make one call: the generation as it stands, the attempt that stands for the call, and the model to ask.

    ``resume_job`` is the provider's job id left by an attempt whose worker died: poll it, do not ask again. The new attempt keeps
    it too, since its worker may die as well.
    """

    generation: Generation
    attempt: int
    model: str
    resume_job: str | None


CLAIM = """
WITH queued AS MATERIALIZED (
    SELECT id FROM comparisons_generation WHERE comparison_id = %(comparison)s AND state = 'queued' ORDER BY id FOR UPDATE
), taken AS (
    UPDATE comparisons_generation g
    SET state = 'running', version = version + 1, message = '', started_at = coalesce(started_at, now())
    FROM queued WHERE g.id = queued.id
    RETURNING g.*
), last AS (
    SELECT DISTINCT ON (t.id) t.id, a.number, a.model, CASE WHEN a.state = 'lost' THEN nullif(a.job_id, '') END AS resume_job
    FROM taken t JOIN comparisons_attempt a ON a.generation_id = t.id AND a.round = t.round
    ORDER BY t.id, a.number DESC
), attempt AS (
    INSERT INTO comparisons_attempt (generation_id, round, number, model, state, worker, job_id, request_id, error,
                                     may_have_billed, simulated, log)
    SELECT t.id, t.round, coalesce(last.number, 0) + 1, coalesce(last.model, t.model),
           CASE WHEN resume_job IS NULL THEN 'claimed' ELSE 'submitted' END, %(worker)s, coalesce(resume_job, ''),
           '', '', false, split_part(coalesce(last.model, t.model), '/', 1) = ANY(%(simulated)s), ''
    FROM taken t LEFT JOIN last USING (id)
    RETURNING generation_id, id AS attempt_id, model AS attempt_model
)
SELECT taken.*, attempt_id, attempt_model, resume_job
FROM taken JOIN attempt ON attempt.generation_id = taken.id LEFT JOIN last ON last.id = taken.id ORDER BY position
"""

NEXT_ATTEMPT = """
WITH running AS (
    SELECT id, round FROM comparisons_generation
    WHERE id = %(generation)s AND round = %(round)s AND state = 'running' FOR UPDATE
), open AS (
    SELECT a.id, a.worker, a.model FROM comparisons_attempt a JOIN running ON a.generation_id = running.id
    WHERE a.state IN ('claimed', 'submitted')
), made AS (
    INSERT INTO comparisons_attempt (generation_id, round, number, model, state, worker, job_id, request_id, error,
                                     may_have_billed, simulated, log)
    SELECT id, round,
           (SELECT max(number) + 1 FROM comparisons_attempt a WHERE (a.generation_id, a.round) = (running.id, running.round)),
           %(model)s::text, 'claimed', %(worker)s, '', '', '', false, split_part(%(model)s::text, '/', 1) = ANY(%(simulated)s), ''
    FROM running WHERE NOT EXISTS (SELECT FROM open)
    RETURNING id
)
SELECT id FROM made UNION ALL SELECT id FROM open WHERE worker = %(worker)s AND model = %(model)s
"""

SUCCEED = """
WITH mine AS (
    SELECT g.id FROM comparisons_generation g JOIN comparisons_attempt a ON a.generation_id = g.id
    WHERE g.id = %(generation)s AND g.round = %(round)s AND g.state = 'running'
      AND a.id = %(attempt)s AND a.state IN ('claimed', 'submitted') FOR UPDATE OF g
), picture AS (
    INSERT INTO comparisons_image (public_id, sha256, media_type, byte_size, width, height, original, thumb, placeholder, tries)
    SELECT %(public_id)s, %(sha256)s, %(media_type)s, %(byte_size)s, %(width)s, %(height)s, %(original)s, '', '', 0 FROM mine
    RETURNING id
), attempt AS (
    UPDATE comparisons_attempt SET state = 'succeeded', request_id = %(request_id)s, ended_at = now()
    WHERE id = %(attempt)s AND EXISTS (SELECT 1 FROM mine)
)
UPDATE comparisons_generation g
SET state = 'done', version = version + 1, image_id = picture.id, finished_at = now(), cost = %(cost)s, cost_usd = %(cost_usd)s,
    answered_by = %(answered_by)s, answered_label = %(answered_label)s, final_prompt = %(final_prompt)s,
    seed = coalesce(%(seed)s, seed), notes = notes || %(notes)s, simulated = %(simulated)s, message = %(message)s
FROM picture, mine WHERE g.id = mine.id
RETURNING g.*
"""

END_ATTEMPT = """
UPDATE comparisons_attempt
SET state = 'failed', error = %(error)s, may_have_billed = %(may_have_billed)s, request_id = %(request_id)s, log = %(log)s,
    ended_at = now()
WHERE id = %(attempt)s AND state IN ('claimed', 'submitted')
"""

FAIL = """
UPDATE comparisons_generation g
SET state = %(state)s, version = version + 1, error = %(error)s, message = %(message)s,
    finished_at = now(), cost = 0, settled = true
WHERE id = %(generation)s AND round = %(round)s AND state = 'running' AND NOT EXISTS (
    SELECT FROM comparisons_attempt a
    WHERE a.generation_id = g.id AND a.id <> %(attempt)s AND a.state IN ('claimed', 'submitted')
)
RETURNING *
"""


def generation_from(row: dict[str, Any]) -> Generation:
    return Generation(**{field.attname: row[field.attname] for field in Generation._meta.concrete_fields})


async def comparison(database: Database, comparison_id: int) -> tuple[Comparison, int]:
    """The run (only what events need, and where its reference is) and the id of the account that pays for it."""
    cursor = await database.execute(
        "SELECT c.id, c.user_id, c.number, c.prompt, a.id AS account, r.id AS reference_id, r.stored, r.media_type"
        " FROM comparisons_comparison c JOIN credits_account a ON a.user_id = c.user_id"
        " LEFT JOIN comparisons_reference r ON r.id = c.reference_id WHERE c.id = %s",
        [comparison_id],
    )
    row = await cursor.fetchone()
    if row is None:
        raise Comparison.DoesNotExist(comparison_id)
    account, stored, media_type = row.pop("account"), row.pop("stored"), row.pop("media_type")
    run = Comparison(**row)
    if run.reference_id:
        run.reference = Reference(run.reference_id, stored=stored, media_type=media_type)
    return run, account


async def claim_queued(database: Database, comparison_id: int, worker: uuid.UUID) -> list[Claim]:
    """Take every frame of a run that waits to be asked for and open its attempt, in one statement; in the order of the sheet."""
    cursor = await database.execute(CLAIM, {"comparison": comparison_id, "worker": worker, "simulated": keys.simulated()})
    return [
        Claim(generation_from(row), row["attempt_id"], row["attempt_model"], row["resume_job"]) for row in await cursor.fetchall()
    ]


async def next_attempt(database: Database, generation: Generation, model: str, worker: uuid.UUID) -> int | None:
    """Open a further attempt of a running generation; None if it is no longer ours (cancelled, swept, drawn by another).

    Asked twice, because the connection was lost before the answer came, it returns the attempt of the first time.
    """
    parameters = {"generation": generation.pk, "round": generation.round, "model": model, "worker": worker}
    parameters["simulated"] = keys.simulated()
    cursor = await database.execute(NEXT_ATTEMPT, parameters)
    row = await cursor.fetchone()
    return row["id"] if row else None


async def submitted(database: Database, attempt: int, job_id: str) -> bool:
    """Keep the provider's job id the moment it is known; False if the attempt was ended by others meanwhile."""
    cursor = await database.execute(
        "UPDATE comparisons_attempt SET state = 'submitted', job_id = %s WHERE id = %s AND state IN ('claimed', 'submitted')",
        [job_id, attempt],
    )
    return cursor.rowcount == 1


async def pass_on(database: Database, attempt: int, model: str) -> bool:
    """Another model is asked with an attempt that has asked nobody yet; False if it was ended by others meanwhile."""
    cursor = await database.execute(
        "UPDATE comparisons_attempt SET model = %s, simulated = %s WHERE id = %s AND state = 'claimed'",
        [model, model.partition("/")[0] in keys.simulated(), attempt],
    )
    return cursor.rowcount == 1


async def say(database: Database, generation: Generation, message: str) -> Generation | None:
    """Put a sentence on a running frame ("Trying again in 5 s"); None if it is no longer running."""
    return await _changed(
        database,
        "UPDATE comparisons_generation SET message = %s, version = version + 1"
        " WHERE id = %s AND round = %s AND state = 'running' RETURNING *",
        [message, generation.pk, generation.round],
    )


async def wait(database: Database, generation: Generation, message: str) -> Generation | None:
    """Put a claimed frame in line: its call has not begun. None if it is no longer running."""
    return await _changed(
        database,
        "UPDATE comparisons_generation SET message = %s, version = version + 1, started_at = NULL"
        " WHERE id = %s AND round = %s AND state = 'running' RETURNING *",
        [message, generation.pk, generation.round],
    )


async def begin(database: Database, claim: Claim) -> Generation | None:
    """Its turn has come: the seconds of frame and attempt count from now. None if the frame is no longer running."""
    return await _changed(
        database,
        "WITH attempt AS (UPDATE comparisons_attempt SET claimed_at = now() WHERE id = %s)"
        " UPDATE comparisons_generation SET message = '', version = version + 1, started_at = now()"
        " WHERE id = %s AND round = %s AND state = 'running' RETURNING *",
        [claim.attempt, claim.generation.pk, claim.generation.round],
    )


async def succeed(
    database: Database,
    claim: Claim,
    image: Image,
    *,
    cost: int,
    cost_usd: Decimal | None,
    notes: tuple[str, ...],
    **facts: object,
) -> Generation | None:
    """Picture in, generation done, attempt succeeded: one statement. None if frame or attempt was ended by others meanwhile."""
    parameters = {
        **facts,
        "generation": claim.generation.pk,
        "round": claim.generation.round,
        "attempt": claim.attempt,
        "cost": cost,
        "cost_usd": cost_usd,
        "notes": Jsonb(list(notes)),
        **{
            name: getattr(image, name)
            for name in ("public_id", "sha256", "media_type", "byte_size", "width", "height", "original")
        },
    }
    return await _changed(database, SUCCEED, parameters)


async def end_attempt(
    database: Database, attempt: int, *, error: str, may_have_billed: bool, request_id: str = "", log: str = ""
) -> None:
    await database.execute(
        END_ATTEMPT,
        {
            "attempt": attempt,
            "error": error,
            "may_have_billed": may_have_billed,
            "request_id": request_id[:200],
            "log": log[:2000],
        },
    )


async def fail(
    database: Database, generation: Generation, attempt: int, *, state: str, error: str, message: str
) -> Generation | None:
    """End a running generation without a picture; the caller releases its credits in the same transaction.

    ``message`` says who else was asked, if anybody. None if it has ended already, or has a call open other than ``attempt``.
    """
    whose = {"generation": generation.pk, "round": generation.round, "attempt": attempt}
    return await _changed(database, FAIL, {**whose, "state": state, "error": error, "message": message})


async def sums(database: Database, comparison: Comparison) -> tuple[Sums, selectors.Money]:
    """The run's account, and the person's money after it."""
    cursor = await database.execute(selectors.SUMS, selectors.of_sums(comparison))
    return selectors.sums_of(await cursor.fetchone())


async def _changed(database: Database, statement: str, parameters: Sequence[object] | dict[str, object]) -> Generation | None:
    """The frame as a statement has left it; None if it was not the statement's to change."""
    row = await (await database.execute(statement, parameters)).fetchone()
    return generation_from(row) if row else None
