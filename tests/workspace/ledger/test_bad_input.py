"""What people send to the desk that no form of ours would, and what happens to people and plans in the middle of things."""

import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction
from django.db.models import ProtectedError
from django.test import Client

from tests.workspace.ledger.conftest import REASON
from workspace.accounts.models import User
from workspace.accounts.roles import Role
from workspace.comparisons import services as runs
from workspace.credits import audit, selectors, services
from workspace.credits.models import Entry
from workspace.ledger import adjusting, export
from workspace.ledger.forms import BulkForm
from workspace.ledger.models import Proposal

pytestmark = pytest.mark.django_db
DESK = "/operations/credits/"


@pytest.fixture
def client(manager, signed_in_as) -> Client:
    return signed_in_as(manager)


def uploaded(client, content: bytes):
    return client.post(f"{DESK}file/", {"file": SimpleUploadedFile("credits.csv", content), "key": uuid.uuid4()})


HEAD = b"email,credits,reason\n"
LINE = b"owner@example.com,40,Welcome to the team\n"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (HEAD + b"owner@example.com,40,Welcome \x00 to the team\n", "not UTF-8 text"),
        ((HEAD + LINE).decode().encode("utf-16"), "not UTF-8 text"),
        (b"PK\x03\x04" + bytes(range(256)), "not UTF-8 text"),
        (HEAD + LINE * (BulkForm.LARGEST // len(LINE) + 1), "larger than 200,000 bytes. Nothing of it was used."),
        (b"", "The submitted file is empty"),
        (HEAD + LINE + LINE, "owner@example.com is on line 2 already."),
        (HEAD + b"nobody@example.com,40,Welcome to the team\n", "Nobody here has this address."),
        (b"email,reason,credits\n" + LINE, "The first line must be email,credits,reason."),
        (HEAD + b"owner@example.com,1e3,Welcome to the team\n", "Credits are a whole number above 0."),
        (HEAD + "owner@example.com,٤٠,Welcome to the team\n".encode(), "Credits are a whole number above 0."),
    ],
)
def test_a_file_that_makes_no_sense_is_refused_whole_with_a_reason(client, owner, content, said):
    answer = uploaded(client, content)
    assert (answer.status_code, said in answer.content.decode()) == (422, True)
    assert selectors.balance(owner) == 250


def test_a_file_as_a_spreadsheet_saves_it_is_read(client, owner):
    answer = uploaded(client, b"\xef\xbb\xbf" + (HEAD + LINE).replace(b"\n", b"\r\n"))
    assert "Add 40 credits to 1 person" in answer.content.decode()


@pytest.mark.parametrize("words", ["\0", "%", "_", "'", "x" * 5000, "owner\0@"])
def test_any_words_may_be_searched_for(client, owner, words):
    assert client.get(DESK, {"q": words}).status_code == 200


@pytest.mark.parametrize("frame", ["99999999999-1", "1-99999", "-", "1", "1-1-1", "٣-١", "1- 1", "x-y", "0-0"])
def test_a_frame_that_is_none_is_said(client, owner, paid_frame, frame):
    answer = client.post(f"{DESK}people/{owner.pk}/refund/", {"frame": frame, "reason": REASON, "key": uuid.uuid4()})
    assert (answer.status_code, "no frame of that name" in answer.content.decode()) == (422, True)


@pytest.mark.parametrize("key", ["", "x", "0"])
def test_a_form_without_its_key_moves_nothing(client, owner, key):
    sent = {"direction": "add", "amount": "40", "reason": REASON, "key": key}
    assert client.post(f"{DESK}people/{owner.pk}/", sent).status_code == 422
    assert selectors.balance(owner) == 250


def test_a_key_of_somebody_else_s_form_moves_nothing(client, owner, stranger):
    sent = {"direction": "add", "amount": "40", "reason": REASON, "key": uuid.uuid4()}
    client.post(f"{DESK}people/{owner.pk}/", sent)
    assert client.post(f"{DESK}people/{stranger.pk}/", sent).status_code == 422
    assert (selectors.balance(owner), selectors.balance(stranger)) == (290, 250)


def test_a_decision_that_is_neither_decides_nothing(client, owner, admin, signed_in_as):
    sent = {"direction": "add", "amount": "600", "reason": REASON, "key": uuid.uuid4()}
    client.post(f"{DESK}people/{owner.pk}/", sent)
    proposal = Proposal.objects.get()
    second = signed_in_as(admin(Role.CREDIT_MANAGER, "second@example.com"))
    answer = second.post(f"{DESK}proposals/{proposal.pk}/", follow=True)
    assert "Approve it or decline it. Nothing has moved." in answer.content.decode()
    proposal.refresh_from_db()
    assert proposal.state == "pending"


def test_the_longest_reason_of_an_owner_for_themselves_that_another_approves_and_undoes_fits(admin):
    boss, second = admin(Role.OWNER), admin(Role.CREDIT_MANAGER, "second@example.com")
    long = f"{'x' * 200} ({'y' * 40})"
    adjusting.adjust(boss, 600, reason=long, key=uuid.uuid4(), by=boss)
    adjusting.approve(Proposal.objects.get(), second)
    entry = Entry.objects.get(kind="adjustment")
    assert entry.reason.endswith("(yyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy), approved by a second admin")
    assert adjusting.undo(entry, reason="x" * 200, by=boss)


def test_two_admins_at_the_same_second_both_count_when_there_is_enough(transactional_db, owner, admin, signed_in_as, at_once):
    clients = [signed_in_as(admin(Role.CREDIT_MANAGER, f"second{number}@example.com")) for number in range(2)]

    def take(number: int) -> int:
        sent = {"direction": "remove", "amount": "150", "reason": REASON, "key": uuid.uuid4()}
        return clients[number].post(f"{DESK}people/{owner.pk}/", sent).status_code

    assert sorted(at_once(2, take)) == [302, 422]
    assert selectors.balance(owner) == 100


# --- a person who goes while credits are held -----------------------------------------------------------------------------------
def test_nobody_is_deleted_while_credits_are_held_or_ever(owner, run):
    run()
    with pytest.raises(ProtectedError), transaction.atomic():
        owner.delete()
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; DELETE FROM accounts_user WHERE id = %s", [owner.pk])
    assert User.objects.filter(pk=owner.pk).exists()


def test_who_is_switched_off_while_credits_are_held_is_settled_like_anybody(client, owner, run, picture):
    drawn, stopped = run(), run()
    owner.is_active = False
    owner.save()
    picture(drawn.generations.get())
    runs.cancel_all(stopped)
    assert selectors.held(owner) == 0
    assert list(audit.disagreements()) == []
    assert "Switched off" in client.get(DESK, {"q": "owner@"}).content.decode()


# --- the file that is taken along -----------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "text",
    ["=1+1", " =1+1", "\t=1+1", "\r\n=1+1", "\u00a0=1+1", "a;=1+1", "a\t@SUM(1)", "a\n+1", "＝1+1", "-2+3", "a; -1"],
)
def test_no_cell_of_the_export_is_a_formula_wherever_a_spreadsheet_cuts_it(text):
    cells = [cell for part in export.harmless(text).split("\n") for half in part.split(";") for cell in half.split("\t")]
    assert [cell for cell in cells if cell.strip().startswith(("=", "+", "-", "@", "＝"))] == []


def test_what_is_harmless_stays_as_it_is(owner):
    services.adjust(owner, 40, reason="Run 148-3: 4 of 5 = a part, mail a@b.example", key="one")
    text = "".join(export.Export(owner, export.Filters()).chunks())
    assert "Run 148-3: 4 of 5 = a part, mail a@b.example" in text
