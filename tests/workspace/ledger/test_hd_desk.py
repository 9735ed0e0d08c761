"""HD images changed by an admin: with a reason that the holder reads, undone by a new entry, in the log."""

import uuid

import pytest
from django.test import Client
from django.utils import timezone

from tests.workspace.ledger.conftest import REASON
from workspace.accounts import terms
from workspace.accounts.models import Plan
from workspace.accounts.roles import Role
from workspace.credits import audit
from workspace.credits.hd import selectors
from workspace.credits.hd import services as hd
from workspace.credits.hd.models import HdEntry
from workspace.ledger.models import Deed

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def twenty_a_month(db) -> None:
    Plan.objects.filter(is_default=True).update(hd_per_month=20)


@pytest.fixture
def client(manager, signed_in_as) -> Client:
    return signed_in_as(manager)


def form(**fields) -> dict[str, object]:
    return {"direction": "add", "images": "3", "reason": REASON, "key": uuid.uuid4(), **fields}


def of(owner, rest="hd/") -> str:
    return f"/operations/credits/people/{owner.pk}/{rest}"


def left(owner) -> int:
    return selectors.left(owner.credits.pk, terms.of(owner), timezone.localdate()).images


def deeds() -> list[str]:
    return list(Deed.objects.order_by("pk").values_list("what", flat=True))


def test_the_holder_reads_why_there_are_more(client, owner, signed_in):
    page = client.post(of(owner), form(), follow=True).content.decode()
    assert "owner@example.com now has 23 HD images left." in page
    assert "Last changes of HD images" in page
    statement = signed_in.get("/credits/").content.decode()
    assert REASON in statement
    assert "HD adjusted" in statement
    assert deeds() == [f"added 3 HD images: {REASON}"]


def test_the_same_form_twice_is_once(client, owner):
    sent = form()
    client.post(of(owner), sent)
    assert "It counted once." in client.post(of(owner), sent, follow=True).content.decode()
    assert (left(owner), len(deeds())) == (23, 1)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"images": "0"}, "greater than or equal to 1"),
        ({"images": "-3"}, "greater than or equal to 1"),
        ({"images": "1.5"}, "HD images are a whole number."),
        ({"images": "1" * 30}, "less than or equal to 1000"),
        ({"images": ""}, "Write how many."),
        ({"reason": "because"}, "Write why, in at least 10 characters."),
        ({"reason": "          "}, "Write why, in at least 10 characters."),
        ({"direction": "remove", "images": "21"}, "There are only 20 HD images to take."),
    ],
)
def test_bad_input_is_said_and_nothing_moves(client, owner, wrong, said):
    answer = client.post(of(owner), form(**wrong))
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert (left(owner), HdEntry.objects.count(), deeds()) == (20, 0, [])


def test_where_nothing_is_counted_nothing_changes(client, owner):
    Plan.objects.update(hd_per_month=None)
    assert "are not limited" in client.get(of(owner, "")).content.decode()
    answer = client.post(of(owner), form())
    assert (answer.status_code, HdEntry.objects.count()) == (422, 0)


def test_one_s_own_are_refused(client, manager):
    assert "Nobody adjusts their own credits" in client.post(of(manager), form()).content.decode()
    assert HdEntry.objects.count() == 0


@pytest.mark.parametrize(
    ("fields", "after", "said"),
    [
        ({"images": 3}, 23, "Add 3 HD images"),
        ({"images": 1, "direction": "remove"}, 19, "Remove 1 HD image"),
        ({"images": 21, "direction": "remove"}, 0, "There are only 20 HD images to take."),
        ({"images": "x"}, 20, "Change HD images"),
    ],
)
def test_the_preview_tells_before_and_after(client, owner, fields, after, said):
    answer = client.get(of(owner, "hd/preview/"), {"direction": "add", **fields}).content.decode()
    assert "<b>20</b>" in answer
    assert f"<b>{after}</b>" in answer
    assert said in answer


def test_a_change_is_undone_by_a_new_entry_once(client, owner, signed_in):
    client.post(of(owner), form())
    address = f"/operations/credits/hd/{HdEntry.objects.get().pk}/undo/"
    assert "Remove 3 HD images" in client.get(address).content.decode()
    said = [client.post(address, {"reason": "It was the wrong person"}, follow=True).content.decode() for _ in range(2)]
    assert "Undone by a new entry." in said[0]
    assert "This had been undone before." in said[1]
    assert (left(owner), HdEntry.objects.count(), len(deeds())) == (20, 2, 2)
    assert "Undoes +3 HD of" in signed_in.get("/credits/?kind=hd").content.decode()
    assert list(audit.disagreements()) == []


def test_what_was_drawn_with_them_cannot_be_taken_back(client, owner):
    client.post(of(owner), form())
    change = HdEntry.objects.get()
    hd.take(owner, [(frame, 1) for frame in range(22)], terms=terms.of(owner), day=timezone.localdate(), reason="Run 1")
    answer = client.post(f"/operations/credits/hd/{change.pk}/undo/", {"reason": "It was the wrong person"})
    assert "There is only 1 HD image to take." in answer.content.decode()
    assert left(owner) == 1


def test_an_undoing_is_not_undone(client, owner, manager):
    client.post(of(owner), form())
    hd.undo(HdEntry.objects.get(), reason="It was the wrong person", actor=manager)
    address = f"/operations/credits/hd/{HdEntry.objects.latest('pk').pk}/undo/"
    assert client.get(address).status_code == 404


@pytest.mark.django_db(transaction=True)
def test_two_admins_at_the_same_second_take_no_more_than_there_is(owner, admin, signed_in_as, at_once):
    clients = [signed_in_as(admin(Role.CREDIT_MANAGER, f"second{number}@example.com")) for number in range(2)]
    sent = [form(direction="remove", images="15") for _ in clients]
    answers = at_once(2, lambda number: clients[number].post(of(owner), sent[number]).status_code)
    assert sorted(answers) == [302, 422]
    assert left(owner) == 5


def test_an_undoing_that_does_not_fit_is_found(owner, manager):
    facts = {"account": owner.credits, "kind": "adjustment", "day": timezone.localdate(), "reason": REASON, "actor": manager}
    first = HdEntry.objects.create(amount=3, key="one", **facts)
    HdEntry.objects.create(amount=-2, key="two", refers_to=first, **facts)
    [sentence] = audit.disagreements()
    assert "does not reverse HD entry" in sentence
