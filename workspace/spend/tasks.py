"""What the clock does for the figures: add up what is over, and keep to the budgets."""

from workspace.celery import app
from workspace.spend import gathering, watch


@app.task(name="spend.gather")
def gather() -> None:
    gathering.gather()


@app.task(name="spend.watch")
def look() -> None:
    watch.look_lately()
