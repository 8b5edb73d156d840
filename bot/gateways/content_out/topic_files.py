"""What a topic needs beside its text: an intent, an action, a rule, and the questions that teach it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from bot.core.entry import Body, Examples, Ref
from bot.core.normalise import normalise
from bot.gateways.content_out.project_files import ProjectFiles

_DOMAIN: Final = "domain.yml"
_ASK: Final = "ask_"
_VERSION: Final = "3.1"


def add_topic(files: ProjectFiles, key: str, group: str) -> None:
    """The intent, the action and the rule of a new topic."""
    domain = files[_DOMAIN]
    known = [intent.removeprefix(_ASK) for intent in domain["intents"] if str(intent).startswith(_ASK)]
    _insert(domain["intents"], f"{_ASK}{key}", {f"{_ASK}{one}" for one in known})
    _insert(domain["actions"], f"utter_{key}", {f"utter_{one}" for one in known})
    rules = files.opened(f"nlu/rules/{group}.yml", {"version": _VERSION, "rules": []})["rules"]
    if all(rule["rule"] != key for rule in rules):
        rules.append({"rule": key, "steps": [{"intent": f"{_ASK}{key}"}, {"action": f"utter_{key}"}]})


def _insert(names: list[str], new: str, kin: set[str]) -> None:
    """After the last of its kind."""
    if new not in names:
        last = max((at for at, name in enumerate(names) if name in kin), default=len(names) - 1)
        names.insert(last + 1, new)


def remove_topic(files: ProjectFiles, key: str) -> None:
    """Takes the topic out of everything that would still look for it."""
    domain = files[_DOMAIN]
    for name, gone in (("intents", f"{_ASK}{key}"), ("actions", f"utter_{key}")):
        domain[name] = [one for one in domain[name] if one != gone]
    for path in files.names("nlu/rules"):
        rules = files[path]
        rules["rules"] = [rule for rule in rules["rules"] if rule["rule"] != key]
    for folder in sorted(path.name for path in (files.root / "responses" / "labels").glob("*.yml")):
        for path in files.names(f"nlu/{folder.removesuffix('.yml')}"):
            blocks = files[path]
            blocks["nlu"] = [block for block in blocks["nlu"] if block.get("intent") != f"{_ASK}{key}"]


def add_examples(files: ProjectFiles, taught: Mapping[Ref, Body | None], topics: frozenset[str]) -> None:
    """The questions that editors taught, in `nlu/<language>/taught.yml`; none that is there already."""
    for language in sorted({ref.language for ref in taught}):
        known = {normalise(text) for _, text in _examples(files, language)}
        for ref, body in sorted(taught.items()):
            if ref.language == language and isinstance(body, Examples):
                intent = f"{_ASK}{ref.key}" if ref.key in topics else ref.key
                _teach(files, language, intent, [" ".join(text.split()) for text in body.texts], known)


def _teach(files: ProjectFiles, language: str, intent: str, texts: list[str], known: set[str]) -> None:
    new = []
    for text in texts:
        if normalise(text) and normalise(text) not in known:
            known.add(normalise(text))
            new.append(f"- {text}\n")
    if not new:
        return
    blocks = files.opened(f"nlu/{language}/taught.yml", {"version": _VERSION, "nlu": []})["nlu"]
    mine = next((block for block in blocks if block["intent"] == intent), None)
    if mine is None:
        blocks.append({"intent": intent, "examples": "".join(new)})
    else:
        mine["examples"] = mine["examples"].rstrip("\n") + "\n" + "".join(new)


def _examples(files: ProjectFiles, language: str) -> Iterator[tuple[str, str]]:
    for path in files.names(f"nlu/{language}"):
        document: Any = files[path]
        for block in document.get("nlu") or ():
            for line in str(block.get("examples", "")).splitlines():
                if line.strip().startswith("- "):
                    yield str(block.get("intent", "")), line.strip()[2:]
