"""What `buurtvraag content import` tells when it is done, or when it did nothing."""

from __future__ import annotations

from collections.abc import Iterator

from bot.core.errors import ImportRefused
from bot.core.file_read import FileRead
from bot.services.editing.content_changes import EntryChange
from bot.services.editing.import_content import Imported


def refused(error: ImportRefused) -> Iterator[str]:
    """Every problem with its place, and that nothing was changed."""
    for place, sentence in error.problems:
        yield f"{place}: {sentence}"
    yield f"Nothing was changed: {len(error.problems)} problems."


def warned(imported: Imported) -> Iterator[str]:
    """What the rules find in texts that came in all the same."""
    for finding in imported.findings:
        yield f"{finding.key} {finding.language}: {finding.text}."


def done(read: FileRead, imported: Imported) -> Iterator[str]:
    """What was published, what waits for a second person, and what the workbook lacked."""
    yield from (_changed("published", change) for change in imported.published)
    yield from (_changed("draft, for a second person", change) for change in imported.drafts)
    yield f"{len(imported.published)} published, {len(imported.drafts)} drafts, {imported.readings} readings."
    yield from _missing(read)
    if waiting := len(imported.drafts):
        yield f"{waiting} wait for a second person: they stand at the desk under Content, Drafts, “In review”"
        yield "(/desk/content/drafts). Until they are published there, the assistant says what it said before."


def _changed(word: str, change: EntryChange) -> str:
    ref = " ".join(filter(None, (change.ref.kind, change.ref.key, change.ref.language)))
    gone = " (taken away)" if change.after is None else ""
    return f"{word}: {ref}{gone}"


def _missing(read: FileRead) -> Iterator[str]:
    """What the workbook lacks, and that nothing of it was removed."""
    for one in read.missing:
        columns = f", without the columns {', '.join(one.columns)}" if one.columns else ""
        yield f"sheet {one.sheet}: {one.rows} rows are missing, {one.cells} cells were emptied{columns}. It all stays."
