import asyncio
import io
import os
import signal
import subprocess
import sys
import time

import psutil
import pytest

from tests.processes import PATIENCE
from workspace.embedded import orphans
from workspace.embedded.errors import CannotStart
from workspace.embedded.logs import Log
from workspace.embedded.processes import Process, Service

STUBBORN = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('up', flush=True); time.sleep(60)"


@pytest.fixture
def log():
    return Log(io.StringIO())


def process(log, code, **options):
    started = []
    made = Process(Service("web", [sys.executable, "-c", code], **options), {}, log, lambda service, pid: started.append(pid))
    made.pids = started
    return made


async def until(condition):
    deadline = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < deadline
        await asyncio.sleep(0.02)


async def test_one_that_dies_is_started_again_and_the_log_says_so(log):
    web = process(log, "raise SystemExit(3)")
    web.start()
    await until(lambda: len(web.pids) == 2)
    await web.stop()
    assert "proofsheet | web ended (exit code 3) and starts again in 0.5 s." in log.stream.getvalue()


async def test_one_that_is_stopped_stays_stopped(log):
    web = process(log, "import time; print('up', flush=True); time.sleep(60)")
    web.start()
    await until(lambda: "up" in log.stream.getvalue())
    await web.stop()
    assert web.pids == [web.running.pid]
    assert not psutil.pid_exists(web.running.pid)


async def test_one_that_does_not_listen_is_cut_off_after_its_grace(log):
    web = process(log, STUBBORN, grace=0.2)
    web.start()
    await until(lambda: "up" in log.stream.getvalue())
    await web.stop()
    assert web.running.returncode == -signal.SIGKILL
    assert "web took longer than 0 s to end and is cut off." in log.stream.getvalue()


async def test_one_that_is_hurried_is_not_started_again(log):
    web = process(log, "import time; print('up', flush=True); time.sleep(60)")
    web.start()
    await until(lambda: "up" in log.stream.getvalue())
    web.hurry()
    await asyncio.wait_for(web.task, PATIENCE)
    await web.stop()
    assert len(web.pids) == 1
    assert "starts again" not in log.stream.getvalue()


async def test_one_that_is_stopped_while_it_starts_is_gone_all_the_same(log):
    web = process(log, "import time; time.sleep(60)")
    web.start()
    await asyncio.sleep(0)
    await web.stop()
    assert all(not psutil.pid_exists(pid) for pid in web.pids)


async def test_one_that_dies_while_starting_is_not_waited_for(log):
    web = process(log, "raise SystemExit('no')")
    web.start()
    with pytest.raises(CannotStart, match="web ended while starting"):
        await web.wait_until(lambda: False, PATIENCE)
    await web.stop()


def test_children_end_with_a_parent_that_is_killed(tmp_path):
    parent = """
import asyncio, sys
from workspace.embedded.processes import Service, spawn
async def main():
    child = await spawn(Service("child", [sys.executable, "-c", "import time; time.sleep(60)"]), {})
    print(child.pid, flush=True)
    await asyncio.sleep(60)
asyncio.run(main())
"""
    running = subprocess.Popen([sys.executable, "-c", parent], stdout=subprocess.PIPE, text=True)
    child = psutil.Process(int(running.stdout.readline()))
    running.kill()
    running.communicate()
    child.wait(PATIENCE)


def sleeper():
    return subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"], start_new_session=True)


def test_what_a_killed_run_left_is_ended():
    left = sleeper()
    facts = orphans.identify(left.pid, signal.SIGTERM, signal.SIGKILL)
    assert orphans.end({"web": facts}) == ["web"]
    assert not psutil.pid_exists(left.pid)
    left.wait()


def test_a_process_that_only_inherited_the_number_is_left_alone():
    other = sleeper()
    facts = orphans.identify(other.pid, signal.SIGTERM, signal.SIGKILL)
    assert orphans.end({"web": facts | {"started": facts["started"] - 60}}) == []
    assert other.poll() is None
    other.kill()
    other.wait()


def test_a_damaged_memory_ends_nothing():
    assert orphans.end({"web": {"pid": os.getpid()}}) == []
