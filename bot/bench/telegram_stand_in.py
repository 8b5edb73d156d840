"""A Telegram Bot API server on this machine, for the real library to talk to over HTTP."""

from __future__ import annotations

import asyncio
import contextlib
import json
import socket
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from http import HTTPStatus
from typing import Any, Final, Self
from urllib.parse import parse_qsl

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.bench.telegram_account import SENDING, Account
from bot.bench.telegram_chats import Shown
from bot.bench.telegram_faults import Fault, Refusal, wrong_token
from bot.bench.telegram_rules import Key, keyboard
from bot.bench.telegram_updates import Json

TOKEN: Final = "1234567:stand-in"  # noqa: S105 - opens nothing


@dataclass(frozen=True, slots=True)
class Call:
    """One request that came in, the status of the answer (0: none) and whether it was a success."""

    method: str
    fields: Mapping[str, str]
    files: Mapping[str, bytes]
    status: int
    ok: bool

    @property
    def chat(self) -> int:
        """The chat it was about, or 0."""
        return int(self.fields.get("chat_id") or 0)

    @property
    def text(self) -> str:
        """What a resident reads: the text or the caption."""
        return self.fields.get("text") or self.fields.get("caption") or ""

    @property
    def keys(self) -> tuple[tuple[Key, ...], ...]:
        """The buttons under it."""
        return keyboard(self.fields)

    @property
    def thread(self) -> int:
        """The topic it was about, or 0."""
        return int(self.fields.get("message_thread_id") or 0)

    @property
    def protected(self) -> bool:
        """May a resident not pass it on or save it?"""
        return self.fields.get("protect_content") == "true"


class _Server(uvicorn.Server):
    """Leaves the signals to whoever runs the loop, and stops at once."""

    def __init__(self, config: uvicorn.Config, stop: asyncio.Event) -> None:
        super().__init__(config)
        self._stop = stop

    async def main_loop(self) -> None:
        await self._stop.wait()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        for server in self.servers:
            server.close()
        for listener in sockets or []:
            listener.close()
        for connection in list(self.server_state.connections):
            connection.shutdown()
        await asyncio.gather(*self.server_state.tasks, return_exceptions=True)

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


