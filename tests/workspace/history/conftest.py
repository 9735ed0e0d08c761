from tests.workspace.comparisons.conftest import everything_simulated, picture, run

__all__ = ["everything_simulated", "picture", "run"]
