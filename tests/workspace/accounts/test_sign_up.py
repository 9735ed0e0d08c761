from collections.abc import Callable

import pytest
from django.core.mail import EmailMessage
from django.test import Client

from tests.workspace.accounts.conftest import PASSWORD, is_signed_in, link_in
from workspace.accounts.models import User

type Letters = Callable[[], list[EmailMessage]]
ANSWERS = {"email": "new@example.com", "password1": PASSWORD}


@pytest.fixture
def open_signup(settings) -> None:
    settings.OPEN_SIGNUP = True


def test_it_is_by_invitation_unless_opened(client: Client) -> None:
    for response in (client.get("/sign-up/"), client.post("/sign-up/", ANSWERS)):
        assert "Accounts here are by invitation" in response.content.decode()
    assert not User.objects.exists()
    assert "Make an account" not in client.get("/sign-in/").content.decode()


@pytest.mark.usefixtures("open_signup")
def test_open_it_lets_in_once_the_address_is_confirmed(client: Client, letters: Letters) -> None:
    assert "Make an account" in client.get("/sign-in/").content.decode()
    assert client.get("/sign-up/").status_code == 200
    page = client.post("/sign-up/", ANSWERS, follow=True)
    assert "We have sent a link that confirms your address." in page.content.decode()
    user = User.objects.get()
    assert not is_signed_in(client, user)
    assert client.get(link_in(letters()[0])).status_code == 200
    client.post(link_in(letters()[0]))
    assert is_signed_in(client, user)
    assert (user.is_staff, user.is_superuser) == (False, False)


@pytest.mark.usefixtures("open_signup")
def test_open_it_does_not_tell_who_has_an_account(client: Client, person: User, letters: Letters) -> None:
    fresh = client.post("/sign-up/", ANSWERS)
    taken = Client().post("/sign-up/", ANSWERS | {"email": person.email})
    assert (fresh.status_code, fresh["Location"]) == (taken.status_code, taken["Location"])
    assert letters()[-1].to == [person.email]
    assert letters()[-1].subject == "You have an account already"


@pytest.mark.usefixtures("open_signup")
def test_open_it_refuses_a_weak_password(client: Client) -> None:
    assert "too common" in client.post("/sign-up/", ANSWERS | {"password1": "password1234"}).content.decode()
    assert not User.objects.exists()
