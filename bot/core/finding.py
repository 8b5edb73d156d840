"""What `content check` has to say about a text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from bot.core.content import Answer

Severity = Literal["block", "advice"]
BLOCK: Final = "block"
ADVICE: Final = "advice"


@dataclass(frozen=True, slots=True)
class Finding:
    """One rule that one text does not hold.

    `where` is `file:line` or a file, `key` the answer, label, term or flag, `rule` a stable name.
    `text` says what is wrong and `suggestion` what to do. What blocks may not be published.
    """

    where: str
    key: str
    language: str
    rule: str
    severity: Severity
    text: str
    suggestion: str

    @property
    def sentences(self) -> str:
        """What is wrong and what to do, to be read by itself."""
        return f"{self.text[:1].upper()}{self.text[1:]}. {self.suggestion}"


def about(answer: Answer, rule: str, text: str, suggestion: str, severity: Severity = BLOCK) -> Finding:
    """A finding on an answer."""
    return Finding(answer.where, answer.key, answer.language, rule, severity, text, suggestion)
