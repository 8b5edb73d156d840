"""Linking a worker's own Telegram, by a code that works once."""

from __future__ import annotations

import secrets
from datetime import timedelta
from typing import Final

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from bot.core.team import Worker
from bot.desk import page
from bot.desk.account.mine import for_staff
from bot.desk.desk import desk_of
from bot.desk.door.second_factor import drawn
from bot.desk.forms import done

PURPOSE: Final = "link"
LASTS: Final = timedelta(minutes=15)


@for_staff
async def link(request: Request, worker: Worker) -> Response:
    """The code, as a link, as a picture for another telephone, and as words to type."""
    desk = desk_of(request)
    if not (bot := desk.bot_name()):
        return RedirectResponse("/desk/account", 303)
    code = secrets.token_urlsafe(16)
    async with desk.store.unit() as unit:
        await unit.give_token(code, PURPOSE, worker.id, desk.clock() + LASTS)
        await unit.audit(worker.id, "asked for Telegram code", worker.id, desk.clock())
    address = f"https://t.me/{bot}?start={code}"
    return page.render(request, "account/telegram.html", address=address, code=code, picture=drawn(address), bot=bot)


@for_staff
async def unlink(request: Request, worker: Worker) -> Response:
    """Nothing more goes to the worker's Telegram."""
    desk = desk_of(request)
    async with desk.store.unit() as unit:
        await unit.link_chat(worker.id, "")
        await unit.audit(worker.id, "unlinked Telegram", worker.id, desk.clock())
    return done("/desk/account", "linked")
