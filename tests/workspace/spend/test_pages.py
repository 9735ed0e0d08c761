"""The pages of spend: who may do what, what they show, and a file with the same totals."""

import csv
import io
import uuid
from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse

from tests.workspace.spend.conftest import BFL, NOON
from workspace.accounts.models import User
from workspace.accounts.roles import Role
from workspace.amounts import usd
from workspace.operations import services
from workspace.spend import budgets
from workspace.spend.chart import chart
from workspace.spend.figures import Figures
from workspace.spend.models import Budget
from workspace.spend.periods import Period, PeriodForm

pytestmark = pytest.mark.django_db
BUDGET, LIFT = "/operations/spend/budgets/openai/", "/operations/spend/budgets/openai/lift/"
REASON = "Agreed in November"


@pytest.fixture(autouse=True)
def noon(at_noon):
    return at_noon


@pytest.fixture
def viewer(admin, signed_in_as):
    return signed_in_as(admin(Role.VIEWER))


@pytest.fixture
def boss(admin, signed_in_as):
    return signed_in_as(admin(Role.OWNER))


def filled(**changes: object) -> dict[str, object]:
    return {"usd": "50", "reason": REASON, "key": str(uuid.uuid4()), "after": "0", **changes}


@pytest.mark.parametrize("role", Role)
def test_every_admin_reads_and_only_owners_set_budgets(admin, signed_in_as, role):
    client, may = signed_in_as(admin(role)), role == Role.OWNER
    assert [client.get(path).status_code for path in (reverse("spend"), reverse("spend_file"), BUDGET)] == [200, 200, 200]
    assert ("Set the budget" in client.get(BUDGET).content.decode()) is may
    assert client.post(BUDGET, filled()).status_code == (302 if may else 403)
    assert client.post(LIFT).status_code == (302 if may else 403)
    assert Budget.objects.exists() is may


def test_a_provider_that_is_none_has_no_budget(boss):
    assert boss.get("/operations/spend/budgets/nobody/").status_code == 404


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"usd": "0"}, "at least one cent"),
        ({"usd": "-5"}, "at least one cent"),
        ({"usd": "1000001"}, "at most 1,000,000 dollars"),
        ({"usd": "1e30"}, "dollars"),
        ({"usd": "NaN"}, "such as 50 or 12.50"),
        ({"usd": "plenty"}, "such as 50 or 12.50"),
        ({"usd": "0.001"}, "2 decimal places"),
        ({"reason": "   because   "}, "at least 10 characters"),
        ({"after": "x"}, ""),
        ({"key": "x"}, ""),
    ],
)
def test_bad_input_changes_nothing_and_says_why(boss, changes, said):
    answer = boss.post(BUDGET, filled(**changes))
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not Budget.objects.exists()


def test_who_comes_second_is_told_and_may_send_again(boss):
    boss.post(BUDGET, filled())
    answer = boss.post(BUDGET, filled(usd="70"))
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "Somebody has changed this budget" in page
    assert 'name="after" value="1"' in page
    assert boss.post(BUDGET, filled(usd="70", after="1")).status_code == 302
    assert budgets.in_force()["openai"].usd == 70


def test_a_budget_is_taken_away_by_an_empty_one(boss):
    boss.post(BUDGET, filled())
    boss.post(BUDGET, filled(usd="", after="1"))
    assert budgets.in_force() == {}


def test_a_pause_is_said_on_the_desk_and_lifted_where_the_budget_is_set(boss):
    services.pause_for_the_month("openai", budgets.next_month())
    assert "Paused by its budget" in boss.get(reverse("operations:desk")).content.decode()
    assert "Lift the pause" in boss.get(BUDGET).content.decode()
    assert "OpenAI is asked again." in boss.post(LIFT, follow=True).content.decode()
    assert "was not paused by its budget" in boss.post(LIFT, follow=True).content.decode()


def test_the_page_and_its_file_say_the_same(call, viewer, stranger):
    call(told="1.25")
    call(BFL, person=stranger)
    call(error="refused", billed=True)
    query = {"money": "real"}
    page = viewer.get(reverse("spend"), query)
    rows = list(csv.DictReader(io.StringIO(viewer.get(reverse("spend_file"), query).content.decode())))
    total = page.context["total"]
    assert "$1.45" in page.content.decode()
    for by in ("Provider", "Model", "Person", "Day"):
        lines = [row for row in rows if row["by"] == by]
        [last] = [row for row in lines if row["name"] == "Total"]
        for name, value in (("usd", total.spent), ("calls", total.calls), ("credits", total.credits), ("pictures", 2)):
            assert Decimal(last[name]) == sum(Decimal(row[name]) for row in lines if row is not last) == value
    assert {row["name"] for row in rows if row["by"] == "Person"} == {"owner@example.com", "stranger@example.com", "Total"}
    assert [row["credits"] for row in rows if row["by"] == "Refunded"] == ["0"]


