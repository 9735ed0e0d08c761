"""Compiled modules for every process of a test run, also where Python was told to write none beside the code.

A run starts some fifty processes. Without compiled modules a Celery worker alone spends 2.5 s of processor time compiling what it
imports. The folder lies in the virtual environment: nobody's checkout gets a file more, and it goes with ``make clean``.
"""

import os
import sys
from pathlib import Path

if sys.dont_write_bytecode:
    sys.dont_write_bytecode, sys.pycache_prefix = False, str(Path(sys.prefix) / ".bytecode")
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    os.environ["PYTHONPYCACHEPREFIX"] = sys.pycache_prefix  # for the processes that are started
