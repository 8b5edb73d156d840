"""What editors published, back in the files of git: only what changed is written anew."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from bot.core.content import Content
from bot.core.entry import Body, Kind, Ref
from bot.core.errors import ContentError
from bot.core.language import SOURCE
from bot.core.overlay import entries_of
from bot.gateways.content_files import load_content
from bot.gateways.content_out.fields import Fields, body_of, fields_of
from bot.gateways.content_out.project_files import ProjectFiles, write
from bot.gateways.content_out.refs import in_order
from bot.gateways.content_out.topic_files import add_examples, add_topic, remove_topic

_TRIMMED: Final = ("text", "simple", "question")  # their blanks at both ends are no part of them
_REVIEW: Final[Fields] = {"status": "unreviewed", "role": "", "date": None, "due": None}
_NO_FILE: Final = frozenset({Kind.TEMPLATE, Kind.EXAMPLES})


def write_back(root: Path, entries: Mapping[Ref, Body | None]) -> list[Path]:
    """Makes `responses/`, `nlu/` and `domain.yml` under a root say these entries; returns the files that changed.

    Comments, order and folds of the rest stay byte for byte. Ready-made messages have no file: they stay in the
    database. Raises ContentError, and then no file was changed.
    """
    content, files = load_content(root / "responses"), ProjectFiles(root)
    before, homes = entries_of(content), _homes(content)
    wanted: dict[Ref, Body | None] = {
        ref: _trimmed(ref, body) for ref, body in entries.items() if ref.kind not in _NO_FILE
    }
    # Topics first: where a new answer goes depends on them.
    in_turn = sorted(wanted, key=lambda ref: (ref.kind is not Kind.TOPIC, in_order(ref)))
    changed = [ref for ref in in_turn if not _alike(before.get(ref), wanted[ref])]
    for ref in changed:
        _Change(files, homes, ref, before.get(ref), wanted[ref]).write(content)
    topics = _topics(content, wanted)
    add_examples(files, {ref: body for ref, body in entries.items() if ref.kind is Kind.EXAMPLES}, topics)
    texts = files.changed()
    _hold(root, texts, {**before, **wanted})
    return write(root, texts)


def _topics(content: Content, wanted: Mapping[Ref, Body | None]) -> frozenset[str]:
    told = {ref.key: body for ref, body in wanted.items() if ref.kind is Kind.TOPIC}
    return frozenset({*content.topics, *told} - {key for key, body in told.items() if body is None})


def _alike(before: Body | None, after: Body | None) -> bool:
    told = [json.dumps(None if one is None else fields_of(one), default=str) for one in (before, after)]
    return told[0] == told[1]


def _trimmed(ref: Ref, body: Body | None) -> Body | None:
    if ref.kind not in {Kind.ANSWER, Kind.FLAG} or body is None:
        return body
    fields = fields_of(body)
    fields |= {name: fields[name].strip() for name in _TRIMMED if name in fields}
    if "sections" in fields:
        fields["sections"] = {name: text.strip() for name, text in fields["sections"].items()}
    return body_of(ref, fields)


def _hold(root: Path, texts: dict[str, str], wanted: Mapping[Ref, Body | None]) -> None:
    """Reads the new texts as the assistant would, elsewhere, before any of them is written."""
    with tempfile.TemporaryDirectory(prefix="buurtvraag-export-") as folder:
        shutil.copytree(root / "responses", Path(folder) / "responses")
        write(Path(folder), {name: text for name, text in texts.items() if name.startswith("responses/")})
        found = entries_of(load_content(Path(folder) / "responses"))
    if found != {ref: body for ref, body in wanted.items() if body is not None}:
        wrong = sorted(ref for ref in {*found, *wanted} if found.get(ref) != wanted.get(ref))
        raise ContentError("export", f"{wrong[0].kind} {wrong[0].key} cannot be written so that it reads back the same")


@dataclass(frozen=True, slots=True)
class _Homes:
    """The file of an answer in its folder ("vaccination.yml"), by key; and where those of a group mostly stand."""

    by_key: Mapping[tuple[str, str], str]
    by_group: Mapping[str, str]


def _homes(content: Content) -> _Homes:
    by_key = {
        at: answer.where.rpartition(":")[0].rpartition("/")[2] for at, answer in content.answers.items() if answer.where
    }
    counts: dict[str, Counter[str]] = {}
    for key, topic in content.topics.items():
        if home := by_key.get((f"utter_{key}", SOURCE)):
            counts.setdefault(topic.group, Counter())[home] += 1
    return _Homes(by_key, {group: count.most_common(1)[0][0] for group, count in counts.items()})


@dataclass(frozen=True, slots=True)
class _Change:
    """One entry in its file."""

    files: ProjectFiles
    homes: _Homes
    ref: Ref
    before: Body | None
    after: Body | None

    def write(self, content: Content) -> None:
        """Puts it there, changes it, or takes it away."""
        rows, key = self._place(content)
        if self.ref.kind is Kind.TOPIC:
            self._follow(content)
        if self.after is None:
            rows.pop(key, None)
            return
        old = fields_of(self.before) if self.before is not None else {}
        new = fields_of(self.after)
        match self.ref.kind:
            case Kind.ANSWER:
                _answer(rows.setdefault(key, [{}])[0], old, new)
            case Kind.LABEL | Kind.TERM | Kind.CARD:
                rows[key] = new["text"]
            case Kind.TOPIC:
                rows[key] = {"group": new["group"], "kind": new.get("kind", "")}
            case _:
                _lay(rows.setdefault(key, {}), old, new)

    def _place(self, content: Content) -> tuple[dict[str, Any], str]:
        """The mapping where the entry stands or shall stand, and its key there."""
        ref, files = self.ref, self.files
        match ref.kind:
            case Kind.ANSWER:
                name = f"responses/{ref.language}/{self._home(content)}"
                return files.opened(name, {"version": "3.1", "responses": {}})["responses"], ref.key
            case Kind.LABEL:
                group, _, key = ref.key.partition(".")
                return files[f"responses/labels/{ref.language}.yml"][group], key
            case Kind.TERM:
                return files.opened(f"responses/glossary/{ref.language}.yml", {"terms": {}})["terms"], ref.key
            case Kind.FLAG:
                return files[f"responses/red_flags/{ref.language}.yml"]["flags"], ref.key
            case Kind.PRESSURE:
                name = f"responses/pressure/{ref.language}.yml"
                return {ref.key: files.opened(name, {"words": []})}, ref.key
            case Kind.CARD:
                return files["responses/red_flags/cards.yml"]["cards"], ref.key
            case Kind.FACT:
                return files["responses/facts.yml"]["facts"], ref.key
            case _:
                return files["responses/topics.yml"]["topics"], ref.key

    def _home(self, content: Content) -> str:
        ref, homes = self.ref, self.homes
        topic = self.files["responses/topics.yml"]["topics"].get(ref.key.removeprefix("utter_"))
        of_group = homes.by_group.get(topic["group"], f"{topic['group']}.yml") if topic else ""
        of_talk = "meta.yml" if ref.key.removeprefix("utter_") in content.meta else "system.yml"
        here = homes.by_key.get((ref.key, ref.language)) or homes.by_key.get((ref.key, SOURCE))
        return here or of_group or of_talk

    def _follow(self, content: Content) -> None:
        """What else knows the topics there are."""
        if self.before is None and self.after is not None:
            add_topic(self.files, self.ref.key, fields_of(self.after)["group"])
        elif self.after is None and self.ref.key in content.topics:
            remove_topic(self.files, self.ref.key)


def _answer(raw: dict[str, Any], old: Fields, new: Fields) -> None:
    raw["text"] = raw["text"] if old.get("text") == new["text"] else new["text"]
    rest = [{name: value for name, value in fields.items() if name != "text"} for fields in (old, new)]
    if rest[0] != rest[1] or list(old.get("sections", ())) != list(new.get("sections", ())):
        _lay(raw.setdefault("metadata", {}), *rest)


def _lay(raw: dict[str, Any], old: Fields, new: Fields) -> None:
    """Sets what differs; the rest of the node stays as it is, known to us or not."""
    for name in old.keys() - new.keys():
        raw.pop(name, None) if not isinstance(raw.get(name), list) else raw.update({name: []})
    for name, value in new.items():
        if name == "review":
            raw[name] = {**raw.get(name, {}), **_REVIEW, **value} if old.get(name) != value else raw[name]
        elif name == "sections":
            raw[name] = {part: _kept(raw.get(name, {}).get(part), text) for part, text in value.items()}
        elif old.get(name) != value or _keys(old.get(name)) != _keys(value):
            raw[name] = value


def _kept(raw: Any, text: str) -> str:
    """The words as they stand, when they say this already."""
    return raw if isinstance(raw, str) and raw.strip() == text else text


def _keys(value: Any) -> list[str]:
    return list(value) if isinstance(value, dict) else []
