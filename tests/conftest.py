"""Real parts for every test: one Postgres and one Valkey per test run, started before Django reads its settings.

The settings module is named here and not in pyproject.toml, because it would be read before this file is.
"""

import os

import django

from workspace.embedded import temporary

os.environ |= temporary.servers() | {"ENV_FILE": "", "SECRET_KEY": "only-for-tests-" + "x" * 50}
os.environ["DJANGO_SETTINGS_MODULE"] = "workspace.settings"
django.setup()

pytest_plugins = ["tests.network"]
