"""Texts that need not be typed: templates and the library's answers, in the worker's and the resident's language."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from bot.core.content import Content
from bot.core.normalise import normalise
from bot.core.served import Served
from bot.core.team import Template

MOST: Final = 8


@dataclass(frozen=True, slots=True)
class Ready:
    """One text in two languages: `own` is the worker's, `theirs` the resident's, "" where there is none.

    `id` is "t:<template>" or "a:<topic>"; `checked` says that somebody with knowledge of the field read it.
    """

    id: str
    name: str
    own: str
    theirs: str
    checked: bool = True

    @property
    def to_write(self) -> str:
        """What goes into the box: the worker's language, if there is a text in it."""
        return self.own or self.theirs


def templates_for(templates: Iterable[Template], team: str, own: str, theirs: str) -> list[Ready]:
    """The templates of a team and those of all, as far as they have a text in one of the two languages."""
    ready = [
        Ready(f"t:{template.id}", template.name, template.texts.get(own, ""), template.texts.get(theirs, ""))
        for template in templates
        if template.team in {"", team}
    ]
    return [one for one in ready if one.to_write]


class Library:
    """The answers of the assistant, to look up by a worker. `unreviewed`: may texts that nobody checked be used?"""

    def __init__(self, served: Served, *, unreviewed: bool) -> None:
        self._served, self._unreviewed = served, unreviewed

    def find(self, asked: str, own: str, theirs: str) -> list[Ready]:
        """Answers with all these words, those with the words in their name first; at most MOST."""
        words = normalise(asked).split()
        if not words:
            return []
        found = []
        for ready in self.every(own, theirs):
            names = self._names(ready.id.removeprefix("a:"), own, theirs)
            if all(word in f"{names} {normalise(f'{ready.own} {ready.theirs}')}" for word in words):
                found.append((not all(word in names for word in words), ready))
        return [ready for _, ready in sorted(found, key=lambda pair: pair[0])[:MOST]]

    def every(self, own: str, theirs: str) -> list[Ready]:
        """All answers that may be used, in these two languages."""
        return [ready for topic in self._content.topics if (ready := self.answer(topic, own, theirs))]

    def answer(self, topic: str, own: str, theirs: str) -> Ready | None:
        """The answer on one topic; None when there is none that may be used."""
        labels = self._content.labels
        name = labels[own if own in labels else theirs].topics.get(topic, topic.replace("_", " "))
        texts = [self._text(topic, own), self._text(topic, theirs)]
        if not any(text for text, _ in texts):
            return None
        return Ready(f"a:{topic}", name, texts[0][0], texts[1][0], all(checked for text, checked in texts if text))

    @property
    def _content(self) -> Content:
        return self._served.content

    def _text(self, topic: str, language: str) -> tuple[str, bool]:
        """The text of a topic in just this language, and whether it was checked; ("", False) without one."""
        answer = self._content.answers.get((f"utter_{topic}", language))
        if answer is None or (answer.key, language) in self._content.withdrawn:
            return "", False
        checked = answer.review.status == "reviewed"
        if not checked and not self._unreviewed:
            return "", False
        return self._content.filled(answer.text, language).strip(), checked

    def _names(self, topic: str, own: str, theirs: str) -> str:
        labels = self._content.labels
        return normalise(" ".join(labels[code].topics.get(topic, "") for code in (own, theirs) if code in labels))


def linked(text: str, ready: Iterable[Ready]) -> str:
    """The same text in the resident's language when it is one of ours, unchanged; else ""."""
    typed = _bare(text)
    return next((one.theirs for one in ready if one.own and one.theirs and _bare(one.own) == typed), "")


def _bare(text: str) -> str:
    return "\n".join(line.strip() for line in text.strip().splitlines())
