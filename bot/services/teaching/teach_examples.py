"""Questions become examples of a topic or meta key: published at once, learnt with the next training."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Protocol

from bot.core.entry import Examples, Kind, Ref
from bot.core.errors import EditError, EntryChanged, NotPublishable
from bot.core.language import LANGUAGES, SOURCE
from bot.core.normalise import clean, normalise
from bot.core.revision import Revision
from bot.core.team import Role, Worker
from bot.services.editing.check_examples import LONGEST_EXAMPLE
from bot.services.editing.newsroom import Newsroom
from bot.services.ports import Unit
from bot.services.teaching.taught_examples import Taught, taught

MOST: Final = 500  # examples at once
TRIES: Final = 10  # as many editors may teach the same topic in the same moment


class ExampleFiles(Protocol):
    """The examples of the project's files."""

    async def of(self, key: str, language: str) -> tuple[str, ...]:
        """The examples of a key; `flag_suicide` and its like hold those of danger."""
        ...

    async def key_of(self, text: str) -> str:
        """Under which key the same words stand, or ""."""
        ...


@dataclass(frozen=True, slots=True)
class KnownExamples:
    """What teaches one key in one language: the files' own, and what editors added (published, not yet a draft)."""

    files: tuple[str, ...]
    taught: tuple[str, ...]


def must_teach(worker: Worker) -> None:
    """Raises EditError unless they are an editor or reviewer."""
    if not worker.roles & {Role.EDITOR, Role.REVIEWER}:
        raise EditError("Only editors and reviewers can teach the assistant. Ask a coordinator for that role.")


class TeachExamples:
    """`teach` adds examples, `examples` shows them, `added` does it within a unit of somebody else's."""

    def __init__(self, newsroom: Newsroom, files: ExampleFiles) -> None:
        self._newsroom, self._files = newsroom, files

    async def examples(self, key: str, language: str) -> KnownExamples:
        """What teaches a key in a language."""
        now = await taught(self._newsroom.store, self._newsroom.base)
        return KnownExamples(await self._files.of(key, language), now.texts(key, language))

    async def teach(self, worker: Worker, key: str, language: str, texts: Sequence[str]) -> Sequence[str]:
        """The texts that were new. Raises NotPublishable, with a reason for every text that cannot be one."""
        must_teach(worker)
        await self.ready()
        for attempt in range(1, TRIES + 1):
            try:
                async with self._newsroom.store.unit() as unit:
                    new = await self.added(unit, worker, key, {language: texts}, "taught at the desk")
                    return new[language]
            except EntryChanged:  # a colleague taught the same topic in the same moment
                if attempt == TRIES:
                    raise
        raise AssertionError  # the last attempt returned or raised

    async def ready(self) -> None:
        """The files are read: before a transaction begins, not in it."""
        await self._files.key_of("")

    async def added(
        self, unit: Unit, worker: Worker, key: str, texts: Mapping[str, Sequence[str]], why: str
    ) -> dict[str, tuple[str, ...]]:
        """New examples by language, each language a revision. Raises NotPublishable, and then nothing is kept."""
        now = await taught(unit, self._newsroom.base)
        if key not in now.keys:
            raise EditError("There is no such topic. Choose one of the list, or make a new one.")
        if unknown := sorted(texts.keys() - LANGUAGES.keys()):
            raise EditError(f"The assistant does not speak this language: {', '.join(unknown)}.")
        reasons: list[str] = []
        new: dict[str, tuple[str, ...]] = {}
        for language, given in texts.items():
            new[language] = await self._new(now, key, given, reasons)
        if reasons:
            raise NotPublishable(*reasons)
        for language, added in new.items():
            if added:
                await self._publish(unit, worker, Ref(Kind.EXAMPLES, key, language), now, added, why)
        return new

    async def _new(self, now: Taught, key: str, given: Sequence[str], reasons: list[str]) -> tuple[str, ...]:
        """What is not there yet, each once. What cannot be an example gets a reason."""
        found: dict[str, str] = {}
        cleaned = [text for text in map(clean, given) if normalise(text)]
        if len(cleaned) > MOST:
            reasons.append(f"These are {len(cleaned)} examples. Add at most {MOST} at once.")
            return ()
        for text in cleaned:
            stands_under = await self._files.key_of(text) or now.key_of(text)
            if reason := self._against(text, key, stands_under):
                reasons.append(reason)
            elif not stands_under:
                found.setdefault(normalise(text), text)
        return tuple(found.values())

    def _against(self, text: str, key: str, stands_under: str) -> str:
        """Why a text cannot be an example of a key, or ""."""
        if len(text) > LONGEST_EXAMPLE:
            return f"This is longer than {LONGEST_EXAMPLE} characters. Make it shorter: “{text[:60]}…”."
        if self._newsroom.served.assess(text) is not None or stands_under.startswith("flag_"):
            return f"This tells of danger: “{text}”. Dangers are seen by their own phrases, not by topics."
        if stands_under and stands_under != key:
            return f"This is an example of “{self._name(stands_under)}” ({stands_under}) already: “{text}”."
        return ""

    def _name(self, key: str) -> str:
        labels = self._newsroom.served.content.labels[SOURCE]
        return labels.topics.get(key, key.replace("_", " "))

    async def _publish(
        self, unit: Unit, worker: Worker, ref: Ref, now: Taught, added: tuple[str, ...], why: str
    ) -> None:
        before, at = now.revisions.get(ref), self._newsroom.clock()
        body = Examples((*now.texts(ref.key, ref.language), *added))
        base = before.id if before else 0
        await unit.publish(Revision(0, ref, body, base, worker.id, worker.id, at, why))
        await unit.audit(worker.id, "taught examples", f"{ref.kind} {ref.key} {ref.language}", at)
