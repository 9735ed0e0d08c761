"""Who may open what: every address of the product is in one table, and every door is tried by those who must not pass."""

import io
import re
import uuid
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from django.http import HttpResponseBase
from django.test import Client
from django.urls import URLPattern, get_resolver, resolve, reverse
from PIL import Image as Pillow

from providers.types import ImageResult
from workspace.accounts.models import User
from workspace.comparisons import storage
from workspace.comparisons.models import Comparison, Generation, Reference

EVERYBODY = "everybody, signed in or not"
SIGNED_IN = "whoever is signed in, each seeing their own"
OWNER = "the one person it belongs to; for a stranger it does not exist"
STAFF = "admins"
OWN_STREAM = "whoever is signed in, each their own; it is sent bit by bit"

# By the name of the address; "admin:*" stands for a whole namespace.
WHO = {
    "account_confirm_email": EVERYBODY,
    "account_email_verification_sent": EVERYBODY,
    "account_inactive": EVERYBODY,
    "account_login": EVERYBODY,
    "account_logout": EVERYBODY,
    "account_reset_password": EVERYBODY,
    "account_reset_password_done": EVERYBODY,
    "account_reset_password_from_key": EVERYBODY,
    "account_reset_password_from_key_done": EVERYBODY,
    "account_signup": EVERYBODY,
    "accounts:appearance": EVERYBODY,
    "accounts:ask_for_link": EVERYBODY,
    "accounts:invitation": EVERYBODY,
    "accounts:link_sent": EVERYBODY,
    "accounts:open_link": EVERYBODY,
    "accounts:welcome": EVERYBODY,
    "credits_balance": EVERYBODY,
    "health": EVERYBODY,
    "account_change_password": SIGNED_IN,
    "account_email": SIGNED_IN,
    "account_reauthenticate": SIGNED_IN,
    "account_set_password": SIGNED_IN,
    "accounts:account": SIGNED_IN,
    "compare": SIGNED_IN,
    "credits": SIGNED_IN,
    "credits_events": OWN_STREAM,
    "credits_export": OWN_STREAM,
    "history": SIGNED_IN,
    "prompt_thinking": SIGNED_IN,
    "route_preview": SIGNED_IN,
    "set_reference": SIGNED_IN,
    "start_run": SIGNED_IN,
    "cancel_frame": OWNER,
    "cancel_run": OWNER,
    "events": OWNER,
    "favourite_frame": OWNER,
    "image": OWNER,
    "image_download": OWNER,
    "image_download_as": OWNER,
    "reference": OWNER,
    "reference_thumb": OWNER,
    "retry_frame": OWNER,
    "run": OWNER,
    "run_thinking": OWNER,
    "sheet": OWNER,
    "swap_frame": OWNER,
    "take_up": OWNER,
    "accounts:people": STAFF,
    "accounts:withdraw": STAFF,
    "admin:*": STAFF,  # the records; what each role may do there: tests/workspace/administration
    "credits_bulk": STAFF,
    "credits_decide": STAFF,
    "credits_desk": STAFF,
    "credits_hd": STAFF,
    "credits_hd_preview": STAFF,
    "credits_hd_undo": STAFF,
    "credits_log": STAFF,
    "credits_person": STAFF,
    "credits_preview": STAFF,
    "credits_refund": STAFF,
    "credits_roles": STAFF,
    "credits_undo": STAFF,
    "plan": STAFF,
    "plan_new": STAFF,
    "plan_person": STAFF,
    "plan_remove": STAFF,
    "plans": STAFF,
    "prices": STAFF,
    "spend": STAFF,
    "spend_file": STAFF,
    "budget": STAFF,
    "budget_lift": STAFF,
    "operations:*": STAFF,
}

# What stands for each part of an address. The first four lead to the run that ``owned`` makes, the others nowhere in particular.
PICTURE = uuid.UUID("0d1f2a50-0000-4000-8000-000000000001")
SAMPLES = {
    "number": "7",
    "name": "7-1",
    "public_id": str(PICTURE),
    "rendition": "original",
    "pk": "1",
    "id": "1",
    "object_id": "1",
    "content_type_id": "1",
    "token": "guessed",
    "key": "guessed",
    "uidb36": "1",
    "app_label": "credits",
    "url": "nowhere",
    "provider": "openai",
    "rule": "1",
    "change": "1",
}
PROMPT = "A heron only its owner knows of"
DOORS = ("account_login",)


@dataclass(frozen=True)
class Address:
    """An address of the product: its name, its pattern, and who may open it (None for one that the table does not know)."""

    name: str
    route: str

    @property
    def who(self) -> str | None:
        namespace = self.name.rpartition(":")[0]
        return WHO.get(self.name) or WHO.get(f"{namespace}:*")

    @property
    def parts(self) -> list[str]:
        return re.findall(r"<(?:\w+:)?(\w+)>", self.route)

    @property
    def path(self) -> str:
        plain = re.sub(r"\(\?P(<\w+>)[^)]*\)|[$^]", r"\1", self.route)
        return "/" + re.sub(r"<(?:\w+:)?(\w+)>", lambda part: SAMPLES[part[1]], plain)


def _addresses(patterns: list, route: str = "", namespace: str = "") -> Iterator[Address]:
    for entry in patterns:
        if isinstance(entry, URLPattern):
            yield Address(f"{namespace}{entry.name or ''}", f"{route}{entry.pattern}")
        else:
            deeper = f"{namespace}{entry.namespace}:" if entry.namespace else namespace
            yield from _addresses(entry.url_patterns, f"{route}{entry.pattern}", deeper)


ADDRESSES = list(_addresses(get_resolver().url_patterns))


