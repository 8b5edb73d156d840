"""One Outgoing as the messages that Telegram takes: decided before anything is sent."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Final
from urllib.parse import quote

from bot.core.message import Button, ButtonStyle, Outgoing
from bot.core.split import split, units

MESSAGE_UNITS: Final = 4096
CAPTION_UNITS: Final = 1024


@dataclass(frozen=True, slots=True)
class Part:
    """One message: a picture with a caption, a picture alone, or a text; with rows of buttons."""

    text: str = ""
    picture: str = ""
    rows: tuple[tuple[Button, ...], ...] = ()


def parts(outgoing: Outgoing, *, links: bool) -> list[Part]:
    """The messages in order, the buttons under the last one.

    With `links` a CALL button can stand there; without, its number stands in the text.
    The same Outgoing always gives the same parts, so that a delivery can go on where it stopped.
    """
    text, picture = _text(outgoing, links=links), outgoing.pictogram
    if picture and units(text) <= CAPTION_UNITS:
        made = [Part(text, picture)]
    else:
        made = [Part(picture=picture)] if picture else []
        made += [Part(piece) for piece in split(text, MESSAGE_UNITS)]
    return [*made[:-1], replace(made[-1], rows=_rows(outgoing, links=links))] if made else []


def call_link(public_url: str, number: str) -> str:
    """The page that holds the tappable number: Telegram allows no `tel:` button."""
    return f"{public_url.rstrip('/')}/call/{quote(number, safe='')}"


def label(button: Button) -> str:
    """The words of a button with its emoji in front."""
    return f"{button.emoji} {button.label}".strip()


def _rows(outgoing: Outgoing, *, links: bool) -> tuple[tuple[Button, ...], ...]:
    shown = [tuple(b for b in row if links or b.style is not ButtonStyle.CALL) for row in outgoing.buttons]
    return tuple(row for row in shown if row)


def _text(outgoing: Outgoing, *, links: bool) -> str:
    numbers = [] if links else [b.data for row in outgoing.buttons for b in row if b.style is ButtonStyle.CALL]
    calls = [f"📞 {number}" for number in dict.fromkeys(numbers) if not _stands_in(number, outgoing.text)]
    blocks = (outgoing.text.strip(), "\n".join(calls), "\n".join(outgoing.notes))
    return "\n\n".join(block for block in blocks if block)


def _stands_in(number: str, text: str) -> bool:
    """Whether a text holds this telephone number, however its digits are grouped."""
    digits = re.findall(r"[\d+]", number)
    spaced = r"[\s().\-\u2010-\u2012/]*".join(re.escape(digit) for digit in digits)
    return bool(digits) and re.search(rf"(?<!\d){spaced}(?!\d)", text) is not None
