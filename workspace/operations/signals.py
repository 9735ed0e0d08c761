"""Workers hold what admins have entered: read before the first run is drawn, and every two seconds from then on."""

from typing import Any

from celery import Task
from celery.signals import task_prerun

from workspace.operations import configuration

DRAWS = "comparisons.run"  # in a pool of threads; the process that draws nothing needs no keys


@task_prerun.connect(dispatch_uid="keep_settings_fresh")
def keep_settings_fresh(task: Task, **_: Any) -> None:  # noqa: ANN401
    if task.name == DRAWS:
        configuration.keep_fresh()
