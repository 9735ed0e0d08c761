"""The Credits page: every line explained, linked and with the right running balance, at any depth and with any filter."""

import csv
import io
from datetime import timedelta

import pytest
from django.db import connection
from django.test import AsyncClient
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from workspace.credits import selectors, services
from workspace.credits.models import Entry
from workspace.ledger import export, spend, statement
from workspace.ledger.places import Filters

pytestmark = pytest.mark.django_db


def lines(user, **filters) -> list[statement.Line]:
    return list(statement.page(user, Filters(**filters)).lines)


def test_a_run_is_a_hold_and_a_charge_which_both_stay(owner, paid_frame):
    charge, hold, grant = lines(owner)
    assert [line.kind for line in (charge, hold, grant)] == ["Run", "Held", "Granted"]
    assert (hold.amount, charge.amount, charge.spent) == (-paid_frame.price, paid_frame.price - paid_frame.cost, paid_frame.cost)


def test_every_line_of_a_run_links_to_the_run_or_its_frame(owner, paid_frame):
    charge, hold, grant = lines(owner)
    assert (charge.href, hold.href, grant.href) == ("/runs/1/#frame_1_1", "/runs/1/", "")


def test_what_the_simulator_drew_is_said(owner, paid_frame):
    paid_frame.simulated = True
    paid_frame.save()
    assert [line.simulated for line in lines(owner)] == [True, True, False]


@pytest.fixture
def busy(owner) -> None:
    """Captures in full, which store no balance, between movements that do."""
    account = owner.credits.pk
    for run in range(1, 7):
        services.hold(owner, 12, key=f"run:{run}", comparison=run, reason=f"Run {run}")
        for frame in range(2):
            share = {"account": account, "held": 4, "comparison": run, "reason": f"Run {run}, frame {frame}: drawn"}
            services.capture(10 * run + frame, 1, charged=4, **share)
        services.release(10 * run + 2, 1, account=account, held=4, comparison=run, reason=f"Run {run}, frame 3: failed")


def running_balances(user) -> dict[int, int]:
    """From the first entry on, by addition alone."""
    balance, found = 0, {}
    for entry in reversed(selectors.statement(user, limit=1000)):
        balance += entry.amount
        found[entry.pk] = balance
    return found


@pytest.mark.parametrize("limit", [1, 2, 3, 7, 50])
def test_the_running_balance_is_right_wherever_a_page_begins(owner, busy, limit):
    expected, place, seen = running_balances(owner), None, {}
    while True:
        page = statement.page(owner, Filters(), before=place, limit=limit)
        seen |= {line.place.entry: line.balance for line in page.lines}
        if (place := page.older) is None:
            break
    assert seen == expected


@pytest.mark.parametrize("kind", ["runs", "returned", "adjusted"])
def test_it_is_right_under_a_filter_too(owner, busy, kind):
    services.adjust(owner, 40, reason="Goodwill for Tuesday", key="adjust")
    expected = running_balances(owner)
    found = lines(owner, kind=kind)
    assert found
    assert [line.balance for line in found] == [expected[line.place.entry] for line in found]


def test_kinds_are_told_apart(owner, busy):
    services.adjust(owner, 40, reason="Goodwill for Tuesday", key="adjust")
    assert {line.kind for line in lines(owner, kind="runs")} == {"Held", "Run"}
    assert {line.kind for line in lines(owner, kind="returned")} == {"Returned"}
    assert {line.kind for line in lines(owner, kind="adjusted")} == {"Adjusted", "Granted"}


def test_words_of_the_reason_must_all_occur(owner, busy):
    assert len(lines(owner, words=("run 3,", "drawn"))) == 2


def test_lines_are_found_by_model_and_by_provider(owner, paid_frame):
    assert [line.kind for line in lines(owner, by="ideogram")] == ["Run"]
    assert [line.kind for line in lines(owner, by=paid_frame.model)] == ["Run"]
    assert lines(owner, by="openai") == []


def test_days_are_inclusive(owner, busy):
    today = timezone.localdate()
    assert len(lines(owner, since=today, until=today)) == 25
    assert lines(owner, until=today - timedelta(days=1)) == []
    assert lines(owner, since=today + timedelta(days=1)) == []


def test_an_expiry_of_nothing_is_not_shown(owner):
    services.expire(owner, keep=250, reason="Unused in November", key="expiry")
    assert [line.kind for line in lines(owner)] == ["Granted"]


def test_no_page_is_reached_by_counting_rows(owner, busy):
    place = statement.page(owner, Filters(), limit=3).older
    with CaptureQueriesContext(
        connection,
    ) as asked:
        statement.page(owner, Filters(), before=place, limit=3)
    assert not any("OFFSET" in query["sql"] for query in asked)


