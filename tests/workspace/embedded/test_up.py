"""``manage.py up`` from outside, as a person at a terminal meets it."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request

import psutil
import pytest

from tests.processes import has_ended
from workspace.embedded import folder
from workspace.embedded.folder import PROJECT
from workspace.embedded.valkey import free_port

pytestmark = pytest.mark.timeout(240)
OWN = ("DATABASE_URL", "REDIS_URL", "SECRET_KEY", "PROOFSHEET_DATA_DIR")


class Up:
    """One ``manage.py up`` and what it wrote so far."""

    def __init__(self, data_dir, *arguments):
        self.data_dir, self.port = data_dir, free_port()
        command = [sys.executable, "manage.py", "up", "--port", str(self.port), "--data-dir", str(data_dir), *arguments]
        self.log = data_dir.with_name("up.log").open("a+")
        environment = {name: value for name, value in os.environ.items() if name not in OWN}
        self.process = subprocess.Popen(command, cwd=PROJECT, env=environment, stdout=self.log, stderr=self.log)

    def text(self):
        self.log.seek(0)
        return self.log.read()

    def wait_until_served(self):
        self.wait_until_it_says(f"is at http://127.0.0.1:{self.port}")

    def wait_until_it_says(self, words):
        deadline = time.monotonic() + 200
        while words not in self.text():
            assert self.process.poll() is None, self.text()
            assert time.monotonic() < deadline, self.text()
            time.sleep(0.05)

    def processes(self):
        return psutil.Process(self.process.pid).children(recursive=True)

    def end(self, number=signal.SIGINT):
        self.process.send_signal(number)
        code = self.process.wait(120)
        self.written = self.text()
        self.log.close()
        return code


def get(port, path="/"):
    with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=60) as answer:
        return answer.status


def refused(*arguments):
    """The one sentence and the exit code of a start that is refused."""
    command = [sys.executable, "manage.py", "up", *arguments]
    done = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, timeout=120)
    assert done.stdout == ""
    return done.returncode, done.stderr.strip()


def test_a_life_with_a_violent_end_and_another_life(tmp_path):
    data_dir = tmp_path / "data"
    first = Up(data_dir)
    try:
        first.wait_until_served()
        assert get(first.port) == 200
        assert get(first.port, "/health/") == 200
        first.wait_until_it_says(f"http://127.0.0.1:{first.port}/welcome/")
        code, sentence = refused("--port", str(free_port()), "--data-dir", str(data_dir))
        assert (code, sentence.count("\n")) == (1, 0)
        assert "already running" in sentence
        left = first.processes()
    finally:
        first.end(signal.SIGKILL)
    second = Up(data_dir)
    try:
        second.wait_until_served()
        assert all(map(has_ended, left))
        ending = second.processes()
    finally:
        assert second.end() == 0
    assert not any(process.is_running() for process in ending)
    assert folder.running(data_dir) == {}
    assert "Traceback" not in second.written


def test_a_taken_port_is_one_sentence(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        answer = refused("--port", str(port), "--data-dir", str(tmp_path))
    assert answer == (1, f"Port {port} is taken: choose another with --port.")


def test_a_folder_that_cannot_be_written_is_one_sentence(tmp_path):
    (tmp_path / "file").touch()
    code, sentence = refused("--data-dir", str(tmp_path / "file" / "data"))
    assert code == 1
    assert sentence == f"The data folder {tmp_path / 'file' / 'data'} cannot be written: Not a directory."


@pytest.mark.parametrize("port", ["0", "65536", "web"])
def test_a_port_that_is_none_is_a_mistake_in_the_options(port):
    code, sentence = refused("--port", port)
    assert code == 2
    assert f"{port} is not a port number" in sentence


def test_the_command_is_listed_with_the_others():
    done = subprocess.run([sys.executable, "manage.py", "help", "up"], cwd=PROJECT, capture_output=True, text=True, timeout=120)
    assert "--no-simulator" in done.stdout
