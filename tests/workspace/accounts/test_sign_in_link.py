from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.mail import EmailMessage
from django.test import Client
from django.utils import timezone

from tests.workspace.accounts.conftest import is_signed_in, link_in
from workspace.accounts import services
from workspace.accounts.models import SignInLink, User

type Letters = Callable[[], list[EmailMessage]]
ASK = "/sign-in/link/"


@pytest.fixture
def link(client: Client, person: User, letters: Letters) -> str:
    client.post(ASK, {"login": person.email})
    return link_in(letters()[0])


def test_the_letter_goes_to_the_address_of_the_account(client: Client, person: User, letters: Letters) -> None:
    response = client.post(ASK, {"login": "Person@example.com"}, follow=True)
    assert "If that address has an account, a link is on its way. It works for 15 minutes." in response.content.decode()
    [letter] = letters()
    assert letter.to == [person.email]
    assert letter.subject == "Your sign-in link"


def test_an_unknown_address_gets_the_same_page_and_no_letter(client: Client, person: User, letters: Letters) -> None:
    known, unknown = (client.post(ASK, {"login": email}) for email in (person.email, "nobody@example.com"))
    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])
    assert [letter.to for letter in letters()] == [[person.email]]


def test_an_account_that_is_switched_off_gets_no_letter(client: Client, person: User, letters: Letters) -> None:
    User.objects.update(is_active=False)
    client.post(ASK, {"login": person.email})
    assert letters() == []


def test_the_button_on_the_sign_in_page_posts_here(client: Client) -> None:
    assert f'formaction="{ASK}"' in client.get("/sign-in/").content.decode()


def test_a_missing_address_is_told_beside_the_field(client: Client) -> None:
    html = client.post(ASK, {"login": ""}).content.decode()
    assert 'aria-describedby="id_login_error"' in html


def test_opening_the_link_signs_nobody_in_and_does_not_use_it_up(client: Client, person: User, link: str) -> None:
    for _ in range(3):
        assert person.email in client.get(link).content.decode()
    assert not is_signed_in(client, person)
    client.post(link)
    assert is_signed_in(client, person)


def test_it_works_in_another_browser_than_the_one_that_asked(person: User, link: str) -> None:
    phone = Client()
    phone.post(link)
    assert is_signed_in(phone, person)


def test_it_works_once(person: User, link: str) -> None:
    Client().post(link)
    second = Client()
    for response in (second.post(link), second.get(link)):
        assert response.status_code == 410
        assert "This link is over" in response.content.decode()
    assert not is_signed_in(second, person)


def test_it_is_over_after_15_minutes(client: Client, person: User, link: str) -> None:
    lifetime = SignInLink.objects.get().expires - timezone.now()
    assert timedelta(minutes=14) < lifetime <= timedelta(minutes=15)
    SignInLink.objects.update(expires=timezone.now())
    assert client.post(link).status_code == 410
    assert not is_signed_in(client, person)


def test_using_one_link_ends_the_others(person: User) -> None:
    first, second = (services.issue_sign_in_link(person.email) for _ in range(2))
    services.redeem_sign_in_link(first)
    with pytest.raises(services.LinkIsOver):
        services.redeem_sign_in_link(second)


def test_a_made_up_link_is_over(client: Client) -> None:
    assert client.get(f"{ASK}made-up/").status_code == 410


def test_the_database_does_not_hold_the_link(link: str) -> None:
    token = link.rstrip("/").rsplit("/", 1)[1]
    assert SignInLink.objects.get().digest != token
    assert len(token) >= 43


def test_it_goes_where_one_was_going(client: Client, person: User, letters: Letters) -> None:
    client.post(ASK, {"login": person.email, "next": "/history/"})
    link = link_in(letters()[0])
    assert link.endswith("?next=%2Fhistory%2F")
    assert client.post(link)["Location"] == "/history/"


def test_a_link_onwards_to_another_site_is_left_out(client: Client, person: User, letters: Letters) -> None:
    client.post(ASK, {"login": person.email, "next": "https://evil.example/"})
    assert "next=" not in letters()[0].body


def test_the_fourth_link_in_a_minute_is_answered_with_429(client: Client, person: User, letters: Letters) -> None:
    answers = [client.post(ASK, {"login": person.email}).status_code for _ in range(4)]
    assert answers == [302, 302, 302, 429]
    assert len(letters()) == 3


def test_the_limit_does_not_tell_who_has_an_account(client: Client) -> None:
    answers = [client.post(ASK, {"login": "nobody@example.com"}).status_code for _ in range(4)]
    assert answers == [302, 302, 302, 429]
