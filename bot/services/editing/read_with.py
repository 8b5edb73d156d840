"""An answer read aloud with somebody: what was understood, and the word that stuck."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import structlog

from bot.core.entry import Kind, Ref
from bot.core.errors import EditError, StoreError
from bot.core.revision import Reading
from bot.core.team import Worker
from bot.services.editing.editor_rights import must_be_staff
from bot.services.editing.newsroom import Newsroom
from bot.services.editing.put_live import told
from bot.services.editing.refresh import Refresh

log = structlog.get_logger("read_with")
LONGEST_GROUP: Final = 80
LONGEST_WORD: Final = 200


class ReadWith:
    """Call it with who read (anybody of the staff) and what came of it; `worker`, `at` and `id` are filled in."""

    def __init__(self, newsroom: Newsroom, refresh: Refresh) -> None:
        self._newsroom, self._refresh = newsroom, refresh

    async def __call__(self, worker: Worker, reading: Reading) -> None:
        """Kept, with a row in the audit. Raises EditError for an answer that is not there, or without a group."""
        must_be_staff(worker)
        now = self._newsroom.clock()
        group, word = " ".join(reading.group.split()), " ".join(reading.word.split())
        if (reading.key, reading.language) not in self._newsroom.served.content.answers:
            raise EditError("There is no such answer in this language.")
        if not group or len(group) > LONGEST_GROUP:
            raise EditError(f"Say with which group you read, in at most {LONGEST_GROUP} characters. Name nobody.")
        if len(word) > LONGEST_WORD:
            raise EditError(f"Keep to the word or sentence that stuck: at most {LONGEST_WORD} characters.")
        async with self._newsroom.store.unit() as unit:
            await unit.keep_reading(replace(reading, group=group, word=word, worker=worker.id, at=now, id=0))
            about = told(Ref(Kind.ANSWER, reading.key, reading.language))
            await unit.audit(worker.id, "reading recorded", about, now)
        try:
            await self._refresh.again()
        except StoreError as error:
            log.warning("kept, and shown a moment later", error=type(error).__name__)
