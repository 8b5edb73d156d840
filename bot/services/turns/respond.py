"""What to answer to one message: no database, no channel, nothing kept."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import Final

from bot.core import phrases
from bot.core.answer import Voice
from bot.core.case import QUIET_FLAGS, Case, Draft
from bot.core.conversation import Conversation
from bot.core.errors import DialogueError
from bot.core.language import decide_language
from bot.core.message import Incoming, Kind, Outgoing
from bot.core.normalise import clean, normalise
from bot.core.postcode import read_postcode
from bot.core.press import Act, Press, read_press
from bot.core.triage import Flag, Verdict
from bot.services.ports import Dialogue, Guess, Reply, Said, Understanding
from bot.services.turns.ask_person import AskPerson
from bot.services.turns.begun_after import begun_after
from bot.services.turns.goes_into import goes_into
from bot.services.turns.pressed import Pressed
from bot.services.turns.say_keys import SayKeys
from bot.services.turns.turn import Turn
from bot.services.turns.with_words import with_words

LONG: Final = 1000  # characters; a longer message is read in part, and the resident is told so
SURE_OF_DANGER: Final = 0.85
DOUBT_OF_DANGER: Final = 0.2
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
    "stop": Press(Act.CASE, "stop"),
}


class Respond:
    """Triage first, then the dialogue, then the words. Never raises for anything a resident sent."""

    def __init__(
        self,
        voice: Voice,
        dialogue: Dialogue,
        ask: AskPerson,
        host: phrases.Host = phrases.Host(),  # noqa: B008 - frozen
    ) -> None:
        self.voice = voice
        self._dialogue = dialogue
        self._ask = ask
        self._say = SayKeys(voice, ask)
        self._host = host
        self._pressed = Pressed(voice, dialogue, ask, self._say, host)

    async def __call__(
        self, resident: str, incoming: Incoming, conversation: Conversation, case: Case | None = None
    ) -> Turn:
        """The turn for one message in a conversation; `case` is the resident's, open or closed."""
        if case is not None and case.open:
            conversation = conversation.but(draft=None)
        if incoming.language_hint and not conversation.hint:
            conversation = conversation.but(hint=incoming.language_hint[:2])
        if incoming.kind is Kind.START and read_postcode(incoming.payload):
            conversation = conversation.but(area=read_postcode(incoming.payload))
        if incoming.kind is Kind.START and not conversation.chosen:
            choice = phrases.choose_language(self.voice, conversation.prior.best, first=True)
            return Turn(conversation, (choice,), ("utter_choose_language",))
        if incoming.kind is Kind.COMMAND and incoming.text not in COMMANDS:
            # A worker's command from somebody who is none: there may be danger in its words.
            incoming = replace(incoming, kind=Kind.TEXT)
        if incoming.kind in {Kind.START, Kind.COMMAND}:
            press = COMMANDS.get(incoming.text or "menu")
            return await self._pressed(resident, incoming, conversation, press, case)
        if incoming.kind is Kind.BUTTON:
            return await self._pressed(resident, incoming, conversation, read_press(incoming.text), case)
        turn = await self._typed(resident, incoming, conversation, case)
        return self._with_welcome(turn, incoming)

    async def _typed(self, resident: str, incoming: Incoming, conversation: Conversation, case: Case | None) -> Turn:
        text = clean(incoming.text)
        verdict = self.voice.served.assess(incoming.text)
        understanding = await self._understand(text[:LONG])
        language = self._language(text, understanding, conversation, verdict)
        conversation = conversation.but(spoken=language if normalise(text) else conversation.spoken)
        verdict = verdict or second_opinion(understanding.flag)
        draft, in_case = conversation.draft, goes_into(case, conversation, incoming)
        if verdict is not None:
            return self._danger(conversation, verdict, incoming, understanding, language, in_case=in_case)
        talk = await self._ask.typed(resident, incoming, conversation, understanding, language)
        if talk is not None:
            numbers = self._numbers_again(draft, language)
            return replace(talk, outgoing=(*numbers, *talk.outgoing), understanding=understanding)
        offer = draft if draft is not None and draft.offered else None
        if draft is not None:  # a question in between: its words are for the worker too; an offer is over
            asked = understanding.chosen in self.voice.content.topics
            kept = with_words(draft, incoming) if asked else draft
            conversation = conversation.but(draft=None if draft.offered else kept)
        if not normalise(text):
            key = _kind_key(incoming.kind, has_signs=bool(text))
            return Turn(conversation, (phrases.menu(self.voice, language, key),), (key,))
        before = self._before(incoming, text, understanding, conversation, language)
        if understanding.foreign:
            conversation = conversation.but(card=understanding.foreign)
        if understanding.chosen == "talk_to_person" and in_case:
            turn = Turn(conversation, case=("start", ""))
        elif understanding.chosen == "talk_to_person":
            begun = with_words(offer or begun_after(conversation), incoming)
            turn = await self._ask.begin(resident, conversation, begun, language)
        else:
            reply = await self._reply(resident, conversation, understanding)
            conversation = conversation.but(snapshot=reply.snapshot)
            if conversation.draft is not None and not reply.asking:  # the form's session had ended
                conversation = conversation.but(draft=None)
            turn = await self._say(reply.said, conversation, language, understanding)
            turn = turn if in_case else self._with_offer(turn, incoming, offer)
        return replace(turn, outgoing=(*before, *turn.outgoing), understanding=understanding)

    def _danger(
        self,
        conversation: Conversation,
        verdict: Verdict,
        incoming: Incoming,
        understanding: Understanding,
        language: str,
        *,
        in_case: bool,
    ) -> Turn:
        """The numbers at once; a person is offered, and the words are kept for one tap only."""
        said = phrases.danger(self.voice, verdict, language)
        said = replace(said, protect=True) if verdict.flag in QUIET_FLAGS else said
        if not in_case:
            begun = conversation.draft or Draft("flag", offered=True)
            door = "flag" if begun.offered else begun.door
            begun = replace(begun, door=door, flag=begun.flag or verdict.flag)
            conversation = conversation.but(draft=with_words(begun, incoming))
        return Turn(conversation, (said,), (said.key,), flag=verdict.flag, understanding=understanding)

    def _numbers_again(self, draft: Draft | None, language: str) -> list[Outgoing]:
        """To a yes after a red flag: it may have answered "do you want to die?"."""
        if draft is None or not draft.offered or not draft.flag or draft.quiet:
            return []
        return [phrases.danger(self.voice, Verdict(Flag(draft.flag), sure=True), language)]

    def _with_offer(self, turn: Turn, incoming: Incoming, before: Draft | None) -> Turn:
        """Where a worry is answered, or not understood, the words are kept for whoever asks for a person next."""
        if turn.conversation.draft is not None:
            return turn
        topic = next((key for key in map(_bare, turn.said) if self._offers(key, turn.language)), "")
        if topic:
            offer = Draft("answer", topic=topic, offered=True)
        elif not turn.understood:
            door = "failures" if "utter_not_understood_person" in turn.said else "asked"
            earlier = before.words if before is not None and before.door == "asked" else ()
            offer = Draft(door, words=earlier, offered=True)
        else:
            return turn
        return replace(turn, conversation=turn.conversation.but(draft=with_words(offer, incoming)))

    def _offers(self, key: str, language: str) -> bool:
        found = self.voice.content.find(f"utter_{key}", language) if key in self.voice.content.topics else None
        return found is not None and "offer_person" in found.effects

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

    def _with_welcome(self, turn: Turn, incoming: Incoming) -> Turn:
        """A question that is typed first is answered first; who answers here is said after it."""
        if turn.conversation.welcomed or turn.flag:
            return turn
        said = phrases.welcome(self.voice, self._host, incoming.chat.channel, turn.language)
        return replace(turn, conversation=turn.conversation.but(welcomed=True), outgoing=(*turn.outgoing, said))


def second_opinion(guess: Guess) -> Verdict | None:
    """What the classifier of danger adds when no pattern saw any: surely, or with a question."""
    if guess.key not in set(Flag) or guess.confidence < DOUBT_OF_DANGER:
        return None
    return Verdict(Flag(guess.key), sure=guess.confidence >= SURE_OF_DANGER)


def _bare(key: str) -> str:
    return key.removeprefix("utter_")


def _kind_key(kind: Kind, *, has_signs: bool) -> str:
    if kind is Kind.TEXT:
        return "utter_got_sticker" if has_signs else "utter_empty"
    return f"utter_got_{kind}"
