"""Imports point down only: workspace on routing on providers, and inside workspace in one order."""

import ast
from collections.abc import Iterator
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


def imports(path: Path) -> Iterator[str]:
    """Every module a file imports, as full dotted names, wherever in the file the import stands."""
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


def named(path: Path) -> str:
    return str(path.relative_to(ROOT))


def below(module: str, *parents: str) -> bool:
    return any(module == parent or module.startswith(f"{parent}.") for parent in parents)


@pytest.mark.parametrize("path", files("providers"), ids=named)
def test_providers_know_nothing_of_what_is_above(path):
    assert [name for name in imports(path) if below(name, "workspace", "routing", "django", "celery", "psycopg")] == []


@pytest.mark.parametrize("path", files("routing"), ids=named)
def test_routing_knows_only_the_words_and_the_catalogue_of_providers(path):
    above = [name for name in imports(path) if below(name, "workspace", "django", "celery", "psycopg", "httpx", "aiohttp")]
    beside = [name for name in imports(path) if below(name, "providers") and not below(name, *ROUTING_MAY_IMPORT)]
    assert above + beside == []


@pytest.mark.parametrize("path", [path for path in files("workspace") if path.relative_to(ROOT).parts[1] in RANK], ids=named)
def test_apps_import_only_apps_below_them(path):
    own = path.relative_to(ROOT).parts[1]
    apps = {name.split(".")[1] for name in imports(path) if name.startswith("workspace.") and name.count(".")} & RANK.keys()
    assert {app for app in apps if app != own and RANK[app] <= RANK[own]} == set()


@pytest.mark.parametrize("path", files("providers/adapters"), ids=named)
def test_adapters_never_read_the_environment(path):
    assert [name for name in imports(path) if below(name, "os", "environ")] == []


@pytest.mark.parametrize("path", [path for layer in sorted(LAYERS) for path in files(layer)], ids=named)
def test_the_product_does_not_import_its_tests(path):
    assert [name for name in imports(path) if below(name, "tests", "pytest", "benchmarks")] == []
