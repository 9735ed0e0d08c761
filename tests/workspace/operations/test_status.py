"""Figures from attempts: what counts, what does not, and how days that are over are summed once."""

import time
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from workspace.comparisons.models import Attempt
from workspace.operations import figures, presenting, status, times
from workspace.operations.models import Day

OPENAI, BFL = "openai/gpt-image-2", "bfl/flux-2-pro"


NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)


@pytest.fixture
def today_at_noon(monkeypatch) -> datetime:
    """Shortly after midnight "a minute ago" is yesterday, so the clock of some tests stands at noon."""
    monkeypatch.setattr(timezone, "now", lambda: NOON)
    return NOON


def test_recent_figures_are_of_the_last_fifteen_minutes(attempt):
    for seconds in (1.0, 2.0, 3.0):
        attempt(seconds=seconds)
    attempt(seconds=9.0, error="timed_out")
    attempt(seconds=99.0, ago=timedelta(minutes=16))
    now = status.now()["openai"]
    assert (now.asked, now.failed, now.in_flight) == (4, 1, 0)
    assert now.median == pytest.approx(2.0)
    assert now.most == pytest.approx(2.9)


def test_what_is_being_asked_is_in_flight(attempt):
    attempt(seconds=None)
    now = status.now()["openai"]
    assert (now.in_flight, now.asked) == (1, 0)


@pytest.mark.parametrize(
    ("error", "asked", "failed"), [("cancelled", 0, 0), ("paused", 0, 0), ("refused", 1, 0), ("timed_out", 1, 1)]
)
def test_only_what_a_provider_did_is_held_against_it(attempt, error, asked, failed):
    attempt(error=error)
    attempt(BFL)
    now = status.now().get("openai", status.Now())
    assert (now.asked, now.failed) == (asked, failed)


def test_providers_are_told_apart(attempt):
    attempt()
    attempt(BFL, error="provider_down")
    assert {key: now.failed for key, now in status.now().items()} == {"openai": 0, "bfl": 1}


def test_money_is_what_answers_said_else_the_estimate(attempt, today_at_noon):
    attempt(at=NOON, cost_usd="0.05")
    attempt(at=NOON)
    attempt(at=NOON, error="timed_out")
    attempt(at=NOON, cost_usd="7", simulated=True)
    today = status.thirty_days()["openai"][NOON.date()]
    assert (today.spent_usd, today.simulated_usd) == (Decimal("0.08"), Decimal(7))


def test_a_day_that_is_over_is_summed_once(attempt, today_at_noon):
    yesterday = NOON - timedelta(days=1)
    attempt(at=yesterday, seconds=2.0)
    attempt(at=yesterday, error="timed_out")
    first = status.thirty_days()["openai"]
    Attempt.objects.all().delete()
    assert status.thirty_days()["openai"] == first
    sums = first[yesterday.date()]
    assert (sums.asked, sums.failed, sums.last_success) == (2, 1, yesterday + timedelta(seconds=2))


def test_a_quiet_day_is_not_summed_again(today_at_noon, django_assert_num_queries, db):
    status.thirty_days()
    assert Day.objects.filter(provider=status.NOBODY).count() == status.DAYS - 1
    with django_assert_num_queries(3):
        status.thirty_days()


def test_a_day_is_not_closed_while_something_of_it_may_be_under_way(attempt, monkeypatch):
    just_after_midnight = NOON.replace(hour=0, minute=5)
    monkeypatch.setattr(timezone, "now", lambda: just_after_midnight)
    status.thirty_days()
    attempt(at=just_after_midnight - timedelta(minutes=6))
    monkeypatch.setattr(timezone, "now", lambda: just_after_midnight + timedelta(minutes=30))
    assert status.thirty_days()["openai"][NOON.date() - timedelta(days=1)].asked == 1


