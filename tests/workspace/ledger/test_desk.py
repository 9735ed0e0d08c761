"""The desk: what its pages show, which bad input they say plainly, and which role may do what."""

import uuid

import pytest

from tests.workspace.ledger.conftest import REASON
from workspace.accounts import roles
from workspace.accounts.models import User
from workspace.accounts.roles import Role
from workspace.credits import selectors
from workspace.credits.models import Entry
from workspace.ledger.models import AuditReport, Deed, Proposal

pytestmark = pytest.mark.django_db
DESK = "/operations/credits/"


def form(**fields) -> dict[str, object]:
    return {"direction": "add", "amount": "40", "reason": REASON, "key": uuid.uuid4(), **fields}


@pytest.fixture
def client(manager, signed_in_as):
    return signed_in_as(manager)


def of(owner, rest="") -> str:
    return f"{DESK}people/{owner.pk}/{rest}"


def test_a_person_is_found_and_adjusted(client, owner):
    assert of(owner) in client.get(DESK, {"q": "owner@"}).content.decode()
    page = client.post(of(owner), form(ticket="Run 148"), follow=True).content.decode()
    assert "owner@example.com now has 290 credits." in page
    assert Entry.objects.get(kind="adjustment").reason == f"{REASON} (Run 148)"


def test_the_account_holder_reads_the_reason(client, owner, signed_in):
    client.post(of(owner), form())
    assert REASON in signed_in.get("/credits/").content.decode()


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"amount": "0"}, "greater than or equal to 1"),
        ({"amount": "-5"}, "greater than or equal to 1"),
        ({"amount": "2.5"}, "Credits are a whole number."),
        ({"amount": "1" * 30}, "less than or equal to 1000000"),
        ({"amount": ""}, "Write how many credits."),
        ({"reason": "          "}, "Write why, in at least 10 characters."),
        ({"reason": "a  b  c  d"}, "Write why, in at least 10 characters."),
        ({"reason": "x" * 201}, "at most 200 characters"),
        ({"direction": "double"}, "Select a valid choice"),
        ({"direction": "remove", "amount": "251"}, "There are only 250 credits to take."),
    ],
)
def test_bad_input_is_said_and_nothing_moves(client, owner, wrong, said):
    answer = client.post(of(owner), form(**wrong))
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert selectors.balance(owner) == 250


def test_one_s_own_credits_are_refused(client, manager):
    answer = client.post(of(manager), form())
    assert "Nobody adjusts their own credits" in answer.content.decode()
    assert selectors.balance(manager) == 250


@pytest.mark.parametrize(
    ("fields", "after", "said"),
    [
        ({"amount": 40}, 290, "Add 40 credits"),
        ({"amount": 40, "direction": "remove"}, 210, "Remove 40 credits"),
        ({"amount": 251, "direction": "remove"}, 0, "There are only 250 credits to take."),
        ({"amount": 501}, 751, "another admin must approve"),
        ({"amount": "x"}, 250, "Adjust credits"),
    ],
)
def test_the_preview_tells_before_and_after(client, owner, fields, after, said):
    answer = client.get(of(owner, "preview/"), {"direction": "add", **fields}).content.decode()
    assert "<b>250</b>" in answer
    assert f"<b>{after}</b>" in answer
    assert said in answer


def test_a_frame_s_credits_come_back_through_the_page(client, owner, paid_frame):
    sent = {"frame": "1-1", "amount": "", "reason": REASON, "key": uuid.uuid4()}
    assert "came back, and the frame says so" in client.post(of(owner, "refund/"), sent, follow=True).content.decode()
    assert selectors.balance(owner) == 250


@pytest.mark.parametrize(
    ("frame", "amount", "said"), [("9-9", "", "no frame of that name"), ("1-1", "900", "can still come back")]
)
def test_a_refund_that_cannot_be_is_said(client, owner, paid_frame, frame, amount, said):
    answer = client.post(of(owner, "refund/"), {"frame": frame, "amount": amount, "reason": REASON, "key": uuid.uuid4()})
    assert answer.status_code == 422
    assert said in answer.content.decode()


def test_an_adjustment_is_undone_through_the_page(client, owner):
    client.post(of(owner), form())
    address = f"{DESK}entries/{Entry.objects.get(kind='adjustment').pk}/undo/"
    assert "Remove 40 credits" in client.get(address).content.decode()
    assert "Undone by a new entry." in client.post(address, {"reason": "It was the wrong person"}, follow=True).content.decode()
    assert selectors.balance(owner) == 250


