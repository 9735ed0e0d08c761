"""How long a page of a long statement takes, and the audit of a long ledger: ``python -m benchmarks.statement [--repeat 20]``.

Five people with 200,000 entries each, over two years, and 27,500 of HD images beside them. The pages are asked for through
the whole of Django, templates and session included, without a network; the audit runs every check over all of them.
"""

import argparse
import statistics
import sys
import time
from collections.abc import Callable

from benchmarks.credits import database

PEOPLE, RUNS = 5, 25_000
PAGE_LIMIT, AUDIT_LIMIT = 30.0, 10.0  # milliseconds, seconds
MODELS = ("ideogram/v_2a_turbo", "openai/gpt-image-2.6-flare", "recraft/recraftv4_1", "bfl/flux-2-klein-4b")

# A run holds seven shares of 4 credits, takes six and gives one back. The newest ends now, the oldest two years ago.
RUN_ROWS = """
INSERT INTO comparisons_comparison
    (id, user_id, number, key, prompt, intent, auto, reading, shape, width, height, quality, created)
SELECT %(first)s + r, %(user)s, r, gen_random_uuid(), 'A badge', 'draft', false, '{}', '1:1', 64, 64, 'draft',
       now() - (%(runs)s - r) * interval '42 minutes'
FROM generate_series(1, %(runs)s) r
"""
FRAME_ROWS = """
INSERT INTO comparisons_generation
    (id, comparison_id, position, round, state, version, model, model_label, quality, width, height, prompt, by_auto, reasons,
     fallbacks, expected_seconds, price, cost, settled, estimate_usd, answered_by, answered_label, final_prompt, notes, simulated,
     error, message, favourite)
SELECT (%(first)s + r) * 10 + s, %(first)s + r, s, 1, 'failed', 1, model, model, 'draft', 64, 64, '', false, '[]', '[]', 3, 4,
       CASE WHEN s < 7 THEN 4 ELSE 0 END, true, 0.04, '', '', '', '[]', true, '', '', false
FROM generate_series(1, %(runs)s) r, generate_series(1, 7) s, LATERAL (SELECT (%(models)s::text[])[1 + (r + s) %% 4] AS model) m
"""
ENTRY_ROWS = """
INSERT INTO credits_entry (account_id, kind, amount, held, balance_after, key, comparison, generation, round, reason, created)
SELECT %(account)s, CASE s WHEN 0 THEN 'hold' WHEN 7 THEN 'release' ELSE 'capture' END,
       CASE s WHEN 0 THEN -28 WHEN 7 THEN 4 ELSE 0 END, CASE s WHEN 0 THEN 28 ELSE -4 END,
       CASE s WHEN 0 THEN %(grant)s - 24 * (r - 1) - 28 WHEN 7 THEN %(grant)s - 24 * r END,
       'benchmark:' || (%(first)s + r) || ':' || s, %(first)s + r, CASE WHEN s > 0 THEN (%(first)s + r) * 10 + s END,
       CASE WHEN s > 0 THEN 1 END, 'Run ' || r || ', frame ' || s || ': picture kept',
       now() - (%(runs)s - r) * interval '42 minutes' + s * interval '1 second'
FROM generate_series(1, %(runs)s) r, generate_series(0, 7) s ORDER BY r, s
"""
# The first frame of a run is in HD; of every tenth run it comes back.
HD_ROWS = """
INSERT INTO credits_hdentry (account_id, kind, amount, day, key, generation, round, reason, created)
SELECT %(account)s, CASE s WHEN 1 THEN 'use' ELSE 'return' END, CASE s WHEN 1 THEN -1 ELSE 1 END, moment::date,
       'benchmark:' || (%(first)s + r) || ':' || s, (%(first)s + r) * 10 + 1, 1, 'Run ' || r || ', frame 1: to be drawn in HD',
       moment + s * interval '1 second'
FROM generate_series(1, %(runs)s) r, generate_series(1, 2) s,
     LATERAL (SELECT now() - (%(runs)s - r) * interval '42 minutes' AS moment) ago WHERE s = 1 OR r %% 10 = 0 ORDER BY r, s
"""


