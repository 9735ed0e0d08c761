"""Who is in trouble: the words at the top of every page, and the chips of the models."""

from datetime import timedelta

import pytest

from workspace.comparisons import compose, drafts
from workspace.comparisons.standing import Health
from workspace.operations import context, health, services
from workspace.operations.status import Now


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        (Now(), Health.OK),
        (Now(asked=2, failed=2), Health.OK),  # too few to say anything
        (Now(asked=3, failed=2), Health.DOWN),
        (Now(asked=20, failed=1, times_expected=1.1), Health.OK),
        (Now(asked=20, failed=2, times_expected=1.1), Health.SLOW),
        (Now(asked=3, times_expected=2.0), Health.SLOW),
        (Now(asked=3, failed=1, times_expected=1.0), Health.SLOW),
    ],
)
def test_the_last_fifteen_minutes_make_the_health(now, expected):
    assert health.of(now) is expected


@pytest.mark.parametrize(
    ("found", "words"),
    [
        ([Health.SLOW], "1 provider slow"),
        ([Health.SLOW] * 2, "2 providers slow"),
        ([Health.DOWN], "1 provider down"),
        ([Health.SLOW, Health.DOWN, Health.SLOW], "1 provider down, 2 slow"),
    ],
)
def test_the_header_counts(found, words):
    assert context.words(found) == words


@pytest.fixture
def slow_provider(attempt):
    for _ in range(3):
        attempt("bfl/flux-2-pro", seconds=20.0, expected=5.0)


def test_designers_see_it_at_the_top(signed_in, slow_provider):
    page = signed_in.get("/").content.decode()
    assert "1 provider slow" in page
    assert "/operations/" not in page


def test_admins_are_led_to_the_desk(admin, slow_provider):
    page = admin.get("/").content.decode()
    assert '<a class="read only-lg" href="/operations/"><i class="health" data-h="slow"></i>1 provider slow</a>' in page


def test_nobody_signed_in_sees_nothing(client, slow_provider):
    assert "provider slow" not in client.get("/sign-in/").content.decode()


def test_all_well_says_nothing(signed_in, attempt):
    attempt()
    assert 'class="health"' not in signed_in.get("/history/").content.decode()


def test_a_provider_nobody_may_use_is_not_counted(signed_in, slow_provider, settings):
    settings.SIMULATOR_URL = ""
    assert "provider slow" not in signed_in.get("/history/").content.decode()


def test_a_paused_provider_is_not_counted_either(signed_in, slow_provider, staff, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        services.pause("bfl", staff)
    assert "provider slow" not in signed_in.get("/history/").content.decode()


def test_the_chips_of_its_models_say_so(slow_provider):
    draft = drafts.Draft(prompt="A cup")
    chips = compose.rail(draft, compose.plan(draft), 100).chips
    assert {chip.id.partition("/")[0] for chip in chips if chip.health == "slow"} == {"bfl"}


def test_it_is_one_query_in_ten_seconds(attempt, django_assert_num_queries):
    attempt(ago=timedelta(minutes=2))
    with django_assert_num_queries(1):
        for _ in range(5):
            health.troubled()
