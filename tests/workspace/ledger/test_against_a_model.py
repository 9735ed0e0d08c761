"""Any sequence of messages, each sent as often as it likes and cut off between any two statements, agrees with plain Python.

The suite takes some hundreds of steps, the same in every run; ``benchmarks/README.md`` says how to take 10,000 others.
"""

from typing import get_args

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.workspace.ledger.model.books import LIMIT, START
from tests.workspace.ledger.model.machine import Ledger
from tests.workspace.ledger.model.messages import Message

STEPS = 12  # of one sequence


@pytest.mark.django_db(transaction=True)
def test_any_sequence_agrees_with_the_model(settings_of_credits):
    few = settings(max_examples=settings().max_examples // 2, stateful_step_count=STEPS, suppress_health_check=list(HealthCheck))
    Ledger.prepare()
    run_state_machine_as_test(Ledger, settings=few)
    print(", ".join(f"{name} {number:,}" for name, number in Ledger.tally.most_common()))  # shown by -rP
    assert {kind.__name__ for kind in get_args(Message.__value__)} <= Ledger.tally.keys()
    assert Ledger.tally["crashes"] > 300


@pytest.fixture
def settings_of_credits(settings):
    settings.STARTING_CREDITS = START
    settings.ADJUSTMENT_LIMIT = LIMIT
