"""One Outgoing as the messages that Telegram takes: decided before anything is sent."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Final
from urllib.parse import quote

from bot.core.message import Button, ButtonStyle, File, Kind, Outgoing
from bot.core.split import split, units

MESSAGE_UNITS: Final = 4096
CAPTION_UNITS: Final = 1024
_NO_CAPTION: Final = frozenset({Kind.VIDEO, Kind.STICKER})  # a round video may be among these, and has none


@dataclass(frozen=True, slots=True)
class Part:
    """One message: a picture or a file with or without a caption, or a text; with rows of buttons.

    `place` is the button with which the phone shares where it is.
    """

    text: str = ""
    picture: str = ""
    rows: tuple[tuple[Button, ...], ...] = ()
    file: File | None = None
    place: Button | None = None


def parts(outgoing: Outgoing, *, calls: bool, links: bool, places: bool = False) -> list[Part]:
    """The messages in order, the buttons under the last one.

    With `places` a LOCATION button comes after them: Telegram has such a button only beside the typing, and a
    message has either that or buttons under it, so it has one more message, with its hint. Without, there is none.
    With `calls` a CALL button can stand there, with `links` a LINK of https; without, the number or the
    address stands in the text. The same Outgoing always gives the same parts, so that a delivery can go on
    where it stopped.
    """
    unshown = [b for row in outgoing.buttons for b in row if not _can_stand(b, calls=calls, links=links)]
    text = _text(outgoing, unshown)
    shown = [tuple(b for b in row if b not in unshown) for row in outgoing.buttons]
    made = _messages(outgoing, text)
    asked = [b for b in unshown if b.style is ButtonStyle.LOCATION][:1] if places else []
    invitation = [Part(b.hint or label(b), place=b) for b in asked]
    return [*made[:-1], replace(made[-1], rows=tuple(row for row in shown if row)), *invitation] if made else []


def _messages(outgoing: Outgoing, text: str) -> list[Part]:
    pictures = [Part(picture=outgoing.pictogram)] if outgoing.pictogram else []
    pictures += [Part(file=outgoing.file)] if outgoing.file else []
    captioned = outgoing.file is None or outgoing.file.kind not in _NO_CAPTION
    if pictures and captioned and units(text) <= CAPTION_UNITS:
        return [*pictures[:-1], replace(pictures[-1], text=text)]
    return pictures + [Part(piece) for piece in split(text, MESSAGE_UNITS)]


def call_link(public_url: str, number: str) -> str:
    """The page that holds the tappable number: Telegram allows no `tel:` button."""
    return f"{public_url.rstrip('/')}/call/{quote(number, safe='')}"


def label(button: Button) -> str:
    """The words of a button with its emoji in front."""
    return f"{button.emoji} {button.label}".strip()


def _can_stand(button: Button, *, calls: bool, links: bool) -> bool:
    if button.style is ButtonStyle.LINK:
        return links and button.data.startswith("https://")
    if button.style is ButtonStyle.LOCATION:
        return False
    return calls or button.style is not ButtonStyle.CALL


def _text(outgoing: Outgoing, unshown: list[Button]) -> str:
    numbers = [b.data for b in unshown if b.style is ButtonStyle.CALL]
    calls = [f"📞 {number}" for number in dict.fromkeys(numbers) if not _stands_in(number, outgoing.text)]
    links = [f"{b.label}: {b.data}" for b in unshown if b.style is ButtonStyle.LINK and b.data not in outgoing.text]
    blocks = (outgoing.text.strip(), "\n".join([*calls, *links]), "\n".join(outgoing.notes))
    return "\n\n".join(block for block in blocks if block)


def _stands_in(number: str, text: str) -> bool:
    """Whether a text holds this telephone number, however its digits are grouped."""
    digits = re.findall(r"[\d+]", number)
    spaced = r"[\s().\-\u2010-\u2012/]*".join(re.escape(digit) for digit in digits)
    return bool(digits) and re.search(rf"(?<!\d){spaced}(?!\d)", text) is not None
