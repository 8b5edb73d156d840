"""What a kind of form has of its own: all in which writing an answer differs from writing any other entry."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from starlette.requests import Request

from bot.core.entry import Body, Ref
from bot.core.revision import Draft
from bot.core.team import Worker
from bot.desk.content.writing.checked import Checked
from bot.desk.content.writing.typed import Typed
from bot.desk.content.writing.writing_view import WritingView
from bot.desk.desk import Desk
from bot.desk.forms import Given
from bot.services.editing.sheet import Sheet

More = Mapping[str, object]  # what a template needs beside what all have


class FormKind(Protocol):
    """One kind of form. `path` is where its pages are, with places to fill in; `did` says what was done, by its word.

    Its templates have its `name`: answer.html is the form, answer_review.html a colleague's draft, answer_looked.html
    what follows the typing.
    """

    name: str
    path: str
    did: Mapping[str, str]

    async def asked_for(self, request: Request) -> Ref:
        """Which text the address is about. Raises HTTPException 404 for what can never be one."""
        ...

    def address_of(self, ref: Ref) -> str:
        """Where a text is written."""
        ...

    def first(self, ref: Ref, desk: Desk) -> Body:
        """What a form begins with where there is no text yet."""
        ...

    async def sent(self, request: Request) -> Given:
        """The form of this request, less what a button of it takes out."""
        ...

    def worded(self, form: Given) -> bool:
        """Does the form bring a text along? That of a removal, or of a colleague's draft, does not."""
        ...

    def read(self, form: Given, ref: Ref, begun: Body, desk: Desk) -> Typed:
        """The form laid over the text that it began with."""
        ...

    def checked(self, desk: Desk, ref: Ref, typed: Typed, current: Body | None) -> Checked:
        """What the rules say of a text, while `current` is served."""
        ...

    def title_of(self, rule: str) -> str:
        """What a rule is called: an English sentence of the desk."""
        ...

    def asked_on_the_way(self, form: Given) -> str:
        """The rest of the page's address, when the button asked for more than keeping the draft; or ""."""
        ...

    def look_first(self, desk: Desk, sheet: Sheet, form: Given, body: Body) -> str:
        """The rest of the page's address, when it must show something before this is published; or ""."""
        ...

    def published(self, desk: Desk, ref: Ref, typed: Typed) -> str:
        """What is said after publishing: a word of `did`."""
        ...

    async def on_page(self, request: Request, worker: Worker, view: WritingView) -> More:
        """What the page of the form shows beside the view."""
        ...

    def on_review(self, request: Request, worker: Worker, sheet: Sheet, draft: Draft) -> More:
        """What the page of a colleague's draft shows beside the draft."""
        ...

    def while_typing(self, desk: Desk, typed: Typed) -> More:
        """What follows the typing beside the findings."""
        ...


def begun(kind: FormKind, sheet: Sheet, desk: Desk) -> Body:
    """What a form begins with: the editor's own draft, what is served, or the first text of its kind."""
    own = sheet.draft.body if sheet.draft else None
    return own or sheet.current or kind.first(sheet.ref, desk)
