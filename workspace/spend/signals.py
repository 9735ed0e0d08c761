"""After pictures have been kept, in the process at low priority that keeps them, budgets are looked at."""

from typing import Any

from celery import Task
from celery.signals import task_postrun

from workspace.spend import watch

KEEPS = "comparisons.finish"


@task_postrun.connect(dispatch_uid="keep_to_budgets")
def keep_to_budgets(task: Task, **_: Any) -> None:  # noqa: ANN401
    if task.name == KEEPS:
        watch.look_lately()
