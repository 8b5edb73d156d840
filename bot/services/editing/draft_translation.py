"""A first draft of a translation by a machine: labelled, and not to be published before somebody read it."""

from __future__ import annotations

from dataclasses import replace

from bot.core.content import PLACEHOLDER, Answer, Review
from bot.core.entry import Body, Kind, Ref, Words
from bot.core.errors import EditError, TranslationFailed
from bot.core.language import SOURCE
from bot.core.mask import Masked
from bot.core.revision import Draft
from bot.core.team import Worker
from bot.services.editing.editor_rights import must_edit
from bot.services.editing.newsroom import DraftTranslator, Newsroom
from bot.services.editing.open_sheet import newest_of, published_body
from bot.services.editing.put_live import told


class DraftTranslation:
    """Call it with an editor and a ref in another language than Dutch. Words for danger are never translated so."""

    def __init__(self, newsroom: Newsroom) -> None:
        self._newsroom = newsroom

    async def __call__(self, worker: Worker, ref: Ref) -> Draft:
        """The draft, kept. Raises EditError; one's own draft is never written over."""
        must_edit(worker)
        translate = self._newsroom.translate
        if translate is None:
            raise EditError("There is no translation service for drafts. Set DRAFT_TRANSLATOR.")
        if ref.kind not in {Kind.ANSWER, Kind.LABEL} or ref.language in {"", SOURCE}:
            raise EditError("A machine drafts only translations of answers and labels, never words for danger.")
        store = self._newsroom.store
        source = await published_body(store, Ref(ref.kind, ref.key, SOURCE), self._newsroom.base)
        if source is None:
            raise EditError("Publish the Dutch text first.")
        if await store.draft(ref, worker.id) is not None:
            raise EditError("You have a draft of this text. Publish it or throw it away first.")
        try:
            body = await _translated(source, ref.language, translate)
        except TranslationFailed as error:
            raise EditError("The translation service gave no answer. Try again later, or write it yourself.") from error
        return await self._keep(worker, ref, body)

    async def _keep(self, worker: Worker, ref: Ref, body: Body) -> Draft:
        now = self._newsroom.clock()
        async with self._newsroom.store.unit() as unit:
            newest = await newest_of(unit, ref)
            draft = Draft(ref, worker.id, body, newest.id if newest else 0, now, machine=True)
            await unit.keep_draft(draft, 0)
            await unit.audit(worker.id, "draft by a machine", told(ref), now)
        return draft


async def _translated(source: Body, language: str, translate: DraftTranslator) -> Body:
    """Part by part; a part without words stays as it is."""

    async def told_in(text: str) -> str:
        if not any(letter.isalpha() for letter in text):
            return text
        masked = _masked(text)
        return masked.restore(await translate(masked.text, SOURCE, language)).strip()

    match source:
        case Answer():
            sections = {name: await told_in(text) for name, text in source.sections.items()}
            text, simple = await told_in(source.text), await told_in(source.simple)
            body = replace(source, language=language, text=text, simple=simple, sections=sections)
            return replace(body, review=Review(), translates="", tested_with=())
        case Words(text):
            return Words(await told_in(text))
        case _:
            raise EditError("A machine drafts only translations of answers and labels.")


def _masked(text: str) -> Masked:
    """Placeholders put away under signs that machines leave alone."""
    parts: list[str] = []

    def put_away(name: str) -> str:
        parts.append(name)
        return f"XQ{len(parts)}X"

    return Masked(PLACEHOLDER.sub(lambda match: put_away(match[0]), text), tuple(parts))
