"""A new topic: its key, its place on the menu, and its name in Dutch. Its answer is written next."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from typing import Final

from bot.core.content import Content, Topic
from bot.core.entry import Body, Kind, Ref, Words
from bot.core.errors import EditError
from bot.core.language import SOURCE
from bot.core.normalise import clean, normalise
from bot.core.revision import Revision
from bot.core.team import Worker
from bot.core.triage import Flag
from bot.services.editing.newsroom import Newsroom
from bot.services.editing.put_live import told
from bot.services.ports import Unit
from bot.services.teaching.taught_examples import taught
from bot.services.teaching.teach_examples import must_teach

LONGEST_LABEL: Final = 40  # characters: it stands on a button
KINDS: Final = ("V", "W", "")
_KEY: Final = re.compile(r"[a-z][a-z_]{2,39}")
# Words that mean something to Rasa or to our own rules.
TAKEN: Final = frozenset(
    {"restart", "back", "session_start", "nlu_fallback", "something_else", "case_tell", "out_of_scope", "menu", "flag"}
) | frozenset(Flag)


class MakeTopic:
    """Call it with who makes it, a key ("" makes one of the label), the menu group, the kind and the Dutch label."""

    def __init__(self, newsroom: Newsroom, refresh: Callable[[], Awaitable[int]] | None = None) -> None:
        self._newsroom, self._refresh = newsroom, refresh

    async def __call__(self, worker: Worker, key: str, group: str, kind: str, label: str) -> Ref:
        """The Dutch answer that is to be written. Raises EditError, or EntryChanged when a colleague was faster."""
        must_teach(worker)
        label = _checked_label(label, self._newsroom.served.content)
        key = clean(key) or key_from(label)
        async with self._newsroom.store.unit() as unit:
            await self._check(unit, key, group, kind)
            await self._publish(unit, worker, Ref(Kind.TOPIC, key), Topic(key, group, kind))
            await self._publish(unit, worker, Ref(Kind.LABEL, f"topics.{key}", SOURCE), Words(label))
        if self._refresh is not None:
            await self._refresh()
        return Ref(Kind.ANSWER, f"utter_{key}", SOURCE)

    async def _check(self, unit: Unit, key: str, group: str, kind: str) -> None:
        content = self._newsroom.served.content
        if not _KEY.fullmatch(key):
            raise EditError("A key has 3 to 40 small letters and underscores, such as “flu_jab”.")
        texts = {answer for answer, _ in content.answers}
        used = (await taught(unit, self._newsroom.base)).keys | content.topics.keys() | set(content.meta)
        if key in used | TAKEN or f"utter_{key}" in texts or key.startswith(("flag_", "ask_", "utter_")):
            raise EditError(f"There is something called “{key}” already. Choose another key.")
        if group not in {topic.group for topic in content.topics.values()} | {menu.key for menu in content.menu}:
            raise EditError("Choose one of the groups of the menu.")
        if kind not in KINDS:
            raise EditError("Say whether it is about vaccination, a worry, or neither.")

    async def _publish(self, unit: Unit, worker: Worker, ref: Ref, body: Body) -> None:
        before = await unit.revisions(ref)  # a topic that was removed has some
        base, at = before[0].id if before else 0, self._newsroom.clock()
        await unit.publish(Revision(0, ref, body, base, worker.id, worker.id, at, "a new topic"))
        await unit.audit(worker.id, "made a topic", told(ref), at)


def key_from(label: str) -> str:
    """A key made of a label: "Hulp bij geld" → hulp_bij_geld."""
    return re.sub("[^a-z]+", "_", normalise(label)).strip("_")[:40].rstrip("_")


def _checked_label(label: str, content: Content) -> str:
    label = clean(label)
    if not normalise(label) or len(label) > LONGEST_LABEL:
        raise EditError(f"Give the topic a Dutch name of at most {LONGEST_LABEL} characters.")
    same = {normalise(content.labels[SOURCE].topics.get(key, "")): key for key in content.topics}
    if key := same.get(normalise(label)):
        raise EditError(f"The topic “{label}” is there already ({key}). Add your examples to that one.")
    return label
