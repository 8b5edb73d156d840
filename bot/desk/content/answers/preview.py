"""An answer as a phone shows it before it is published, with its length against what Telegram takes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from bot.core.answer import SIMPLE, Voice
from bot.core.content import PLACEHOLDER, Answer, Content, Review
from bot.core.entry import Kind, Ref
from bot.core.language import LANGUAGES
from bot.core.message import MAX_BUTTON_DATA, Button, Outgoing
from bot.core.overlay import overlaid
from bot.core.served import Served
from bot.core.split import split, units
from bot.desk.content.answers.answer_form import is_talk

# What Telegram takes, in UTF-16 units; the channel cuts by the same figures.
MESSAGE_UNITS: Final = 4096
CAPTION_UNITS: Final = 1024


@dataclass(frozen=True, slots=True)
class Bubble:
    """One part of an answer as it is sent. `part` is "text", "simple" or a section, `title` what its button says.

    `units` is the length of words and notes together; `captioned`: they fit under the picture, in one message.
    `messages` is how many messages Telegram needs, `data` the longest data of a button in bytes.
    """

    part: str
    title: str
    said: Outgoing
    right_to_left: bool
    units: int
    captioned: bool
    messages: int
    data: int

    @property
    def limit(self) -> int:
        """What the words must fit in to stay together with the picture, or in one message."""
        return CAPTION_UNITS if self.said.pictogram and self.units <= CAPTION_UNITS else MESSAGE_UNITS


@dataclass(frozen=True, slots=True)
class Preview:
    """All bubbles of an answer; `too_long`: a button's data would be over what Telegram takes, so nothing is shown."""

    bubbles: tuple[Bubble, ...] = ()
    too_long: bool = False


def preview(content: Content, answer: Answer) -> Preview:
    """The answer as residents would get it: the short text, the simple one and each section."""
    laid = _laid(content, answer)
    voice = Voice(Served(laid))
    try:
        return Preview(tuple(_bubbles(voice, answer, laid, talk=is_talk(answer.key, content))))
    except ValueError:  # Button: the key and a section together are too long
        return Preview(too_long=True)


def _laid(content: Content, answer: Answer) -> Content:
    """The content with this answer in it; a changed text counts as read by nobody."""
    now, shown = content.answers.get((answer.key, answer.language)), _shown(answer, content)
    review = answer.review if now and (now.text, now.simple, now.sections) == _words(answer) else Review()
    laid = overlaid(content, [(Ref(Kind.ANSWER, answer.key, answer.language), replace(shown, review=review))])
    own = {(answer.key, answer.language)}
    return replace(laid, patterns=(), withdrawn=content.withdrawn - own, updating=content.updating - own)


def _words(answer: Answer) -> tuple[str, str, object]:
    return answer.text, answer.simple, answer.sections


def _shown(answer: Answer, content: Content) -> Answer:
    """What is known only when it is said, or not at all, stands in square brackets."""

    def shown(text: str) -> str:
        return PLACEHOLDER.sub(lambda found: found[0] if found[1] in content.facts else f"[{found[1]}]", text)

    sections = {name: shown(text) for name, text in answer.sections.items()}
    return replace(answer, text=shown(answer.text), simple=shown(answer.simple), sections=sections)


def _bubbles(voice: Voice, answer: Answer, content: Content, *, talk: bool) -> Iterator[Bubble]:
    topic, code = answer.key.removeprefix("utter_"), answer.language
    labels = content.labels[code]
    if talk:
        yield _bubble("text", "", voice.phrase(answer.key, code))
        return
    yield _bubble("text", voice.label(topic, code), voice.answer(topic, code))
    if answer.simple:
        yield _bubble(SIMPLE, labels.buttons["simpler"], voice.answer(topic, code, SIMPLE))
    for name in answer.sections:
        yield _bubble(name, labels.sections.get(name, name), voice.answer(topic, code, name))


def _bubble(part: str, title: str, said: Outgoing) -> Bubble:
    words = "\n\n".join(block for block in (said.text.strip(), "\n".join(said.notes)) if block)
    length = units(words)
    captioned = bool(said.pictogram) and length <= CAPTION_UNITS
    messages = 1 if captioned else bool(said.pictogram) + len(split(words, MESSAGE_UNITS))
    data = max((len(button.data.encode()) for button in _buttons(said)), default=0)
    tongue = LANGUAGES[said.language]
    return Bubble(part, title, said, tongue.right_to_left, length, captioned, messages, min(data, MAX_BUTTON_DATA))


def _buttons(said: Outgoing) -> Iterator[Button]:
    for row in said.buttons:
        yield from row
