"""What topics, dangers and groups are called on the pages that teach."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from bot.core.content import Content
from bot.core.language import SOURCE
from bot.core.normalise import normalise
from bot.core.triage import Flag

# English sentences of the desk, said by t() in the templates.
FLAGS: Final[Mapping[str, str]] = {
    Flag.DANGER_TO_LIFE: "danger to life",
    Flag.SUICIDE: "thoughts of suicide",
    Flag.CHILD_DANGER: "danger to a child",
    Flag.VIOLENCE: "violence",
    Flag.POISONING: "poisoning",
}
NOTHING: Final = "nothing"
OFFERED: Final = "offered:"
OTHERS: Final[Mapping[str, str]] = {"": NOTHING, "none": NOTHING, "flag_none": NOTHING, "out_of_scope": "not for us"}


def names(content: Content, language: str, say: Callable[[str], str]) -> Callable[[str], str]:
    """Names a topic, meta key, red flag or "nothing" in the language of the screen."""
    labels = [content.labels[code].topics for code in (language, SOURCE) if code in content.labels]

    def name(key: str) -> str:
        if word := FLAGS.get(key.removeprefix("flag_")) or OTHERS.get(key):
            return say(word)
        if key.startswith("?"):  # not answered: these were offered
            return (
                f"{say(OFFERED)} {', '.join(map(name, key[1:].split()))}".strip() if key[1:].strip() else say(NOTHING)
            )
        return next((topics[key] for topics in labels if key in topics), key.replace("_", " "))

    return name


def choices(content: Content, name: Callable[[str], str]) -> list[tuple[str, str]]:
    """(key, name) of all that a question can be about, by name: topics first, then what is no topic."""
    topics = sorted(((key, name(key)) for key in content.topics), key=lambda pair: normalise(pair[1]))
    return topics + sorted(((key, name(key)) for key in content.meta), key=lambda pair: normalise(pair[1]))


def key_named(content: Content, typed: str) -> str:
    """The topic or meta key that somebody typed by its key or its name in any language; "" for none."""
    known = {*content.topics, *content.meta}
    if typed in known:
        return typed
    wanted = normalise(typed)
    for labels in content.labels.values():
        for key, label in labels.topics.items():
            if key in known and wanted and wanted in {normalise(label), normalise(f"{label} {key}")}:
                return key
    return ""


def groups(content: Content) -> list[str]:
    """The groups that topics are in, those of the menu first."""
    menu = [group.key for group in content.menu if not group.meta]
    return list(dict.fromkeys([*menu, *(topic.group for topic in content.topics.values())]))
