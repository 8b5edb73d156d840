"""README.md and docs/ tell of what there is: settings, commands, files and links."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import typer
from pydantic import SecretStr

from bot.cli import app
from bot.settings import ROOT, Settings

PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")
NAMES = [str(page.relative_to(ROOT)) for page in PAGES]
OURS = re.compile(r"(?:bot|nlu|actions|responses|tests|docs)/[\w./-]*|[\w-]+\.(?:yml|toml|lock|md)")
# Files of a folder that is named before them, and one that only the server's keeper has.
NOT_FROM_THE_ROOT = {"meta.yml", "system.yml"}


def code(page: Path) -> Iterator[str]:
    """Every line of a block and every span that is set as code."""
    text = page.read_text(encoding="utf-8")
    blocks = re.compile(r"^ *```.*?^ *```", re.DOTALL | re.MULTILINE)
    for block in blocks.findall(text):
        yield from (line.strip() for line in block.splitlines()[1:-1])
    yield from re.findall(r"`([^`\n]+)`", blocks.sub("", text))


def settings_table() -> dict[str, str]:
    section = (ROOT / "README.md").read_text(encoding="utf-8").split("\n## Settings\n")[1].split("\n## ")[0]
    rows = [line.strip("| ").split("|") for line in section.splitlines() if line.startswith("| `")]
    return {row[0].strip(" `"): row[1].strip() for row in rows}


def default_in_words(name: str) -> str:
    value = Settings.model_fields[name].default
    if name == "data_dir":
        return f"`{value.relative_to(ROOT)}` in this folder"
    shown = value.get_secret_value() if isinstance(value, SecretStr) else str(value)
    return f"`{shown}`" if shown else ""


def test_the_table_of_settings_names_every_setting_with_its_default() -> None:
    assert settings_table() == {name.upper(): default_in_words(name) for name in Settings.model_fields}


@pytest.mark.parametrize("page", PAGES, ids=NAMES)
def test_every_make_word_on_a_page_exists(page: Path) -> None:
    targets = set(re.findall(r"^([a-z]+):", MAKEFILE, re.MULTILINE))
    for line in code(page):
        for words in re.findall(r"^make((?: [a-z]+)+)", line):
            assert set(words.split()) <= targets, line


def test_what_the_make_words_start_exists() -> None:
    for module in re.findall(r"python -m ([\w.]+)", MAKEFILE):
        path = ROOT / module.replace(".", "/")
        known = module in {"pytest", "venv"} or path.with_suffix(".py").is_file() or path.is_dir()
        assert known, f"the Makefile starts {module}, which does not exist"


@pytest.mark.parametrize("page", PAGES, ids=NAMES)
def test_every_command_and_option_on_a_page_exists(page: Path) -> None:
    for line in code(page):
        for arguments in re.findall(r"\bbuurtvraag((?: .*)?)$", line.partition("  #")[0]):
            command: Any = typer.main.get_command(app)
            words = re.sub(r'"[^"]*"', "TEXT", arguments).split()
            while words and (groups := getattr(command, "commands", {})):
                if words[0].startswith("-"):
                    break
                assert words[0] in groups, line
                command = groups[words.pop(0)]
            options = {option for parameter in command.params for option in parameter.opts} | {"--help"}
            assert {word for word in words if word.startswith("--")} <= options, line


@pytest.mark.parametrize("page", PAGES, ids=NAMES)
def test_every_link_to_a_file_leads_somewhere(page: Path) -> None:
    for link in re.findall(r"\]\(([^)\s]+)\)", page.read_text(encoding="utf-8")):
        if "://" not in link:
            name, _, heading = link.partition("#")
            target = page.parent / name if name else page
            assert target.is_file(), f"{page.name} links to {link}"
            assert not heading or heading in headings(target), f"{page.name} links to {link}"


def headings(page: Path) -> set[str]:
    """The anchors of a page, as code hosts make them."""
    found = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in found}


@pytest.mark.parametrize("page", PAGES, ids=NAMES)
def test_every_file_that_a_page_names_exists(page: Path) -> None:
    for span in code(page):
        if OURS.fullmatch(span) and span not in NOT_FROM_THE_ROOT:
            assert (ROOT / span).exists(), f"{page.name} names {span}"


def first_column(page: str, heading: str) -> list[str]:
    """What is set as code in the first column of the table under a heading."""
    section = (ROOT / "docs" / page).read_text(encoding="utf-8").split(f"\n{heading}\n")[1].split("\n## ")[0]
    rows = [line.split("|")[1] for line in section.splitlines() if line.startswith("| `")]
    return [name for row in rows for name in re.findall(r"`([^`]+)`", row)]


@pytest.mark.parametrize("page", ["architecture.md", "operations.md"])
def test_the_table_of_jobs_names_every_job(page: str) -> None:
    jobs = re.findall(r'\bJob\("(\w+)"', (ROOT / "bot" / "app" / "by_clock.py").read_text(encoding="utf-8"))
    assert sorted(first_column(page, "## Jobs")) == sorted(jobs)


def test_every_event_to_look_for_in_the_log_is_logged() -> None:
    source = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "bot").rglob("*.py"))
    events = [name for name in first_column("operations.md", "## Health, figures, logs") if not name.startswith("/")]
    assert [event for event in events if f'("{event}"' not in source] == []
