"""What residents asked and got no answer to: in groups of what is alike, made examples or thrown away."""

from __future__ import annotations

import asyncio
import re
from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from bot.core.asked import Asked, Filed
from bot.core.errors import EditError, EntryChanged
from bot.core.normalise import clean, normalise
from bot.core.scrub import GONE, scrub
from bot.core.team import Worker
from bot.services.content_ports import Likeness
from bot.services.editing.check_examples import LONGEST_EXAMPLE
from bot.services.editing.newsroom import Newsroom
from bot.services.ports import Unit
from bot.services.teaching.teach_examples import TRIES, TeachExamples, must_teach

LIKELY: Final = 3
DEALT_WITH: Final = "These questions are no longer in the list. Somebody dealt with them, or they are too old."
NOTHING_LEFT: Final = (
    "Nothing is left of a question once names, numbers and addresses are taken out. Write it in other words, or "
    "untick it."
)
_TAKEN_OUT: Final = re.compile(rf"\s*{GONE}")


@dataclass(frozen=True, slots=True)
class AskedGroup:
    """Open questions that are alike, newest first, and the topics they might be about."""

    asked: tuple[Asked, ...]
    likely: tuple[str, ...] = ()


class AskedQuestions:
    """`groups` shows the open questions, `file` and `discard` deal with them. `known_words`: see `core.scrub`."""

    def __init__(
        self, newsroom: Newsroom, likeness: Likeness, lessons: TeachExamples, known_words: Callable[[str], bool]
    ) -> None:
        self._newsroom, self._likeness, self._lessons = newsroom, likeness, lessons
        self._known_words = known_words

    async def groups(self) -> Sequence[AskedGroup]:
        """The largest group first."""
        asked = await self._newsroom.store.asked()
        found = await self._likeness.groups([one.text for one in asked])
        return [self._group([asked[position] for position in sorted(positions)]) for positions in found]

    def _group(self, asked: Sequence[Asked]) -> AskedGroup:
        content = self._newsroom.served.content
        known = content.topics.keys() | set(content.meta)
        offered = Counter(key for one in asked for key in one.offered if key in known)
        return AskedGroup(tuple(asked), tuple(key for key, _ in offered.most_common(LIKELY)))

    async def file(self, worker: Worker, ids: Collection[int], topic: str, mended: Mapping[int, str]) -> int:
        """Makes questions examples, in other words where an editor mended them; how many were still open.

        Raises EditError, such as NotPublishable, and then all stay open.
        """
        must_teach(worker)
        await self._lessons.ready()
        examples = await self._examples(ids, mended)
        for attempt in range(1, TRIES + 1):
            try:
                return await self._filed(worker, examples, topic)
            except EntryChanged:
                if attempt == TRIES:
                    raise
        raise AssertionError  # the last attempt returned or raised

    async def _examples(self, ids: Collection[int], mended: Mapping[int, str]) -> dict[int, str]:
        """What each open question becomes, by its id. What was mended is scrubbed again: a name may have come in."""
        found = {}
        for one in await self._newsroom.store.asked():
            if one.id not in ids:
                continue
            words = clean(mended.get(one.id, one.text))
            if words == clean(one.text):
                found[one.id] = _example(one.text)
                continue
            found[one.id] = _bare(await asyncio.to_thread(scrub, words, self._known_words))
            if not normalise(found[one.id]):
                raise EditError(NOTHING_LEFT)
        return found

    async def _filed(self, worker: Worker, examples: Mapping[int, str], topic: str) -> int:
        async with self._newsroom.store.unit() as unit:
            texts: dict[str, list[str]] = {}
            questions = [one for one in await unit.asked() if one.id in examples]
            for one in questions:
                texts.setdefault(one.language, []).append(examples[one.id])
            if not texts:
                raise EditError(DEALT_WITH)
            await self._lessons.added(unit, worker, topic, texts, "asked by residents")
            return await self._dealt_with(unit, worker, questions, Filed.FILED, topic)

    async def discard(self, worker: Worker, ids: Collection[int]) -> int:
        """Throws questions away; how many were still open."""
        must_teach(worker)
        async with self._newsroom.store.unit() as unit:
            questions = [one for one in await unit.asked() if one.id in ids]
            return await self._dealt_with(unit, worker, questions, Filed.DISCARDED)

    async def _dealt_with(
        self, unit: Unit, worker: Worker, questions: Sequence[Asked], state: Filed, topic: str = ""
    ) -> int:
        """Keeps what was done with open questions; the audit names every one of them by its number."""
        numbers = sorted(one.id for one in questions)
        count = await unit.file_asked(numbers, state, topic)
        if count:
            about = " ".join([topic, *map(str, numbers)]).strip()
            await unit.audit(worker.id, f"{state} questions", about, self._newsroom.clock())
        return count


def _example(text: str) -> str:
    """The question without the signs of what was taken out; a very long one is no good example beyond its start."""
    bare = _bare(text)
    return bare if len(bare) <= LONGEST_EXAMPLE else bare[:LONGEST_EXAMPLE].rsplit(" ", 1)[0]


def _bare(text: str) -> str:
    return " ".join(_TAKEN_OUT.sub("", text).split())