def test_a_name_is_no_formula_in_the_file(call, viewer):
    call(person=User.objects.create_user("=cmd@example.com"))
    assert "'=cmd@example.com" in viewer.get(reverse("spend_file"), {"money": "real"}).content.decode()


def test_a_fresh_installation_shows_what_the_simulator_would_have_cost(call, viewer):
    call(told="3", simulated=True)
    page = viewer.get(reverse("spend")).content.decode()
    assert "Would have been spent in November" in page
    assert "$3.00" in page
    assert page.count('<span class="tag">Simulated</span>') == 6


def test_with_real_money_the_simulator_is_a_remark(call, viewer, monkeypatch):
    monkeypatch.setenv("OPENAI_API_KEY", "sk-made-up-0123456789")
    call(told="3", simulated=True)
    call(told="2")
    page = viewer.get(reverse("spend")).content.decode()
    assert '?money=simulated">$3.00</a>' in page
    assert "Spent in November" in page


def test_nothing_asked_is_said_plainly(viewer):
    page = viewer.get(reverse("spend")).content.decode()
    assert "No call was made in November." in page
    assert "No day would have cost anything." in page


def test_with_htmx_only_the_figures_come(viewer):
    page = viewer.get(reverse("spend"), headers={"HX-Request": "true"}).content.decode()
    assert page.lstrip().startswith('<div class="spend" id="spend_figures">')


def test_lines_lead_to_people_and_providers(call, viewer, owner):
    call()
    page = viewer.get(reverse("spend"), {"money": "real"}).content.decode()
    for address in (reverse("credits_person", args=[owner.pk]), reverse("operations:settings", args=["openai"])):
        assert f'href="{address}"' in page


def test_many_lines_end_in_one_for_all_others(call, viewer):
    for number in range(52):
        call(person=User.objects.create_user(f"person{number:02}@example.com"))
    page = viewer.get(reverse("spend"), {"money": "real"}).content.decode()
    assert "2 others" in page


@pytest.mark.parametrize(
    ("query", "first", "last"),
    [
        ("", "2026-11-01", "2026-11-20"),
        ("period=last", "2026-10-01", "2026-10-31"),
        ("period=thirty", "2026-10-22", "2026-11-20"),
        ("period=days&since=2026-01-05&until=2026-02-01", "2026-01-05", "2026-02-01"),
    ],
)
def test_stretches_of_days(viewer, query, first, last):
    period = viewer.get(f"{reverse('spend')}?{query}").context["period"]
    assert (str(period.first), str(period.last)) == (first, last)


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("period=days", "Write the first and the last day."),
        ("period=days&since=2026-02-01&until=2026-01-01", "The first day is after the last."),
        ("period=days&since=2020-01-01&until=2026-01-01", "At most 366 days at a time."),
        ("period=days&since=tomorrow&until=2026-01-01", "The first day is no date."),
        ("period=always", "Choose one of these stretches."),
    ],
)
def test_what_is_no_stretch_is_said_and_this_month_shown(viewer, query, said):
    answer = viewer.get(f"{reverse('spend')}?{query}")
    assert answer.status_code == 422
    assert f"{said} This month is shown." in answer.content.decode()
    assert PeriodForm().chosen().first == NOON.date().replace(day=1)


# --- the chart -----------------------------------------------------------------------------------------------------------------
def test_the_chart_says_its_total_and_its_highest_day():
    days = {NOON.date() - timedelta(days=n): Figures(told_usd=Decimal(n)) for n in range(3)}
    drawn = chart(days, Period(NOON.date() - timedelta(days=9), NOON.date(), ""), simulated=False)
    assert drawn.sentence == "$3.00 in all on 2 days. The highest was 18 November, with $2.00."
    assert [bar.words for bar in drawn.bars] == ["18 November: $2.00", "19 November: $1.00"]
    assert [mark.words for mark in drawn.scale] == ["$0.00", "$1.00", "$2.00"]
    assert len(drawn.days) == 10


def test_what_bought_nothing_stands_on_top():
    spent = Figures(estimated_usd=Decimal(4), failed_usd=Decimal(1))
    [bar] = chart({NOON.date(): spent}, Period(NOON.date(), NOON.date(), ""), simulated=True).bars
    assert bar.words == "20 November: $4.00, of it $1.00 for nothing"
    assert float(bar.nothing_y) + float(bar.nothing_height) == pytest.approx(float(bar.pictures_y), abs=0.1)
    assert float(bar.pictures_height) == pytest.approx(3 * float(bar.nothing_height), rel=0.01)


def test_amounts_are_read_with_their_cents():
    said = [usd(Decimal(each)) for each in ("0", "0.0042", "1234.5", "-3")]
    assert said == ["$0.00", "$0.0042", "$1,234.50", "−$3.00"]
