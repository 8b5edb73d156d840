"""The page of an answer in one language: all that it has of its own beside the other texts that are written."""

from __future__ import annotations

import re
from typing import Final

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.routing import Route

from bot.core.content import Answer
from bot.core.entry import Body, Kind, Ref
from bot.core.language import LANGUAGES, SOURCE
from bot.core.revision import Draft
from bot.core.team import Worker
from bot.desk.content.answers.answer_buttons import asked_on_the_way, without_dropped
from bot.desk.content.answers.answer_form import answer_in, first_text, read_answer, sections_sent
from bot.desk.content.answers.answer_view import counts_of, facts_of, phone_of, unsaid_unread, view_of
from bot.desk.content.answers.answer_words import DID, EFFECT_WORDS, PLACES, labels_of, limits, today, topics_of
from bot.desk.content.answers.findings_view import by_part, title_of
from bot.desk.content.answers.machine import read, translate
from bot.desk.content.entry_names import Names
from bot.desk.content.writing import moves
from bot.desk.content.writing.checked import Checked, checked, unchecked
from bot.desk.content.writing.form_kind import FormKind, More
from bot.desk.content.writing.typed import Typed, typed_of
from bot.desk.content.writing.writing_view import WritingView
from bot.desk.desk import Desk, desk_of
from bot.desk.forms import Given, given
from bot.services.checking.check_answer import EFFECTS, MOST_NEXT
from bot.services.editing.sheet import Sheet

_KEY: Final = re.compile(r"utter_[a-z0-9_]{1,60}")


def routes(_: Desk) -> list[Route]:
    """The page of an answer, and all that is done on it."""
    return moves.routes(AnswerForm(), {"translate": translate, "read": read})


class AnswerForm(FormKind):
    """What `FormKind` asks, for answers."""

    name, path, did = "answer", "/content/answers/{key}/{language}", DID
    title_of = staticmethod(title_of)
    asked_on_the_way = staticmethod(asked_on_the_way)

    async def asked_for(self, request: Request) -> Ref:
        """Raises HTTPException 404 for a key or language that nothing is said in."""
        key, language = request.path_params["key"], request.path_params["language"]
        desk, ref = desk_of(request), Ref(Kind.ANSWER, key, language)
        if language not in LANGUAGES or not _KEY.fullmatch(key):
            raise HTTPException(404)
        topic, content = key.removeprefix("utter_"), desk.content
        known = (key, SOURCE) in content.answers or (key, language) in content.answers or topic in content.topics
        if not (known or await desk.store.drafts(Ref(Kind.TOPIC, topic)) or await desk.store.drafts(ref)):
            raise HTTPException(404)
        return ref

    def address_of(self, ref: Ref) -> str:
        """Where an answer is written."""
        return f"/desk/content/answers/{ref.key}/{ref.language}"

    def first(self, ref: Ref, desk: Desk) -> Body:
        """All but the words, as the Dutch answer has it."""
        return first_text(ref.key, ref.language, desk.content)

    async def sent(self, request: Request) -> Given:
        """The form less the section or source whose button for taking it away was pressed."""
        return without_dropped(await given(request))

    def worded(self, form: Given) -> bool:
        """Is the short text on it?"""
        return "text" in form.texts

    def read(self, form: Given, _: Ref, begun: Body, desk: Desk) -> Typed:
        """The answer as it was typed; fields that are not on the form stay as they are."""
        assert isinstance(begun, Answer)  # noqa: S101 - nothing else is kept of an answer
        return typed_of(form, read_answer(form, begun, today(desk)))

    def checked(self, desk: Desk, ref: Ref, typed: Typed, current: Body | None) -> Checked:
        """Each finding beside the part that it is about; none before there are words."""
        answer, content = answer_in(typed), desk.content
        if not answer.text:
            return unchecked(typed)
        return checked(desk, ref, typed, current, lambda found, new: by_part(found, new, answer, content))

    def look_first(self, *_: object) -> str:
        """The page of an answer shows all there is to see."""
        return ""

    def published(self, desk: Desk, ref: Ref, typed: Typed) -> str:
        """Where only read texts are said, residents may not read it yet."""
        return "unread" if not typed.reviewed and unsaid_unread(desk, ref) else "published"

    async def on_page(self, request: Request, worker: Worker, view: WritingView) -> More:
        """The Dutch text beside it, the phone, and what its fields offer."""
        desk, answer = desk_of(request), answer_in(view.typed)
        added, wanted = request.query_params.get("section", "")[:40], request.query_params.get("picture", "")[:60]
        its = await view_of(desk, worker, answer, added, wanted)
        return {
            "its": its,
            "entry": Names(desk.content, worker.language).named(view.ref),
            "facts": facts_of(desk.content, answer, its.source),
            "limits": limits(("text", "simple", *its.sections)),
            "labels": labels_of(desk.content, worker),
            "topics": topics_of(desk.content),
            "effects": {name: EFFECT_WORDS.get(name, name) for name in sorted(EFFECTS | set(answer.effects))},
            "wanted": wanted,
            "tongues": LANGUAGES,
            "today": today(desk).isoformat(),
            "most_next": MOST_NEXT,
            "written": [code for code in LANGUAGES if (answer.key, code) in desk.content.answers],
            **_said(desk, answer),
        }

    def on_review(self, request: Request, worker: Worker, sheet: Sheet, draft: Draft) -> More:
        """The Dutch text beside the whole of it, and the phone."""
        desk, ref = desk_of(request), sheet.ref
        return {
            "tongue": LANGUAGES[ref.language],
            "entry": Names(desk.content, worker.language).named(ref),
            "source": desk.content.answers.get((ref.key, SOURCE)),
            "labels": labels_of(desk.content, worker),
            "unsaid": unsaid_unread(desk, ref),
            **(_said(desk, draft.body) if isinstance(draft.body, Answer) else {}),
        }

    def while_typing(self, desk: Desk, typed: Typed) -> More:
        """Every part counted, and as a phone shows it."""
        parts = ("text", "simple", *sections_sent(typed.raw or Given({})))
        return {"parts": parts, "places": PLACES, "limits": limits(parts), **_said(desk, answer_in(typed))}


def _said(desk: Desk, answer: Answer) -> More:
    return {"counts": counts_of(desk.content, answer), "preview": phone_of(desk.content, answer)}
