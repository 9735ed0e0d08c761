import pytest

from workspace import checks


def ids(messages):
    return [message.id for message in messages]


@pytest.mark.parametrize(
    ("key", "found"),
    [("", ["proofsheet.E001"]), ("short", ["proofsheet.E002"]), ("x" * 40, [])],
)
def test_a_secret_key_is_needed_and_long(settings, key, found):
    settings.SECRET_KEY = key
    assert ids(checks.secret_key(None)) == found


@pytest.mark.parametrize(
    ("database", "redis", "found"),
    [
        ("postgresql://localhost/proofsheet", "rediss://localhost", []),
        ("sqlite:///here", "redis://localhost", ["proofsheet.E003"]),
        ("postgres://localhost/proofsheet", "memory://", ["proofsheet.E004"]),
    ],
)
def test_the_servers_are_of_the_kind_the_product_is_written_for(settings, database, redis, found):
    settings.DATABASE_URL, settings.REDIS_URL = database, redis
    assert ids(checks.addresses(None)) == found


def test_simulated_pictures_are_remarked_on_in_production(settings):
    settings.SIMULATOR_URL = "http://127.0.0.1:9"
    assert ids(checks.simulator(None)) == ["proofsheet.W001"]


def test_one_generation_does_not_take_longer_than_its_comparison(settings):
    settings.GENERATION_DEADLINE = settings.COMPARISON_DEADLINE + 1
    assert ids(checks.deadlines(None)) == ["proofsheet.E006"]


@pytest.mark.parametrize(
    ("address", "model", "found"),
    [
        ("", "", []),
        ("", "a-model", []),
        ("https://llm.example/v1", "a-model", []),
        ("llm.example/v1", "a-model", ["proofsheet.E007"]),
        ("http://127.0.0.1:8080/v1", "", ["proofsheet.E008"]),
    ],
)
def test_a_language_model_is_named_in_full(settings, address, model, found):
    settings.THINKING_BASE_URL, settings.THINKING_MODEL = address, model
    assert ids(checks.thinking(None)) == found
