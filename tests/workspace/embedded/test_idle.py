"""Imaging runs on processor time that nobody else wants."""

import os
import subprocess
import sys

ASK = "import os; print(os.sched_getscheduler(0) == os.SCHED_IDLE if hasattr(os, 'SCHED_IDLE') else os.nice(0) == 19)"


def test_a_command_and_what_it_starts_step_back_behind_everybody_else():
    child = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {ASK!r}], check=True)"
    command = [sys.executable, "-m", "workspace.embedded.idle", sys.executable, "-c", f"{ASK}; {child}"]
    said = subprocess.run(command, capture_output=True, text=True, check=True, env=dict(os.environ)).stdout
    assert set(said.split()) == {"True"}
