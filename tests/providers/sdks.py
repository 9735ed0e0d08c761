"""Official clients that take about a second to load, each loaded when it is first used: most processes of a test run never do."""

import sys
from importlib.util import LazyLoader, find_spec, module_from_spec
from types import ModuleType


def _later(name: str) -> ModuleType:
    spec = find_spec(name)
    spec.loader = LazyLoader(spec.loader)
    module = sys.modules[name] = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


openai = _later("openai")
genai = _later("google.genai")
