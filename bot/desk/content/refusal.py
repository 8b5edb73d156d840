"""Why a draft was refused, in the words of the screen: the same for an answer and for every other entry."""

from __future__ import annotations

from typing import Final

from bot.core.errors import EditError, NotPublishable
from bot.core.team import Worker
from bot.desk.content.entry_names import Names
from bot.desk.content.reasons_told import reason_told, retold
from bot.desk.desk import Desk
from bot.services.editing.sheet import Sheet

RULES: Final = "The text breaks rules. They stand beside the words; mend them, or write below why it is right as it is."


def refusal_told(error: EditError, sheet: Sheet, desk: Desk, worker: Worker, author: str) -> tuple[str, ...]:
    """The reasons, each once; one sentence for all that the rules say of `author`'s draft, which the page shows."""
    if not isinstance(error, NotPublishable):
        return (reason_told(str(error), worker.language),)
    drafts = [*sheet.others, *filter(None, [sheet.draft])]
    bodies = [draft.body for draft in drafts if draft.author == author]
    rules = [one for body in bodies if body for one in desk.editing.findings(sheet.ref, body)]
    names = Names(desk.content, worker.language)

    def told(reason: str) -> str:
        repeats = any(one.text[1:] in reason for one in rules) and not retold(reason, worker.language)
        return RULES if repeats else reason_told(reason, worker.language, names=names)

    return tuple(dict.fromkeys(map(told, error.reasons)))
