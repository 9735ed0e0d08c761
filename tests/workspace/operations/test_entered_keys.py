"""Keys and servers that an admin enters: in use at once, never shown again, and behind the environment."""

import pytest
from django.db import connection
from django.urls import reverse

from providers import catalogue
from providers.errors import ErrorKind
from providers.types import Quality
from routing import breaker
from routing.breaker import Outcome
from tests.workspace.operations.conftest import KEY
from workspace.comparisons import breakers, compose, drafts, keys
from workspace.comparisons import services as frames
from workspace.operations import catalogue_table, configuration, services
from workspace.operations.models import Change, Probe, ProviderSetting

OPENAI, LOCAL = catalogue.provider("openai"), catalogue.provider("local")
DESK = reverse("operations:desk")


def address(provider: str, what: str = "settings") -> str:
    return reverse(f"operations:{what}", args=[provider])


@pytest.fixture
def enter(admin, django_capture_on_commit_callbacks):
    def enter(provider: str = "openai", what: str = "settings", **fields: str):
        with django_capture_on_commit_callbacks(execute=True):
            return admin.post(address(provider, what), fields or {"key": KEY})

    return enter


def test_without_any_key_the_simulator_answers_and_the_page_says_so(admin):
    page = admin.get(DESK).content.decode()
    assert page.count("No key: the simulator answers") == 8
    assert page.count("No address: the simulator answers") == 3


def test_without_a_simulator_either_nothing_is_offered(admin, settings):
    settings.SIMULATOR_URL = ""
    assert "Not offered" in admin.get(DESK).content.decode()


def test_an_entered_key_is_in_use_at_once(enter):
    assert keys.find(OPENAI).simulated
    assert enter().status_code == 302
    found = keys.find(OPENAI)
    assert (found.api_key, found.simulated, found.base_url) == (KEY, False, "https://api.openai.com/v1")
    assert not keys.everything_simulated()


def test_it_is_never_shown_again(enter, admin):
    enter()
    for page in (DESK, address("openai")):
        assert KEY not in admin.get(page).content.decode()
    page = admin.get(address("openai")).content.decode()
    assert "Key entered here, ends in wxyz." in page
    assert "by staff@example.com" in page


def test_it_lies_encrypted_in_the_database(enter):
    enter()
    with connection.cursor() as cursor:
        cursor.execute("SELECT row_to_json(s)::text FROM operations_providersetting s")
        assert KEY not in cursor.fetchone()[0]


def test_the_end_of_a_short_key_is_not_shown_either(enter):
    enter(key="short-key")
    assert ProviderSetting.objects.get().ending == ""


def test_a_form_with_a_mistake_gives_nothing_back(enter):
    answer = enter(key="with a space")
    assert answer.status_code == 422
    assert "with a space" not in answer.content.decode()
    assert not ProviderSetting.objects.exists()


@pytest.mark.parametrize("key", ["", "é", "a\tb", "x" * 501])
def test_what_no_header_can_carry_is_not_kept(enter, key):
    assert enter(key=key, other="1").status_code == 422


def test_a_new_key_is_probed(enter):
    enter()
    assert Probe.objects.get().asked_by == "staff@example.com"


def test_it_can_be_removed(enter, admin):
    enter()
    enter(what="remove", sure="1")
    assert keys.find(OPENAI).simulated
    assert ProviderSetting.objects.get().sealed_key == ""


def test_every_change_leaves_a_line_without_the_value(enter, admin):
    enter()
    enter(what="remove", sure="1")
    enter(what="remove", sure="1")
    lines = list(Change.objects.order_by("id").values_list("action", "by", "provider"))
    assert lines == [("key_set", "staff@example.com", "openai"), ("key_removed", "staff@example.com", "openai")]
    page = admin.get(DESK).content.decode()
    assert "staff@example.com set the key (openai)" in page


