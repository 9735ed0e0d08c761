"""Every Celery task says where it runs, and somebody listens there."""

import pytest
from celery.signals import worker_init
from django.conf import settings
from django.urls import clear_url_caches, get_resolver

from workspace.celery import app
from workspace.embedded import plan

with pytest.MonkeyPatch.context() as patch:
    patch.setenv("CELERY_SKIP_CHECKS", "1")  # they would ask the database; here only the tasks are wanted
    app.loader.import_default_modules()
OURS = sorted(name for name in app.tasks if not name.startswith("celery."))


def queues_listened_to():
    commands = [service.command for service in plan.background(plan.PROJECT)]
    return {command[command.index("-Q") + 1] for command in commands if "-Q" in command}


def test_there_are_tasks():
    assert OURS


@pytest.mark.parametrize("name", OURS)
def test_a_task_names_a_queue_somebody_listens_to(name):
    route = app.amqp.router.lookup_route(name)
    assert route is not None
    assert route["queue"] in queues_listened_to()


@pytest.mark.parametrize("name", OURS)
def test_a_task_is_named_after_its_application(name):
    assert name.split(".")[0] in {label.removeprefix("workspace.") for label in settings.INSTALLED_APPS}


@pytest.mark.parametrize("name", OURS)
def test_a_task_keeps_nothing_in_the_broker(name):
    """Rows are the truth: no result is stored, and a task that killed its worker is not put back for the next one to die of."""
    task = app.tasks[name]
    assert task.ignore_result
    assert not task.reject_on_worker_lost


@pytest.mark.parametrize("entry", sorted(settings.CELERY_BEAT_SCHEDULE))
def test_the_clock_sends_only_tasks_that_exist(entry):
    assert settings.CELERY_BEAT_SCHEDULE[entry]["task"] in OURS


def test_a_worker_knows_every_address_before_its_first_picture():
    clear_url_caches()
    worker_init.send(sender=None)
    assert "url_patterns" in vars(get_resolver())
