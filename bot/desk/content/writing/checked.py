"""What the rules say of a text while somebody writes it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

from bot.core.entry import Body, Ref
from bot.core.finding import BLOCK, Finding
from bot.desk.content.answers.findings_view import Told
from bot.desk.content.writing.typed import Typed
from bot.desk.desk import Desk
from bot.services.editing.check_entry import NEVER

# Says findings in words, by the part of the page that they stand at; the second are those that stop publishing.
Telling = Callable[[Sequence[Finding], Collection[Finding]], Mapping[str, Sequence[Told]]]


@dataclass(frozen=True, slots=True)
class Checked:
    """What is told, by part. `blocking` are the rules for which a reason is asked, `overrides` the reasons given."""

    told: Mapping[str, Sequence[Told]]
    blocking: Sequence[str]
    overrides: Mapping[str, str]


def checked(desk: Desk, ref: Ref, typed: Typed, current: Body | None, telling: Telling) -> Checked:
    """The text held to the rules. What `current` breaks in the same words does not stop publishing."""
    found = desk.editing.findings(ref, typed.body)
    old = set() if current is None else {(one.rule, one.text) for one in desk.editing.findings(ref, current)}
    new = [one for one in found if one.severity == BLOCK and (one.rule in NEVER or (one.rule, one.text) not in old)]
    waived = list(dict.fromkeys(one.rule for one in new if one.rule not in NEVER))
    return Checked(telling(found, new), waived, _reasons(typed))


def unchecked(typed: Typed) -> Checked:
    """Nothing is told of a form in which nothing was written yet."""
    return Checked({}, (), _reasons(typed))


def _reasons(typed: Typed) -> Mapping[str, str]:
    return {one.rule: one.reason for one in typed.overrides}
