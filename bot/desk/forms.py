"""What somebody filled in: fields as text, and the little readings that several forms share."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from starlette.requests import Request
from starlette.responses import RedirectResponse

_LONGEST: Final = 4000  # characters of one field

DONE: Final[Mapping[str, str]] = {
    "saved": "Saved.",
    "removed": "Removed.",
    "away": "Saved. The open cases go to colleagues.",
    "locked-out": "Nothing was changed: you would lock yourself out. Ask another coordinator to do this.",
    "linked": "Your Telegram is no longer linked.",
    "team-removed": "The team is removed. Its areas are free; its people can read its closed cases until those go.",
    "group-unlinked": "The Telegram group is no longer linked.",
}


@dataclass(frozen=True, slots=True)
class Given:
    """A form as it was sent."""

    texts: Mapping[str, Sequence[str]]

    def text(self, name: str, longest: int = 200) -> str:
        """A field without blanks around it, cut at `longest` characters; "" when it is not there."""
        return next(iter(self.texts.get(name, ())), "").strip()[:longest]

    def secret(self, name: str) -> str:
        """A field just as it was typed: blanks count in a password."""
        return next(iter(self.texts.get(name, ())), "")

    def all(self, name: str) -> tuple[str, ...]:
        """All values of a field that may be there more than once."""
        return tuple(self.texts.get(name, ()))

    def ticked(self, name: str) -> bool:
        """Was this box ticked?"""
        return bool(self.texts.get(name))

    def day(self, name: str) -> date | None:
        """A date, or None when there is none or it cannot be read."""
        try:
            return date.fromisoformat(self.text(name))
        except ValueError:
            return None


@dataclass(slots=True)
class Problems:
    """What is wrong in a form: field → English sentence of the desk. Empty when all is well."""

    of: dict[str, str] = field(default_factory=dict)

    def unless(self, right: object, name: str, sentence: str) -> None:
        """Notes the sentence at a field when something does not hold; the first one stays."""
        if not right:
            self.of.setdefault(name, sentence)

    def __bool__(self) -> bool:
        return bool(self.of)

    def __getitem__(self, name: str) -> str:
        return self.of.get(name, "")


async def given(request: Request) -> Given:
    """The form of this request; files in it are left out."""
    form = await request.form()
    texts: dict[str, list[str]] = {}
    for name, value in form.multi_items():
        if isinstance(value, str):
            texts.setdefault(bare(name), []).append(bare(value)[:_LONGEST])
    return Given(texts)


def bare(typed: str) -> str:
    """Without the character that no text has and no database takes."""
    return typed.replace("\0", "")


def done(address: str, what: str = "saved") -> RedirectResponse:
    """Back to a page, which says what was done: a word of DONE."""
    return RedirectResponse(f"{address}?done={what}", 303)
