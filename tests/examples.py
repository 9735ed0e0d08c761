"""How Hypothesis looks for examples: the same ones in every run, and without a clock, because machines stall.

To look further afield, as after a change of what is tested: ``make test ARGS="--hypothesis-profile long -k words"``.
"""

from hypothesis import HealthCheck, settings

settings.register_profile(
    "steady",
    deadline=None,
    derandomize=True,
    max_examples=50,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
settings.register_profile("long", settings.get_profile("steady"), derandomize=False, max_examples=2400, print_blob=True)
settings.load_profile("steady")
