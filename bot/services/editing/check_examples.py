"""Questions to learn from, held to the rules: short, under one topic, and no cry for help."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from typing import Final

from bot.core.entry import Examples, Ref
from bot.core.finding import Finding
from bot.core.normalise import normalise
from bot.core.triage import Verdict
from bot.services.editing.small_bodies import found

LONGEST_EXAMPLE: Final = 200
Places = Mapping[str, Collection[str]]
Assess = Callable[[str], Verdict | None]  # see `core.triage.Triage`


def places_of(taught: Iterable[tuple[Ref, Examples]]) -> Places:
    """The keys under which every question is taught, by its plain form."""
    places: dict[str, set[str]] = defaultdict(set)
    for ref, examples in taught:
        for text in examples.texts:
            places[normalise(text)].add(ref.key)
    return places


def check_examples(ref: Ref, texts: Collection[str], places: Places, assess: Assess) -> Iterator[Finding]:
    """What is wrong with these questions of `ref`; `places` are all that are taught, these too or not."""
    for text in texts:
        if len(text) > LONGEST_EXAMPLE:
            wrong = f"“{text[:40]}…” has {len(text)} characters"
            yield found(ref, "long_example", wrong, f"Shorten it to {LONGEST_EXAMPLE} characters.")
        for other in sorted(set(places.get(normalise(text), ())) - {ref.key}):
            yield found(ref, "taken_example", f"“{text}” is an example of {other}", "Keep it in one place.")
        if assess(text) is not None:
            yield found(ref, "danger_example", f"“{text}” tells of danger", "Phrases see danger, not examples.")
