"""Run a command on processor time that nobody else wants: ``python -m workspace.embedded.idle COMMAND …``.

Linux has a scheduling class for that, whose processes step aside the moment another wakes up; at nice 19 they may first end their
slice, which is a picture's delay. Elsewhere nice 19 has to do.
"""

import os
import sys


def step_back() -> None:
    """Put this process, and all it starts, behind everybody else."""
    if hasattr(os, "SCHED_IDLE"):
        os.sched_setscheduler(0, os.SCHED_IDLE, os.sched_param(0))
    else:
        os.nice(19)


if __name__ == "__main__":
    step_back()
    os.execvp(sys.argv[1], sys.argv[1:])  # noqa: S606 - the command is the operator's own
