"""What only the page of an answer shows: the Dutch text beside it, how a phone shows it, and what its fields offer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.core.content import PLACEHOLDER, Answer, Content, Fact
from bot.core.entry import Kind, Ref
from bot.core.language import LANGUAGES, SOURCE, Language
from bot.core.plain_language import words
from bot.core.team import Worker
from bot.desk.content.answers.answer_form import is_talk, sections_shown
from bot.desk.content.answers.answer_since import missed
from bot.desk.content.answers.pictograms import Pictogram, pictograms, words_of
from bot.desk.content.answers.preview import Preview, preview
from bot.desk.content.differences import PartDifference
from bot.desk.desk import Desk
from bot.services.checking.check_wording import parts_of as filled_parts


@dataclass(frozen=True, slots=True)
class AnswerView:
    """What stands in the form is `answer`, `source` the Dutch answer beside a translation.

    `sections` are those with a field, `addable` those that can have one. `missed` is what changed in the Dutch text
    since the translation was made, `translations` counts those of a Dutch text. `unsaid`: residents do not read it
    while nobody who knows the field has.
    """

    answer: Answer
    talk: bool
    source: Answer | None
    sections: Sequence[str]
    addable: Sequence[str]
    pictures: Sequence[Pictogram]
    picture: str
    missed: Sequence[PartDifference]
    translations: int
    unsaid: bool

    @property
    def tongue(self) -> Language:
        """The language of the text."""
        return LANGUAGES[self.answer.language]

    @property
    def topic(self) -> str:
        """The topic or meta key."""
        return self.answer.key.removeprefix("utter_")


async def view_of(desk: Desk, worker: Worker, answer: Answer, added: str, wanted: str) -> AnswerView:
    """The page for what stands in the form; `added` is a section that was asked for, `wanted` words for a picture."""
    content, key = desk.content, answer.key
    topic = content.topics.get(key.removeprefix("utter_"))
    source = content.answers.get((key, SOURCE)) if answer.language != SOURCE else None
    sections = sections_shown(answer, source, topic.kind if topic else "", added)
    return AnswerView(
        answer,
        is_talk(key, content),
        source,
        sections,
        [name for name in content.labels[SOURCE].sections if name not in sections],
        pictograms(content, worker.language, wanted, answer.pictogram),
        words_of(answer.pictogram, content, worker.language),
        await missed(desk, answer, source),
        sum((key, code) in content.answers for code in LANGUAGES if code != SOURCE),
        unsaid_unread(desk, Ref(Kind.ANSWER, key, answer.language)),
    )


def unsaid_unread(desk: Desk, ref: Ref) -> bool:
    """Is this an answer that residents are not given while nobody who knows the field has read it?"""
    return ref.kind is Kind.ANSWER and not desk.serve_unreviewed and not is_talk(ref.key, desk.content)


def phone_of(content: Content, answer: Answer) -> Preview:
    """The answer as a phone shows it; nothing before there are words."""
    return preview(content, answer) if answer.text else Preview()


def counts_of(content: Content, answer: Answer) -> Mapping[str, int]:
    """How many words every part has."""
    return {part: len(words(text)) for part, text in filled_parts(answer, content).items()}


def facts_of(content: Content, answer: Answer, source: Answer | None) -> list[tuple[Fact, str]]:
    """All facts with their value in the answer's language: first those that it or the Dutch text uses."""
    used = {name for each in (answer, source) if each for text in _texts(each) for name in PLACEHOLDER.findall(text)}
    order = sorted(content.facts.values(), key=lambda fact: (fact.name not in used, fact.name))
    return [(fact, fact.in_language(answer.language)) for fact in order]


def _texts(answer: Answer) -> Sequence[str]:
    return answer.text, answer.simple, *answer.sections.values()
