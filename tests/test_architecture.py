"""Who may import whom (docs/architecture.md): read from the syntax tree, so no import can hide in a branch."""

from __future__ import annotations

import ast
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
LAYERS = {
    "bot.core": {"bot.core"},
    "bot.services": {"bot.services", "bot.core"},
    "bot.store": {
        "bot.store",
        "bot.core",
        "bot.services.ports",
        "bot.services.case_ports",
        "bot.services.content_ports",
    },
    "bot.gateways": {"bot.gateways", "bot.core", "bot.services.ports", "bot.services.content_ports"},
    "bot.channels": {"bot.channels", "bot.services", "bot.core"},
    "bot.desk": {"bot.desk", "bot.services", "bot.core"},
    "bot.jobs": {"bot.services", "bot.core"},
    "bot.teach": {"bot.teach", "bot.core", "bot.services", "bot.gateways", "nlu"},
    "nlu": {"nlu", "bot.core", "bot.gateways.rasa.quiet"},
    "actions": {"actions", "bot.core"},
}
HOMES = {
    "sqlalchemy": {"bot.store"},
    "alembic": {"bot.store"},
    "deep_translator": {"bot.gateways.translation"},
    "openpyxl": {"bot.gateways.content_out"},
    "phonenumbers": {"bot.services.cases.phone"},
    "argon2": {"bot.desk.door"},
    "pyotp": {"bot.desk.door"},
    "babel": {"bot.desk"},
    "authlib": {"bot.desk.door"},
    "jinja2": {"bot.desk", "bot.channels.webchat"},
    "telegram": {"bot.channels.telegram"},
    "rasa": {"bot.gateways.rasa", "nlu", "bot.bench"},
    "rasa_sdk": {"actions", "bot.gateways.rasa"},
    "starlette": {"bot.desk", "bot.channels.webchat", "bot.app", "bot.bench"},
    "apscheduler": {"bot.jobs"},
    "pydantic_settings": {"bot.settings"},
    "environ": {"bot.settings"},
}


def modules() -> list[tuple[str, Path]]:
    found = []
    for package in ("bot", "nlu", "actions"):
        for path in sorted((ROOT / package).rglob("*.py")):
            if "migrations" not in path.parts:
                name = ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
                found.append((name, path))
    return found


def imports(path: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative imports hide where a thing comes from"
            names |= {f"{node.module}.{alias.name}" for alias in node.names}
    return names


def within(name: str, packages: set[str]) -> bool:
    return any(name == package or name.startswith(package + ".") for package in packages)


@pytest.mark.parametrize(("module", "path"), modules(), ids=[name for name, _ in modules()])
def test_a_module_imports_only_what_its_layer_may(module: str, path: Path) -> None:
    layer = next((layer for layer in LAYERS if within(module, {layer})), None)
    for name in imports(path):
        if layer and within(name, {"bot", "nlu", "actions"}):
            assert within(name, LAYERS[layer]), f"{module} may not import {name}"
        if layer == "bot.core" and not within(name, {"bot"}):
            top = name.partition(".")[0]
            assert top in sys.stdlib_module_names, f"core knows only the standard library, not {name}"


@pytest.mark.parametrize(("module", "path"), modules(), ids=[name for name, _ in modules()])
def test_a_library_is_imported_only_at_home(module: str, path: Path) -> None:
    for name in imports(path):
        home = HOMES.get(name.partition(".")[0])
        assert home is None or within(module, home), f"{name} belongs in {home}, not in {module}"


def test_the_environment_is_read_in_settings_alone() -> None:
    # Rasa and the encoder are told things through the environment; nobody else reads it.
    tellers = {
        "bot.gateways.rasa.quiet",
        "bot.gateways.rasa.training",
        "nlu.components.sentence_encoder",
        "bot.settings",
    }
    for module, path in modules():
        text = path.read_text(encoding="utf-8")
        assert module in tellers or ("os.environ" not in text and "os.getenv" not in text), module


def test_no_module_is_called_after_nothing() -> None:
    assert not [name for name, _ in modules() if name.rpartition(".")[2] in {"utils", "helpers", "manager", "base"}]
