import pytest
from django.test import Client

from workspace.accounts.models import User


def test_an_admin_sees_everybody(client: Client, admin: User, person: User) -> None:
    client.force_login(admin)
    html = client.get("/people/").content.decode()
    assert admin.email in html
    assert person.email in html


def test_an_admin_searches_by_name_or_address(client: Client, admin: User, person: User) -> None:
    client.force_login(admin)
    html = client.get("/people/", {"q": "PERSON"}).content.decode()
    assert f">{person.email}<" in html
    assert f">{admin.email}<" not in html


@pytest.mark.parametrize(
    ("method", "path"), [("get", "/people/"), ("post", "/people/"), ("post", "/people/invitations/1/withdraw/")]
)
def test_others_are_told_it_is_for_admins(signed_in: Client, method: str, path: str) -> None:
    response = getattr(signed_in, method)(path)
    assert response.status_code == 403
    assert "Only admins can open this page." in response.content.decode()


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("get", "/people/"),
        ("post", "/people/"),
        ("post", "/people/invitations/1/withdraw/"),
        ("get", "/account/"),
        ("post", "/account/"),
        ("get", "/account/email/"),
        ("get", "/account/confirm-password/"),
        ("get", "/password/change/"),
        ("get", "/password/set/"),
    ],
)
def test_anonymous_people_are_asked_to_sign_in(client: Client, method: str, path: str) -> None:
    assert getattr(client, method)(path)["Location"] == f"/sign-in/?next={path}"
