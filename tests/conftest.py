"""Real parts for every test: one Postgres and one Valkey per test run, started before Django reads its settings."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

from workspace.embedded import postgres, valkey

DATA_DIR = Path(tempfile.mkdtemp(prefix="proofsheet-tests-"))
atexit.register(shutil.rmtree, DATA_DIR, ignore_errors=True)

os.environ["PROOFSHEET_DATA_DIR"] = str(DATA_DIR)
os.environ["DATABASE_URL"] = postgres.start(DATA_DIR / "postgres")
os.environ["REDIS_URL"] = valkey.start(DATA_DIR / "valkey")
os.environ.setdefault("SECRET_KEY", "only-for-tests-" + "x" * 50)
