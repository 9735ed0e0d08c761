"""What an ``up`` that was killed left running. Only processes that are provably ours are ended: same number, same start."""

import contextlib
import os
import signal
from typing import Any

import psutil

SAME_START = 1.0  # seconds two readings of one process's start may differ
PATIENCE = 5.0  # seconds


def identify(pid: int, stop_signal: int, last_signal: int) -> dict[str, Any]:
    """What to remember about a process to know it again."""
    return {"pid": pid, "started": psutil.Process(pid).create_time(), "stop": int(stop_signal), "last": int(last_signal)}


def end(remembered: dict[str, dict[str, Any]]) -> list[str]:
    """End those that still run, politely first; return their names."""
    found = {name: process for name, facts in remembered.items() if (process := _recognise(facts))}
    for name, process in found.items():
        _signal(process, remembered[name]["stop"])
    _, alive = psutil.wait_procs(list(found.values()), timeout=PATIENCE)
    for name, process in found.items():
        if process in alive:
            _signal(process, remembered[name]["last"])
    psutil.wait_procs(alive, timeout=PATIENCE)
    return list(found)


def _recognise(facts: dict[str, Any]) -> psutil.Process | None:
    try:
        process = psutil.Process(facts["pid"])
        same = abs(process.create_time() - facts["started"]) < SAME_START
    except (psutil.Error, KeyError):
        return None
    return process if same and process.status() != psutil.STATUS_ZOMBIE else None


def _signal(process: psutil.Process, number: int) -> None:
    """Every service leads a group of its own; the last signal ends its children with it."""
    with contextlib.suppress(psutil.Error, OSError):
        if number == signal.SIGKILL and os.getpgid(process.pid) == process.pid:
            os.killpg(process.pid, number)
        else:
            process.send_signal(number)
