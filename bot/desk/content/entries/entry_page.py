"""The page of an entry that is no answer (a label, a fact, a danger, a hard word, ...): what it has of its own."""

from __future__ import annotations

from typing import Final
from urllib.parse import quote, urlencode

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from bot.core.entry import Body, Kind, Ref
from bot.core.revision import Draft
from bot.core.team import Role, Worker
from bot.desk.content.answers.findings_view import WHOLE
from bot.desk.content.entries.danger_words import tried
from bot.desk.content.entries.entry_forms import first_body, read_entry, whole
from bot.desk.content.entries.entry_ref import edit_of, ref_of
from bot.desk.content.entries.entry_rules import rule_name, rules_told
from bot.desk.content.entries.entry_view import must_look, uses_shown, view_of
from bot.desk.content.entries.fact_uses import values_print
from bot.desk.content.entry_names import Names, direction, edit_address, history_address
from bot.desk.content.writing import moves
from bot.desk.content.writing.checked import Checked, checked, unchecked
from bot.desk.content.writing.form_kind import FormKind, More
from bot.desk.content.writing.typed import Typed
from bot.desk.content.writing.writing_page import LONGEST_WHY
from bot.desk.content.writing.writing_view import WritingView
from bot.desk.content.writing.writing_words import DID as WRITING_DID
from bot.desk.desk import Desk, desk_of
from bot.desk.forms import Given
from bot.desk.session import for_roles
from bot.services.editing.sheet import Sheet

LOOK: Final = "look"  # what `did` says when the texts that name a fact must be looked at
DID: Final = WRITING_DID | {
    "published": "Published: it is in use from now on.",
    "removed": "Taken away: it is not used any more.",
    LOOK: "Not published yet. Look at every text below as it will be, and publish then.",
}
LONGEST_TRY: Final = 500  # characters of a message that is tried
TABS: Final = {Kind.FACT: "facts", Kind.FLAG: "danger", Kind.CARD: "danger", Kind.TOPIC: "overview"}


def routes(_: Desk) -> list[Route]:
    """The page of an entry, and all that is done on it."""
    answer = Route("/content/entries/answer/{key}/{language}", to_answer)
    return [answer, *moves.routes(EntryForm(), {"newest": moves.discard})]


@for_roles(Role.EDITOR, Role.REVIEWER)
async def to_answer(request: Request, worker: Worker) -> Response:
    """To the page of an answer, which is another one."""
    named, author = request.path_params, request.query_params.get("author", "")
    ref = ref_of(Kind.ANSWER, named["key"], named["language"], desk_of(request).content)
    if ref is None:
        raise HTTPException(404)
    own = "" if author in {"", worker.id} else f"?author={quote(author, safe='')}"
    return RedirectResponse(edit_address(ref) + own, 303)


class EntryForm(FormKind):
    """What `FormKind` asks, for all entries that are no answers."""

    name, path, did = "entry", "/content/entries/{kind}/{key}/{language}", DID
    address_of = staticmethod(edit_of)
    title_of = staticmethod(rule_name)

    async def asked_for(self, request: Request) -> Ref:
        """Raises HTTPException 404 for what can never be an entry, and for an answer."""
        given = request.path_params
        ref = ref_of(given["kind"], given["key"], given["language"], desk_of(request).content)
        if ref is None or ref.kind is Kind.ANSWER:
            raise HTTPException(404)
        return ref

    def first(self, ref: Ref, desk: Desk) -> Body:
        """An empty one."""
        return first_body(ref, desk.content, desk.clock().date())

    async def sent(self, request: Request) -> Given:
        """All of the form."""
        return await whole(request)

    def worded(self, form: Given) -> bool:
        """Does it say so?"""
        return form.ticked("worded")

    def read(self, form: Given, ref: Ref, begun: Body, desk: Desk) -> Typed:
        """The entry as it was typed, with what cannot be read."""
        return read_entry(form, ref, begun, desk.content)

    def checked(self, desk: Desk, ref: Ref, typed: Typed, current: Body | None) -> Checked:
        """All findings together; none before anything was written."""
        if current is None and not typed.seen and typed.raw is None:
            return unchecked(typed)
        return checked(desk, ref, typed, current, lambda found, new: {WHOLE: rules_told(found, new)})

    def asked_on_the_way(self, _: Given) -> str:
        """No button asks for more."""
        return ""

    def look_first(self, desk: Desk, sheet: Sheet, form: Given, body: Body) -> str:
        """The texts of a fact as they would be, when its page did not show them yet with these values."""
        if not must_look(sheet, body, desk.editing.uses(sheet.ref)) or form.text("shown") == values_print(body):
            return ""
        kept = {"author": form.text("author"), "why": form.text("why", LONGEST_WHY), "did": LOOK}
        return f"?{urlencode({name: value for name, value in kept.items() if value})}#uses"

    def published(self, *_: object) -> str:
        """It is in use at once."""
        return "published"

    async def on_page(self, request: Request, worker: Worker, view: WritingView) -> More:
        """Its fields, the texts that use a fact, and the box to try a message against a danger."""
        desk, ref = desk_of(request), view.ref
        return {
            "its": view_of(desk, worker, view.sheet, view.typed),
            "history": history_address(ref),
            "looking": request.query_params.get("did", "") == LOOK,
            **_beside(request, worker, ref, view.typed.body),
        }

    def on_review(self, request: Request, worker: Worker, sheet: Sheet, draft: Draft) -> More:
        """The texts that use a fact, and the box to try a message against a danger."""
        desk, ref = desk_of(request), sheet.ref
        return {
            "entry": Names(desk.content, worker.language).named(ref),
            "uses": uses_shown(desk, ref, draft.body),
            "shown": values_print(draft.body),
            **_beside(request, worker, ref, draft.body),
        }

    def while_typing(self, *_: object) -> More:
        """Nothing more."""
        return {}


def _beside(request: Request, worker: Worker, ref: Ref, body: Body | None) -> More:
    message = request.query_params.get("try", "")[:LONGEST_TRY]
    return {
        "tab": TABS.get(ref.kind, "words"),
        "named": Names(desk_of(request).content, worker.language),
        "direction": direction,
        "message": message,
        "tried": tried(body, message),
    }
