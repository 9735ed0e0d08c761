"""Real parts for every test: one Postgres and one Valkey per test run, started before Django reads its settings.

The settings module is named here and not in pyproject.toml, because it would be read before this file is.
"""

import os
from pathlib import Path

import django

from workspace.embedded import temporary

os.environ |= temporary.servers() | {"ENV_FILE": "", "SECRET_KEY": "only-for-tests-" + "x" * 50}
os.environ["DJANGO_SETTINGS_MODULE"] = "workspace.settings"
Path(os.environ["PROOFSHEET_DATA_DIR"], "static").mkdir()  # where the collected files would be; WhiteNoise warns without it
django.setup()
