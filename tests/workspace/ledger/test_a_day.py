"""The whole ledger of a day can be explained line by line from the page alone."""

import csv
import io
import re

import pytest
from django.utils import timezone

from tests.workspace.comparisons.conftest import FLARE
from tests.workspace.ledger.day import a_day
from workspace.accounts.models import User
from workspace.accounts.roles import Role
from workspace.comparisons import selectors
from workspace.credits import audit
from workspace.ledger import export, statement
from workspace.ledger.places import KINDS, Filters

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("prices_read_again")]


@pytest.fixture
def day(owner, admin, run, picture) -> User:
    a_day(owner, admin(Role.CREDIT_MANAGER), admin(Role.CREDIT_MANAGER, "second@example.com"), run, picture)
    return owner


MONTH = f"{timezone.localdate():%B %Y}"
TODAY = f"{timezone.localdate():%-d %B}"
FELL_BACK = "GPT Image 2.6 Flare gave no answer in time. 1 credit returned, Ideogram 2a Turbo stepped in for 1."
# Kind, what, who, change, spent and what there was after it; oldest first.
EXPLAINED = [
    ("Granted", "Starting credits", "Proofsheet", "+250", "", "250"),
    ("Expired", f"Not carried over into {MONTH}: the plan Studio keeps 100", "Plan", "−150", "", "100"),
    ("Monthly", f"Credits of {MONTH}, plan Studio", "Plan", "+450", "", "550"),
    ("Held", "Run 1, 3 frames", "You", "−7", "", "543"),
    ("Run", "Run 1, frame 3: picture kept for 3 credits", "Ideogram 2a Turbo", "", "3", "543"),
    ("Run", f"Run 1, frame 1: {FELL_BACK}", "Ideogram 2a Turbo", "+1", "1", "544"),
    ("Returned", "Run 1, frame 2: the file arrived damaged", "GPT Image 2.6 Sunburst", "+2", "", "546"),
    ("Held", "Run 1, frame 2: asked for again", "You", "−2", "", "544"),
    ("Run", "Run 1, frame 2: picture kept for 2 credits", "GPT Image 2.6 Sunburst", "", "2", "544"),
    ("HD used", "Run 2, frame 1: to be drawn in HD", "GPT Image 2.6 Flare", "−1 HD", "", "1 used"),
    ("HD held", "Run 2, frame 2: to be drawn in HD", "GPT Image 2.6 Sunburst", "−1 HD", "", "2 used"),
    ("Held", "Run 2, 2 frames", "You", "−16", "", "528"),
    ("Run", "Run 2, frame 1: picture kept for 6 credits", "GPT Image 2.6 Flare", "", "6", "528"),
    ("HD returned", "Run 2, frame 2: you stopped it", "GPT Image 2.6 Sunburst", "+1 HD", "", "1 used"),
    ("Returned", "Run 2, frame 2: you stopped it", "GPT Image 2.6 Sunburst", "+10", "", "538"),
    ("Held", "Run 3, 2 frames", "You", "−5", "", "533"),
    ("Returned", "Run 3, frame 1: our side stopped while this was drawing", "GPT Image 2.6 Flare", "+2", "", "535"),
    ("Run", "Run 3, frame 2: picture kept for 3 credits", "Ideogram 2a Turbo", "", "3", "535"),
    ("Adjusted", "Goodwill for the outage (Run 1)", "Admin", "+40", "", "575"),
    ("Adjusted", f"Undoes +40 of {TODAY}: It was the wrong person", "Admin", "−40", "", "535"),
    ("Adjusted", "A campaign for the spring, approved by a second admin", "Admin", "+600", "", "1,135"),
    ("Returned", "Run 1, frame 3: The badge was misspelt", "Admin", "+3", "−3", "1,138"),
    ("HD adjusted", "A campaign for the spring", "Admin", "+3 HD", "", "2 extra"),
    ("HD adjusted", f"Undoes +3 HD of {TODAY}: The campaign was called off", "Admin", "−3 HD", "", "1 used"),
]


def test_each_line_says_what_whose_why_and_what_was_left(day):
    lines = reversed(statement.page(day, Filters()).lines)
    assert [(line.kind, line.what, line.who, line.change, line.taken, line.after) for line in lines] == EXPLAINED


def test_every_line_of_a_run_leads_to_its_run_or_frame(day):
    for line in statement.page(day, Filters()).lines:
        run, frame = (re.search(rf"{word} (\d+)", line.what) for word in ("^Run", "frame"))
        anchor = f"#frame_{run[1]}_{frame[1]}" if run and frame else ""
        assert line.href == (f"/runs/{run[1]}/{anchor}" if run else "")


def test_a_later_refund_is_seen_on_the_frame_too(day, signed_in):
    assert "3 credits came back: The badge was misspelt." in signed_in.get("/runs/1/").content.decode()
    assert "Run 1, frame 3: The badge was misspelt" in signed_in.get("/credits/").content.decode()


def test_page_file_and_sums_agree_under_every_filter(day):
    kinds, makers, searches = ("", *KINDS), ("", "ideogram", FLARE), ((), ("frame",))
    for filters in (Filters(kind=kind, by=by, words=words) for kind in kinds for by in makers for words in searches):
        by_hand = sum(statement.page(day, filters).lines, statement.Sums())
        text = "".join(export.Export(day, filters).chunks()).removeprefix(export.MARK)
        total = list(csv.DictReader(io.StringIO(text)))[-1]
        said = statement.Sums(*(int(total[name]) for name in ("credits", "held", "spent", "hd")))
        assert statement.sums(day, filters) == said == by_hand, filters


def test_the_audit_is_clean_and_nothing_is_held(day):
    assert list(audit.disagreements()) == []
    assert statement.sums(day, Filters()) == statement.Sums(1138, 0, 12, -1)
    assert selectors.money(day.pk).balance == 1138
