"""Topics answered: which text, in which language, with which buttons."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice
from typing import Final

from bot.core.content import Answer, Content, isolated
from bot.core.message import Button, ButtonStyle, Outgoing
from bot.core.press import Act, Press
from bot.core.served import Served

SIMPLE: Final = "simple"
_ROW: Final = 2


@dataclass(frozen=True, slots=True)
class Voice:
    """How the assistant speaks: what is served now, and whether texts nobody qualified has read may be said."""

    served: Served
    serve_unreviewed: bool = True

    @property
    def content(self) -> Content:
        """The texts of this moment."""
        return self.served.content

    def answer(self, topic: str, language: str, part: str = "") -> Outgoing:
        """A topic's short text, its simple one (part "simple"), or one section.

        Never fails: a topic without a text that may be said is told honestly, an unknown part gives the short text.
        """
        found = self.content.find(f"utter_{topic}", language)
        if found is None or not self._may_say(found):
            return self.no_answer_yet(topic, language)
        text = self._part(found, part)
        return Outgoing(
            text=self.content.filled(text, found.language),
            language=found.language,
            key=found.key,
            pictogram=found.pictogram,
            alt=self.alt(found.pictogram, language),
            buttons=self._buttons(found, topic, language, part),
            notes=self._notes(found, language),
        )

    def parts(self, topic: str, language: str) -> list[str]:
        """The sections that a topic's answer has, in order."""
        found = self.content.find(f"utter_{topic}", language)
        return list(found.sections) if found else []

    def phrase(self, key: str, language: str, buttons: Iterable[Iterable[Button]] = (), **more: str) -> Outgoing:
        """A text that is no topic's answer: a greeting, a menu, a word of regret."""
        found = self.content.find(key, language) or self.content.find("utter_error", language)
        if found is None:
            raise KeyError(key)
        return Outgoing(
            text=self.content.filled(found.text, found.language, **more),
            language=found.language,
            key=key,
            pictogram=found.pictogram,
            alt=self.alt(found.pictogram, language),
            buttons=tuple(tuple(row) for row in buttons if row),
        )

    def no_answer_yet(self, topic: str, language: str) -> Outgoing:
        """An honest word on a topic that has no text, with who can help."""
        label = self.label(topic, language)
        buttons = [[self.button(Act.META, "talk_to_person", language)], [self.button(Act.MENU, "", language)]]
        return self.phrase("utter_no_answer_yet", language, buttons, topic=label)

    def label(self, key: str, language: str) -> str:
        """The short name of a topic or meta key."""
        return self.content.labels[language].topics.get(key, key.replace("_", " "))

    def alt(self, pictogram: str, language: str) -> str:
        """What a picture shows, in words."""
        return self.content.labels[language].pictograms.get(pictogram, "")

    def button(self, act: Act, subject: str, language: str, part: str = "") -> Button:
        """The button for an act, with its word and picture."""
        labels = self.content.labels[language]
        data = Press(act, subject, part).data
        if act is Act.TOPIC and part:
            word = labels.buttons["simpler"] if part == SIMPLE else labels.sections.get(part, part)
            return Button(word, data)
        if act is Act.TOPIC:
            found = self.content.find(f"utter_{subject}", language)
            return Button(self.label(subject, language), data, pictogram=found.pictogram if found else "")
        if act is Act.META:
            word = labels.buttons["person"] if subject == "talk_to_person" else self.label(subject, language)
            return Button(word, data, emoji="🧑‍🤝‍🧑" if subject == "talk_to_person" else "")
        words = {
            Act.MENU: "menu",
            Act.OTHER: "something_else",
            Act.FORGET: f"forget_{subject}",
            Act.LANGUAGE: "language",
        }
        return Button(labels.buttons[words[act]], data, emoji="☰" if act is Act.MENU else "")

    def call(self, fact: str, language: str) -> Button:
        """A button that calls the number a fact holds."""
        number = self.content.facts[fact].in_language(language)
        word = self.content.labels[language].buttons["call"].format(number=isolated(number, language))
        return Button(word, number, emoji="📞", style=ButtonStyle.CALL)

    def note_unreviewed(self, language: str) -> str:
        """The line under a text that nobody qualified has read."""
        return self.phrase("utter_note_unreviewed", language).text

    def _may_say(self, answer: Answer) -> bool:
        return self.serve_unreviewed or answer.review.status == "reviewed"

    def _part(self, answer: Answer, part: str) -> str:
        if part == SIMPLE:
            return answer.simple or answer.text
        return answer.sections.get(part, answer.text)

    def _buttons(self, answer: Answer, topic: str, language: str, part: str) -> tuple[tuple[Button, ...], ...]:
        sections = [self.button(Act.TOPIC, topic, language, name) for name in answer.sections if name != part]
        rows = rows_of(sections, _ROW)
        if part:
            rows += [(self.button(Act.TOPIC, key, language),) for key in answer.next]
        simpler = [self.button(Act.TOPIC, topic, language, SIMPLE)] if answer.simple and part != SIMPLE else []
        person = [self.button(Act.META, "talk_to_person", language)] if "offer_person" in answer.effects else []
        return tuple(rows + [row for row in (tuple(simpler + person),) if row])

    def _notes(self, answer: Answer, language: str) -> tuple[str, ...]:
        notes = []
        if answer.language != language:
            notes.append(self.phrase("utter_note_other_language", language).text)
        if (answer.key, answer.language) in self.content.updating:
            notes.append(self.phrase("utter_note_updating", language).text)
        if answer.sources:
            names = ", ".join(dict.fromkeys(source.name for source in answer.sources))
            checked = max(source.checked for source in answer.sources)
            notes.append(self.phrase("utter_note_source", language, sources=names, date=f"{checked:%d-%m-%Y}").text)
        if answer.review.status != "reviewed":
            notes.append(self.note_unreviewed(language))
        return tuple(notes)


def rows_of(buttons: Iterable[Button], width: int) -> list[tuple[Button, ...]]:
    """Buttons in rows of at most `width`."""
    rest = iter(buttons)
    return list(iter(lambda: tuple(islice(rest, width)), ()))
