"""The pages and bubbles as HTML."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from bot.channels.webchat.links import FileLinks
from bot.channels.webchat.signs import language_on, sign_of
from bot.channels.webchat.transcript import Bubble
from bot.channels.webchat.words import callable_numbers, dialled, words_with
from bot.core.content import Content, Labels
from bot.core.language import LANGUAGES, SOURCE, Language, is_right_to_left
from bot.core.message import Button, Outgoing
from bot.core.served import Served
from bot.services.files import MAX_FILE

STATIC: Final = Path(__file__).parent / "static"
_TEMPLATES: Final = Path(__file__).parent / "templates"
_UNSAFE_PLACES: Final = ("flag_violence", "flag_child_danger")


@dataclass(frozen=True, slots=True)
class ChatPage:
    """What a chat page shows. `plain`: it works without JavaScript and carries its own transcript.

    `address` is the visitor's, for whom files open. `notice` is the name of one of the page's words; `look`
    offers to look once more for an answer.
    """

    language: Language
    address: str
    plain: bool = False
    bubbles: tuple[Bubble, ...] = ()
    fresh: int = 0  # how many of the last bubbles are new
    transcript: str = ""
    draft: str = ""
    notice: str = ""
    look: bool = False


class Pages:
    """Renders. `away` is where "leave quickly" goes; times are shown in `zone`.

    Without `links` files can be neither opened nor sent along.
    """

    def __init__(
        self, served: Served, *, demo: bool, away: str, links: FileLinks | None = None, zone: str = "Europe/Amsterdam"
    ) -> None:
        self._served = served
        self._templates = Environment(
            loader=FileSystemLoader(_TEMPLATES),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._templates.globals.update(
            languages=LANGUAGES,
            texts=lambda: self._content,
            labels_in=self._labels,
            tongue_of=_tongue,
            words=lambda: words_with(self.numbers),
            sign=self._sign,
            pictures=self._pictures,
            shown=_shown,
            language_on=language_on,
            dialled=dialled,
            unsafe=_is_unsafe,
            file_link=links.address if links else None,
            most_bytes=MAX_FILE,
            zone=ZoneInfo(zone),
            demo=demo,
            away=away,
            version=_version(),
        )

    @property
    def numbers(self) -> frozenset[str]:
        """The telephone numbers that texts name now."""
        return callable_numbers(self._content.facts)

    @property
    def _content(self) -> Content:
        return self._served.content

    def bubble(self, outgoing: Outgoing, at: datetime, address: str) -> str:
        """One message of the assistant for the visitor with this address."""
        module = self._templates.get_template("bubble.html").module
        return str(module.heard(Bubble(at, outgoing=outgoing), address))  # type: ignore[attr-defined]

    def chat(self, view: ChatPage) -> str:
        """The whole chat."""
        return self._render("chat.html", view.language, view=view, update_id=secrets.token_urlsafe(12))

    def call(self, language: Language, number: str) -> str:
        """One big button that calls a number."""
        return self._render("call.html", language, number=number)

    def problem(self, language: Language, word: str) -> str:
        """What went wrong, by the name of one of the page's words, and the way back."""
        return self._render("problem.html", language, word=word)

    def word(self, language: Language, word: str) -> str:
        """One of the page's words."""
        return self._content.labels[language.code].page[word]

    def command(self, name: str, language: Language) -> str:
        """What a resident said by a command: the words on the page's own button for it, or the command."""
        labels = self._content.labels[language.code]
        words = {"forget": labels.page["new_chat"], "about": labels.page["about"]}
        return words.get(name) or labels.commands.get(name) or f"/{name}"

    def _render(self, template: str, language: Language, **more: object) -> str:
        return self._templates.get_template(template).render(
            language=language, page=self._content.labels[language.code].page, **more
        )

    def _labels(self, code: str) -> Labels:
        """The words around a message in any language: there are cards in languages that are not ours."""
        return self._content.labels.get(code) or self._content.labels[SOURCE]

    def _sign(self, button: Button) -> str:
        sign = sign_of(button)
        return sign if sign in self._content.pictograms else ""

    def _pictures(self, outgoing: Outgoing) -> list[str]:
        """The pictures of a message; none if its buttons carry the very same ones."""
        names = [name for name in outgoing.pictogram.split("+") if name in self._content.pictograms]
        on_buttons = {self._sign(button) for row in outgoing.buttons for button in row}
        return [] if len(names) > 1 and set(names) <= on_buttons else names


def _shown(outgoing: Outgoing) -> Outgoing:
    """A message whose text only repeats its buttons (the languages) as a picture named by that text."""
    labels = " · ".join(button.label for row in outgoing.buttons for button in row)
    if outgoing.text != labels:
        return outgoing
    return replace(outgoing, text="", pictogram="globe", alt=outgoing.text)


def _tongue(code: str) -> Language:
    return LANGUAGES.get(code) or Language(code, code, right_to_left=is_right_to_left(code))


def _is_unsafe(outgoing: Outgoing) -> bool:
    """May somebody be looking over the resident's shoulder?"""
    return outgoing.protect or outgoing.key.startswith(_UNSAFE_PLACES)


def _version() -> str:
    """Changes when a file of the page does, so that no browser keeps an old one."""
    files = sorted(path for path in STATIC.iterdir() if path.is_file())
    return hashlib.sha256(b"".join(path.read_bytes() for path in files)).hexdigest()[:12]
