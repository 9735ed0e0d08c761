"""HD images on the statement: their lines among those of credits, the count after each, their filter, file and quota."""

import csv
import io
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from tests.workspace.comparisons.conftest import FLARE
from workspace.accounts.models import Plan
from workspace.comparisons import selectors
from workspace.comparisons import services as runs
from workspace.credits import services
from workspace.credits.hd import services as hd
from workspace.credits.hd.models import HdEntry
from workspace.ledger import export, statement
from workspace.ledger.lines import Line
from workspace.ledger.places import Filters
from workspace.ledger.quota import Quota

pytestmark = pytest.mark.django_db
SUNBURST = "openai/gpt-image-2.6-sunburst"


@pytest.fixture(autouse=True)
def twenty_a_month(db) -> None:
    Plan.objects.filter(is_default=True).update(hd_per_month=20, hd_per_day=5)


@pytest.fixture
def hd_run(run):
    """Two frames in HD, neither drawn yet."""
    return run(models=(FLARE, SUNBURST), quality="hd")


def lines(user, **filters) -> list[Line]:
    return list(statement.page(user, Filters(**filters)).lines)


def of_hd(user) -> list[tuple[str, str, str, str]]:
    return [(line.kind, line.what, line.change, line.after) for line in lines(user, kind="hd")]


def test_each_image_of_a_run_is_held_on_a_line_of_its_own_that_leads_to_its_frame(owner, hd_run):
    assert of_hd(owner) == [
        ("HD held", "Run 1, frame 2: to be drawn in HD", "−1 HD", "2 used"),
        ("HD held", "Run 1, frame 1: to be drawn in HD", "−1 HD", "1 used"),
    ]
    assert [line.href for line in lines(owner, kind="hd")] == ["/runs/1/#frame_1_2", "/runs/1/#frame_1_1"]
    assert lines(owner, kind="hd")[1].who == "GPT Image 2.6 Flare"


def test_a_picture_turns_held_into_used(owner, hd_run, picture):
    picture(hd_run.generations.get(position=1))
    assert [line[0] for line in of_hd(owner)] == ["HD held", "HD used"]


def test_what_comes_back_is_a_second_line_and_the_first_stays(owner, hd_run):
    runs.cancel(hd_run.generations.get(position=2))
    returned, held, other = of_hd(owner)
    assert returned == ("HD returned", "Run 1, frame 2: you stopped it", "+1 HD", "1 used")
    assert (held[0], held[3], other[3]) == ("HD held", "2 used", "1 used")


def test_an_adjustment_says_why_and_the_count_may_go_below_nothing(owner, staff):
    hd.adjust(owner, 3, day=timezone.localdate(), reason="A campaign in spring", key="form", actor=staff)
    [line] = lines(owner, kind="hd")
    assert (line.kind, line.what, line.who, line.change, line.after) == (
        "HD adjusted",
        "A campaign in spring",
        "Admin",
        "+3 HD",
        "3 extra",
    )


def test_they_stand_in_one_order_with_credits(owner, hd_run):
    assert [line.kind for line in lines(owner)] == ["Held", "HD held", "HD held", "Granted"]


def test_the_count_begins_anew_with_each_month(owner, staff):
    today = timezone.localdate()
    last_month = today.replace(day=1) - timedelta(days=1)
    for number, day in enumerate((last_month, today, last_month), start=1):
        hd.adjust(owner, -1, day=day, reason="Moved to another account", key=f"form {number}", actor=staff)
    assert [line.after for line in lines(owner, kind="hd")] == ["2 used", "1 used", "1 used"]


@pytest.mark.parametrize(
    ("filters", "kinds"),
    [
        ({"kind": "runs"}, ["Held", "HD held", "HD held"]),
        ({"kind": "returned"}, ["Returned", "HD returned"]),
        ({"kind": "adjusted"}, ["Adjusted", "HD adjusted", "Granted"]),
        ({"by": FLARE}, ["HD held"]),
        ({"by": "openai"}, ["Returned", "HD returned", "HD held", "HD held"]),
        ({"words": ("frame 2",)}, ["Returned", "HD returned", "HD held"]),
    ],
)
def test_the_same_filters_hold_for_both(owner, staff, hd_run, filters, kinds):
    runs.cancel(hd_run.generations.get(position=2))
    hd.adjust(owner, 3, day=timezone.localdate(), reason="A campaign in spring", key="form", actor=staff)
    services.adjust(owner, 40, reason="Goodwill for Tuesday", key="adjust", actor=staff)
    assert [line.kind for line in lines(owner, **filters)] == kinds


@pytest.mark.parametrize("limit", [1, 2, 3, 5])
def test_a_page_may_begin_anywhere_between_them(owner, hd_run, limit):
    runs.cancel_all(hd_run)
    whole, place, seen = lines(owner), None, []
    while True:
        page = statement.page(owner, Filters(), before=place, limit=limit)
        seen += page.lines
        if (place := page.older) is None:
            break
    assert seen == whole


