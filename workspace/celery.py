"""The Celery application: which queues exist and how messages are delivered.

The delivery settings come from measurements (docs/decisions/0002-worker.md). A message is gone once it is delivered: it was only
a hint to look at rows, and the sweep sends another for whatever a dead worker leaves.
"""

import os

from celery import Celery
from celery.signals import worker_init
from django.urls import reverse
from kombu.transport.redis import Channel

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "workspace.settings")
os.environ.setdefault("CELERY_SKIP_CHECKS", "1")  # 0.4 s of each start, for what the migration before it has checked

app = Celery("proofsheet")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks([f"workspace.{name}" for name in ("comparisons", "credits", "operations", "ledger", "spend")])


@worker_init.connect
def know_the_addresses(**_: object) -> None:
    """A frame is rendered with addresses in it: the first would load every page, 0.25 s in which no other picture comes in."""
    reverse("compare")


# With messages on hand and Redis gone, putting them back would fail and end the worker, calls under way and all (Celery 5.7.0
# forgets the connection's address before it closes the channel). tests/faults/test_redis_lost.py kills a Redis to see.
Channel.do_restore = False