@pytest.mark.parametrize("seconds", [0.05, 1.0, 2.8, 60.0, 180.0])
def test_a_median_of_thirty_days_is_right_to_three_per_cent(attempt, today_at_noon, seconds):
    for days_ago in (0, 3, 12):
        attempt(at=NOON - timedelta(days=days_ago), seconds=seconds)
    days = status.thirty_days()["openai"].values()
    assert times.share(times.added(*(each.times for each in days)), 0.5) == pytest.approx(seconds, rel=0.03)


def test_the_strip_says_in_words_what_it_shows(attempt, today_at_noon):
    attempt(at=NOON)
    attempt(at=NOON - timedelta(days=2), error="provider_down")
    strip = figures.strip(status.thirty_days()["openai"], NOON.date())
    assert "".join(cell.kind for cell in strip) == "n" * 27 + "dno"
    assert figures.strip_in_words(strip) == "Errors on 1 of the 2 days it was asked: 18 November: 1 of 1 failed"


def test_a_month_of_spend_begins_on_its_first_day(attempt, today_at_noon):
    attempt(at=NOON.replace(day=1), cost_usd="1.5")
    attempt(at=NOON.replace(day=1) - timedelta(days=1), cost_usd="40")
    attempt(at=NOON, cost_usd="0.004")
    days = status.thirty_days()["openai"]
    assert figures.spent(days, NOON.date().replace(day=1)).amount == "$1.50"
    assert figures.spent(days, NOON.date()).amount == "$0.0040"


# Without the checks of foreign keys, which would all be made when the test ends and take longer than everything else.
MANY = """
SET LOCAL session_replication_role = replica;
INSERT INTO comparisons_comparison (user_id, number, key, prompt, intent, auto, reading, shape, width, height, quality)
SELECT %(user)s, n, gen_random_uuid(), 'A badge', 'draft', false, '{}', '1:1', 64, 64, 'draft' FROM generate_series(1, 20000) n;
INSERT INTO comparisons_generation (comparison_id, position, round, state, version, model, model_label, quality, width, height,
    prompt, by_auto, reasons, fallbacks, expected_seconds, price, cost, settled, estimate_usd, answered_by, answered_label,
    final_prompt, notes, simulated, error, message, favourite)
SELECT id, p, 1, 'failed', 1, 'openai/gpt-image-2', 'GPT', 'draft', 64, 64, 'A badge', false, '[]', '[]', 3, 3, 0, true, 0.03,
    '', '', '', '[]', false, '', '', false FROM comparisons_comparison, generate_series(1, 10) p;
INSERT INTO comparisons_attempt (generation_id, round, number, model, state, worker, job_id, request_id, error, may_have_billed,
    log, claimed_at, ended_at)
SELECT id, 1, 1, (ARRAY['openai','ideogram','recraft','bfl','gemini','stability','replicate','fal'])[1 + id %% 8] || '/x',
    'succeeded', gen_random_uuid(), '', '', '', false, '', t, t + interval '2 seconds' + (id %% 400) * interval '10 ms'
FROM (SELECT id, now() - (id %% 43200) * interval '1 minute' AS t FROM comparisons_generation) g;
SET LOCAL session_replication_role = DEFAULT;
ANALYZE comparisons_attempt; ANALYZE comparisons_generation;
"""


def test_the_page_reads_no_more_than_it_must_of_200_000_attempts(owner):
    """It took 30 ms on two quiet cores; the limit here leaves room for slower ones."""
    with connection.cursor() as cursor:
        cursor.execute(MANY, {"user": owner.pk})
    assert Attempt.objects.count() == 200_000
    assert presenting.rows()[0].month.asked != "0"  # the first look after midnight also sums the day that is over
    taken = []
    with CaptureQueriesContext(connection) as queries:
        for _ in range(10):
            begun = time.perf_counter()
            presenting.rows()
            taken.append(time.perf_counter() - begun)
    assert min(taken) < 0.2, taken
    heavy = {query["sql"] for query in queries if "comparisons_attempt" in query["sql"]}
    assert heavy
    with connection.cursor() as cursor:
        for query in heavy:
            cursor.execute(f"EXPLAIN {query}")
            assert "Seq Scan on comparisons_" not in "\n".join(line for (line,) in cursor.fetchall())
