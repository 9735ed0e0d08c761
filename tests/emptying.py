"""The database after a test that commits: only what the test has filled is emptied.

Django's own way empties every table, fifty of them, and has content types and permissions made again: 110 ms after each such test
instead of 10. It also asks for TRUNCATE, which the ledger refuses.
"""

from django.db import connection
from django.test import TransactionTestCase

from workspace.accounts.apps import keep_a_default_plan

FROM_MIGRATIONS = ["django_migrations", "django_content_type", "auth_permission"]  # always the same
DELETES = """
    SELECT string_agg('DELETE FROM ' || quote_ident(relname), '; ') FROM pg_class
    WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND pg_relation_size(oid) > 0 AND relname <> ALL(%s)
"""


def empty_what_was_filled(_: TransactionTestCase) -> None:
    """A table that never held a row has no size. As a replica, no trigger objects and the order does not matter."""
    with connection.cursor() as cursor:
        [(deletes,)] = cursor.execute(DELETES, [FROM_MIGRATIONS]).fetchall()
        if deletes:
            cursor.execute(f"SET session_replication_role = replica; {deletes}; SET session_replication_role = origin")
    keep_a_default_plan("default")
