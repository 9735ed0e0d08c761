from django.test import Client

from tests.workspace.accounts.conftest import PASSWORD, is_signed_in
from workspace import settings as product
from workspace.accounts.models import User

SIGN_IN = "/sign-in/"


def sign_in(client: Client, email: str, password: str, **more: str):
    return client.post(SIGN_IN, {"login": email, "password": password, **more})


def test_it_lets_in_with_the_right_password(client: Client, person: User) -> None:
    response = sign_in(client, person.email, PASSWORD)
    assert response["Location"] == "/"
    assert is_signed_in(client, person)


def test_the_case_of_the_address_does_not_matter(client: Client, person: User) -> None:
    sign_in(client, "Person@Example.com", PASSWORD)
    assert is_signed_in(client, person)


def test_it_goes_where_one_was_going(client: Client, person: User) -> None:
    assert sign_in(client, person.email, PASSWORD, next="/history/?q=cat")["Location"] == "/history/?q=cat"


def test_it_never_goes_to_another_site(client: Client, person: User) -> None:
    assert sign_in(client, person.email, PASSWORD, next="https://evil.example/")["Location"] == "/"


def test_a_wrong_password_and_an_unknown_address_sound_the_same(client: Client, person: User) -> None:
    answers = [sign_in(client, email, "not this one").content.decode() for email in (person.email, "nobody@example.com")]
    assert all("Email and password do not match." in answer for answer in answers)
    assert answers[0].count("<li>") == answers[1].count("<li>")


def test_an_error_is_tied_to_its_field_and_has_the_focus(client: Client, person: User) -> None:
    html = sign_in(client, person.email, "not this one").content.decode()
    field = html[html.index('<input type="password"') :].split(">")[0]
    assert 'aria-invalid="true"' in field
    assert 'aria-describedby="id_password_error"' in field
    assert "autofocus" in field
    assert 'id="id_password_error"' in html
    assert f'value="{person.email}"' in html


def test_an_account_that_is_switched_off_stays_out(client: Client, person: User) -> None:
    User.objects.update(is_active=False)
    response = client.post(SIGN_IN, {"login": person.email, "password": PASSWORD}, follow=True)
    assert "This account is switched off" in response.content.decode()
    assert not is_signed_in(client, person)


def test_the_sixth_wrong_password_in_five_minutes_is_answered_with_429(client: Client, person: User) -> None:
    for _ in range(5):
        assert sign_in(client, person.email, "not this one").status_code == 200
    response = sign_in(client, person.email, PASSWORD)
    assert response.status_code == 429
    assert response["Retry-After"] == "300"
    assert "Slow down a little." in response.content.decode()
    assert not is_signed_in(client, person)


def test_many_posts_from_one_place_are_answered_with_429(client: Client) -> None:
    answers = [client.post(SIGN_IN, {}).status_code for _ in range(31)]
    assert answers[:30] == [200] * 30
    assert answers[30] == 429


def test_the_theme_of_the_account_comes_along(client: Client, person: User) -> None:
    User.objects.update(theme="dark")
    assert sign_in(client, person.email, PASSWORD).cookies["theme"].value == "dark"


def test_passwords_are_kept_with_argon2(settings) -> None:
    settings.PASSWORD_HASHERS = product.PASSWORD_HASHERS
    assert User.objects.create_user("new@example.com", PASSWORD).password.startswith("argon2$argon2id$v=19$m=102400,t=2,p=8$")


def test_signing_out_takes_a_post(signed_in: Client, person: User) -> None:
    assert signed_in.get("/sign-out/").status_code == 200
    assert is_signed_in(signed_in, person)
    assert signed_in.post("/sign-out/")["Location"] == SIGN_IN
    assert not is_signed_in(signed_in, person)


def test_somebody_signed_in_does_not_see_the_form(signed_in: Client) -> None:
    assert signed_in.get(SIGN_IN)["Location"] == "/"


def test_the_page_has_no_inline_script_or_style(client: Client) -> None:
    html = client.get(SIGN_IN).content.decode()
    assert "<style" not in html
    assert " style=" not in html
    assert html.count("<script") == html.count('<script type="module" src=')


def test_the_records_have_no_sign_in_form_of_their_own(client: Client) -> None:
    for address in ("/admin/", "/admin/login/"):
        assert client.get(address)["Location"].startswith(SIGN_IN)
