"""The body of an entry as named fields, called as in `responses/*.yml`; `shapes` makes bodies of them again."""

from __future__ import annotations

from typing import Any

from bot.core.content import Answer, Fact, FlagTexts, Pressure, Review, Topic
from bot.core.entry import Body, Examples, ReadyText, RedFlag, Words
from bot.core.triage import FlagPatterns

Fields = dict[str, Any]


def fields_of(body: Body) -> Fields:
    """The fields of a body, those left out that hold nothing."""
    return {name: value for name, value in _all_fields(body).items() if value not in ("", None, False, [], {})}


def _all_fields(body: Body) -> Fields:
    match body:
        case Answer():
            return _answer(body)
        case Topic():
            return {"group": body.group, "kind": body.kind}
        case Words():
            return {"text": body.text}
        case Fact():
            return _fact(body)
        case RedFlag(texts, patterns):
            return _flag(texts) | _phrases(patterns)
        case Pressure():
            allowed = {word: list(topics) for word, topics in body.allowed_in.items()}
            return {"words": list(body.words), "allowed_in": allowed, "exceptions": list(body.exceptions)}
        case Examples():
            return {"examples": list(body.texts)}
        case ReadyText():
            return {"name": body.name, "texts": dict(body.texts)}


def _answer(answer: Answer) -> Fields:
    return {
        "text": answer.text,
        "simple": answer.simple,
        "sections": dict(answer.sections),
        "pictogram": answer.pictogram,
        "sources": [{"name": one.name, "url": one.url, "checked": one.checked} for one in answer.sources],
        "review": _review(answer.review),
        "translates": answer.translates,
        "tested_with": [dict(item) for item in answer.tested_with],
        "next": list(answer.next),
        "effects": list(answer.effects),
    }


def _fact(fact: Fact) -> Fields:
    single = set(fact.values) == {""}
    values: Fields = {"value": fact.values[""]} if single else {"values": dict(fact.values)}
    return {**values, "about": fact.about, "source": fact.source, "checked": fact.checked, "demo": fact.demo}


def _flag(texts: FlagTexts) -> Fields:
    return {
        "text": texts.text,
        "question": texts.question,
        "numbers": list(texts.numbers),
        "pictogram": texts.pictogram,
        "review": _review(texts.review),
    }


def _phrases(patterns: FlagPatterns) -> Fields:
    return {name: list(getattr(patterns, name)) for name in ("patterns", "check_in", "exceptions")}


def _review(review: Review) -> Fields:
    if review == Review():
        return {}
    told = {"status": review.status, "role": review.role, "date": review.on, "due": review.due}
    return {name: value for name, value in told.items() if value}
