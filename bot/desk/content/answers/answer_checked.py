"""What is told of an answer while somebody types it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.core.entry import Body, Ref
from bot.core.finding import BLOCK
from bot.core.plain_language import words
from bot.desk.content.answers.answer_form import Typed
from bot.desk.content.answers.findings_view import Told, by_part
from bot.desk.content.answers.preview import Preview, preview
from bot.desk.desk import Desk
from bot.services.checking.check_wording import parts_of as filled_parts
from bot.services.editing.check_entry import NEVER


@dataclass(frozen=True, slots=True)
class Checked:
    """What is told while somebody types: the findings by part, what blocks, the preview, and the words counted."""

    told: Mapping[str, Sequence[Told]]
    blocking: Sequence[str]
    overrides: Mapping[str, str]
    preview: Preview
    counts: Mapping[str, int]


def checked(desk: Desk, ref: Ref, typed: Typed, current: Body | None) -> Checked:
    """The text held to the rules, and as a phone shows it. What `current` breaks as well does not stop publishing."""
    answer, content = typed.answer, desk.content
    counts = {part: len(words(text)) for part, text in filled_parts(answer, content).items()}
    reasons = {one.rule: one.reason for one in typed.overrides}
    if not answer.text:
        return Checked({}, (), reasons, Preview(), counts)
    found = desk.editing.findings(ref, answer)
    old = set() if current is None else {(one.rule, one.text) for one in desk.editing.findings(ref, current)}
    new = [one for one in found if one.severity == BLOCK and (one.rule in NEVER or (one.rule, one.text) not in old)]
    told = by_part(found, new, answer, content)
    waived = list(dict.fromkeys(one.rule for one in new if one.rule not in NEVER))
    return Checked(told, waived, reasons, preview(content, answer), counts)
