"""The overview of all answers, rendered by the real page for an editor who is logged in, with made-up answers."""

from __future__ import annotations

import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import cycle, islice
from pathlib import Path
from types import SimpleNamespace
from typing import Final, cast

from cryptography.fernet import Fernet
from httpx import ASGITransport, AsyncClient
from starlette.applications import Starlette
from starlette.routing import Mount

from bot.core.asked import Asked
from bot.core.content import Content
from bot.core.entry import Kind, Ref
from bot.core.errors import BuurtvraagError
from bot.core.overview import Cell, Mark, Overview, Row
from bot.core.revision import Draft, Stage
from bot.core.served import Served
from bot.core.team import Role, Worker
from bot.desk.content import overview
from bot.desk.desk import Desk
from bot.desk.page import templates
from bot.gateways.content_files import load_content
from bot.services.cases.work import Work
from bot.services.editing import Editing
from bot.services.evaluate import percentile
from bot.services.live import Live
from bot.services.teaching import AskedGroup, Teaching
from bot.settings import ROOT
from bot.store.opened import opened
from bot.store.store import SqlStore

TONGUES: Final = ("nl", "fy", "en", "ar", "tr", "pl", "bg", "uk", "es", "pt", "zh", "fa", "ti", "pap")
MARKS: Final = (
    frozenset({Mark.PUBLISHED}),
    frozenset({Mark.PUBLISHED, Mark.UNREVIEWED, Mark.UNTESTED}),
    frozenset({Mark.MISSING}),
    frozenset({Mark.PUBLISHED, Mark.STALE, Mark.DRAFT, Mark.UNREVIEWED}),
    frozenset({Mark.PUBLISHED, Mark.REVIEW_DUE}),
    frozenset({Mark.MISSING, Mark.IN_REVIEW}),
)
ROUNDS: Final = 30
DRAFTS: Final = 60
_NOW: Final = datetime(2026, 11, 21, 12, tzinfo=UTC)
_EDITOR: Final = Worker("eva", "eva@wijk.nl", "Eva", frozenset({Role.EDITOR}), ())


@dataclass(frozen=True, slots=True)
class GridBench:
    """Times of the whole answer in milliseconds, from the request to the last byte of the page.

    `first` is that of the first request after the start; `kilobytes` what is sent.
    """

    topics: int
    languages: int
    cells: int
    kilobytes: float
    first: float
    p50: float
    p95: float


async def bench(languages: int = 14, topics: int = 120) -> GridBench:
    """Runs for some seconds, without a network."""
    content = load_content(ROOT / "responses")
    with tempfile.TemporaryDirectory() as folder:
        async with opened(f"sqlite:///{Path(folder) / 'desk.db'}", (Fernet.generate_key().decode(),)) as store:
            await _furnish(store, content)
            return await _measure(_app(store, content, languages, topics), languages, topics)


async def _measure(app: Starlette, languages: int, topics: int) -> GridBench:
    times = []
    async with AsyncClient(transport=ASGITransport(app), base_url="http://desk", cookies={"desk": "token"}) as client:
        for _ in range(ROUNDS):
            started = time.perf_counter()
            page = await client.get("/desk/content")
            times.append((time.perf_counter() - started) * 1000)
    cells = page.text.count("<td>")
    if page.status_code != 200 or cells < topics * languages:  # noqa: PLR2004 - all is well
        raise BuurtvraagError(f"The page of the grid came with {page.status_code} and {cells} cells.")
    return GridBench(
        topics=topics,
        languages=languages,
        cells=cells,
        kilobytes=round(len(page.content) / 1000, 1),
        first=round(times[0], 1),
        p50=percentile(times[1:], 50),
        p95=percentile(times[1:], 95),
    )


def _app(store: SqlStore, content: Content, languages: int, topics: int) -> Starlette:
    """The overview alone, behind its guard, with the store and the texts of a real desk."""

    async def made_up() -> Overview:
        return _overview(languages, topics)

    async def groups() -> Sequence[AskedGroup]:
        asked = Asked(1, "wat kost de tandarts", "nl", (), _NOW)
        return [AskedGroup((asked,) * 3, ("flu_jab",))] * 5

    editing = cast("Editing", SimpleNamespace(overview=made_up, may_publish=lambda *_: True))
    teaching = cast("Teaching", SimpleNamespace(groups=groups))
    work = cast("Work", SimpleNamespace())
    desk = Desk(store, lambda: _NOW, Served(content), work, Live(), editing, teaching)
    app = Starlette(routes=overview.routes(desk))
    app.state.desk, app.state.templates = desk, templates(desk)
    return Starlette(routes=[Mount("/desk", app)])


async def _furnish(store: SqlStore, content: Content) -> None:
    answers = islice(content.answers.items(), DRAFTS)
    async with store.unit() as unit:
        await unit.keep_worker(_EDITOR)
        await unit.open_session("token", _EDITOR.id, _NOW + timedelta(days=1), "")
        for (key, language), answer in answers:
            draft = Draft(Ref(Kind.ANSWER, key, language), "rosa", answer, 0, _NOW)
            await unit.keep_draft(replace(draft, stage=Stage.IN_REVIEW), 0)


def _overview(languages: int, topics: int) -> Overview:
    """Made anew for every request, as the real one is."""
    codes, marks = TONGUES[:languages], cycle(MARKS)
    rows = tuple(
        Row(
            topic,
            ("vaccination", "care", "feeling")[number % 3],
            ("V", "W", "")[number % 3],
            _cells(topic, codes, marks),
        )
        for number, topic in enumerate(f"made_up_topic_{number}" for number in range(topics))
    )
    return Overview(codes, rows, Counter(mark for row in rows for cell in row.cells for mark in cell.marks))


def _cells(topic: str, codes: Sequence[str], marks: cycle[frozenset[Mark]]) -> tuple[Cell, ...]:
    return tuple(Cell(Ref(Kind.ANSWER, f"utter_{topic}", code), next(marks)) for code in codes)
