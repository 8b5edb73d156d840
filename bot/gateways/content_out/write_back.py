"""What editors published, back in the files of git: only what changed is written anew."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import Final

from bot.core.content import Content
from bot.core.entry import Body, Kind, Ref
from bot.core.errors import ContentError
from bot.core.overlay import entries_of, overlaid
from bot.core.source_change import History
from bot.gateways.content_files import load_content
from bot.gateways.content_out.answer_homes import homes_in
from bot.gateways.content_out.fields import fields_of
from bot.gateways.content_out.history_file import history_after, write_history
from bot.gateways.content_out.menu_file import menu_of, without_topics, write_menu
from bot.gateways.content_out.project_files import ProjectFiles, write
from bot.gateways.content_out.refs import in_order
from bot.gateways.content_out.shapes import body_of
from bot.gateways.content_out.topic_files import add_examples
from bot.gateways.content_out.written_entry import WrittenEntry

_TRIMMED: Final = ("text", "simple", "question")  # their blanks at both ends are no part of them
_NONE: Final[History] = MappingProxyType({})
Entries = Mapping[Ref, Body | None]


def write_back(root: Path, entries: Entries, changes: History = _NONE) -> list[Path]:
    """Makes `responses/`, `nlu/` and `domain.yml` under a root say these entries; returns the files that changed.

    A fresh database on these files then serves what was served: `changes` tells how Dutch answers changed, by key.
    Comments, order and folds of the rest stay byte for byte. Raises ContentError, and then no file was changed.
    """
    before, files = load_content(root / "responses"), ProjectFiles(root)
    wanted: dict[Ref, Body | None] = {
        ref: _trimmed(ref, body) for ref, body in entries.items() if ref.kind is not Kind.EXAMPLES
    }
    after = _after(before, wanted, changes)
    _write_entries(files, before, wanted)
    write_menu(files, before.menu, after.menu)
    write_history(files, before.changes, after.changes)
    taught = {ref: body for ref, body in entries.items() if ref.kind is Kind.EXAMPLES}
    add_examples(files, taught, frozenset(after.topics))
    texts = files.changed()
    _hold(root, texts, after)
    return write(root, texts)


def _after(before: Content, wanted: Entries, changes: History) -> Content:
    """What the files shall say."""
    after = overlaid(before, wanted.items())
    menu = without_topics(menu_of(after), after)
    return replace(after, menu=menu, changes=history_after(before, after, changes))


def _write_entries(files: ProjectFiles, before: Content, wanted: Entries) -> None:
    said, homes = entries_of(before), homes_in(before)
    # Topics first: where a new answer goes depends on them.
    for ref in sorted(wanted, key=lambda ref: (ref.kind is not Kind.TOPIC, in_order(ref))):
        if not _alike(said.get(ref), wanted[ref]):
            WrittenEntry(files, homes, ref, said.get(ref), wanted[ref]).write(before)


def _alike(before: Body | None, after: Body | None) -> bool:
    told = [json.dumps(None if one is None else fields_of(one), default=str) for one in (before, after)]
    return told[0] == told[1]


def _trimmed(ref: Ref, body: Body | None) -> Body | None:
    if ref.kind not in {Kind.ANSWER, Kind.FLAG} or body is None:
        return body
    fields = fields_of(body)
    fields |= {name: fields[name].strip() for name in _TRIMMED if name in fields}
    if "sections" in fields:
        fields["sections"] = {name: text.strip() for name, text in fields["sections"].items()}
    return body_of(ref, fields)


def _hold(root: Path, texts: dict[str, str], wanted: Content) -> None:
    """Reads the new texts as the assistant would, elsewhere, before any of them is written. Raises ContentError."""
    with tempfile.TemporaryDirectory(prefix="buurtvraag-export-") as folder:
        shutil.copytree(root / "responses", Path(folder) / "responses")
        write(Path(folder), {name: text for name, text in texts.items() if name.startswith("responses/")})
        found = load_content(Path(folder) / "responses")
    told, shall = entries_of(found), entries_of(wanted)
    for ref in sorted({*told, *shall}):
        if told.get(ref) != shall.get(ref):
            raise _unwritable(f"{ref.kind} {ref.key}")
    if found.menu != wanted.menu:
        raise _unwritable("the menu")
    if found.changes != wanted.changes:
        raise _unwritable("how the Dutch answers changed")


def _unwritable(what: str) -> ContentError:
    return ContentError("export", f"{what} cannot be written so that it reads back the same")
