"""What a resident is told of all that is kept on them, and what is left when they are forgotten."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from bot.core.answer import Voice
from bot.core.case import Author, Case, State
from bot.core.content import isolated
from bot.core.conversation import Conversation
from bot.core.language import LANGUAGES
from bot.core.message import Outgoing
from bot.core.press import Act
from bot.services.case_ports import CaseFile
from bot.services.ports import Held, Store
from bot.services.turns.turn import Turn

DATE: Final = "%d-%m-%Y"
_STATES: Final = {
    State.WAITING: "data_waiting_person",
    State.CLAIMED: "data_claimed",
    State.CLOSED: "data_closed",
    State.WITHDRAWN: "data_withdrawn",
}
Rows = list[tuple[str, str]]


async def all_that_is_held(store: Store, resident: str, turn: Turn, voice: Voice) -> list[Outgoing]:
    """Everything that is kept, as a list, with the way to have it erased."""
    language, held = turn.conversation.prior.best, await store.held(resident)
    teams = {team.id: team.name for team in await store.teams(removed=True)}
    words = _Words(voice, language)
    rows = words.of_talk(turn.conversation, held)
    for case in held.cases if held else ():
        found = await store.case_file(case.id)
        rows += words.of_case(found or CaseFile(case, (), (), has_phone=False), teams.get(case.team, case.team))
    said = voice.phrase("utter_my_data", language, [(voice.button(Act.META, "forget_me", language),)])
    listed = "\n".join(f"• {name}: {isolated(value, language)}" for name, value in rows)
    return [replace(said, text=f"{said.text}\n\n{listed}")]


def forgotten(voice: Voice, language: str, *, with_case: bool) -> Outgoing:
    """The receipt: what was erased, and what could not be reached."""
    said = voice.phrase("utter_forgotten", language)
    if not with_case:
        return said
    return replace(said, text=f"{said.text}\n\n{voice.phrase('utter_forgotten_case', language).text}")


class _Words:
    """What is held, in one language."""

    def __init__(self, voice: Voice, language: str) -> None:
        self._voice, self._language = voice, language
        self._page = voice.content.labels[language].page

    def of_talk(self, kept: Conversation, held: Held | None) -> Rows:
        """Since when, the language, and what was said last."""
        page = self._page
        rows = [(page["data_since"], held.since.strftime(DATE) if held else "-")]
        rows.append((page["data_language"], LANGUAGES[kept.prior.best].name))
        if kept.last:
            rows.append((page["data_last"], self._voice.label(kept.last.key, self._language)))
        if kept.area:
            rows.append((page["data_area"], kept.area))
        if kept.draft and kept.draft.words:
            rows.append((page["data_draft"], page["data_draft_words"].format(count=len(kept.draft.words))))
        if held:
            # This very question is one of those that wait.
            waiting = max(held.waiting_messages - 1, 0) + held.waiting_answers
            rows.append((page["data_waiting"], str(waiting)))
        return rows

    def of_case(self, found: CaseFile, team: str) -> Rows:
        """The number of a case, its team, how it stands since when, and what is shared."""
        case, page = found.case, self._page
        since = page["data_since_day"].format(date=case.opened_at.strftime(DATE))
        rows = [(f"{page['data_case']} {case.number}", f"{team}, {page[_STATES[case.state]]}, {since}")]
        shared = self._shared(case, found)
        return [*rows, (f"{page['data_shared']} {case.number}", ", ".join(shared))] if shared else rows

    def _shared(self, case: Case, found: CaseFile) -> list[str]:
        theirs = [said for said in found.said if said.author is Author.RESIDENT]
        words, files = [said for said in theirs if said.text], [said for said in theirs if said.file]
        page = self._page
        parts = [
            page["data_words"].format(count=len(words)) if words else "",
            f"{page['case_files']} ({len(files)})" if files else "",
            page["data_place"] if case.area else "",
            page["data_topic"] if case.topic and not case.quiet else "",
            page["data_phone"] if found.has_phone else "",
        ]
        return [part for part in parts if part]
