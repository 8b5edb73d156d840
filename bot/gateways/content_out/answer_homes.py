"""In which file of its language's folder an answer stands, or shall stand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from bot.core.content import Content
from bot.core.entry import Ref
from bot.core.language import SOURCE


@dataclass(frozen=True, slots=True)
class AnswerHomes:
    """File names ("vaccination.yml") by (key, language), and where the answers of a group mostly stand."""

    by_key: Mapping[tuple[str, str], str]
    by_group: Mapping[str, str]
    talk: frozenset[str]

    def of(self, ref: Ref, group: str) -> str:
        """Its own file, else that of the Dutch text, of its topic's group ("" for none), or of the talk."""
        own = self.by_key.get((ref.key, ref.language)) or self.by_key.get((ref.key, SOURCE))
        if own or group:
            return own or self.by_group.get(group, f"{group}.yml")
        return "meta.yml" if ref.key.removeprefix("utter_") in self.talk else "system.yml"


def homes_in(content: Content) -> AnswerHomes:
    """The homes of what was read from files."""
    by_key = {at: _file_of(answer.where) for at, answer in content.answers.items() if answer.where}
    counts: dict[str, Counter[str]] = {}
    for key, topic in content.topics.items():
        if home := by_key.get((f"utter_{key}", SOURCE)):
            counts.setdefault(topic.group, Counter())[home] += 1
    by_group = {group: count.most_common(1)[0][0] for group, count in counts.items()}
    return AnswerHomes(by_key, by_group, frozenset(content.meta))


def _file_of(where: str) -> str:
    """`responses/nl/care.yml:12` → `care.yml`."""
    return where.rpartition(":")[0].rpartition("/")[2]
