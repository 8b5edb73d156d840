"""What somebody typed in a form, and the fields that forms of both kinds have."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from bot.core.entry import Body
from bot.core.revision import Change, Override
from bot.desk.forms import Given, Problems
from bot.services.editing.sheet import Sheet

LONGEST_REASON: Final = 4000  # characters
_OVERRIDE: Final = "override-"


@dataclass(frozen=True, slots=True)
class Typed:
    """A form as it was sent. `base` and `seen` are what its page showed; `why` and `reviewed` go with publishing.

    `raw` is the form, None when nobody typed yet; `problems` are the fields that cannot be read.
    """

    body: Body
    base: int
    seen: int
    change: Change = Change.MEANING
    why: str = ""
    reviewed: bool = False
    overrides: tuple[Override, ...] = ()
    raw: Given | None = None
    problems: Problems = field(default_factory=Problems)


def typed_of(form: Given, body: Body, problems: Problems | None = None) -> Typed:
    """The form with the body that was read from it."""
    return Typed(
        body,
        base=number(form, "base"),
        seen=number(form, "keep") or number(form, "seen"),
        change=_change(form.text("change")),
        why=form.text("why", LONGEST_REASON),
        reviewed=form.ticked("reviewed"),
        overrides=overrides(form),
        raw=form,
        problems=problems or Problems(),
    )


def as_kept(sheet: Sheet, begun: Body) -> Typed:
    """The form of somebody who has typed nothing yet; `begun` is what it begins with."""
    draft = sheet.draft
    if draft is None:
        return Typed(begun, sheet.base, 0)
    return Typed(begun, draft.base, draft.version, draft.change, overrides=draft.overrides)


def overrides(form: Given) -> tuple[Override, ...]:
    """The rules that somebody gives a reason for."""
    given = {name: form.text(name, LONGEST_REASON) for name in sorted(form.texts) if name.startswith(_OVERRIDE)}
    return tuple(Override(name.removeprefix(_OVERRIDE), reason) for name, reason in given.items() if reason)


def number(form: Given, name: str) -> int:
    """A field that holds a number; 0 for anything else."""
    typed = form.text(name, 9)
    return int(typed) if typed.isdecimal() and typed.isascii() else 0


def _change(typed: str) -> Change:
    return Change(typed) if typed in set(Change) else Change.MEANING
