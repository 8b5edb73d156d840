"""Saying something: at once for a page with JavaScript, as a whole new page for one without."""

from __future__ import annotations

import secrets
from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Final

import structlog
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from bot.channels.webchat.collect import Collector, Turns, Waits
from bot.channels.webchat.fair import Fair
from bot.channels.webchat.form import Refusal, Sent, has_files, read_sent
from bot.channels.webchat.page import ChatPage, Pages
from bot.channels.webchat.stream import WebChat
from bot.channels.webchat.transcript import FORGOTTEN, Bubble, Cipher, Transcript, seal, unseal
from bot.channels.webchat.upload import Attached
from bot.channels.webchat.visitor import Visitor, new_address, remember, visitor_of
from bot.core.errors import StoreError
from bot.core.language import LANGUAGES
from bot.core.message import File, Incoming, Kind, Outgoing
from bot.core.press import Act, read_press
from bot.services.ports import Clock

log = structlog.get_logger("webchat")
_STATUS: Final = {
    Refusal.TOO_LONG: 413,
    Refusal.FILE_TOO_BIG: 413,
    Refusal.FILE_WRONG: 415,
    Refusal.TOO_OFTEN: 429,
}

Keep = Callable[[str, Attached], Awaitable[File]]


def html(body: str, status: int = 200) -> HTMLResponse:
    """A page that no cache keeps."""
    return HTMLResponse(body, status, headers={"Cache-Control": "no-store", "Vary": "Cookie, Accept-Language"})