def test_only_adjustments_are_undone(client, owner):
    assert client.post(f"{DESK}entries/{Entry.objects.first().pk}/undo/", {"reason": REASON}).status_code == 404


def test_a_second_admin_decides(client, owner, admin, signed_in_as):
    client.post(of(owner), form(amount="600"))
    proposal = Proposal.objects.get()
    address = f"{DESK}proposals/{proposal.pk}/"
    assert "Nobody adjusts" in client.post(address, {"decision": "approve"}, follow=True).content.decode()
    second = signed_in_as(admin(Role.CREDIT_MANAGER, "second@example.com"))
    assert "Approved" in second.post(address, {"decision": "approve"}, follow=True).content.decode()
    assert "decided this already" in second.post(address, {"decision": "decline"}, follow=True).content.decode()
    assert selectors.balance(owner) == 850


def test_the_log_tells_who_did_what_to_whom(client, owner):
    client.post(of(owner), form())
    page = client.get(f"{DESK}log/").content.decode()
    assert f"added 40 credits: {REASON}" in page
    assert "credit.manager.role@example.com" in page


# --- roles ---------------------------------------------------------------------------------------------------------------------
PAGES = ["", "people/{pk}/", "people/{pk}/preview/", "file/", "log/", "roles/"]
ADJUSTS = ["people/{pk}/", "people/{pk}/refund/", "proposals/1/", "file/"]


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("page", PAGES)
def test_every_role_reads(admin, owner, signed_in_as, role, page):
    assert signed_in_as(admin(role)).get(DESK + page.format(pk=owner.pk)).status_code == 200


@pytest.mark.parametrize("role", [Role.VIEWER, Role.OPERATOR])
@pytest.mark.parametrize("page", ADJUSTS)
def test_only_credit_managers_and_owners_adjust(admin, owner, signed_in_as, role, page):
    answer = signed_in_as(admin(role)).post(DESK + page.format(pk=owner.pk), form())
    assert answer.status_code == 403
    assert selectors.balance(owner) == 250


@pytest.mark.parametrize("role", [Role.VIEWER, Role.CREDIT_MANAGER])
@pytest.mark.parametrize("page", ["/operations/openai/pause/", "/operations/openai/", "/people/"])
def test_only_operators_and_owners_operate(admin, signed_in_as, role, page):
    assert signed_in_as(admin(role)).post(page).status_code == 403


@pytest.mark.parametrize("role", [Role.VIEWER, Role.CREDIT_MANAGER, Role.OPERATOR])
def test_only_owners_give_roles(admin, owner, signed_in_as, role):
    answer = signed_in_as(admin(role)).post(f"{DESK}roles/", {"person": owner.email, "role": "operator"})
    assert answer.status_code == 403
    assert roles.role_of(User.objects.get(pk=owner.pk)) is None


def test_an_owner_gives_a_role_and_takes_it(admin, owner, signed_in_as):
    client = signed_in_as(admin(Role.OWNER))
    for given, expected in (("credit manager", Role.CREDIT_MANAGER), ("viewer", Role.VIEWER), ("", None)):
        client.post(f"{DESK}roles/", {"person": owner.email, "role": given})
        assert roles.role_of(User.objects.get(pk=owner.pk)) == expected
    assert Deed.objects.count() == 3


def test_an_owner_s_role_is_not_taken(admin, signed_in_as):
    boss = admin(Role.OWNER)
    answer = signed_in_as(boss).post(f"{DESK}roles/", {"person": boss.email, "role": "viewer"})
    assert "not changed here" in answer.content.decode()


def test_an_admin_of_no_role_is_an_operator_as_before(staff, db):
    assert roles.role_of(staff) == Role.OPERATOR


def test_who_is_switched_off_has_no_role(admin):
    viewer = admin(Role.VIEWER)
    viewer.is_active = False
    assert roles.role_of(viewer) is None


# --- the alarm -----------------------------------------------------------------------------------------------------------------
def test_operations_says_when_the_ledger_does_not_agree(client):
    AuditReport.objects.create(seconds=1, sentences=["Account 1: the balance is 3, its entries add up to 2."])
    assert "Account 1: the balance is 3" in client.get("/operations/").content.decode()
    AuditReport.objects.create(seconds=1)
    assert "does not agree" not in client.get("/operations/").content.decode()
