"""One entry looked up, without making a list of all."""

from __future__ import annotations

from bot.core.content import Content
from bot.core.entry import Body, Kind, ReadyText, RedFlag, Ref, Words
from bot.core.overlay import LABEL_GROUPS
from bot.core.triage import Flag


def entry_in(content: Content, ref: Ref) -> Body | None:
    """What `entries_of` has under this ref; None when there is nothing, and always for examples."""
    match ref.kind:
        case Kind.ANSWER:
            return content.answers.get((ref.key, ref.language))
        case Kind.TOPIC:
            return content.topics.get(ref.key)
        case Kind.FACT:
            return content.facts.get(ref.key)
        case Kind.PRESSURE:
            return content.pressure.get(ref.language)
        case Kind.TEMPLATE:
            ready = content.ready.get(ref.key)
            return ReadyText(*ready) if ready else None
        case Kind.FLAG:
            return _flag(content, ref)
        case Kind.CARD | Kind.TERM | Kind.LABEL:
            text = _text(content, ref)
            return None if text is None else Words(text)
        case Kind.EXAMPLES:
            return None


def _flag(content: Content, ref: Ref) -> RedFlag | None:
    if ref.key not in set(Flag):
        return None
    flag = Flag(ref.key)
    texts = content.flags.get((flag, ref.language))
    patterns = next((one for one in content.patterns if (one.flag, one.language) == (flag, ref.language)), None)
    return RedFlag(texts, patterns) if texts and patterns else None


def _text(content: Content, ref: Ref) -> str | None:
    if ref.kind is Kind.CARD:
        return content.cards.get(ref.key)
    if ref.kind is Kind.TERM:
        return content.glossary.get(ref.language, {}).get(ref.key)
    group, _, key = ref.key.partition(".")
    labels = content.labels.get(ref.language)
    if labels is None or group not in LABEL_GROUPS:
        return None
    found: str | None = getattr(labels, group).get(key)
    return found
