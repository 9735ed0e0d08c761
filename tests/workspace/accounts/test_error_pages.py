import pytest
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django.views.csrf import csrf_failure

from workspace.accounts.models import User


def test_a_missing_page_is_told_in_plain_words(client: Client) -> None:
    response = client.get("/no/such/page/")
    assert response.status_code == 404
    assert "There is nothing here" in response.content.decode()


def test_a_forgotten_csrf_token_is_told_in_plain_words() -> None:
    response = csrf_failure(RequestFactory().get("/"), "missing")
    assert response.status_code == 403
    assert "This page was open for too long" in response.content.decode()


def test_posts_need_a_csrf_token(person: User) -> None:
    strict = Client(enforce_csrf_checks=True)
    for path in ("/sign-in/", "/sign-in/link/", "/account/appearance/"):
        assert strict.post(path, {"login": person.email}).status_code == 403


def test_the_500_page_needs_neither_context_nor_database(django_db_blocker) -> None:
    with django_db_blocker.block():
        html = render_to_string("500.html")
    assert "Something broke on our side, and it has been logged. Nothing was charged." in html


@pytest.mark.parametrize("template", ["403.html", "404.html", "429.html"])
def test_error_pages_have_words_without_a_reason(template: str) -> None:
    assert "<h1>" in render_to_string(template, request=RequestFactory().get("/"))


def test_a_fragment_gets_a_banner_instead_of_a_page(signed_in: Client) -> None:
    html = signed_in.get("/people/", headers={"HX-Request": "true"}).content.decode()
    assert html.startswith('<div class="banner"')
    assert "Only admins can open this page." in html
    assert "<html" not in html
