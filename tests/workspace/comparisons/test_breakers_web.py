"""The board of the breaker as pages see it, and what admins do to it."""

from dataclasses import replace

import pytest
import redis
from django.conf import settings

from providers.errors import BadKey, ErrorKind, TimedOut
from routing import breaker
from routing.breaker import Board, Outcome
from routing.circuits import Moment, State
from workspace.comparisons import breakers
from workspace.comparisons.breakers import Seen

V3, FLUX = "ideogram/v_3", "bfl/flux-2"


@pytest.fixture(autouse=True)
def server():
    client = redis.Redis.from_url(settings.REDIS_URL)
    client.delete(breakers.KEY)
    breakers._held.seen = Seen()
    yield client
    client.delete(breakers.KEY)
    client.close()
    breakers._held.seen = Seen()


@pytest.fixture
def heard(server):
    """What a worker has told a second ago, and this process has not seen."""

    def tell(model: str, kind: ErrorKind) -> None:
        board = breakers.decoded(server.get(breakers.KEY) or b"")
        after = breaker.heard(board, model, Outcome(kind), Moment(server.time()[0] - 1.0))
        server.set(breakers.KEY, breakers.encoded(after))
        breakers._held.seen = replace(breakers._held.seen, fresh_until=0.0)

    return tell


@pytest.fixture
def no_redis(settings):
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    breakers._client.cache_clear()
    yield
    breakers._client.cache_clear()


def test_what_rests_is_one_look_for_all_models(heard, server):
    heard(V3, TimedOut.kind)
    heard(FLUX, BadKey.kind)
    before = server.info("commandstats")["cmdstat_evalsha"]["calls"] if "cmdstat_evalsha" in server.info("commandstats") else 0
    resting = breakers.resting()
    assert {key: one.cause for key, one in resting.items()} == {V3: "timed_out", "bfl": "bad_key"}
    assert breakers.resting().keys() == resting.keys()
    assert server.info("commandstats")["cmdstat_evalsha"]["calls"] <= before + 1


def test_admins_see_a_state_and_a_sentence(heard):
    heard("bfl/flux-2", BadKey.kind)
    state, sentence = breakers.standing("bfl", "Black Forest Labs")
    assert state is State.OPEN
    assert sentence.startswith("Black Forest Labs has turned our key away since ")
    assert breakers.standing("ideogram", "Ideogram") == (State.CLOSED, "")


def test_a_new_key_or_a_good_probe_lets_the_next_call_find_out(heard):
    heard(FLUX, BadKey.kind)
    heard(V3, TimedOut.kind)
    breakers.questioned("bfl", None)
    assert breakers.standing("bfl", "")[0] is State.HALF_OPEN
    assert breakers.standing(V3, "")[0] is State.OPEN
    assert set(breakers.resting()) == {V3}


def test_a_probe_that_finds_a_wrong_key_closes_the_provider_to_everybody(server):
    breakers.questioned("bfl", BadKey.kind)
    assert set(breakers.resting()) == {"bfl"}
    assert breakers.decoded(server.get(breakers.KEY)).of("bfl").cause == "bad_key"
    assert server.ttl(breakers.KEY) > 0


def test_a_change_that_a_worker_overtakes_is_made_on_what_the_worker_left(heard, server):
    seen = []

    def step(board: Board, moment: Moment) -> Board:
        if not seen:
            heard(V3, TimedOut.kind)
        seen.append(board)
        return breaker.questioned(board, "bfl", BadKey.kind, moment)

    breakers._change(step)
    assert [set(board.circuits) for board in seen] == [set(), {V3}]
    assert set(breakers.decoded(server.get(breakers.KEY)).circuits) == {V3, "bfl"}


def test_without_redis_nothing_rests(no_redis):
    assert breakers.resting() == {}
    assert breakers.standing(V3, "Ideogram 3") == (State.CLOSED, "")
    breakers.questioned("bfl", BadKey.kind)
    breakers.questioned("bfl", None)
    assert breakers.look().board == Board()
