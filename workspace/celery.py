"""The Celery application: which queues exist and how messages are delivered.

The delivery settings come from measurements (docs/decisions/0002-worker.md): acknowledgements are late, so a killed worker's
messages come back; the visibility timeout is longer than any comparison may run, so a living worker's messages do not.
"""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "workspace.settings")

app = Celery("proofsheet")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks(["workspace.comparisons"])
