"""The talk before a case: from the wish for a person to Send or No. Rasa's form keeps the step; the words are here.

Nobody who is crying fills in a form: whatever is typed meanwhile is kept and goes along.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace

from bot.core import case_phrases as say
from bot.core.answer import Voice
from bot.core.case import Draft, How
from bot.core.case_phrases import Places
from bot.core.conversation import Conversation
from bot.core.errors import DialogueError
from bot.core.message import Incoming, Outgoing
from bot.core.phrases import menu
from bot.core.press import Press
from bot.services.cases.phone import read_phone
from bot.services.ports import Dialogue, Understanding
from bot.services.turns.case_form import AREA, CONSENT, SKIPPED, CaseForm
from bot.services.turns.meant import Meant, leads_elsewhere, meant_by
from bot.services.turns.told_area import told_area
from bot.services.turns.turn import Turn
from bot.services.turns.with_words import is_too_big, with_words

WHEN_LENGTH = 200  # characters of when somebody can talk
PLACE_KEYS = frozenset({"ask_case_area", "ask_case_consent"})  # with which the form asks again

Find = Callable[[], Awaitable[Places]]


class AskPerson:
    """Each method gives the turn; the draft is in its conversation, and `send` when it is to become a case."""

    def __init__(self, voice: Voice, dialogue: Dialogue, places: Find) -> None:
        self._voice = voice
        self._form = CaseForm(dialogue)
        self._places = places

    async def begin(self, resident: str, conversation: Conversation, draft: Draft, language: str) -> Turn:
        """The first question of the talk; without any team, where a person can be found."""
        places = await self._places()
        if not places.teams:
            call = [(self._voice.call("team_phone", language),)]
            said = self._voice.phrase("utter_talk_to_person", language, call)
            return _turn(conversation.but(draft=None), said)
        draft = replace(draft, offered=False, area=draft.area or conversation.area)
        if draft.quiet and draft.asking != "safe":
            return _turn(conversation.but(draft=replace(draft, asking="safe")), say.ask_safe(self._voice, language))
        return await self._opened(resident, conversation.but(draft=replace(draft, asking="")), draft.area, language)

    async def typed(
        self, resident: str, incoming: Incoming, conversation: Conversation, understood: Understanding, language: str
    ) -> Turn | None:
        """What was typed or sent along while the talk is open; None when it is a question with its own answer."""
        draft, meant = conversation.draft, meant_by(incoming, understood)
        if draft is None:
            return None
        if draft.offered:
            return await self.begin(resident, conversation, draft, language) if meant is Meant.YES else None
        if draft.asking == "safe":
            return await self._safe(resident, incoming, conversation, meant, language)
        if meant is Meant.THANKS:  # no words for the worker: what was asked still waits
            return await self._asked(conversation, language)
        if meant is Meant.LEAVE or (meant is Meant.NO and draft.asking not in {"phone", "when"}):
            return await self._left(resident, conversation, language)
        if draft.asking in {"phone", "when"} and incoming.text.strip() and not incoming.file:
            return await self._answered(conversation, incoming, meant, understood, language)
        if meant is Meant.YES:
            return await self._yes(resident, conversation, language)
        if meant is Meant.UNSURE and self._form.asking(conversation) == AREA:
            return await self._area(resident, conversation, SKIPPED, language)
        if leads_elsewhere(incoming, understood, self._voice.content):
            return None
        return await self._told(resident, conversation, incoming, language)

    async def pressed(self, resident: str, conversation: Conversation, press: Press, language: str) -> Turn | None:
        """A button of the talk; None when there is no talk that it belongs to."""
        draft = conversation.draft
        if press.subject == "start":
            return await self.begin(resident, conversation, draft or Draft("flag"), language)
        if draft is None or draft.offered:
            return None
        match press.subject:
            case "safe" if press.part == "yes":
                return await self._safe_now(resident, conversation, draft, language)
            case "safe":
                return await self._unsafe(resident, conversation, language)
            case "no":
                return await self._left(resident, conversation, language)
            case "skip" | "send" | "change" | "how" | "when" | "area" | "words" if draft.asking == "safe":
                return _turn(conversation, say.ask_safe(self._voice, language))
            case "skip":
                return await self._area(resident, conversation, SKIPPED, language)
            case "send":
                return await self._yes(resident, conversation, language)
            case "change" if self._form.asking(conversation) == CONSENT:
                return _turn(conversation, say.ask_change(self._voice, language))
            case "change" | "how" | "when" | "area" | "words":
                return await self._changed(resident, conversation, draft, press, language)
        return None

    async def question(self, conversation: Conversation, language: str) -> Outgoing | None:
        """What the talk waits for now, asked once more; None when there is no talk."""
        draft = conversation.draft
        if draft is None or draft.offered:
            return None
        if draft.asking == "safe":
            return say.ask_safe(self._voice, language)
        if draft.asking in {"phone", "when"}:
            return _neutral(draft, say.ask_more(self._voice, draft.asking, language))
        asking, places = self._form.asking(conversation), await self._places()
        team = places.team_of(draft.area)
        if asking == CONSENT and team is not None:
            return say.card(self._voice, draft, team, places, language)
        return _neutral(draft, say.ask_area(self._voice, language)) if asking == AREA else None

    async def _asked(self, conversation: Conversation, language: str, *before: Outgoing) -> Turn:
        """What is said first, and then the question of this moment."""
        question = await self.question(conversation, language)
        return _turn(conversation, *before, *([question] if question else []))

    async def _opened(self, resident: str, conversation: Conversation, area: str, language: str) -> Turn:
        try:
            conversation = await self._form.open(resident, conversation, area)
        except DialogueError:
            return self._by_phone(conversation, language)
        return await self._asked(conversation, language, *await self._without_team(conversation, language))

    async def _safe(
        self, resident: str, incoming: Incoming, conversation: Conversation, meant: Meant, language: str
    ) -> Turn:
        """Typed where a yes or no was asked for: other words are kept, and the question stands."""
        draft = conversation.draft
        if meant is Meant.YES and draft is not None:
            return await self.begin(resident, conversation, draft, language)
        if meant in {Meant.NO, Meant.LEAVE}:
            return await self._unsafe(resident, conversation, language)
        kept = conversation.but(draft=with_words(draft, incoming) if draft else None)
        return _turn(kept, say.ask_safe(self._voice, language))

    async def _safe_now(self, resident: str, conversation: Conversation, draft: Draft, language: str) -> Turn:
        if draft.asking == "safe":
            return await self.begin(resident, conversation, draft, language)
        return await self._asked(conversation, language)

    async def _unsafe(self, resident: str, conversation: Conversation, language: str) -> Turn:
        left = await self._form.left(resident, conversation)
        said = say.unremarkable(self._voice.phrase("utter_case_safe_no", language))
        return _turn(left.but(draft=None), said)

    async def _told(self, resident: str, conversation: Conversation, incoming: Incoming, language: str) -> Turn:
        """Where they live, or more words for the worker, or both in one message."""
        draft, places = conversation.draft or Draft("asked"), await self._places()
        told = told_area(incoming, places)
        if told.postcode is None and (incoming.place or self._form.asking(conversation) == AREA):
            buttons = say.here_skip_or_no(self._voice, language)
            return _turn(
                conversation, _neutral(draft, self._voice.phrase("utter_case_area_unknown", language, buttons))
            )
        kept = conversation if told.postcode and told.alone else conversation.but(draft=with_words(draft, incoming))
        if told.postcode and (told.alone or not draft.area):
            return await self._area(resident, kept, told.postcode, language)
        return await self._kept(kept, changed=kept.draft != draft, too_big=is_too_big(incoming), language=language)

    async def _kept(self, conversation: Conversation, *, changed: bool, too_big: bool, language: str) -> Turn:
        """More words: kept, said so in few words, and what was asked stands."""
        draft = conversation.draft or Draft("asked")
        before = [self._voice.phrase("utter_case_file_too_big", language)] if too_big else []
        if not changed:
            return await self._asked(conversation, language, *before)
        if self._form.asking(conversation) == AREA:
            return _turn(conversation, *before, _neutral(draft, say.kept_without_area(self._voice, language)))
        return await self._asked(conversation, language, *before, self._voice.phrase("utter_case_kept_words", language))

    async def _area(self, resident: str, conversation: Conversation, area: str, language: str) -> Turn:
        """The area told to the form; then the card, with a word if the area has no team of its own."""
        draft = replace(conversation.draft or Draft("asked"), area="" if area == SKIPPED else area, asking="")
        try:
            conversation = await self._form.told_area(resident, conversation.but(draft=draft), area)
        except DialogueError:
            return self._by_phone(conversation, language)
        return await self._asked(conversation, language, *await self._without_team(conversation, language))

    async def _without_team(self, conversation: Conversation, language: str) -> list[Outgoing]:
        draft, places = conversation.draft, await self._places()
        team = places.team_of(draft.area) if draft else None
        if draft is None or not draft.area or team is None or draft.area in {area.postcode for area in places.areas}:
            return []
        return [self._voice.phrase("utter_case_area_foreign_none", language, (), area=draft.area, team=team.name)]

    async def _yes(self, resident: str, conversation: Conversation, language: str) -> Turn:
        """Send: only when the card has been shown, which the form knows."""
        draft = conversation.draft or Draft("asked")
        if self._form.asking(conversation) == AREA:
            return await self._asked(conversation, language)
        try:
            conversation, agreed = await self._form.agreed(resident, conversation)
        except DialogueError:
            return self._by_phone(conversation, language)
        if agreed:
            return Turn(conversation.but(draft=None), (), ("utter_case_sent",), send=replace(draft, agreed=True))
        return await self._opened(resident, conversation, draft.area or SKIPPED, language)

    async def _left(self, resident: str, conversation: Conversation, language: str) -> Turn:
        """Nothing was sent, and nothing stays."""
        draft, left = conversation.draft, await self._form.left(resident, conversation)
        said = menu(self._voice, language, "utter_case_not_sent")
        return _turn(left.but(draft=None), _neutral(draft, said) if draft else said)

    async def _changed(
        self, resident: str, conversation: Conversation, draft: Draft, press: Press, language: str
    ) -> Turn:
        before: list[Outgoing] = []
        match press.subject:
            case "how" if press.part == How.CALL:
                draft = replace(draft, asking="phone")
            case "how" if press.part in set(How):
                draft = replace(draft, how=How(press.part), phone="", asking="")
            case "when":
                draft = replace(draft, when="", asking="" if press.part else "when")
            case "words":
                draft = replace(draft, words=(), files=(), topic="", asking="")
                before = [self._voice.phrase("utter_ask_case_words", language)]
            case "area":
                left = await self._form.left(resident, conversation)
                clean = left.but(draft=replace(draft, area="", asking=""), area="")
                return await self._opened(resident, clean, "", language)
        return await self._asked(conversation.but(draft=draft), language, *before)

    async def _answered(
        self, conversation: Conversation, incoming: Incoming, meant: Meant, understood: Understanding, language: str
    ) -> Turn | None:
        """A number to call, or when: both optional, both on the card before anything is sent."""
        draft = conversation.draft or Draft("asked")
        if meant is Meant.NO:
            return await self._asked(conversation.but(draft=replace(draft, asking="")), language)
        phone = read_phone(incoming.text) if draft.asking == "phone" else None
        if phone is None and leads_elsewhere(incoming, understood, self._voice.content, strictly=True):
            return None
        if draft.asking == "when":
            draft = replace(draft, when=incoming.text.strip()[:WHEN_LENGTH], asking="")
            return await self._asked(conversation.but(draft=draft), language)
        if phone is None:
            row = say.in_chat(self._voice, language)
            return _turn(conversation, self._voice.phrase("utter_case_phone_wrong", language, [row]))
        draft = replace(draft, phone=phone, how=How.CALL, asking="")
        return await self._asked(conversation.but(draft=draft), language)

    def _by_phone(self, conversation: Conversation, language: str) -> Turn:
        """The dialogue failed: whoever wanted a person gets the telephone."""
        call = [(self._voice.call("team_phone", language),)]
        said = self._voice.phrase("utter_not_understood_person", language, call)
        return _turn(conversation.but(draft=None, snapshot=""), said)


def _neutral(draft: Draft, said: Outgoing) -> Outgoing:
    return say.unremarkable(said) if draft.quiet else said


def _turn(conversation: Conversation, *outgoing: Outgoing) -> Turn:
    draft = conversation.draft
    said = tuple(_neutral(draft, one) for one in outgoing) if draft else outgoing
    return Turn(conversation, said, tuple(one.key for one in outgoing))
