"""A server on a real port in place of LibreTranslate, DeepL and Microsoft: answers, hangs, or talks nonsense."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

DUTCH = {"صباح الخير": "goedemorgen", "Hello": "hallo"}
CODES = ["ar", "en", "nl", "tr"]
LANGUAGES = [{"code": code, "name": code, "targets": CODES} for code in CODES]


@dataclass(frozen=True)
class Asked:
    """One request as it came in."""

    method: str
    path: str
    headers: dict[str, str]
    body: Any


@dataclass
class StandIn:
    """What the server does, and what it was asked. `answer` replaces its translation: (status, bytes)."""

    url: str = ""
    answer: tuple[int, bytes] | None = None
    languages: Any = field(default_factory=lambda: LANGUAGES)
    hangs: bool = False
    released: threading.Event = field(default_factory=threading.Event)
    asked: list[Asked] = field(default_factory=list)

    @property
    def translations(self) -> list[Asked]:
        return [asked for asked in self.asked if asked.path.startswith("/translate")]

    def release(self) -> None:
        """Lets go of whoever hangs."""
        self.hangs = False
        self.released.set()

    def reply(self, asked: Asked) -> tuple[int, bytes]:
        if not asked.path.startswith("/translate"):
            return 200, json.dumps(self.languages).encode()
        if self.hangs:
            self.released.wait(20)
        if self.answer is not None:
            return self.answer
        return 200, json.dumps(_translation(asked.body)).encode()


def _translation(body: Any) -> Any:
    match body:
        case {"q": text}:
            return {"translatedText": DUTCH.get(text, f"vertaald: {text}")}
        case {"text": [text]}:
            return {"translations": [{"detected_source_language": "AR", "text": DUTCH[text]}]}
        case [{"Text": text}]:
            return [{"translations": [{"text": DUTCH[text], "to": "nl"}]}]
    raise AssertionError(f"no translation is asked like this: {body!r}")


@contextmanager
def standing_in() -> Iterator[StandIn]:
    """The server, for as long as the block lasts."""
    stand_in = StandIn()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._handle()

        def do_POST(self) -> None:
            self._handle()

        def _handle(self) -> None:
            sent = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            asked = Asked(self.command, self.path, dict(self.headers), json.loads(sent) if sent else None)
            stand_in.asked.append(asked)
            status, body = stand_in.reply(asked)
            try:
                self.send_response(status)
                if status in {302, 307}:
                    self.send_header("Location", f"{stand_in.url}/translate/elsewhere")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)
            except ConnectionError:
                pass  # nobody waits any more

        def log_message(self, *_: object) -> None:
            return None

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    stand_in.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield stand_in
    finally:
        stand_in.release()
        server.shutdown()
        thread.join()
        server.server_close()
