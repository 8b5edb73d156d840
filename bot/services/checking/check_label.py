"""One label held to its rules: known, short enough for a button, with the placeholders that the program fills in."""

from __future__ import annotations

from collections.abc import Iterator
from string import Formatter

from bot.core.content import Content
from bot.core.entry import Ref, Words
from bot.core.entry_in import entry_in
from bot.core.finding import BLOCK, Finding
from bot.core.language import SOURCE
from bot.core.overlay import LABEL_GROUPS
from bot.services.checking.check_completeness import check_labels


def known_label(ref: Ref, content: Content) -> bool:
    """Whether there is such a group of labels in such a language."""
    group, _, key = ref.key.partition(".")
    return bool(key) and group in LABEL_GROUPS and ref.language in content.labels


def check_label(ref: Ref, words: Words, content: Content, base: Content) -> Iterator[Finding]:
    """`content` has the label in it already; `base` tells which placeholders it must have."""
    where = f"responses/labels/{ref.language}.yml"
    if not words.text.strip():
        yield Finding(where, ref.key, ref.language, "no_text", BLOCK, "the label is empty", "Write a short label.")
    yield from check_braces(ref, words, base)
    for finding in check_labels(content):
        if (finding.key, finding.language) == (ref.key, ref.language) and words.text.strip():
            yield finding


def check_braces(ref: Ref, words: Words, base: Content) -> Iterator[Finding]:
    """The program fills in what stands in braces: other ones would stop it, or have it do more than that."""
    wanted = _placeholders(base, ref) or _placeholders(base, Ref(ref.kind, ref.key, SOURCE)) or set()
    if placeholders_of(words.text) != wanted:
        where, names = (
            f"responses/labels/{ref.language}.yml",
            ", ".join(f"{{{name}}}" for name in sorted(wanted)) or "none",
        )
        wrong = "the braces of this label are not those that the program fills in"
        yield Finding(where, ref.key, ref.language, "label_placeholders", BLOCK, wrong, f"Use: {names}.")


def placeholders_of(text: str) -> set[str] | None:
    """The names in braces; None when the braces cannot be read, or ask for more than a name ({number:>999999999})."""
    try:
        found = [(name, more or sort) for _, name, more, sort in Formatter().parse(text) if name is not None]
    except ValueError:
        return None
    return None if any(more for _, more in found) else {name for name, _ in found}


def _placeholders(base: Content, ref: Ref) -> set[str] | None:
    found = entry_in(base, ref)
    return placeholders_of(found.text) if isinstance(found, Words) else None
