"""Grants from a file: every line's effect is shown first, and all move or none."""

import uuid

import pytest

from workspace.credits import selectors
from workspace.ledger import bulk

pytestmark = pytest.mark.django_db
HEAD = "email,credits,reason\n"
LINE = "owner@example.com,40,Welcome to the team\n"


def mistakes(text, by) -> list[str]:
    shown = bulk.read(text, by)
    return [shown.mistake] if shown.mistake else [row.mistake for row in shown.rows if row.mistake]


def test_a_dry_run_shows_every_effect_and_moves_nothing(owner, stranger, manager):
    shown = bulk.read(f'{HEAD}{LINE}\n"Stranger@example.com", 7 ,"Welcome, to the team"\n', manager)
    assert [(row.line, row.before, row.after) for row in shown.rows] == [(2, 250, 290), (4, 250, 257)]
    assert (shown.right, shown.total) == (True, 47)
    assert selectors.balance(owner) == 250


def test_what_was_shown_moves_once(owner, manager):
    shown, key = bulk.read(HEAD + LINE, manager), uuid.uuid4()
    assert [bulk.grant(shown.rows, key=key, by=manager) for _ in range(2)] == [1, 0]
    assert selectors.balance(owner) == 290


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "The first line must be email,credits,reason. Here it is empty."),
        ("email,amount,reason\n" + LINE, "The first line must be email,credits,reason. Here it is email,amount,reason."),
        (HEAD, "There are no lines below the first one."),
        (HEAD + "owner@example.com,40\n", "2 columns instead of 3."),
        (HEAD + "nobody@example.com,40,Welcome to the team\n", "Nobody here has this address."),
        (HEAD + LINE + LINE, "owner@example.com is on line 2 already."),
        (HEAD + LINE + LINE.upper(), "owner@example.com is on line 2 already."),
        (HEAD + "credit.manager.role@example.com,40,Welcome to the team\n", "Nobody grants themselves credits by a file."),
        (
            HEAD + "owner@example.com,501,Welcome to the team\n",
            "Above 500 another admin must approve: adjust this one by itself.",
        ),
        (HEAD + "owner@example.com,40,Welcome\n", "The reason has 10 to 200 characters."),
    ],
)
def test_what_is_wrong_is_said(owner, manager, text, said):
    assert mistakes(text, manager) == [said]


@pytest.mark.parametrize("amount", ["0", "-5", "2.5", "", "forty", "²", "9" * 30, "=40"])
def test_credits_are_whole_numbers_above_nothing(owner, manager, amount):
    assert mistakes(f"{HEAD}owner@example.com,{amount},Welcome to the team\n", manager) == ["Credits are a whole number above 0."]


def test_a_file_of_too_many_lines_is_refused(manager):
    assert mistakes(HEAD + LINE * 1001, manager) == ["1,001 lines are more than the 1,000 one file may have."]


def test_one_wrong_line_stops_all_of_them(owner, manager, signed_in_as):
    text = f"{HEAD}{LINE}nobody@example.com,40,Welcome to the team\n"
    sent = {"text": text, "key": uuid.uuid4(), "confirm": "1"}
    answer = signed_in_as(manager).post("/operations/credits/file/", sent)
    assert answer.status_code == 422
    assert b"1 line to put right" in answer.content
    assert selectors.balance(owner) == 250


def test_through_the_page_first_shown_then_moved(owner, manager, signed_in_as):
    client, sent = signed_in_as(manager), {"text": HEAD + LINE, "key": uuid.uuid4()}
    assert b"Add 40 credits to 1 person" in client.post("/operations/credits/file/", sent).content
    assert selectors.balance(owner) == 250
    client.post("/operations/credits/file/", {**sent, "confirm": "1"})
    assert selectors.balance(owner) == 290
