"""docker-compose.yml runs the same processes as ``manage.py up``, each of them watched."""

import shutil

import pytest
import yaml

from workspace.embedded import plan
from workspace.embedded.folder import PROJECT

COMPOSE = yaml.safe_load((PROJECT / "docker-compose.yml").read_text())
SERVICES = COMPOSE["services"]
LASTING = sorted(set(SERVICES) - {"migrate"})
PRODUCT = ["beat", "media", "migrate", "web", "worker"]


@pytest.mark.parametrize("name", LASTING)
def test_a_lasting_service_is_watched_and_started_again(name):
    assert SERVICES[name]["restart"] == "unless-stopped"
    assert SERVICES[name]["healthcheck"]["test"][0] in ("CMD", "CMD-SHELL")


@pytest.mark.parametrize("name", LASTING)
def test_a_service_may_have_several_containers(name):
    assert "container_name" not in SERVICES[name]


@pytest.mark.parametrize("name", PRODUCT)
def test_our_processes_share_one_image_and_one_environment(name):
    assert SERVICES[name]["image"] == SERVICES["web"]["image"]
    assert SERVICES[name]["environment"] == SERVICES["web"]["environment"]


@pytest.mark.parametrize("name", SERVICES)
def test_what_it_waits_for_exists_and_can_become_so(name):
    for other, how in SERVICES[name].get("depends_on", {}).items():
        watched = "healthcheck" in SERVICES[other]
        assert watched is (how["condition"] == "service_healthy")


@pytest.mark.parametrize("name", SERVICES)
def test_its_volumes_are_declared(name):
    assert {volume.split(":")[0] for volume in SERVICES[name].get("volumes", [])} <= set(COMPOSE["volumes"])


@pytest.mark.parametrize("name", ["worker", "media", "beat"])
def test_it_runs_what_up_runs(name):
    service = next(service for service in plan.background(PROJECT) if service.name == name)
    asked = {"-P", "-c", "-Q", "--max-tasks-per-child"}
    ours, theirs = service.command, SERVICES[name]["command"]
    assert [ours[i + 1] for i, word in enumerate(ours) if word in asked] == [
        theirs[i + 1] for i, word in enumerate(theirs) if word in asked
    ]


@pytest.mark.parametrize("secret", ["SECRET_KEY", "DATABASE_URL", "REDIS_URL"])
def test_no_secret_has_a_default(secret):
    assert ":?}" in SERVICES["web"]["environment"][secret]


@pytest.mark.parametrize("name", PRODUCT)
def test_its_program_is_one_the_image_has(name):
    command = SERVICES[name].get("command", ["uvicorn"])
    program = next(word for word in command if word not in ("-m", "workspace.embedded.idle"))
    assert shutil.which(program, path=f"{PROJECT / '.venv' / 'bin'}")
