"""The desk behind a real port of this machine, in a thread of its own, until `close`."""

from __future__ import annotations

import asyncio
import socket
import threading
from collections.abc import Callable
from typing import TypeVar

import uvicorn

from tests.desk.street import Street

T = TypeVar("T")


class DeskHouse:
    """Serves a street; `do` runs something in the server's own loop."""

    def __init__(self, street: Street) -> None:
        self.street = street
        self._socket = socket.create_server(("127.0.0.1", 0))
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.url = f"http://127.0.0.1:{self._socket.getsockname()[1]}"
        config = uvicorn.Config(street.app, ws="none", log_level="warning", timeout_graceful_shutdown=1)
        self._server = uvicorn.Server(config)
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread = threading.Thread(target=lambda: asyncio.run(self._serve()), daemon=True)
        self._thread.start()

    async def _serve(self) -> None:
        self._loop = asyncio.get_running_loop()
        await self._server.serve([self._socket])

    def do(self, act: Callable[[], T]) -> T:
        async def run() -> T:
            return act()

        assert self._loop
        return asyncio.run_coroutine_threadsafe(run(), self._loop).result(5)

    def close(self) -> None:
        self._server.should_exit = True
        self._thread.join(10)
