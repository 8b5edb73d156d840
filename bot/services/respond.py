"""What to answer to one message: no database, no channel, nothing kept."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field, replace
from typing import Final

from bot.core import phrases
from bot.core.answer import SIMPLE, Voice
from bot.core.conversation import Conversation, LastAnswer
from bot.core.errors import DialogueError
from bot.core.language import LANGUAGES, decide_language
from bot.core.message import Incoming, Kind, Outgoing
from bot.core.normalise import clean, normalise
from bot.core.press import Act, Press, read_press
from bot.core.triage import Flag, Triage, Verdict
from bot.services.ports import Dialogue, Guess, Reply, Said, Understanding

LONG: Final = 1000  # characters; a longer message is read in part, and the resident is told so
SURE_OF_DANGER: Final = 0.85
DOUBT_OF_DANGER: Final = 0.4
SECOND_OPINION_SECONDS: Final = 5.0
COMMANDS: Final = {
    "start": Press(Act.MENU),
    "menu": Press(Act.MENU),
    "help": Press(Act.META, "help"),
    "language": Press(Act.META, "change_language"),
    "person": Press(Act.META, "talk_to_person"),
    "mydata": Press(Act.META, "my_data"),
    "forget": Press(Act.META, "forget_me"),
    "about": Press(Act.META, "about"),
}


@dataclass(frozen=True, slots=True)
class Turn:
    """What one message led to.

    `said` are the keys that were chosen, `offered` the topics on "Do you mean …?" buttons, `flag` a red
    flag. `ask_store` names what only the store knows: "my_data" or "forget".
    """

    conversation: Conversation
    outgoing: tuple[Outgoing, ...] = ()
    said: tuple[str, ...] = ()
    offered: tuple[str, ...] = ()
    flag: Flag | None = None
    ask_store: str = ""
    understanding: Understanding = field(default_factory=Understanding)

    @property
    def language(self) -> str:
        """The language of the answer."""
        return self.conversation.prior.best if not self.outgoing else self.outgoing[0].language


class Respond:
    """Triage first, then the dialogue, then the words. Never raises for anything a resident sent."""

    def __init__(
        self,
        voice: Voice,
        triage: Triage,
        dialogue: Dialogue,
        host: phrases.Host = phrases.Host(),  # noqa: B008 - frozen
    ) -> None:
        self.voice = voice
        self._triage = triage
        self._dialogue = dialogue
        self._host = host

    async def __call__(self, resident: str, incoming: Incoming, conversation: Conversation) -> Turn:
        """The turn for one message in a conversation."""
        if incoming.language_hint and not conversation.hint:
            conversation = conversation.but(hint=incoming.language_hint[:2])
        if incoming.kind is Kind.START and not conversation.chosen:
            choice = phrases.choose_language(self.voice, conversation.prior.best, first=True)
            return Turn(conversation, (choice,), ("utter_choose_language",))
        if incoming.kind in {Kind.START, Kind.COMMAND}:
            press = COMMANDS.get(incoming.text or "menu")
            return await self._pressed(resident, incoming, conversation, press)
        if incoming.kind is Kind.BUTTON:
            return await self._pressed(resident, incoming, conversation, read_press(incoming.text))
        turn = await self._typed(resident, incoming, conversation)
        return self._with_welcome(turn, incoming)

    async def _typed(self, resident: str, incoming: Incoming, conversation: Conversation) -> Turn:
        text = clean(incoming.text)
        verdict = self._triage.assess(incoming.text)
        understanding = await self._understand(text[:LONG])
        language = self._language(text, understanding, conversation, verdict)
        conversation = conversation.but(spoken=language if normalise(text) else conversation.spoken)
        verdict = verdict or second_opinion(understanding.flag)
        if verdict is not None:
            said = phrases.danger(self.voice, verdict, language)
            return Turn(conversation, (said,), (said.key,), flag=verdict.flag, understanding=understanding)
        if not normalise(text):
            key = _kind_key(incoming.kind, has_signs=bool(text))
            return Turn(conversation, (phrases.menu(self.voice, language, key),), (key,))
        before = self._before(incoming, text, understanding, conversation, language)
        if understanding.foreign:
            conversation = conversation.but(card=understanding.foreign)
        reply = await self._reply(resident, conversation, understanding)
        turn = self._render(reply.said, conversation.but(snapshot=reply.snapshot), language, understanding)
        return replace(turn, outgoing=(*before, *turn.outgoing))

    async def _understand(self, text: str) -> Understanding:
        if not normalise(text):
            return Understanding()
        try:
            return await asyncio.wait_for(self._dialogue.understand(text), SECOND_OPINION_SECONDS)
        except (DialogueError, TimeoutError):
            return Understanding()

    async def _reply(self, resident: str, conversation: Conversation, understanding: Understanding) -> Reply:
        try:
            reply = await self._dialogue.converse(resident, conversation.snapshot, understanding)
        except DialogueError:
            reply = Reply((), conversation.snapshot)
        return reply if reply.said else Reply((Said("utter_not_understood_person"),), reply.snapshot)

    def _before(
        self,
        incoming: Incoming,
        text: str,
        understanding: Understanding,
        conversation: Conversation,
        language: str,
    ) -> list[Outgoing]:
        """What is said before the answer itself: about the kind, the length or the language of the message."""
        said = []
        if incoming.kind is not Kind.TEXT:
            said.append(self.voice.phrase(f"utter_got_{incoming.kind}", language))
        if len(text) > LONG:
            said.append(self.voice.phrase("utter_too_long", language))
        if understanding.foreign and understanding.foreign != conversation.card:
            card = phrases.foreign_card(self.voice, understanding.foreign, language)
            said += [card] if card else []
        return said

    def _language(
        self, text: str, understanding: Understanding, conversation: Conversation, verdict: Verdict | None
    ) -> str:
        if verdict and verdict.language and not understanding.languages and not conversation.spoken:
            return verdict.language
        if understanding.foreign:
            return conversation.prior.best
        return decide_language(understanding.languages, len(normalise(text).split()), conversation.prior)

    async def _pressed(
        self, resident: str, incoming: Incoming, conversation: Conversation, press: Press | None
    ) -> Turn:
        language = conversation.prior.best
        old = Turn(conversation, (phrases.menu(self.voice, language, "utter_old_button"),), ("utter_old_button",))
        if press is None:
            return old
        match press.act:
            case Act.LANGUAGE if press.subject in LANGUAGES:
                return self._language_chosen(incoming, conversation.but(chosen=press.subject, spoken=""))
            case Act.LANGUAGE if not press.subject:
                return Turn(conversation, (phrases.choose_language(self.voice, language),), ("change_language",))
            case Act.MENU:
                said = phrases.menu_group(self.voice, press.subject, language) if press.subject else None
                return Turn(conversation, (said or phrases.menu(self.voice, language),), ("utter_menu",))
            case Act.FORGET if press.subject == "yes":
                return Turn(conversation, ask_store="forget")
            case Act.FORGET:
                return self._render((Said("utter_forget_kept"),), conversation, language)
            case Act.TOPIC if press.part:
                return self._part(conversation, press, language)
            case Act.META if press.subject == "about":
                return self._render((Said("utter_about"),), conversation, language)
            case Act.TOPIC | Act.META | Act.OTHER:
                return await self._chosen(resident, conversation, press, language) or old
        return old

    async def _chosen(self, resident: str, conversation: Conversation, press: Press, language: str) -> Turn | None:
        key = press.subject if press.act is not Act.OTHER else "something_else"
        try:
            reply = await self._dialogue.choose(resident, conversation.snapshot, key)
        except DialogueError:
            return None
        said = tuple(Said("utter_something_else") if s.key == "utter_not_understood" else s for s in reply.said)
        return self._render(said, conversation.but(snapshot=reply.snapshot), language)

    def _part(self, conversation: Conversation, press: Press, language: str) -> Turn:
        if press.subject not in self.voice.content.topics:
            key = "utter_old_button"
            return Turn(conversation, (phrases.menu(self.voice, language, key),), (key,))
        said = self.voice.answer(press.subject, language, press.part)
        return Turn(conversation.but(last=LastAnswer(press.subject, press.part)), (said,), (said.key,))

    def _language_chosen(self, incoming: Incoming, conversation: Conversation) -> Turn:
        language = conversation.chosen
        if conversation.welcomed:
            said = [phrases.menu(self.voice, language, "utter_language_set")]
        else:
            said = [phrases.welcome(self.voice, self._host, incoming.chat.channel, language)]
            said.append(phrases.menu(self.voice, language))
        return Turn(conversation.but(welcomed=True), tuple(said), ("utter_language_set",))

    def _with_welcome(self, turn: Turn, incoming: Incoming) -> Turn:
        """A question that is typed first is answered first; who answers here is said after it."""
        if turn.conversation.welcomed or turn.flag:
            return turn
        said = phrases.welcome(self.voice, self._host, incoming.chat.channel, turn.language)
        return replace(turn, conversation=turn.conversation.but(welcomed=True), outgoing=(*turn.outgoing, said))

    def _render(
        self,
        said: tuple[Said, ...],
        conversation: Conversation,
        language: str,
        understanding: Understanding = Understanding(),  # noqa: B008 - frozen
    ) -> Turn:
        outgoing: list[Outgoing] = []
        offered: tuple[str, ...] = ()
        ask_store = ""
        for item in said:
            key = item.key.removeprefix("utter_")
            if key in self.voice.content.topics:
                outgoing.append(self.voice.answer(key, language))
                conversation = conversation.but(last=LastAnswer(key))
            elif key in {"repeat", "simpler", "more"}:
                shown, conversation = self._again(key, conversation, language)
                outgoing.append(shown)
            elif key == "my_data":
                ask_store = "my_data"
            else:
                outgoing.append(self._meta(item, language))
                offered += item.topics
        return Turn(conversation, tuple(outgoing), tuple(s.key for s in said), offered, None, ask_store, understanding)

    def _meta(self, said: Said, language: str) -> Outgoing:
        voice = self.voice
        match said.key:
            case "utter_did_you_mean" | "utter_not_understood_person" | "utter_not_understood":
                return phrases.offer(voice, said.key, said.topics, language)
            case "utter_change_language":
                return phrases.choose_language(voice, language)
            case (
                "utter_greet"
                | "utter_help"
                | "utter_cancel"
                | "utter_affirm"
                | "utter_deny"
                | "utter_forget_kept"
                | "utter_out_of_scope"
            ):
                return phrases.menu(voice, language, said.key)
            case "utter_talk_to_person" | "utter_complaint" | "utter_helpful_no":
                return voice.phrase(said.key, language, [(voice.call("team_phone", language),)])
            case "utter_forget_me":
                buttons = [
                    (voice.button(Act.FORGET, "yes", language),),
                    (voice.button(Act.FORGET, "no", language),),
                ]
                return voice.phrase("utter_forget_ask", language, buttons)
        if said.key == "utter_error" or voice.content.find(said.key, language) is None:
            return voice.phrase("utter_not_understood_person", language, [(voice.call("team_phone", language),)])
        return voice.phrase(said.key, language)

    def _again(self, key: str, conversation: Conversation, language: str) -> tuple[Outgoing, Conversation]:
        """The last answer once more, in simpler words, or its next section."""
        last = conversation.last
        if last is None:
            return phrases.menu(self.voice, language, f"utter_{key}"), conversation
        part = {"repeat": last.part, "simpler": SIMPLE}.get(key)
        if part is None:
            names = self.voice.parts(last.key, language)
            following = names[names.index(last.part) + 1 :] if last.part in names else names
            if not following:
                return phrases.menu(self.voice, language, "utter_no_more"), conversation
            part = following[0]
        return self.voice.answer(last.key, language, part), conversation.but(last=LastAnswer(last.key, part))


def second_opinion(guess: Guess) -> Verdict | None:
    """What the classifier of danger adds when no pattern saw any: surely, or with a question."""
    if guess.key not in set(Flag) or guess.confidence < DOUBT_OF_DANGER:
        return None
    return Verdict(Flag(guess.key), sure=guess.confidence >= SURE_OF_DANGER)


def _kind_key(kind: Kind, *, has_signs: bool) -> str:
    if kind is Kind.TEXT:
        return "utter_got_sticker" if has_signs else "utter_empty"
    return f"utter_got_{kind}"