def test_the_page_shows_balance_spend_and_lines(signed_in, paid_frame):
    page = signed_in.get("/credits/").content.decode()
    assert f"{250 - paid_frame.cost} <span" in page
    assert "Ideogram" in page
    assert "/runs/1/#frame_1_1" in page


@pytest.mark.parametrize("query", ["before=nonsense", "before=2026-01-01,x", "kind=bribe", "since=never", "by=%00", "words=%00"])
def test_nonsense_in_the_address_is_the_start(signed_in, query):
    assert signed_in.get(f"/credits/?{query}").status_code == 200


def test_older_lines_come_without_script_and_with_the_filters(signed_in, busy, monkeypatch):
    monkeypatch.setattr(statement.page, "__kwdefaults__", {"before": None, "limit": 5})
    first = signed_in.get("/credits/?kind=runs")
    address = f"/credits/?before={first.context['older']}&kind=runs".replace("+", "%2B")
    second = signed_in.get(address)
    entries = [line.place.entry for page in (first, second) for line in page.context["lines"]]
    assert entries == sorted(set(entries), reverse=True)
    assert len(entries) == 10


def test_little_left_is_said(signed_in, owner, settings):
    settings.LOW_BALANCE_CREDITS = 251
    assert "Few credits are left" in signed_in.get("/credits/").content.decode()


def test_the_header_asks_only_for_what_it_does_not_show(signed_in):
    assert signed_in.get("/credits/balance/?seen=250.0").status_code == 204
    assert "250" in signed_in.get("/credits/balance/?seen=210.0").content.decode()


# --- export --------------------------------------------------------------------------------------------------------------------
def exported(user, **filters) -> list[list[str]]:
    text = "".join(export.Export(user, Filters(**filters)).chunks())
    return list(csv.reader(io.StringIO(text.removeprefix(export.MARK))))


def test_the_file_adds_up_to_what_the_page_says(owner, busy):
    head, *rows, total = exported(owner)
    assert tuple(head) == export.COLUMNS
    assert len(rows) == 25
    assert total == ["Total", "", "", "", str(selectors.balance(owner)), str(selectors.held(owner)), "48", "", "0", "", ""]
    assert rows[0][7] == str(selectors.balance(owner))


def test_the_file_has_the_filters_of_the_page(owner, busy):
    assert len(exported(owner, kind="returned")) == 6 + 2


@pytest.mark.parametrize("reason", ["=HYPERLINK(1)", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "  =1+1"])
def test_no_reason_becomes_a_formula(owner, reason):
    services.adjust(owner, 1, reason=reason, key="adjust")
    assert exported(owner)[1][2].startswith("'")


def test_what_the_simulator_drew_is_said_in_the_file(owner, paid_frame):
    paid_frame.simulated = True
    paid_frame.save()
    assert [row[10] for row in exported(owner)[1:4]] == ["simulated", "simulated", ""]


@pytest.mark.django_db(transaction=True)
async def test_the_file_is_sent_bit_by_bit(owner):
    client = AsyncClient()
    await client.aforce_login(owner)
    answer = await client.get("/credits/export/")
    assert answer["Content-Disposition"] == 'attachment; filename="credits.csv"'
    parts = [part.decode() async for part in answer.streaming_content]
    assert len(parts) == 3
    assert "Starting credits" in parts[1]


@pytest.mark.parametrize(
    ("by", "chosen"), [("ideogram/v_2a_turbo", 1), ("ideogram", 1), ("", 0), ('"><script>', 0), ("gone/model", 0)]
)
def test_the_model_that_was_chosen_stays_so(signed_in, owner, by, chosen):
    page = signed_in.get("/credits/", {"by": by}).content.decode()
    select = page[page.index('name="by"') : page.index("</select>")]
    assert select.count(" selected>") == chosen
    assert "<script>" not in select


def test_a_refund_of_an_earlier_month_counts_in_this_one_as_in_the_file(owner, paid_frame):
    account, charge = owner.credits, lines(owner)[0].place.entry
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute("UPDATE credits_entry SET created = created - interval '40 days' WHERE id = %s", [charge])
        cursor.execute("SET session_replication_role = DEFAULT")
    services.refund(Entry.objects.get(pk=charge), 1, reason="The badge was misspelt", key="refund")
    month = spend.this_month(account, 0)
    since = timezone.localdate().replace(day=1)
    assert (month.total, month.providers) == (-1, ())
    assert month.total == statement.sums(owner, Filters(since=since)).spent
