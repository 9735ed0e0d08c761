"""Imports point down only: workspace on routing on providers, and inside workspace in one order."""

import ast
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LAYERS = {"providers", "routing", "workspace"}
ROUTING_MAY_IMPORT = ("providers.types", "providers.errors", "providers.catalogue")
# From the top down; apps on the same line do not import each other.
ORDER = (
    ("administration", "spend"),
    ("gateway", "evaluation", "history", "operations", "ledger"),
    ("comparisons",),
    ("credits",),
    ("accounts",),
)
RANK = {app: rank for rank, apps in enumerate(ORDER) for app in apps}


@cache
def imports(path: Path) -> tuple[str, ...]:
    """Every module a file imports, as full dotted names, wherever in the file the import stands."""
    return tuple(_imports(path))


def _imports(path: Path) -> Iterator[str]:
    package = path.relative_to(ROOT).with_suffix("").parts
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = ".".join(package[: -node.level]) if node.level else ""
            module = ".".join(part for part in (base, node.module) if part)
            yield from (f"{module}.{alias.name}" for alias in node.names)


def files(folder: str) -> list[Path]:
    return sorted((ROOT / folder).rglob("*.py"))


def below(module: str, *parents: str) -> bool:
    return any(module == parent or module.startswith(f"{parent}.") for parent in parents)


def offenders(paths: Iterable[Path], wrong: Callable[[str], bool]) -> dict[str, list[str]]:
    """The files that import what they must not, and what that is."""
    found = {str(path.relative_to(ROOT)): [name for name in imports(path) if wrong(name)] for path in paths}
    return {path: names for path, names in found.items() if names}


def test_providers_know_nothing_of_what_is_above():
    above = ("workspace", "routing", "django", "celery", "psycopg")
    assert offenders(files("providers"), lambda name: below(name, *above)) == {}


def test_routing_knows_only_the_words_and_the_catalogue_of_providers():
    above = ("workspace", "django", "celery", "psycopg", "httpx", "aiohttp")
    assert offenders(files("routing"), lambda name: below(name, *above)) == {}
    beside = offenders(files("routing"), lambda name: below(name, "providers") and not below(name, *ROUTING_MAY_IMPORT))
    assert beside == {}


@pytest.mark.parametrize("app", sorted(app for app in RANK if (ROOT / "workspace" / app).is_dir()))
def test_apps_import_only_apps_below_them(app):
    others = [f"workspace.{other}" for other in RANK if other != app and RANK[other] <= RANK[app]]
    assert offenders(files(f"workspace/{app}"), lambda name: below(name, *others)) == {}


def test_adapters_never_read_the_environment():
    assert offenders(files("providers/adapters"), lambda name: below(name, "os", "environ")) == {}


def test_the_product_does_not_import_its_tests():
    product = [path for layer in sorted(LAYERS) for path in files(layer)]
    assert offenders(product, lambda name: below(name, "tests", "pytest", "benchmarks")) == {}