class Say:
    """The endpoints that begin a turn."""

    def __init__(
        self,
        *,
        web: WebChat,
        turns: Turns,
        pages: Pages,
        cipher: Cipher,
        clock: Clock,
        waits: Waits,
        fair: Fair,
        keep: Keep | None = None,
    ) -> None:
        self._fair = fair
        self._turns, self._pages, self._cipher, self._clock, self._keep = turns, pages, cipher, clock, keep
        self._collect = Collector(web, turns, waits)

    async def home(self, request: Request) -> Response:
        """The chat. Plain pages (`?plain=1`) begin the conversation here, others by themselves."""
        chosen = request.query_params.get("lang", "")
        visitor = visitor_of(request).speaking(chosen)
        if "plain" in request.query_params and request.method == "GET":
            sent = Sent(Kind.START, "", secrets.token_urlsafe(12))
            return await self._plain(request, visitor, self._counted(request, visitor, sent))
        response = html(self._pages.chat(ChatPage(visitor.language, visitor.address)))
        remember(response, request, visitor, language=chosen in LANGUAGES)
        return response

    async def say(self, request: Request) -> Response:
        """A message. 202 for a script (409 if it has no chat yet, 429 or 503 to try again); a page for a form."""
        visitor = visitor_of(request)
        page = "text/html" in request.headers.get("accept", "")
        sent = await self._read(request, visitor)
        if isinstance(sent, Refusal):
            return html(self._pages.problem(visitor.language, sent.value), _STATUS.get(sent, 400))
        sent = self._counted(request, visitor, sent)
        return await (self._plain if page else self._live)(request, visitor, sent)

    async def _read(self, request: Request, visitor: Visitor) -> Sent | Refusal:
        """What was sent; a file only as long as not too many are being read."""
        if not has_files(request):
            return await read_sent(request)
        with self._fair.form(visitor) as may:
            return await read_sent(request, files=may)

    def _counted(self, request: Request, visitor: Visitor, sent: Sent) -> Sent:
        """The same, or refused because too much came from here in a while."""
        if sent.refused:
            return sent
        may = self._fair.said(request, visitor) and (not sent.attached or self._fair.sent_file(request, visitor))
        return sent if may else sent.too_often

    async def _live(self, request: Request, visitor: Visitor, sent: Sent) -> Response:
        if not visitor.known:
            return Response(status_code=409)
        if sent.refused:
            return html(self._pages.problem(visitor.language, sent.refused.value), _STATUS[sent.refused])
        try:
            await self._turns.receive(await self._incoming(sent, visitor))
        except StoreError as error:
            log.warning("message refused", error=type(error).__name__)
            return Response(status_code=503, headers={"Retry-After": "5"})
        response = Response(status_code=202)
        if code := _language_chosen(sent):
            remember(response, request, visitor.speaking(code), language=True)
        return response

    async def _plain(self, request: Request, visitor: Visitor, sent: Sent) -> Response:
        """The whole page: what was said before, what was said now, and the answers."""
        visitor, transcript = self._before(visitor, sent)
        visitor = visitor.speaking(_language_chosen(sent))
        if sent.refused:
            draft = sent.text if sent.kind is Kind.TEXT else sent.draft
            view = self._view(visitor, transcript, draft=draft, notice=sent.refused.value)
            return self._page(request, visitor, sent, view, _STATUS[sent.refused])
        try:
            heard = await self._answers(sent, visitor)
        except StoreError as error:
            log.warning("message refused", error=type(error).__name__)
            view = self._view(visitor, transcript, draft=sent.draft or sent.text, notice="wrong")
            return self._page(request, visitor, sent, view, 503)
        if any(outgoing.key == FORGOTTEN for outgoing in heard):
            visitor = visitor.moved_to(new_address())
            transcript = replace(transcript, address=visitor.address)
        words = self._said(sent, transcript, visitor)
        said = [Bubble(self._clock(), mine=words)] if words else []
        said += [Bubble(self._clock(), outgoing=outgoing) for outgoing in heard]
        notice = "" if heard else "later"
        view = self._view(visitor, transcript.and_then(*said), draft=sent.draft, notice=notice)
        return self._page(request, visitor, sent, replace(view, fresh=len(said), look=not heard))

    def _before(self, visitor: Visitor, sent: Sent) -> tuple[Visitor, Transcript]:
        """Whose page this is and what was said on it; its transcript tells, if a browser keeps no cookies."""
        transcript = unseal(sent.transcript, self._cipher)
        if transcript and not visitor.known:
            visitor = visitor.moved_to(transcript.address)
        if transcript is None or transcript.address != visitor.address:
            transcript = Transcript(visitor.address)
        return visitor, transcript

    async def _answers(self, sent: Sent, visitor: Visitor) -> tuple[Outgoing, ...]:
        if sent.look:
            return await self._collect.look(visitor.chat)
        return await self._collect(await self._incoming(sent, visitor))

    async def _incoming(self, sent: Sent, visitor: Visitor) -> Incoming:
        """The message, with its file kept. Raises StoreError."""
        file = None
        if sent.attached is not None and self._keep is not None:
            file = await self._keep(sent.update_id(visitor), sent.attached)
        return sent.incoming(visitor, self._clock(), file)

    def _view(self, visitor: Visitor, transcript: Transcript, draft: str, notice: str) -> ChatPage:
        return ChatPage(
            visitor.language,
            visitor.address,
            plain=True,
            bubbles=transcript.bubbles,
            transcript=seal(transcript, self._cipher),
            draft=draft,
            notice=notice,
        )

    def _page(self, request: Request, visitor: Visitor, sent: Sent, view: ChatPage, status: int = 200) -> HTMLResponse:
        response = html(self._pages.chat(view), status)
        chosen = bool(_language_chosen(sent)) or request.query_params.get("lang") in LANGUAGES
        remember(response, request, visitor, language=chosen)
        return response

    def _said(self, sent: Sent, transcript: Transcript, visitor: Visitor) -> str:
        """The resident's own bubble: what they typed, or the words on what they tapped."""
        if sent.look or sent.kind is Kind.START:
            return ""
        if sent.kind is Kind.BUTTON:
            code = _language_chosen(sent)
            return LANGUAGES[code].name if code else transcript.label_of(sent.text)
        if sent.kind is Kind.COMMAND:
            return self._pages.command(sent.text, visitor.language)
        clip = f"📎 {sent.attached.name}" if sent.attached else ""
        return "\n".join(part for part in (sent.text, clip) if part)


def _language_chosen(sent: Sent) -> str:
    """The code of the language that a tapped button chooses, or ""."""
    press = read_press(sent.text) if sent.kind is Kind.BUTTON else None
    chosen = press is not None and press.act is Act.LANGUAGE and press.subject in LANGUAGES
    return press.subject if press is not None and chosen else ""
