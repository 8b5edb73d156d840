"""A colleague's draft of an answer, for who judges it."""

from __future__ import annotations

from collections.abc import Sequence

from starlette.requests import Request
from starlette.responses import Response

from bot.core.content import Answer
from bot.core.language import LANGUAGES, SOURCE
from bot.core.revision import Draft
from bot.core.team import Worker
from bot.desk import page
from bot.desk.content.answers.answer_checked import checked
from bot.desk.content.answers.answer_form import Typed
from bot.desk.content.answers.answer_view import author_name, kept_answer, unsaid_unread
from bot.desk.content.answers.answer_words import labels_of
from bot.desk.content.answers.findings_view import title_of
from bot.desk.content.differences import differences
from bot.desk.desk import desk_of
from bot.services.editing.sheet import Sheet


def draft_of(sheet: Sheet, author: str) -> Draft | None:
    """A colleague's draft, while there is one."""
    return next((draft for draft in sheet.others if draft.author == author), None)


async def review(
    request: Request, worker: Worker, sheet: Sheet, draft: Draft, *, why: str = "", problems: Sequence[str] = ()
) -> Response:
    """A colleague's draft: what it changes, and what a reviewer can do with it."""
    desk = desk_of(request)
    body = draft.body if isinstance(draft.body, Answer) else None
    typed = Typed(body or kept_answer(sheet, desk.content), draft.base, 0, draft.change, overrides=draft.overrides)
    names = {one.id: one.name for one in await desk.store.workers()}
    return page.render(
        request,
        "content/answer_review.html",
        422 if problems else 200,
        sheet=sheet,
        draft=draft,
        author=author_name(draft.author, names),
        tongue=LANGUAGES[sheet.ref.language],
        source=desk.content.answers.get((sheet.ref.key, SOURCE)),
        body=body,
        changed=differences(sheet.current, draft.body),
        checked=checked(desk, sheet.ref, typed, sheet.current),
        title_of=title_of,
        labels=labels_of(desk.content, worker),
        may_review=desk.editing.may_review(worker, sheet.ref),
        may_publish=desk.editing.may_publish(worker, draft),
        unsaid=unsaid_unread(desk, sheet.ref),
        problems=problems,
        why=why,
    )
