"""What the database says of one person, to be compared with ``Books.facts``."""

from django.db import connection

FACTS = """
SELECT account.balance,
       (SELECT coalesce(sum(held), 0)::bigint FROM credits_entry WHERE account_id = account.id),
       (SELECT count(*) FROM credits_entry WHERE account_id = account.id),
       (SELECT coalesce(sum(amount), 0)::bigint FROM credits_hdentry WHERE account_id = account.id),
       (SELECT count(*) FROM credits_hdentry WHERE account_id = account.id),
       (SELECT count(*) FROM ledger_deed WHERE holder_id = account.user_id),
       (SELECT count(*) FROM ledger_proposal WHERE account_id = account.id AND state = 'pending'),
       account.month
FROM credits_account account WHERE account.id = %s
"""


def facts(account: int) -> tuple:
    with connection.cursor() as cursor:
        cursor.execute(FACTS, [account])
        return cursor.fetchone()
