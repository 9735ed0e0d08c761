"""``python -m tests.seed``: load once what every worker and simulator loads, and fork one for each line on standard input.

A Celery worker takes 1.2 s of processor time to start, of which 0.9 s go to libraries that are the same each time. What is forked
here reads its own environment and settings and runs its module as `python -m` would; only the libraries are there already.
"""

import gc
import json
import os
import runpy
import signal
import sys
from importlib import import_module

from workspace.embedded.processes import die_with_parent

LIBRARIES = (
    "PIL.Image",
    "aiohttp.web",
    "celery.apps.worker",
    "celery.bin.celery",
    "celery.concurrency.prefork",
    "celery.concurrency.thread",
    "celery.fixups.django",
    "celery.loaders.app",
    "cryptography.fernet",
    "django.contrib.admin",
    "django.db.backends.postgresql.base",
    "django.db.models",
    "kombu.transport.redis",
    "providers.catalogue",
    "providers.simulator.server",
    "psycopg_pool",
    "redis.asyncio",
    "routing.candidates",
    "routing.intent",
    "routing.prompting",
    "uvloop",
)


def main() -> None:
    """Answer each order with the process id it got; what is forked is nobody's to wait for, and ends with this process."""
    for name in LIBRARIES:
        import_module(name)
    gc.freeze()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    for line in sys.stdin:
        order = json.loads(line)
        pid = os.fork()
        if not pid:
            run(**order)
            return
        print(pid, flush=True)


def run(module: str, arguments: list[str], environment: dict[str, str], log: str) -> None:
    """As ``python -m module``, with everything it prints in ``log``."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    if die := die_with_parent(signal.SIGTERM):
        die()
    nothing, output = os.open(os.devnull, os.O_RDONLY), os.open(log, os.O_WRONLY)
    for number, source in enumerate((nothing, output, output)):
        os.dup2(source, number)
    os.environ.clear()
    os.environ.update(environment)
    sys.argv = [module, *arguments]
    runpy.run_module(module, run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    main()
