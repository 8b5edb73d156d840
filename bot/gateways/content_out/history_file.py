"""`responses/changes.yml`: how Dutch answers changed, so that a fresh database withdraws the same translations."""

from __future__ import annotations

from typing import Final

from bot.core.content import Content
from bot.core.language import SOURCE
from bot.core.source_change import History, SourceChange
from bot.gateways.content_out.project_files import ProjectFiles
from bot.gateways.written_by_desk import CHANGES, as_written

_FILE: Final = f"responses/{CHANGES}"


def history_after(before: Content, after: Content, told: History) -> dict[str, tuple[SourceChange, ...]]:
    """What the file shall remember: what it knew, and what is told now, of answers that are there."""
    known = {**before.changes, **{key: tuple(changes) for key, changes in told.items()}}
    return {key: changes for key, changes in known.items() if changes and (key, SOURCE) in after.answers}


def write_history(files: ProjectFiles, before: History, after: History) -> None:
    """Makes the file say it."""
    if before == after:
        return
    rows = files.opened(_FILE, {"changes": {}})["changes"]
    for key in before.keys() - after.keys():
        rows.pop(key, None)
    for key in sorted(after):
        if before.get(key) != after[key]:
            rows[key] = [as_written(change) for change in after[key]]