def test_the_environment_wins_and_the_page_says_so(enter, admin, monkeypatch):
    enter()
    monkeypatch.setenv("OPENAI_API_KEY", "sk-of-the-environment")
    assert keys.find(OPENAI).api_key == "sk-of-the-environment"
    page = admin.get(DESK).content.decode()
    assert "Key from the environment (OPENAI_API_KEY)" in page
    assert "What was entered here is not used." in page
    assert "sk-of-the-environment" not in page


def test_a_key_that_cannot_be_read_says_so_and_is_not_used(enter, admin, staff, settings):
    enter()
    settings.SECRET_KEY = "another-" + "x" * 50
    configuration.forget()
    admin.force_login(staff)  # sessions are signed with it too
    assert keys.find(OPENAI).simulated
    assert "cannot be read: SECRET_KEY has changed" in admin.get(DESK).content.decode()


def test_a_server_of_one_s_own_gets_an_address_and_a_name(enter, admin):
    enter("local", address="http://gpu:1234/v1", label="The big card", key="user:password")
    found = keys.find(LOCAL)
    assert (found.base_url, found.api_key, found.simulated) == ("http://gpu:1234/v1", "user:password", False)
    assert {model.label for model in keys.models() if model.provider == "local"} == {"The big card"}
    page = admin.get(DESK).content.decode()
    assert "The big card" in page
    assert "http://gpu:1234/v1, with a key" in page


def test_its_name_stands_on_the_frame(enter):
    enter("local", address="http://gpu:1234/v1", label="The big card")
    plan = compose.plan(drafts.Draft(prompt="A cup", models=("local/default",)))
    assert "The big card" in {route.model.label for route in plan.routes}


def test_its_name_stands_on_a_frame_that_it_draws_in_another_s_place(enter, run):
    enter("local", address="http://gpu:1234/v1", label="The big card")
    draft = drafts.Draft(prompt="A cup", models=("ideogram/v_2a_turbo",))
    order = frames.Order(draft.brief, compose.plan(draft), draft.shape, draft.key)
    assert frames.substitute("local/default", run(), order, Quality.STANDARD).label == "The big card"


def test_its_name_stands_in_the_catalogue_and_at_the_breaker(enter, admin):
    enter("local", address="http://gpu:1234/v1", label="The big card")
    (line,) = [line for line in catalogue_table.catalogue(keys.today()).splitlines() if "local/default" in line]
    assert line.startswith("The big card ")
    breakers._change(lambda board, moment: breaker.heard(board, "local/default", Outcome(ErrorKind.TIMED_OUT), moment))
    assert "The big card has not answered since" in admin.get(DESK).content.decode()


def test_an_empty_key_leaves_the_key_as_it_is(enter):
    enter("local", address="http://gpu:1", key="token")
    enter("local", address="http://gpu:2")
    assert (keys.find(LOCAL).base_url, keys.find(LOCAL).api_key) == ("http://gpu:2", "token")
    enter("local", address="http://gpu:2", forget_key="on")
    assert keys.find(LOCAL).api_key == ""


def test_an_entered_key_never_goes_to_an_address_of_the_environment(enter, monkeypatch):
    enter("local", address="http://gpu:1", key="token")
    monkeypatch.setenv("LOCAL_BASE_URL", "http://elsewhere:1")
    assert (keys.find(LOCAL).base_url, keys.find(LOCAL).api_key) == ("http://elsewhere:1", "")


@pytest.mark.parametrize("wrong", ["gpu", "ftp://gpu", "http://", "http://user:password@gpu", "http://gpu:99999", "http://g pu"])
def test_an_address_that_leads_nowhere_is_not_kept(enter, wrong):
    assert enter("local", address=wrong).status_code == 422
    assert keys.find(LOCAL).simulated


def test_a_provider_nobody_knows_has_no_page(admin):
    assert admin.get(address("nobody")).status_code == 404


def test_what_was_entered_is_read_once_in_two_seconds(staff, django_assert_num_queries):
    services.set_key("openai", KEY, staff)
    configuration.forget()
    with django_assert_num_queries(2):  # what providers have, and the rules
        for provider in catalogue.providers():
            keys.find(provider)
