from pathlib import Path

import pytest

from providers import catalogue
from providers.self_hosted import SelfHosted
from workspace.embedded import addresses, plan
from workspace.embedded.plan import Options
from workspace.embedded.postgres import Postgres
from workspace.embedded.valkey import Valkey

KEYS = {provider.key_name: "x" for provider in catalogue.PROVIDERS.values() if not isinstance(provider, SelfHosted)}


@pytest.mark.parametrize(
    ("options", "environment", "needed"),
    [
        (Options(), {}, True),
        (Options(simulator=False), {}, False),
        (Options(), {"SIMULATOR_URL": "http://127.0.0.1:9"}, False),
        (Options(), {"OPENAI_API_KEY": ""}, True),
        (Options(), dict(list(KEYS.items())[:1]), True),
        (Options(), {"A1111_BASE_URL": "http://gpu:7860"}, True),
        (Options(), KEYS, False),
        (Options(), {f"{name}_FILE": "/run/secrets/key" for name in KEYS}, False),
    ],
)
def test_the_simulator_plays_for_whoever_has_no_key(options, environment, needed):
    assert plan.needs_simulator(options, environment) is needed


def test_every_process_has_its_place_in_the_order_of_the_end(tmp_path):
    services = [
        plan.postgres(Postgres(tmp_path)),
        plan.valkey(Valkey(tmp_path)),
        plan.simulator(9),
        plan.web(Options()),
        *plan.background(tmp_path),
    ]
    assert sorted(service.name for service in services) == sorted(name for group in plan.STOP_ORDER for name in group)


@pytest.mark.parametrize(
    ("host", "address"),
    [("127.0.0.1", "http://127.0.0.1:8000"), ("0.0.0.0", "http://127.0.0.1:8000"), ("::1", "http://[::1]:8000")],
)
def test_the_address_is_one_to_type(host, address):
    assert Options(host).address == address


def test_only_this_machine_is_let_in_by_default():
    assert addresses.allowed_hosts(Options(), {}) == {}


def test_a_server_open_to_the_network_answers_to_this_machines_names():
    hosts = addresses.allowed_hosts(Options("0.0.0.0"), {})["ALLOWED_HOSTS"].split(",")
    assert {"localhost", "127.0.0.1"} <= set(hosts)
    assert "*" not in hosts


def test_names_that_somebody_chose_are_kept():
    assert addresses.allowed_hosts(Options("0.0.0.0"), {"ALLOWED_HOSTS": "proofsheet.example"}) == {}


def test_the_beat_keeps_its_schedule_in_the_data_folder():
    beat = plan.background(Path("/data"))[-1]
    assert "/data/beat-schedule" in beat.command
