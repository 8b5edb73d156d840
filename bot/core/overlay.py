"""Content as a collection of entries, and what editors published laid over the files."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any, Final

from bot.core.content import Answer, Content, Fact, Labels, Pressure, Topic
from bot.core.entry import Body, Examples, Kind, ReadyText, RedFlag, Ref, Words
from bot.core.language import SOURCE
from bot.core.triage import Flag

LABEL_GROUPS: Final = ("sections", "buttons", "menu", "topics", "pictograms", "commands", "page")
PRESSURE_KEY: Final = "words"


def entries_of(content: Content) -> dict[Ref, Body]:
    """Every entry that this content has; of ready-made messages and cards too. Examples are no part of it."""
    found: dict[Ref, Body] = {Ref(Kind.ANSWER, key, code): answer for (key, code), answer in content.answers.items()}
    found |= {Ref(Kind.TOPIC, key): topic for key, topic in content.topics.items()}
    found |= {Ref(Kind.FACT, name): fact for name, fact in content.facts.items()}
    found |= {Ref(Kind.CARD, code): Words(text) for code, text in content.cards.items()}
    found |= {Ref(Kind.TEMPLATE, key): ReadyText(name, texts) for key, (name, texts) in content.ready.items()}
    patterns = {(entry.flag, entry.language): entry for entry in content.patterns}
    for (flag, code), texts in content.flags.items():
        found[Ref(Kind.FLAG, flag.value, code)] = RedFlag(texts, patterns[flag, code])
    for code, labels in content.labels.items():
        for group in LABEL_GROUPS:
            words: Mapping[str, str] = getattr(labels, group)
            found |= {Ref(Kind.LABEL, f"{group}.{key}", code): Words(text) for key, text in words.items()}
    for code, terms in content.glossary.items():
        found |= {Ref(Kind.TERM, term, code): Words(text) for term, text in terms.items()}
    found |= {Ref(Kind.PRESSURE, PRESSURE_KEY, code): pressure for code, pressure in content.pressure.items()}
    return found


def overlaid(content: Content, published: Iterable[tuple[Ref, Body | None]]) -> Content:
    """The content with these entries in place of its own; None takes one away. Examples are left out."""
    parts = _Parts(content)
    for ref, body in published:
        parts.put(ref, body)
    return parts.content()


def changes_between(before: Content, after: Content) -> dict[Ref, Body | None]:
    """What `overlaid` lays over the one to make the other; None for what was taken away."""
    old, new = entries_of(before), entries_of(after)
    changed: dict[Ref, Body | None] = {ref: body for ref, body in new.items() if old.get(ref) != body}
    return changed | dict.fromkeys(old.keys() - new.keys())


class _Parts:
    """Copies of what an entry can change."""

    def __init__(self, content: Content) -> None:
        self._content = content
        self._answers, self._topics, self._facts = dict(content.answers), dict(content.topics), dict(content.facts)
        self._flags = dict(content.flags)
        self._patterns = {(entry.flag, entry.language): entry for entry in content.patterns}
        self._labels = {
            code: {group: dict(getattr(labels, group)) for group in LABEL_GROUPS}
            for code, labels in content.labels.items()
        }
        self._glossary = {code: dict(terms) for code, terms in content.glossary.items()}
        self._pressure, self._cards, self._ready = dict(content.pressure), dict(content.cards), dict(content.ready)

    def put(self, ref: Ref, body: Body | None) -> None:
        """One entry changed, added or (None) taken away. Raises TypeError for a body of another kind."""
        match ref.kind, body:
            case Kind.ANSWER, Answer() | None:
                _set(self._answers, (ref.key, ref.language), body)
            case Kind.TOPIC, Topic() | None:
                _set(self._topics, ref.key, body)
            case Kind.FACT, Fact() | None:
                _set(self._facts, ref.key, body)
            case Kind.CARD, Words() | None:
                _set(self._cards, ref.key, body and body.text)
            case Kind.LABEL, Words() | None:
                group, _, key = ref.key.partition(".")
                _set(self._labels[ref.language][group], key, body and body.text)
            case Kind.TERM, Words() | None:
                _set(self._glossary.setdefault(ref.language, {}), ref.key, body and body.text)
            case Kind.PRESSURE, Pressure() | None:
                _set(self._pressure, ref.language, body)
            case Kind.TEMPLATE, ReadyText() | None:
                _set(self._ready, ref.key, body and (body.name, body.texts))
            case Kind.FLAG, RedFlag():  # a danger can be changed, never taken away
                self._flags[Flag(ref.key), ref.language] = body.texts
                self._patterns[Flag(ref.key), ref.language] = body.patterns
            case Kind.EXAMPLES, Examples() | None:
                pass
            case _:
                raise TypeError(f"{ref.kind} cannot hold a {type(body).__name__}")

    def content(self) -> Content:
        """All of it."""
        return replace(
            self._content,
            answers=self._answers,
            topics=self._topics,
            facts=self._facts,
            flags=self._flags,
            patterns=tuple(self._patterns.values()),
            labels={code: Labels(**groups) for code, groups in self._labels.items()},
            glossary=self._glossary,
            pressure=self._pressure,
            cards=self._cards,
            ready=self._ready,
            new_topics=self._new_topics(),
        )

    def _new_topics(self) -> tuple[str, ...]:
        made = self._topics.keys() - self._content.topics.keys()
        return tuple(sorted(key for key in made if (f"utter_{key}", SOURCE) in self._answers))


def _set(rows: dict[Any, Any], key: object, value: object) -> None:
    if value is None:
        rows.pop(key, None)
    else:
        rows[key] = value