def fill() -> list:
    """People with a long ledger; the first is the one who looks."""
    from django.db import connection

    from workspace.accounts.models import User

    users = [User.objects.create_user(f"{number}@example.com") for number in range(PEOPLE)]
    with connection.cursor() as cursor:
        for number, user in enumerate(users):
            account = user.credits
            facts = {"user": user.pk, "account": account.pk, "first": number * RUNS, "runs": RUNS, "models": list(MODELS)}
            _grant(account)
            for rows in (RUN_ROWS, FRAME_ROWS, ENTRY_ROWS, HD_ROWS):
                cursor.execute(rows, facts | {"grant": account.balance})
            cursor.execute("UPDATE credits_account SET balance = balance - 24 * %s WHERE id = %s", [RUNS, account.pk])
        cursor.execute("VACUUM ANALYZE")
    return users


def _grant(account: object) -> None:
    """Enough for every run, given before the oldest of them."""
    from workspace.credits import services

    services.grant(account, 24 * RUNS + 1000, key=f"benchmark:{account.pk}", reason="For the benchmark")
    account.refresh_from_db()


def pages(user: object) -> dict[str, Callable[[], object]]:
    """Addresses by name, of pages at every depth and under every kind of filter."""
    from django.test import Client

    from workspace.accounts.models import Plan
    from workspace.credits.models import Entry

    Plan.objects.update(hd_per_month=2500, hd_per_day=100)
    client = Client()
    client.force_login(user)
    entries = Entry.objects.filter(account=user.credits).order_by("created", "id")
    places = {"middle": entries[RUNS * 4], "end": entries[60]}
    before = {
        f"the {name}": f"before={entry.created.isoformat().replace('+', '%2B')},c{entry.pk}" for name, entry in places.items()
    }
    queries = {"the newest": "", **before, "returned": "kind=returned", "adjusted": "kind=adjusted", "a model": f"by={MODELS[0]}"}
    queries |= {"HD": "kind=hd", "added up": "sums=1"}
    return {name: lambda query=query: client.get(f"/credits/?{query}") for name, query in queries.items()}


def milliseconds(ask: Callable[[], object]) -> float:
    began = time.perf_counter()
    answer = ask()
    assert answer.status_code == 200
    return 1000 * (time.perf_counter() - began)


def measure(repeat: int) -> bool:
    """Print the table; False if the ledger does not agree."""
    from django.conf import settings
    from django.test import override_settings

    from workspace.credits import audit

    plain = {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
    local = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    with override_settings(STORAGES=settings.STORAGES | plain, CACHES=local, ALLOWED_HOSTS=["testserver"]):
        user = fill()[0]
        print(f"{'page':24}{'first':>9}{'median':>9}{'worst':>9}  ms, at most {PAGE_LIMIT:.0f}")
        for name, ask in pages(user).items():
            first, *rest = [milliseconds(ask) for _ in range(repeat + 1)]
            print(f"{name:24}{first:9.1f}{statistics.median(rest):9.1f}{max(rest):9.1f}", flush=True)
    began = time.perf_counter()
    found = list(audit.disagreements())
    print(
        f"\nThe audit took {time.perf_counter() - began:.1f} s, at most {AUDIT_LIMIT:.0f}. {audit.summary() if not found else ''}"
    )
    print("\n".join(found[:10]))
    return not found


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--repeat", type=int, default=20, help="times each page is asked for")
    repeat = parser.parse_args().repeat
    with database():
        from django.core.management import call_command
        from django.db import connection

        call_command("migrate", verbosity=0)
        try:
            return 0 if measure(repeat) else 1
        finally:
            connection.close()
            connection.close_pool()


if __name__ == "__main__":
    sys.exit(main())
