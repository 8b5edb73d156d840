"""Keys that the dialogue chose, as a resident reads them: answers, menus, questions, and the last one again."""

from __future__ import annotations

from dataclasses import replace

from bot.core import phrases
from bot.core.answer import SIMPLE, Voice
from bot.core.conversation import Conversation, LastAnswer
from bot.core.message import Button, Outgoing
from bot.core.press import Act
from bot.services.ports import Said, Understanding
from bot.services.turns.ask_person import PLACE_KEYS, AskPerson
from bot.services.turns.begun_after import begun_after
from bot.services.turns.turn import Turn


class SayKeys:
    """Never fails for a key: one without a text offers a person."""

    def __init__(self, voice: Voice, ask: AskPerson) -> None:
        self._voice, self._ask = voice, ask

    async def __call__(
        self,
        said: tuple[Said, ...],
        conversation: Conversation,
        language: str,
        understanding: Understanding = Understanding(),  # noqa: B008 - frozen
    ) -> Turn:
        """The turn in which these keys are said, each as its kind is."""
        outgoing: list[Outgoing] = []
        offered: tuple[str, ...] = ()
        ask_store = ""
        for item in said:
            key = item.key.removeprefix("utter_")
            if key in self._voice.content.topics:
                outgoing.append(self._voice.answer(key, language))
                conversation = conversation.but(last=LastAnswer(key))
            elif key in {"repeat", "simpler", "more"}:
                lost = key == "simpler" and conversation.last is not None and conversation.last.part == SIMPLE
                shown, conversation = self._again(key, conversation, language)
                outgoing.append(shown)
                if lost and conversation.draft is None:
                    outgoing.append(self._offer(language))
                    conversation = conversation.but(draft=replace(begun_after(conversation), offered=True))
            elif key == "my_data":
                ask_store = "my_data"
            elif key in PLACE_KEYS:
                question = await self._ask.question(conversation, language)
                outgoing += [question] if question else []
            elif key == "case_not_sent":
                conversation = conversation.but(draft=None)
                outgoing.append(phrases.menu(self._voice, language, item.key))
            else:
                outgoing.append(self._meta(item, language))
                offered += item.topics
        return Turn(conversation, tuple(outgoing), tuple(s.key for s in said), offered, None, ask_store, understanding)

    def _meta(self, said: Said, language: str) -> Outgoing:
        voice = self._voice
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
            case "utter_complaint" | "utter_helpful_no" | "utter_who_are_you" | "utter_are_you_a_robot":
                call = (voice.call("team_phone", language),)
                return voice.phrase(said.key, language, [self._person(language), call])
            case "utter_forget_me":
                buttons = [
                    (voice.button(Act.FORGET, "yes", language),),
                    (voice.button(Act.FORGET, "no", language),),
                ]
                return voice.phrase("utter_forget_ask", language, buttons)
        if said.key == "utter_error" or voice.content.find(said.key, language) is None:
            return voice.phrase("utter_not_understood_person", language, [(voice.call("team_phone", language),)])
        return voice.phrase(said.key, language)

    def _person(self, language: str) -> tuple[Button, ...]:
        return (self._voice.button(Act.META, "talk_to_person", language),)

    def _offer(self, language: str) -> Outgoing:
        """For whom the simplest words are not simple enough."""
        return self._voice.phrase("utter_case_offer", language, [self._person(language)])

    def _again(self, key: str, conversation: Conversation, language: str) -> tuple[Outgoing, Conversation]:
        """The last answer once more, in simpler words, or its next section."""
        last = conversation.last
        if last is None:
            return phrases.menu(self._voice, language, f"utter_{key}"), conversation
        part = {"repeat": last.part, "simpler": SIMPLE}.get(key)
        if part is None:
            names = self._voice.parts(last.key, language)
            following = names[names.index(last.part) + 1 :] if last.part in names else names
            if not following:
                return phrases.menu(self._voice, language, "utter_no_more"), conversation
            part = following[0]
        return self._voice.answer(last.key, language, part), conversation.but(last=LastAnswer(last.key, part))