class TelegramStandIn:
    """`async with TelegramStandIn() as server:` serves at `server.url` until the end of the block."""

    def __init__(self, token: str = TOKEN) -> None:
        self.token = token
        self.url = ""
        self.calls: list[Call] = []
        self._account = Account()
        self._faults: dict[tuple[str, int], Fault] = {}

    async def __aenter__(self) -> Self:
        # The socket listens before the server does: a request that comes early waits.
        listener = socket.create_server(("127.0.0.1", 0))
        # asyncio does not do this for a socket made here, and every answer would take 40 ms.
        listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.url = f"http://127.0.0.1:{listener.getsockname()[1]}"
        routes = [
            Route("/bot{token}/{method}", self._handle, methods=["GET", "POST"]),
            Route("/file/bot{token}/{path:path}", self._download),
        ]
        app = Starlette(routes=routes)
        config = uvicorn.Config(
            app, ws="none", lifespan="off", log_config=None, access_log=False, timeout_graceful_shutdown=1
        )
        server = _Server(config, self._account.closing)
        self._serving = asyncio.create_task(server.serve(sockets=[listener]))
        return self

    async def __aexit__(self, *_: object) -> None:
        self._account.closing.set()
        await self._account.tell()
        await self._serving

    async def push(self, *updates: Json) -> list[int]:
        """Puts updates in line for getUpdates; one without an update_id gets the next. Returns the ids."""
        ids = [self._account.enqueue(update) for update in updates]
        await self._account.tell()
        return ids

    def plan(self, fault: Fault, *, chat: int = 0, method: str = "") -> None:
        """Answers so to everything, to one chat, to one method, or to one method for one chat."""
        self._faults[method, chat] = fault

    def heal(self) -> None:
        """Nothing goes wrong any more."""
        self._faults.clear()

    def forget_files(self) -> None:
        """Telegram no longer knows the pictures and files it was sent."""
        self._account.files.by_id.clear()

    def put_file(self, file_id: str, sort: str, data: bytes) -> None:
        """Telegram holds a file of a sort ("voice", "photo" …) with this in it."""
        self._account.files.put(file_id, sort, data)

    def make_forum(self, chat: int) -> None:
        """The group has topics from now on."""
        self._account.chats.forums.add(chat)

    @property
    def topics(self) -> Mapping[tuple[int, int], str]:
        """The topics that were opened: (chat, thread) → name."""
        return self._account.chats.topics

    def screen(self, chat: int, thread: int | None = None) -> list[Shown]:
        """The bot's messages that stand in a chat now, or in one topic of it, in order."""
        return self._account.chats.screen(chat, thread)

    async def shows(self, chat: int, words: str, within: float = 5.0) -> Shown:
        """The last message in a chat that holds these words, once there is one. Raises TimeoutError."""

        def found() -> Shown | None:
            return next((one for one in reversed(self.screen(chat)) if words in one.text), None)

        async with asyncio.timeout(within), self._account.news:
            await self._account.news.wait_for(lambda: found() is not None)
        shown = found()
        assert shown is not None  # noqa: S101 - waited for
        return shown

    @property
    def webhook(self) -> Mapping[str, str]:
        """What was last said about the webhook."""
        return self._account.webhook

    @property
    def unconfirmed(self) -> list[int]:
        """The ids of updates that nobody confirmed yet."""
        return [update["update_id"] for update in self._account.queue]

    async def all_confirmed(self, within: float = 5.0) -> None:
        """Returns when every update was confirmed. Raises TimeoutError after `within` seconds."""
        async with asyncio.timeout(within), self._account.news:
            await self._account.news.wait_for(lambda: not self._account.queue)

    def sent(self, chat: int | None = None) -> list[Call]:
        """The messages that were accepted, in order."""
        accepted = [call for call in self.calls if call.method in SENDING and call.ok]
        return [call for call in accepted if chat in {None, call.chat}]

    async def seen(self, method: str, count: int = 1, within: float = 5.0) -> list[Call]:
        """The answered requests for a method, once there are `count`. Raises TimeoutError after `within`."""

        def found() -> list[Call]:
            return [call for call in self.calls if call.method == method]

        async with asyncio.timeout(within), self._account.news:
            await self._account.news.wait_for(lambda: len(found()) >= count)
        return found()

    async def _handle(self, request: Request) -> Response:
        method = request.path_params["method"]
        fields, files = await _read(request)
        fault = self._fault(request.path_params["token"], method, int(fields.get("chat_id") or 0))
        result: Any = None
        if fault is None:
            try:
                result = await self._account.answer(method, fields, files)
            except Refusal as refusal:
                fault = refusal.fault
        self.calls.append(Call(method, fields, files, fault.status if fault else 200, fault is None))
        await self._account.tell()
        return await self._fail(fault) if fault else _json(HTTPStatus.OK, {"ok": True, "result": result})

    async def _download(self, request: Request) -> Response:
        data = self._account.files.at(request.path_params["path"])
        known = data is not None and request.path_params["token"] == self.token
        return Response(data, media_type="application/octet-stream") if known else Response(status_code=404)

    def _fault(self, token: str, method: str, chat: int) -> Fault | None:
        if token != self.token:
            return wrong_token()
        key = next((key for key in ((method, chat), ("", chat), (method, 0), ("", 0)) if key in self._faults), None)
        if key is None:
            return None
        fault = self._faults.pop(key)
        if fault.times is None or fault.times > 1:
            self._faults[key] = replace(fault, times=fault.times and fault.times - 1)
        return fault

    async def _fail(self, fault: Fault) -> Response:
        if not fault.status:
            await self._account.closing.wait()
        if fault.raw is not None:
            return Response(fault.raw, fault.status)
        told: Json = {"ok": False, "error_code": fault.status, "description": fault.description}
        return _json(fault.status or 500, told | ({"parameters": fault.parameters} if fault.parameters else {}))


async def _read(request: Request) -> tuple[dict[str, str], dict[str, bytes]]:
    if "multipart" not in request.headers.get("content-type", ""):
        return dict(parse_qsl((await request.body()).decode(), keep_blank_values=True)), {}
    async with request.form() as form:
        fields = {name: value for name, value in form.items() if isinstance(value, str)}
        files = {name: await value.read() for name, value in form.items() if not isinstance(value, str)}
    return fields, files


def _json(status: int, body: Json) -> Response:
    return Response(json.dumps(body), status, media_type="application/json")
