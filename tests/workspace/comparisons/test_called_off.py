"""A stopped frame's job is called off where it is being drawn, and only there."""

import pytest

from tests.processes import wait_until
from workspace.comparisons import services
from workspace.comparisons.models import Attempt

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("workers")]


@pytest.mark.parametrize("model", ["replicate/flux-dev", "fal/flux-3"])
def test_a_stopped_frame_s_job_is_called_off_at_its_provider(run, settled, simulator, model):
    before = len(simulator.requests())
    comparison = run("A badge to be stopped [[fault:slow=900]]", models=(model,))
    wait_until(lambda: Attempt.objects.filter(generation__comparison=comparison).exclude(job_id="").exists())
    services.cancel(comparison.generations.select_related("comparison__user").get())
    settled(comparison)
    wait_until(lambda: "cancelled" in [each["outcome"] for each in simulator.requests()[before:]])
    assert Attempt.objects.get(generation__comparison=comparison).state == Attempt.State.FAILED
