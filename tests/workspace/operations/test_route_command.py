"""``manage.py route``: the decision on a terminal, with an installation and without one."""

import json
import os
import subprocess
import sys

import pytest
from django.core.management import call_command

from providers import catalogue
from tests.processes import ROOT, free_port

KEYS = {"intent", "look", "wants_text", "texts", "evidence", "routes", "fallbacks", "left_out"}
CYBER = 'logo for "CyberCafe"'


def route(*arguments, lines="", folder="/nonexistent"):
    """The command in a process of its own, as on a clone that was never started: nobody answers at its addresses."""
    nobody = {
        "PROOFSHEET_DATA_DIR": str(folder),
        "DATABASE_URL": f"postgresql://postgres@127.0.0.1:{free_port()}/none",
        "REDIS_URL": f"redis://127.0.0.1:{free_port()}/0",
        "SECRET_KEY": "",
        "SIMULATOR_URL": "",
    }
    command = [sys.executable, "manage.py", "route", *arguments]
    return subprocess.run(command, cwd=ROOT, env=os.environ | nobody, input=lines, capture_output=True, text=True, timeout=170)


class TestWithoutAnInstallation:
    def test_it_goes_by_the_code_and_says_so(self, tmp_path):
        done = route(CYBER, "--budget", "20", "--json", folder=tmp_path)
        found = json.loads(done.stdout)
        assert set(found) >= KEYS
        assert found["source"] == "code"
        assert (found["intent"], found["wants_text"], found["texts"]) == ("typography", True, ["CyberCafe"])
        assert [one["model"] for one in found["routes"]] == list(found["fallbacks"])
        assert len(found["routes"]) + len(found["left_out"]) == len(catalogue.MODELS)
        assert set(found["routes"][0]) >= {"model", "quality", "size", "credits", "seconds", "reasons", "prompt"}

    def test_people_get_a_table(self, tmp_path):
        page = route(CYBER, folder=tmp_path).stdout
        assert page.startswith("Read as Logo & type. Detected quoted text “CyberCafe”")
        assert "Spells well. (+100)" in page
        assert "openai/dall-e-3: switched off on 12 May 2026" in page
        assert page.rstrip().endswith("no database of an installation is reachable.")

    @pytest.mark.parametrize(
        ("arguments", "sentence"),
        [
            ([CYBER, "--intent", "poster"], "There is no intent named 'poster'. Choose auto, draft, final"),
            ([CYBER, "--budget", "lots"], "The budget must be a whole number of credits"),
            ([], "The prompt is missing."),
        ],
    )
    def test_a_mistake_is_one_sentence_and_exit_code_two(self, tmp_path, arguments, sentence):
        done = route(*arguments, folder=tmp_path)
        assert (done.returncode, done.stdout) == (2, "")
        assert done.stderr.startswith(sentence)
        assert done.stderr.count("\n") == 1

    def test_every_line_is_answered_and_a_bad_one_stops_nobody(self, tmp_path):
        lines = ['{"prompt": "a cat", "budget": 5}', "cat", "", "[1]", '{"prompt": 5}', '{"prompt": "é 🐈 \\"OPEN\\" sign"}']
        answers = [json.loads(line) for line in route("--jsonl", lines="\n".join(lines), folder=tmp_path).stdout.splitlines()]
        assert [answer.get("error") for answer in answers] == [
            None,
            "This line is not JSON.",
            "This line is empty.",
            "This line is no JSON object.",
            "The prompt must be a text.",
            None,
        ]
        assert [answer.get("line") for answer in answers] == [None, 2, 3, 4, 5, None]
        assert answers[-1]["texts"] == ["OPEN"]

    def test_a_line_without_end_is_not_kept_in_memory(self, tmp_path):
        lines = f'{{"prompt": "{"x" * 3_000_000}"}}\n{{"prompt": "a cat"}}\n'
        first, second = route("--jsonl", lines=lines, folder=tmp_path).stdout.splitlines()
        assert json.loads(first) == {"error": "This line is longer than 1,000,000 bytes.", "line": 1}
        assert json.loads(second)["intent"] == "draft"


@pytest.mark.django_db(transaction=True)
class TestWithAnInstallation:
    @pytest.fixture(autouse=True)
    def simulated(self, settings):
        settings.SIMULATOR_URL = "http://127.0.0.1:1"

    def test_it_goes_by_what_is_configured_and_paused_here(self, capsys, staff):
        call_command("route", CYBER, json=True)
        before = json.loads(capsys.readouterr().out)
        provider = before["routes"][0]["model"].split("/")[0]
        _pause(provider, staff)
        call_command("route", CYBER, json=True)
        after = json.loads(capsys.readouterr().out)
        assert before["source"] == after["source"] == "installation"
        assert provider not in {one["model"].split("/")[0] for one in after["routes"]}
        [reason] = [one["reason"] for one in after["left_out"] if one["model"] == before["routes"][0]["model"]]
        assert reason == "paused by an admin"


def _pause(provider, staff):
    from workspace.operations import configuration, services

    services.pause(provider, staff)
    configuration.forget()
