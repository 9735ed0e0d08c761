"""How Hypothesis looks for examples: the same ones in every run, and without a clock, because machines stall.

To look further afield, as after a change of what is tested: ``make test ARGS="--hypothesis-profile default -k words"``.
"""

from hypothesis import HealthCheck, settings

settings.register_profile(
    "steady",
    deadline=None,
    derandomize=True,
    max_examples=50,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
settings.load_profile("steady")
