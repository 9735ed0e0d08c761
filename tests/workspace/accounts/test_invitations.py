from collections.abc import Callable
from datetime import timedelta
from io import StringIO

import pytest
from django.core.mail import EmailMessage
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from tests.workspace.accounts.conftest import PASSWORD, is_signed_in, link_in
from workspace.accounts import services
from workspace.accounts.models import Invitation, User

type Letters = Callable[[], list[EmailMessage]]
ANSWERS = {"name": "Nia New", "password": PASSWORD}


@pytest.fixture
def link(admin: User) -> str:
    return f"/invitation/{services.invite('new@example.com', by=admin)}/"


def test_it_makes_an_account_under_the_invited_address(client: Client, link: str) -> None:
    client.post(link, ANSWERS | {"email": "other@example.com"})
    user = User.objects.get(email="new@example.com")
    assert (user.name, user.is_staff, user.is_superuser) == ("Nia New", False, False)
    assert user.check_password(PASSWORD)
    assert is_signed_in(client, user)


def test_opening_it_says_who_invited_and_uses_nothing_up(client: Client, link: str) -> None:
    for _ in range(2):
        assert "Ada Admin invited you." in client.get(link).content.decode()


def test_it_remembers_who_invited_and_when_it_was_used(client: Client, link: str, admin: User) -> None:
    client.post(link, ANSWERS)
    invitation = Invitation.objects.get()
    assert invitation.invited_by == admin
    assert timezone.now() - invitation.used < timedelta(minutes=1)


def test_it_works_once(client: Client, link: str) -> None:
    Client().post(link, ANSWERS)
    assert client.post(link, ANSWERS).status_code == 410
    assert not client.session.get("_auth_user_id")


def test_it_is_over_after_a_week(client: Client, link: str) -> None:
    assert Invitation.objects.get().expires - timezone.now() > timedelta(days=6)
    Invitation.objects.update(expires=timezone.now())
    assert client.post(link, ANSWERS).status_code == 410


def test_a_second_invitation_ends_the_first(client: Client, link: str, admin: User) -> None:
    services.invite("NEW@example.com", by=admin)
    assert client.get(link).status_code == 410


def test_a_weak_password_keeps_it(client: Client, link: str) -> None:
    assert "too similar" in client.post(link, ANSWERS | {"password": "new@example.com"}).content.decode()
    assert client.post(link, ANSWERS).status_code == 302


def test_it_is_over_when_the_address_got_an_account_elsewhere(client: Client, link: str) -> None:
    User.objects.create_user("new@example.com", PASSWORD)
    assert client.post(link, ANSWERS).status_code == 410


def test_an_admin_invites_by_mail_and_sees_the_link_once(client: Client, admin: User, letters: Letters) -> None:
    client.force_login(admin)
    page = client.post("/people/", {"email": "new@example.com"}, follow=True).content.decode()
    [letter] = letters()
    assert letter.to == ["new@example.com"]
    assert "Ada Admin invited you" in letter.body
    assert link_in(letter) in page
    assert link_in(letter) not in client.get("/people/").content.decode()


def test_only_the_owner_invites_admins(client: Client, admin: User, owner: User) -> None:
    for inviter in (admin, owner):
        client.force_login(inviter)
        client.post("/people/", {"email": f"by-{inviter.email}", "admin": "on"})
    assert dict(Invitation.objects.values_list("email", "admin")) == {"by-admin@example.com": False, "by-owner@example.com": True}


def test_somebody_who_is_here_is_not_invited(client: Client, admin: User, person: User) -> None:
    client.force_login(admin)
    assert "This address has an account already." in client.post("/people/", {"email": person.email}).content.decode()
    assert not Invitation.objects.exists()


def test_an_admin_withdraws_an_invitation(client: Client, link: str, admin: User) -> None:
    client.force_login(admin)
    assert client.post(f"/people/invitations/{Invitation.objects.get().pk}/withdraw/")["Location"] == "/people/"
    assert Client().get(link).status_code == 410


def test_the_command_prints_the_link(client: Client) -> None:
    out = StringIO()
    call_command("invite", "boss@example.com", "--admin", base_url="http://testserver", stdout=out)
    client.post(out.getvalue().strip().removeprefix("http://testserver"), ANSWERS)
    assert User.objects.get().is_staff


@pytest.mark.parametrize(("address", "told"), [("nonsense", "not an e-mail address"), ("person@example.com", "account already")])
def test_the_command_says_what_is_wrong(person: User, address: str, told: str) -> None:
    with pytest.raises(CommandError, match=told):
        call_command("invite", address)