def test_lines_of_one_moment_are_neither_lost_nor_repeated(owner, hd_run):
    moment = services.Entry.objects.get(kind="hold").created
    for ledger in ("entry", "hdentry"):
        same_moment(ledger, moment)
    expected = lines(owner)
    first = statement.page(owner, Filters(), limit=2)
    rest = statement.page(owner, Filters(), before=first.older)
    assert [*first.lines, *rest.lines] == expected
    assert [line.kind for line in expected] == ["HD held", "HD held", "Held", "Granted"]


def same_moment(ledger, moment) -> None:
    """As if the clock had stood still; the ledger refuses such a change, so its trigger is off for the moment."""
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute(f"UPDATE credits_{ledger} SET created = %s", [moment])
        cursor.execute("SET session_replication_role = DEFAULT")


def exported(user, **filters) -> list[dict[str, str]]:
    text = "".join(export.Export(user, Filters(**filters)).chunks()).removeprefix(export.MARK)
    return list(csv.DictReader(io.StringIO(text)))


def test_the_file_has_them_in_columns_of_their_own(owner, hd_run):
    *rows, total = exported(owner)
    held = next(row for row in rows if row["kind"] == "HD held")
    assert (held["credits"], held["balance"], held["hd"], held["hd used"]) == ("", "", "-1", "2")
    assert (total["credits"], total["hd"]) == (str(services.account_of(owner).balance), "-2")


def everything() -> list[dict[str, object]]:
    today = timezone.localdate()
    kinds = [{"kind": kind} for kind in ("", "runs", "returned", "adjusted", "hd")]
    return [*kinds, {"by": "openai"}, {"words": ("frame",)}, {"since": today}, {"until": today - timedelta(days=1)}]


@pytest.mark.parametrize("filters", everything(), ids=str)
def test_page_and_file_add_up_to_the_same_under_any_filter(signed_in, owner, staff, hd_run, picture, filters):
    picture(hd_run.generations.get(position=1))
    runs.cancel(hd_run.generations.get(position=2))
    hd.adjust(owner, 3, day=timezone.localdate(), reason="A campaign in spring", key="form", actor=staff)
    found, total = statement.sums(owner, Filters(**filters)), exported(owner, **filters)[-1]
    assert [str(each) for each in (found.credits, found.held, found.spent, found.hd)] == [
        total[name] for name in ("credits", "held", "spent", "hd")
    ]


def test_the_page_adds_up_without_script_too(signed_in, hd_run):
    assert "Add up every line" in signed_in.get("/credits/?kind=hd").content.decode()
    assert "add up to <b>0</b> credits, <b>0</b> held, <b>0</b> spent and <b>-2</b> HD images." in (
        signed_in.get("/credits/?kind=hd&sums=1").content.decode()
    )


# --- the quota -----------------------------------------------------------------------------------------------------------------
def quotas(user) -> list[Quota]:
    return [Quota(left) for left in selectors.money(user.pk).hd]


def test_both_limits_of_a_plan_are_drawn_and_said(signed_in, owner, hd_run):
    month, day = quotas(owner)
    assert (month.sentence, day.sentence) == (
        "2 of 20 HD images used this month, 18 left",
        "2 of 5 HD images used today, 3 left",
    )
    assert month.frames == [True] * 2 + [False] * 18
    page = signed_in.get("/credits/").content.decode()
    assert page.count("<i data-used></i>") == 4
    assert 'aria-label="2 of 20 HD images used this month, 18 left"' in page


def test_a_large_allowance_is_a_bar(signed_in, owner, hd_run):
    Plan.objects.filter(is_default=True).update(hd_per_month=2500, hd_per_day=None)
    page = signed_in.get("/credits/").content.decode()
    assert 'aria-label="2 of 2,500 HD images used this month, 2,498 left"' in page
    assert "data-used" not in page
    assert "quota__bar" in page


def test_an_adjustment_makes_the_whole_larger(owner, staff):
    hd.adjust(owner, 3, day=timezone.localdate(), reason="A campaign in spring", key="form", actor=staff)
    assert [each.sentence for each in quotas(owner)] == [
        "0 of 23 HD images used this month, 23 left",
        "0 of 8 HD images used today, 8 left",
    ]


@pytest.mark.parametrize("changes", [{"hd_per_month": None, "hd_per_day": None}, {"dearest_quality": "standard"}])
def test_where_nothing_is_counted_nothing_is_drawn(signed_in, owner, changes):
    Plan.objects.filter(is_default=True).update(**changes)
    assert quotas(owner) == []
    assert "HD images</h2>" not in signed_in.get("/credits/").content.decode()


def test_the_database_undoes_an_adjustment_once(owner, staff):
    hd.adjust(owner, 3, day=timezone.localdate(), reason="A campaign in spring", key="form", actor=staff)
    entry = HdEntry.objects.get()
    assert [hd.undo(entry, reason="It was the wrong person", actor=staff) for _ in range(2)] == [True, False]
    assert [line.after for line in lines(owner, kind="hd")] == ["0 used", "3 extra"]
