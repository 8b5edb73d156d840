"""Texts, drafts and revisions that the store tests share."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from bot.core.content import Answer, Fact
from bot.core.entry import Kind, Ref
from bot.core.revision import Change, Draft, Override, Revision
from bot.core.taught import Comparison, Figure, Model, ModelState
from bot.store.store import SqlStore
from tests.store.residents import DAY, NOON

FLU = Ref(Kind.ANSWER, "utter_flu_jab", "nl")
FLU_AR = replace(FLU, language="ar")
NUMBER = Ref(Kind.FACT, "emergency_number")
OVERRIDES = (Override("long_sentence", "de bron zegt het zo"),)
BODY = Answer("utter_flu_jab", "nl", "De griepprik is gratis.", sections={"why": "Omdat.", "after": "Rust."})
FACT = Fact("emergency_number", {"": "112"}, "bij gevaar", "https://112.nl", NOON.date())


def a_draft(author: str = "fatma", ref: Ref = FLU, text: str = "De griepprik is vrij.", **more: Any) -> Draft:
    given: dict[str, Any] = {
        "body": replace(BODY, language=ref.language, text=text),
        "base": 0,
        "saved_at": NOON,
    } | more
    return Draft(ref, author, **given)


def a_revision(ref: Ref = FLU, base: int = 0, text: str = "De griepprik kost niets.", **more: Any) -> Revision:
    given: dict[str, Any] = {"author": "fatma", "approver": "jan", "at": NOON}
    given |= {"body": replace(BODY, language=ref.language, text=text)}
    return Revision(0, ref, base=base, **given | more)


FULL_DRAFT = a_draft(
    ref=FLU_AR, base=7, version=1, change=Change.SAFETY, note="zie de bron", machine=True, overrides=OVERRIDES
)


async def keep(store: SqlStore, draft: Draft) -> Draft:
    """The draft, kept as its author's next save."""
    async with store.unit() as unit:
        await unit.keep_draft(draft, draft.version - 1)
    return draft


async def published(store: SqlStore, *wanted: Revision) -> list[Revision]:
    """These revisions as the store kept them, one after the other."""
    kept = []
    for revision in wanted:
        async with store.unit() as unit:
            kept.append(await unit.publish(revision))
    return kept


def a_model(model_id: str = "m1", state: ModelState = ModelState.READY, **more: Any) -> Model:
    return Model(model_id, f"{model_id}.tar.gz", "f00d", state, "fatma", NOON, **more)


COMPARED = Comparison(figures=(Figure("top1", 0.9, 0.95, 0.8),), refused=("Too many false alarms.",))
TOMORROW = NOON + DAY
Again = Callable[[], SqlStore]  # the same database, opened by another process
