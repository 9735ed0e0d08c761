from collections.abc import Callable

import pytest
from django.core.mail import EmailMessage
from django.test import Client

from tests.workspace.accounts.conftest import PASSWORD, is_signed_in, link_in
from workspace.accounts.models import User

type Letters = Callable[[], list[EmailMessage]]
APPEARANCE = "/account/appearance/"


def test_name_and_shortcuts_are_kept(signed_in: Client, person: User) -> None:
    assert signed_in.post("/account/", {"name": "Pat"})["Location"] == "/account/"
    person.refresh_from_db()
    assert (person.name, person.shortcuts) == ("Pat", False)


def test_what_is_not_on_the_form_cannot_be_changed(signed_in: Client, person: User) -> None:
    signed_in.post("/account/", {"name": "Pat", "is_staff": "on", "email": "other@example.com"})
    person.refresh_from_db()
    assert (person.is_staff, person.email) == (False, "person@example.com")


def test_the_theme_is_kept_with_the_account_and_the_browser(signed_in: Client, person: User) -> None:
    response = signed_in.post(APPEARANCE, {"theme": "dark", "next": "/account/"})
    assert response["Location"] == "/account/"
    person.refresh_from_db()
    assert person.theme == "dark"
    assert 'data-theme="dark"' in signed_in.get("/account/").content.decode()


def test_system_forgets_the_theme(signed_in: Client, person: User) -> None:
    signed_in.post(APPEARANCE, {"theme": "dark"})
    signed_in.post(APPEARANCE, {"theme": "system"})
    person.refresh_from_db()
    assert person.theme == ""
    assert "data-theme" not in signed_in.get("/account/").content.decode()


def test_signed_out_the_theme_is_kept_with_the_browser(client: Client) -> None:
    assert client.post(APPEARANCE, {"theme": "light", "next": "/sign-in/"})["Location"] == "/sign-in/"
    assert 'data-theme="light"' in client.get("/sign-in/").content.decode()


def test_htmx_gets_204(signed_in: Client) -> None:
    response = signed_in.post(APPEARANCE, {"surround": "grey"}, headers={"HX-Request": "true"})
    assert response.status_code == 204
    assert response.cookies["surround"].value == "grey"


@pytest.mark.parametrize("choice", [{"theme": '"><script>'}, {"surround": "pink"}])
def test_an_unknown_choice_is_no_choice(signed_in: Client, choice: dict[str, str]) -> None:
    response = signed_in.post(APPEARANCE, choice)
    assert [cookie.value for cookie in response.cookies.values()] == [""]


def test_a_hand_made_cookie_is_ignored(client: Client) -> None:
    client.cookies["theme"] = "pink"
    assert "data-theme" not in client.get("/sign-in/").content.decode()


def test_appearance_does_not_lead_to_another_site(signed_in: Client) -> None:
    assert signed_in.post(APPEARANCE, {"theme": "dark", "next": "https://evil.example/"})["Location"] == "/account/"


def test_the_password_is_changed_and_one_stays_signed_in(signed_in: Client, person: User, letters: Letters) -> None:
    response = signed_in.post("/password/change/", {"oldpassword": PASSWORD, "password1": "another long phrase"})
    assert response["Location"] == "/account/"
    assert signed_in.get("/account/").status_code == 200
    person.refresh_from_db()
    assert person.check_password("another long phrase")
    assert [letter.subject for letter in letters()] == ["Your password was changed"]


def test_the_password_is_changed_only_with_the_old_one(signed_in: Client, person: User) -> None:
    response = signed_in.post("/password/change/", {"oldpassword": "wrong", "password1": "another long phrase"})
    assert "This is not your current password." in response.content.decode()
    person.refresh_from_db()
    assert person.check_password(PASSWORD)


def test_the_address_changes_once_the_new_one_is_confirmed(signed_in: Client, person: User, letters: Letters) -> None:
    signed_in.post("/account/email/", {"email": "moved@example.com", "action_add": "1"})
    assert signed_in.get("/account/confirm-password/").status_code == 200
    signed_in.post("/account/confirm-password/", {"password": PASSWORD, "next": "/account/email/"})
    signed_in.post("/account/email/", {"email": "moved@example.com", "action_add": "1"})
    person.refresh_from_db()
    assert person.email == "person@example.com"
    [letter] = [letter for letter in letters() if letter.to == ["moved@example.com"]][:1]
    assert signed_in.get(link_in(letter)).status_code == 200
    signed_in.post(link_in(letter))
    person.refresh_from_db()
    assert person.email == "moved@example.com"


def test_an_address_somebody_else_has_is_not_taken_over(signed_in: Client, person: User, admin: User, letters: Letters) -> None:
    admin.emailaddress_set.all().delete()
    signed_in.post("/account/confirm-password/", {"password": PASSWORD})
    signed_in.post("/account/email/", {"email": admin.email, "action_add": "1"})
    for letter in letters():
        signed_in.post(link_in(letter))
    person.refresh_from_db()
    assert person.email == "person@example.com"


def test_somebody_without_a_password_sets_one(client: Client, person: User) -> None:
    person.set_unusable_password()
    person.save()
    client.force_login(person)
    assert client.get("/password/change/")["Location"] == "/password/set/"
    assert client.get("/password/set/").status_code == 200
    client.post("/password/set/", {"password1": "another long phrase"})
    person.refresh_from_db()
    assert person.check_password("another long phrase")


def test_a_forgotten_password_is_chosen_anew_by_mail(client: Client, person: User, letters: Letters) -> None:
    assert client.post("/password/reset/", {"email": person.email})["Location"] == "/password/reset/sent/"
    form = client.get(link_in(letters()[0]))["Location"]
    assert client.get(form).status_code == 200
    assert client.post(form, {"password1": "another long phrase"})["Location"] == "/password/reset/done/"
    assert client.get("/password/reset/done/").status_code == 200
    client.post("/sign-in/", {"login": person.email, "password": "another long phrase"})
    assert is_signed_in(client, person)
    assert "This link is over" in Client().get(link_in(letters()[0])).content.decode()


def test_a_reset_for_an_unknown_address_looks_the_same_and_sends_nothing(client: Client, letters: Letters) -> None:
    assert client.post("/password/reset/", {"email": "nobody@example.com"})["Location"] == "/password/reset/sent/"
    assert client.get("/password/reset/sent/").status_code == 200
    assert letters() == []


def test_the_sixth_reset_in_a_minute_is_answered_with_429(client: Client, person: User) -> None:
    answers = [client.post("/password/reset/", {"email": person.email}).status_code for _ in range(6)]
    assert answers == [302] * 5 + [429]
