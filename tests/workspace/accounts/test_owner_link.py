from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from tests.workspace.accounts.conftest import PASSWORD, is_signed_in
from workspace.accounts import services
from workspace.accounts.models import OwnerLink, User

ANSWERS = {"email": "Owner@example.com", "password": PASSWORD}


@pytest.fixture
def link() -> str:
    return services.owner_link("http://testserver/").removeprefix("http://testserver")


def test_it_is_an_address_under_the_given_base() -> None:
    assert services.owner_link("http://localhost:9000").startswith("http://localhost:9000/welcome/")


def test_it_makes_the_owner_and_signs_them_in(client: Client, link: str) -> None:
    assert client.get(link).status_code == 200
    assert client.post(link, ANSWERS)["Location"] == "/"
    owner = User.objects.get()
    assert (owner.email, owner.is_staff, owner.is_superuser) == ("owner@example.com", True, True)
    assert owner.check_password(PASSWORD)
    assert is_signed_in(client, owner)


def test_the_owner_can_sign_in_again_without_confirming_the_address(client: Client, link: str) -> None:
    Client().post(link, ANSWERS)
    client.post("/sign-in/", {"login": "owner@example.com", "password": PASSWORD})
    assert is_signed_in(client, User.objects.get())


def test_it_works_once(client: Client, link: str) -> None:
    Client().post(link, ANSWERS)
    assert client.get(link).status_code == 410
    assert client.post(link, ANSWERS | {"email": "second@example.com"}).status_code == 410
    assert User.objects.count() == 1


def test_it_is_dead_once_any_owner_exists(client: Client, link: str, owner: User) -> None:
    response = client.post(link, ANSWERS | {"email": "second@example.com"})
    assert response.status_code == 410
    assert "It made the first account here" in response.content.decode()
    assert User.objects.get() == owner


def test_there_is_none_once_an_owner_exists(owner: User) -> None:
    assert services.owner_link("http://testserver") is None


def test_people_who_signed_up_first_do_not_stop_it(person: User) -> None:
    assert services.owner_link("http://testserver") is not None


def test_each_start_makes_a_new_one_and_kills_the_last(client: Client, link: str) -> None:
    assert services.owner_link("http://testserver").removeprefix("http://testserver") != link
    assert client.get(link).status_code == 410


def test_it_is_over_after_a_day(client: Client, link: str) -> None:
    assert OwnerLink.objects.get().expires - timezone.now() > timedelta(hours=23)
    OwnerLink.objects.update(expires=timezone.now())
    assert client.post(link, ANSWERS).status_code == 410
    assert not User.objects.exists()


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"password": ""}, "id_password_error"),
        ({"password": "short"}, "at least 10 characters"),
        ({"password": "password1234"}, "too common"),
        ({"password": "owner@example.com"}, "too similar"),
        ({"email": "not an address"}, "id_email_error"),
    ],
)
def test_a_wrong_answer_is_told_and_keeps_the_link(client: Client, link: str, wrong: dict[str, str], told: str) -> None:
    assert told in client.post(link, ANSWERS | wrong).content.decode()
    assert not User.objects.exists()
    assert client.post(link, ANSWERS).status_code == 302


def test_an_address_in_use_keeps_the_link(client: Client, link: str, person: User) -> None:
    html = client.post(link, ANSWERS | {"email": person.email}).content.decode()
    assert "This address has an account already." in html
    assert client.post(link, ANSWERS).status_code == 302
