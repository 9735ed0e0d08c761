from pathlib import Path

import pytest
from django.core import mail
from django.core.mail import EmailMessage

from workspace.accounts import outbox
from workspace.accounts.mailer import mailer


def test_smtp_carries_user_password_and_encryption() -> None:
    options = mailer("smtp+tls://us%40er:p%2Fw@mail.example.com:2525")["OPTIONS"]
    assert options == {
        "host": "mail.example.com",
        "port": 2525,
        "username": "us@er",
        "password": "p/w",
        "use_tls": True,
        "use_ssl": False,
        "timeout": 10,
    }


@pytest.mark.parametrize("url", ["consolemail:", "smtp://localhost", "smtp+ssl://mail.example.com"])
def test_every_kind_is_accepted_by_django(settings, url: str) -> None:
    settings.MAILERS = {"default": mailer(url)}
    assert mail.mailers.default is not None


def test_letters_are_written_to_files(settings, tmp_path: Path) -> None:
    settings.MAILERS = {"default": mailer(f"filemail://{tmp_path}/letters%20out")}
    EmailMessage("Hello", "There", to=["person@example.com"]).send()
    [letter] = (tmp_path / "letters out").iterdir()
    assert "Subject: Hello" in letter.read_text()


def test_anything_else_is_refused_in_words() -> None:
    with pytest.raises(ValueError, match="EMAIL_URL must begin with"):
        mailer("pigeon://loft")


def test_a_letter_that_cannot_be_sent_is_logged_and_the_next_one_leaves(settings, tmp_path: Path, caplog) -> None:
    (tmp_path / "file").write_text("in the way")
    settings.MAILERS = {"default": mailer(f"filemail://{tmp_path}/file")}
    outbox.post(EmailMessage("Lost", "", to=["person@example.com"]))
    outbox.wait()
    settings.MAILERS = {"default": mailer(f"filemail://{tmp_path}/letters")}
    outbox.post(EmailMessage("Kept", "", to=["person@example.com"]))
    outbox.wait()
    assert "This letter could not be sent: Lost" in caplog.text
    assert len(list((tmp_path / "letters").iterdir())) == 1
