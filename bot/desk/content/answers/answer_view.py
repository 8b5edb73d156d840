"""All that the page of an answer shows: the text, what the rules say of it, and what colleagues did meanwhile."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.core.content import PLACEHOLDER, Answer, Content, Fact
from bot.core.entry import Body, Kind, Ref
from bot.core.language import LANGUAGES, SOURCE, Language
from bot.core.revision import Draft, Stage
from bot.core.team import Worker
from bot.desk.content.answers.answer_checked import Checked, checked
from bot.desk.content.answers.answer_form import Typed, first_text, is_talk, sections_shown
from bot.desk.content.answers.answer_since import meanwhile, missed
from bot.desk.content.answers.pictograms import Pictogram, pictograms, words_of
from bot.desk.content.differences import PartDifference, differences
from bot.desk.content.entry_names import by_link
from bot.desk.desk import Desk
from bot.services.editing.sheet import Sheet


@dataclass(frozen=True, slots=True)
class AnswerView:
    """One page. `typed` is what stands in the form; `source` the Dutch answer beside a translation.

    `conflict`: the same editor saved `sheet.draft` elsewhere. `missed` is what changed in the Dutch text since the
    translation was made, `meanwhile` what was published since the draft was begun. `others` are colleagues' names
    with their drafts. `removal`: the draft takes the text away. `translations` counts those of a Dutch text.
    `unsaid`: residents do not read it while nobody who knows the field has.
    """

    ref: Ref
    sheet: Sheet
    typed: Typed
    talk: bool
    source: Answer | None
    sections: Sequence[str]
    addable: Sequence[str]
    checked: Checked
    pictures: Sequence[Pictogram]
    picture: str
    names: Mapping[str, str]
    others: Sequence[tuple[str, Draft]]
    missed: Sequence[PartDifference]
    meanwhile: Sequence[PartDifference]
    conflict: Sequence[PartDifference] | None
    translations: int
    may_review: bool
    may_publish: bool
    unsaid: bool
    problems: Sequence[str] = ()

    @property
    def answer(self) -> Answer:
        """What stands in the form."""
        return self.typed.answer

    @property
    def tongue(self) -> Language:
        """The language of the text."""
        return LANGUAGES[self.ref.language]

    @property
    def address(self) -> str:
        """Of this page."""
        return address_of(self.ref)

    @property
    def topic(self) -> str:
        """The topic or meta key."""
        return self.ref.key.removeprefix("utter_")

    @property
    def removal(self) -> bool:
        """Does the draft take the text away?"""
        return self.sheet.draft is not None and self.sheet.draft.body is None

    @property
    def returned(self) -> str:
        """What a reviewer wrote when they gave the draft back, or ""."""
        draft = self.sheet.draft
        return draft.note if draft and draft.stage is Stage.DRAFT else ""


def address_of(ref: Ref) -> str:
    """Where an answer is edited."""
    return f"/desk/content/answers/{ref.key}/{ref.language}"


def unsaid_unread(desk: Desk, ref: Ref) -> bool:
    """Is this an answer that residents are not given while nobody who knows the field has read it?"""
    return ref.kind is Kind.ANSWER and not desk.serve_unreviewed and not is_talk(ref.key, desk.content)


def kept_answer(sheet: Sheet, content: Content) -> Answer:
    """The text that a form begins with: the editor's own draft, what is served, or all but the words of the Dutch."""
    for body in (sheet.draft.body if sheet.draft else None, sheet.current):
        if isinstance(body, Answer):
            return body
    return first_text(sheet.ref.key, sheet.ref.language, content)


def as_kept(sheet: Sheet, content: Content) -> Typed:
    """The form of somebody who has typed nothing yet."""
    draft, answer = sheet.draft, kept_answer(sheet, content)
    if draft is None:
        return Typed(answer, sheet.base, 0)
    return Typed(answer, draft.base, draft.version, draft.change, overrides=draft.overrides)


async def view_of(
    desk: Desk,
    worker: Worker,
    sheet: Sheet,
    typed: Typed,
    *,
    added: str = "",
    wanted: str = "",
    conflict: bool = False,
    problems: Sequence[str] = (),
) -> AnswerView:
    """The page for what stands in the form; `added` is a section that was asked for, `wanted` words for a picture."""
    content, ref = desk.content, sheet.ref
    topic = content.topics.get(ref.key.removeprefix("utter_"))
    source = content.answers.get((ref.key, SOURCE)) if ref.language != SOURCE else None
    names = {one.id: one.name for one in await desk.store.workers()}
    sections = sections_shown(typed.answer, source, topic.kind if topic else "", added)
    return AnswerView(
        ref,
        sheet,
        typed,
        is_talk(ref.key, content),
        source,
        sections,
        [name for name in content.labels[SOURCE].sections if name not in sections],
        checked(desk, ref, typed, sheet.current),
        pictograms(content, worker.language, wanted, typed.answer.pictogram),
        words_of(typed.answer.pictogram, content, worker.language),
        names,
        [(author_name(draft.author, names), draft) for draft in sheet.others],
        await missed(desk, typed.answer, source),
        await meanwhile(desk, sheet, typed),
        differences(_body(sheet.draft), typed.answer) if conflict else None,
        sum((ref.key, code) in content.answers for code in LANGUAGES if code != SOURCE),
        desk.editing.may_review(worker, ref),
        desk.editing.may_publish(worker, _to_publish(desk, worker, sheet, typed)),
        unsaid_unread(desk, ref),
        problems,
    )


def author_name(author: str, names: Mapping[str, str]) -> str:
    """Who wrote a draft; "" for a translator without an account."""
    return "" if by_link(author) else names.get(author, author)


def facts_of(content: Content, answer: Answer, source: Answer | None) -> list[tuple[Fact, str]]:
    """All facts with their value in the answer's language: first those that it or the Dutch text uses."""
    used = {name for each in (answer, source) if each for text in _texts(each) for name in PLACEHOLDER.findall(text)}
    order = sorted(content.facts.values(), key=lambda fact: (fact.name not in used, fact.name))
    return [(fact, fact.in_language(answer.language)) for fact in order]


def _texts(answer: Answer) -> Sequence[str]:
    return answer.text, answer.simple, *answer.sections.values()


def _body(draft: Draft | None) -> Body | None:
    return draft.body if draft else None


def _to_publish(desk: Desk, worker: Worker, sheet: Sheet, typed: Typed) -> Draft:
    """The draft that publishing would publish."""
    return sheet.draft or Draft(sheet.ref, worker.id, typed.answer, sheet.base, desk.clock())
