"""What people read about models that are left alone."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from providers.errors import ErrorKind
from routing import rests
from routing.breaker import VERDICTS, Verdict
from routing.types import Resting
from tests.routing.breaking import FLUX, V2, V3, Afternoon

K = ErrorKind
BERLIN = timezone(timedelta(hours=1))


def at(hour: int, minute: int, second: int = 0, *, day: int = 22) -> datetime:
    return datetime(2026, 11, day, hour, minute, second, tzinfo=UTC)


@pytest.mark.parametrize(
    ("resting", "sentence", "reason"),
    [
        (
            Resting(K.TIMED_OUT, at(14, 2), at(14, 5)),
            "Ideogram has not answered since 14:02. It is tried again at 14:05.",
            "no answer since 14:02, tried again at 14:05",
        ),
        (
            Resting(K.CONNECTION_FAILED, at(14, 2, 50), at(14, 2, 59)),
            "Ideogram has been out of reach since 14:02. It is tried again at 14:03.",
            "out of reach since 14:02, tried again at 14:03",
        ),
        (
            Resting(K.PROVIDER_DOWN, at(14, 2), at(14, 5), being_tried=True),
            "Ideogram has returned errors since 14:02. It is being tried again now.",
            "errors since 14:02, being tried again now",
        ),
        (
            Resting(K.BROKEN_ANSWER, at(23, 59), at(0, 0, 30, day=23)),
            "Ideogram has sent damaged files since 22 November. It is tried again at 00:01.",
            "damaged files since 22 November, tried again at 00:01",
        ),
        (
            Resting(K.RATE_LIMITED, at(14, 2), at(14, 5)),
            "Ideogram has had too many requests since 14:02. It is tried again at 14:05.",
            "too many requests since 14:02, tried again at 14:05",
        ),
        (
            Resting(K.BAD_KEY, at(14, 2), at(14, 12)),
            "Ideogram has turned our key away since 14:02. It is tried again at 14:12.",
            "our key turned away since 14:02, tried again at 14:12",
        ),
        (
            Resting(K.NO_ACCESS, at(14, 2), at(14, 12)),
            "Ideogram has been closed to our account since 14:02. It is tried again at 14:12.",
            "closed to our account since 14:02, tried again at 14:12",
        ),
        (
            Resting(K.OUT_OF_QUOTA, at(14, 2), at(14, 12)),
            "Ideogram has called our account empty since 14:02. It is tried again at 14:12.",
            "our account there empty since 14:02, tried again at 14:12",
        ),
        (
            Resting(K.MODEL_GONE, at(14, 2), at(14, 12)),
            "Ideogram has been gone since 14:02. It is tried again at 14:12.",
            "gone since 14:02, tried again at 14:12",
        ),
    ],
)
def test_it_is_said_since_when_why_and_until_when(resting, sentence, reason):
    assert rests.sentence("Ideogram", resting) == sentence
    assert rests.reason(resting) == reason


def test_there_are_words_for_everything_that_may_rest():
    assert set(rests.SAID) == {kind for kind, verdict in VERDICTS.items() if verdict is not Verdict.NOTHING}


def test_what_rests_is_told_in_the_hours_of_the_reader():
    day = Afternoon()
    day.hears(V3, K.TIMED_OUT)
    day.hears(FLUX, K.BAD_KEY)
    day.hears(V2, K.PROVIDER_DOWN)
    told = rests.resting(day.board, now=day.now, zone=BERLIN)
    assert {key: rests.reason(one) for key, one in told.items()} == {
        V3: "no answer since 15:00, tried again at 15:01",
        "bfl": "our key turned away since 15:00, tried again at 15:10",
    }


def test_admins_read_a_sentence_on_every_circuit_that_is_not_closed():
    day = Afternoon()

    def standing() -> str:
        return rests.standing("Ideogram 3", day.circuit(V3), now=day.now, zone=UTC)

    assert standing() == ""
    day.hears(V3, K.TIMED_OUT)
    assert standing() == "Ideogram 3 has not answered since 14:00. It is tried again at 14:01."
    day.passes(10)
    assert standing() == "Ideogram 3 has not answered since 14:00. The next picture tries it again."
    day.asks(V3, "probe")
    assert standing() == "Ideogram 3 has not answered since 14:00. It is being tried again now."
    day.hears(V3, None, "probe")
    assert standing() == ""
