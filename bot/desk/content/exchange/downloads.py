"""Files that go out: all texts, or those of one language beside the Dutch."""

from __future__ import annotations

import asyncio
from datetime import date
from typing import Final

from starlette.exceptions import HTTPException
from starlette.responses import Response

from bot.core.language import LANGUAGES, SOURCE
from bot.services.editing.exchange import Exchange

XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
YAML: Final = "application/yaml"


async def exported_as(exchange: Exchange, name: str, day: date) -> Response:
    """all.xlsx, all.yml, or the small workbook for one language: tr.xlsx. Raises HTTPException 404 for others."""
    what, _, ending = name.partition(".")
    only = "" if what == "all" else what
    if ending not in {"xlsx", "yml"} or (only and (ending != "xlsx" or only not in LANGUAGES or only == SOURCE)):
        raise HTTPException(404)
    entries, kept_as = await exchange.entries(), f"buurtvraag-{what}-{day.isoformat()}.{ending}"
    if ending == "yml":
        history = await exchange.history()
        return download(await asyncio.to_thread(exchange.to_yaml, entries, history), YAML, kept_as)
    return download(await asyncio.to_thread(exchange.to_xlsx, entries, only), XLSX, kept_as)


def download(data: bytes, kind: str, name: str) -> Response:
    """Bytes as a file that a browser keeps."""
    return Response(data, media_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})
