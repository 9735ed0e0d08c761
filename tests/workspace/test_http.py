import logging
import re

import pytest
from django.test import Client, RequestFactory

from workspace import http


@pytest.fixture
def broken(db, monkeypatch) -> Client:
    """A client of a product whose front page breaks."""

    def explode(*_, **__):
        raise RuntimeError("sk-secret")

    monkeypatch.setattr("workspace.comparisons.drafts.read", explode)
    return Client(raise_request_exception=False)


def test_a_broken_page_gives_a_number_that_the_log_knows_and_nothing_else(broken, owner, caplog):
    broken.force_login(owner)
    with caplog.at_level(logging.ERROR):
        answer = broken.get("/")
    page = answer.content.decode()
    assert answer.status_code == 500
    incident = re.search(r"logged as ([0-9A-F]{4})\. Nothing was charged\.", page).group(1)
    assert f"incident {incident}: GET /" in caplog.text
    assert "sk-secret" not in page


def test_htmx_gets_a_banner(db):
    answer = http.server_error(RequestFactory().post("/runs/", headers={"HX-Request": "true"}))
    body = answer.content.decode()
    assert body.startswith('<div class="banner"')
    assert "Nothing was charged." in body
