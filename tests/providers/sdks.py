"""Official clients that take about a second to load, each loaded when it is first used: most processes of a test run never do.

Use them as ``sdks.openai``: pytest looks at whatever a test module holds, and would load a client that it holds by name.
"""

from importlib import import_module
from types import ModuleType

NAMES = {"openai": "openai", "genai": "google.genai"}


def __getattr__(name: str) -> ModuleType:
    if name not in NAMES:
        raise AttributeError(name)
    return import_module(NAMES[name])