def addresses_for(*who: str) -> list[Address]:
    return [each for each in ADDRESSES if each.who in who]


def each_address_for(*who: str) -> pytest.MarkDecorator:
    """Each in a test of its own: what one changes, and the connection that a stream closes, must not matter to the next."""
    return pytest.mark.parametrize("address", addresses_for(*who), ids=lambda each: each.route)


@pytest.fixture(autouse=True)
def static_files(settings) -> None:
    """Static files as in development, since none are collected for tests."""
    settings.WHITENOISE_AUTOREFRESH = True
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = {**settings.STORAGES, "staticfiles": plain}


@pytest.fixture
def owned(db) -> User:
    """A person with one run, of one frame, that has a picture and is their reference."""
    owner = User.objects.create_user("owner@example.com", is_staff=False)
    square = {"width": 64, "height": 64}
    run = Comparison.objects.create(
        user=owner, number=7, key=uuid.uuid4(), prompt=PROMPT, intent="draft", auto=False, shape="1:1", quality="draft", **square
    )
    picture = storage.keep_original(ImageResult(_png(), "image/png", **square))
    picture.public_id = PICTURE
    picture.save()
    facts = {"model": "ideogram/v_2a_turbo", "model_label": "Ideogram 2a Turbo", "quality": "draft", "prompt": PROMPT, **square}
    money = {"price": 3, "cost": 3, "settled": True, "estimate_usd": 0, "expected_seconds": 2.8}
    Generation.objects.create(comparison=run, position=1, state="done", image=picture, **facts, **money)
    kept = {"stored": picture.original, "thumb": picture.original, "media_type": "image/png", "byte_size": 1}
    Reference.objects.create(user=owner, public_id=PICTURE, label="7-1", **kept, **square)
    return owner


def _png() -> bytes:
    buffer = io.BytesIO()
    Pillow.new("RGB", (64, 64), (40, 90, 200)).save(buffer, "PNG")
    return buffer.getvalue()


@pytest.fixture
def stranger(db) -> Client:
    return _signed_in(User.objects.create_user("stranger@example.com"))


def _signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def answers(client: Client, address: Address) -> list[HttpResponseBase]:
    """What reading and writing there brings; a refusal of the method itself is left out."""
    both = [client.get(address.path), client.post(address.path)]
    for answer in both:
        if answer.streaming:
            answer.close()
    return [answer for answer in both if answer.status_code != 405]


def is_turned_away(answer: HttpResponseBase) -> bool:
    """A flat refusal, or a redirect to where one signs in."""
    if answer.status_code in (301, 302):
        return answer["Location"].partition("?")[0] in [reverse(door) for door in DOORS]
    return answer.status_code in (403, 404)


def test_every_address_is_in_the_table():
    new = [f"/{each.route} ({each.name!r})" for each in ADDRESSES if not each.who]
    assert not new, (
        f"New: {', '.join(new)}. Say who may open them: add their names to WHO in tests/architecture/test_access.py, as"
        " EVERYBODY, SIGNED_IN, OWNER (what belongs to one person: strangers must get 404) or STAFF."
    )
    missing = [f"{part} in /{each.route}" for each in ADDRESSES for part in each.parts if part not in SAMPLES]
    assert not missing, f"Say in SAMPLES what may stand for {', '.join(missing)}."


def test_the_table_holds_nothing_that_is_gone():
    names = {address.name for address in ADDRESSES}
    spaces = {name.rpartition(":")[0] + ":*" for name in names}
    assert WHO.keys() - names - spaces == set()


def test_what_is_tried_is_the_address_itself():
    assert [each.path for each in ADDRESSES if resolve(each.path).route != each.route.replace("/^", "/")] == []


@pytest.mark.django_db
@pytest.mark.usefixtures("owned")
def test_whoever_is_not_signed_in_is_turned_away():
    tried = [(each.path, answers(Client(), each)) for each in addresses_for(SIGNED_IN, OWN_STREAM, OWNER, STAFF)]
    assert [path for path, both in tried if not both] == []
    assert [(path, one.status_code) for path, both in tried for one in both if not is_turned_away(one)] == []


@each_address_for(OWNER)
def test_a_stranger_finds_nothing_that_belongs_to_somebody_else(owned, stranger, address):
    assert {answer.status_code for answer in answers(stranger, address)} == {404}


@each_address_for(OWNER)
def test_its_owner_finds_it(owned, address):
    """Else the test above would pass for addresses that lead nowhere."""
    found = answers(_signed_in(owned), address)
    assert found
    assert [answer.status_code for answer in found if answer.status_code >= 400] == []


@each_address_for(OWNER)
def test_an_admin_is_a_stranger_too(owned, address):
    admin = _signed_in(User.objects.create_superuser("admin@example.com"))
    assert {answer.status_code for answer in answers(admin, address)} == {404}


def test_a_person_who_is_no_admin_is_turned_away(stranger):
    tried = [(each.path, answers(stranger, each)) for each in addresses_for(STAFF)]
    assert [path for path, both in tried if not both] == []
    assert [(path, one.status_code) for path, both in tried for one in both if not is_turned_away(one)] == []


@each_address_for(SIGNED_IN, EVERYBODY)
def test_no_page_shows_what_is_somebody_else_s(owned, stranger, address):
    for answer in answers(stranger, address):
        assert answer.status_code < 500
        assert PROMPT.encode() not in answer.content
        assert str(PICTURE).encode() not in answer.content


@pytest.mark.django_db
@each_address_for(EVERYBODY)
def test_what_is_for_everybody_answers_everybody(address):
    for answer in answers(Client(), address):
        assert answer.status_code in (200, 204, 302, 404, 410)  # the last two for links that are over or made up
