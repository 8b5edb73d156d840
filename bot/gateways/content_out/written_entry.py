"""One entry in the file of git where it belongs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from bot.core.content import Content
from bot.core.entry import Body, Kind, Ref
from bot.gateways.content_out.answer_homes import AnswerHomes
from bot.gateways.content_out.fields import fields_of
from bot.gateways.content_out.laid_fields import lay, lay_answer
from bot.gateways.content_out.project_files import ProjectFiles
from bot.gateways.content_out.topic_files import add_topic, remove_topic
from bot.gateways.written_by_desk import MESSAGES

TOPICS: Final = "responses/topics.yml"
# (file, the mapping in it, whether an export may begin the file)
_HOMES: Final[Mapping[Kind, tuple[str, str, bool]]] = {
    Kind.TERM: ("responses/glossary/{language}.yml", "terms", True),
    Kind.FLAG: ("responses/red_flags/{language}.yml", "flags", False),
    Kind.CARD: ("responses/red_flags/cards.yml", "cards", False),
    Kind.FACT: ("responses/facts.yml", "facts", False),
    Kind.TOPIC: (TOPICS, "topics", False),
    Kind.TEMPLATE: (f"responses/{MESSAGES}", "messages", True),
}


@dataclass(frozen=True, slots=True)
class WrittenEntry:
    """An entry that changes; `before` is what the files say, None for nothing, as `after` is for taken away."""

    files: ProjectFiles
    homes: AnswerHomes
    ref: Ref
    before: Body | None
    after: Body | None

    def write(self, content: Content) -> None:
        """Puts it there, changes it, or takes it away; `content` is what the files said before."""
        rows, key = self._place()
        if self.ref.kind is Kind.TOPIC:
            self._follow(content)
        if self.after is None:
            rows.pop(key, None)
        else:
            self._lay(rows, key, self.after)

    def _lay(self, rows: dict[str, Any], key: str, after: Body) -> None:
        old = fields_of(self.before) if self.before is not None else {}
        new = fields_of(after)
        match self.ref.kind:
            case Kind.ANSWER:
                lay_answer(rows.setdefault(key, [{}])[0], old, new)
            case Kind.LABEL | Kind.TERM | Kind.CARD:
                rows[key] = new["text"]
            case Kind.TOPIC:
                rows[key] = {"group": new["group"], "kind": new.get("kind", "")}
            case _:
                lay(rows.setdefault(key, {}), old, new)

    def _place(self) -> tuple[dict[str, Any], str]:
        """The mapping where the entry stands or shall stand, and its key there."""
        ref, files = self.ref, self.files
        match ref.kind:
            case Kind.ANSWER:
                name = f"responses/{ref.language}/{self.homes.of(ref, self._group())}"
                return files.opened(name, {"version": "3.1", "responses": {}})["responses"], ref.key
            case Kind.LABEL:
                group, _, key = ref.key.partition(".")
                return files[f"responses/labels/{ref.language}.yml"][group], key
            case Kind.PRESSURE:
                name = f"responses/pressure/{ref.language}.yml"
                return {ref.key: files.opened(name, {"words": []})}, ref.key
        name, mapping, may_begin = _HOMES[ref.kind]
        name = name.format(language=ref.language)
        file = files.opened(name, {mapping: {}}) if may_begin else files[name]
        return file[mapping], ref.key

    def _group(self) -> str:
        topic = self.files[TOPICS]["topics"].get(self.ref.key.removeprefix("utter_"))
        return str(topic["group"]) if topic else ""

    def _follow(self, content: Content) -> None:
        """What else knows the topics there are."""
        if self.before is None and self.after is not None:
            add_topic(self.files, self.ref.key, fields_of(self.after)["group"])
        elif self.after is None and self.ref.key in content.topics:
            remove_topic(self.files, self.ref.key)
