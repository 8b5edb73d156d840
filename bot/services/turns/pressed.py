"""What a tap leads to: a topic, a part of an answer, the menu, a language, a person, or a word about a case."""

from __future__ import annotations

from bot.core import phrases
from bot.core.answer import Voice
from bot.core.case import Case
from bot.core.conversation import Conversation, LastAnswer
from bot.core.errors import DialogueError
from bot.core.language import LANGUAGES
from bot.core.message import Incoming
from bot.core.press import Act, Press
from bot.services.ports import Dialogue, Said
from bot.services.turns.ask_person import AskPerson
from bot.services.turns.begun_after import begun_after
from bot.services.turns.say_keys import SayKeys
from bot.services.turns.turn import Turn


class Pressed:
    """Commands are taps too. A button that leads nowhere any more brings the menu."""

    def __init__(self, voice: Voice, dialogue: Dialogue, ask: AskPerson, say: SayKeys, host: phrases.Host) -> None:
        self._voice, self._dialogue, self._ask, self._say, self._host = voice, dialogue, ask, say, host

    async def __call__(
        self,
        resident: str,
        incoming: Incoming,
        conversation: Conversation,
        press: Press | None,
        case: Case | None,
    ) -> Turn:
        """The turn for one tap; `press` is None for a button of an earlier version."""
        language = conversation.prior.best
        if conversation.draft and conversation.draft.offered and not _takes_up(press):
            conversation = conversation.but(draft=None)
        old = Turn(conversation, (phrases.menu(self._voice, language, "utter_old_button"),), ("utter_old_button",))
        if press is None:
            return old
        match press.act:
            case Act.LANGUAGE if press.subject in LANGUAGES:
                chosen = conversation.but(chosen=press.subject, spoken="")
                return await self._language_chosen(incoming, chosen)
            case Act.CASE if case is not None and case.open:
                return Turn(conversation, case=(press.subject, press.part))
            case Act.CASE:
                talk = await self._ask.pressed(resident, conversation, press, language)
                return talk or Turn(conversation, case=(press.subject, press.part))
            case Act.META if press.subject == "talk_to_person" and case is not None and case.open:
                return Turn(conversation, case=("start", ""))
            case Act.META if press.subject == "talk_to_person":
                draft = conversation.draft or begun_after(conversation)
                return await self._ask.begin(resident, conversation, draft, language)
            case Act.LANGUAGE if not press.subject:
                return Turn(conversation, (phrases.choose_language(self._voice, language),), ("change_language",))
            case Act.MENU:
                said = phrases.menu_group(self._voice, press.subject, language) if press.subject else None
                return Turn(conversation, (said or phrases.menu(self._voice, language),), ("utter_menu",))
            case Act.FORGET if press.subject == "yes":
                return Turn(conversation, ask_store="forget")
            case Act.FORGET:
                return await self._say((Said("utter_forget_kept"),), conversation, language)
            case Act.TOPIC if press.part:
                return self._part(conversation, press, language)
            case Act.META if press.subject == "about":
                return await self._say((Said("utter_about"),), conversation, language)
            case Act.TOPIC | Act.META | Act.OTHER:
                return await self._chosen(resident, conversation, press, language) or old
        return old

    async def _chosen(self, resident: str, conversation: Conversation, press: Press, language: str) -> Turn | None:
        key = press.subject if press.act is not Act.OTHER else "something_else"
        try:
            reply = await self._dialogue.choose(resident, conversation.snapshot, key)
        except DialogueError:
            # A topic made on the desk stands on buttons before the model has learnt it.
            known = press.act is Act.TOPIC and key in self._voice.content.topics
            return await self._say((Said(f"utter_{key}"),), conversation, language) if known else None
        said = tuple(Said("utter_something_else") if s.key == "utter_not_understood" else s for s in reply.said)
        return await self._say(said, conversation.but(snapshot=reply.snapshot), language)

    def _part(self, conversation: Conversation, press: Press, language: str) -> Turn:
        if press.subject not in self._voice.content.topics:
            key = "utter_old_button"
            return Turn(conversation, (phrases.menu(self._voice, language, key),), (key,))
        said = self._voice.answer(press.subject, language, press.part)
        return Turn(conversation.but(last=LastAnswer(press.subject, press.part)), (said,), (said.key,))

    async def _language_chosen(self, incoming: Incoming, conversation: Conversation) -> Turn:
        language = conversation.chosen
        if conversation.welcomed:
            said = [phrases.menu(self._voice, language, "utter_language_set")]
        else:
            said = [phrases.welcome(self._voice, self._host, incoming.chat.channel, language)]
            said.append(phrases.menu(self._voice, language))
        question = await self._ask.question(conversation, language)
        said += [question] if question else []
        return Turn(conversation.but(welcomed=True), tuple(said), ("utter_language_set",))


def _takes_up(press: Press | None) -> bool:
    """Does a tap accept the person who was offered?"""
    return press is not None and (press.act, press.subject) in {(Act.CASE, "start"), (Act.META, "talk_to_person")}
