"""What a guest sees who may not come in, with all that they typed, to copy or to send once more."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from bot.desk import page
from bot.desk.forms import given

_URLENCODED: Final = "application/x-www-form-urlencoded"
_NOT_TYPED: Final = frozenset({"csrf", "seen", "send"})


@dataclass(frozen=True, slots=True)
class Refusal:
    """One reason, in English sentences of the desk. `again`: the same can be sent once more, a little later."""

    status: int
    title: str
    what: str
    again: bool = False


GONE: Final = Refusal(404, "This link works no more", "Ask who gave it to you for a new one.")
NOT_HERE: Final = Refusal(404, "This text is not here", "It may have been taken away. Go back to the list.")
HURRY: Final = Refusal(429, "That was very fast", "Nothing was changed. Try again in a minute.", again=True)
BUSY: Final = Refusal(503, "One moment please", "It is very busy right now. Try again in a minute.", again=True)
FULL: Final = Refusal(413, "This is too much at once", "Nothing was changed. Take the file anew, and fill that in.")
REFUSALS: Final = (GONE, NOT_HERE, HURRY, BUSY, FULL)


async def refuse(request: Request, refusal: Refusal) -> Response:
    """The page."""
    texts = await _typed(request) if refusal is not FULL else {}
    sent = (await given(request)).ticked("send") if texts else False
    response = page.render(
        request,
        "content/guest_refused.html",
        refusal.status,
        refusal=refusal,
        texts={name: text for name, text in texts.items() if name not in _NOT_TYPED and text},
        seen=texts.get("seen", ""),
        sent=sent,
        way_back=_list_of(request) if refusal is NOT_HERE else "",
        here=f"/desk{request.url.path.removeprefix('/desk')}",
    )
    if refusal.again:
        response.headers["Retry-After"] = "60"
    return response


async def _typed(request: Request) -> dict[str, str]:
    """What a form with texts holds; {} for anything else, a file among them."""
    if request.method != "POST" or not request.headers.get("content-type", "").startswith(_URLENCODED):
        return {}
    return {name: texts[0] for name, texts in (await given(request)).texts.items()}


def _list_of(request: Request) -> str:
    return f"/desk/translate/{request.path_params['token']}"
