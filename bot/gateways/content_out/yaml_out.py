"""All content as one YAML document, the same bytes for the same content."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final

import yaml

from bot.core.entry import Body, Ref
from bot.core.source_change import History
from bot.gateways.content_out.fields import fields_of
from bot.gateways.content_out.refs import in_order
from bot.gateways.written_by_desk import as_written

FORMAT: Final = "buurtvraag-content/1"
NO_HISTORY: Final[History] = MappingProxyType({})
_LONG: Final = 80
_ODD_BREAKS: Final = re.compile("[\x85\u2028\u2029]")  # a literal block would not bring them back


class _Dumper(yaml.SafeDumper):  # libyaml would write an emoji by its number
    """Long texts as literal blocks; nothing is written by reference to something else."""

    def ignore_aliases(self, data: Any) -> bool:  # noqa: ARG002 - PyYAML's signature
        return True


def _text(dumper: _Dumper, text: str) -> yaml.ScalarNode:
    long = len(text) > _LONG or "\n" in text
    style = '"' if _ODD_BREAKS.search(text) else "|" if long else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_Dumper.add_representer(str, _text)


def to_yaml(entries: Mapping[Ref, Body | None], history: History = NO_HISTORY) -> bytes:
    """The document; None is written as an entry that was removed. `history`: how Dutch answers changed."""
    rows = [_row(ref, entries[ref]) for ref in sorted(entries, key=in_order)]
    changes = {key: [as_written(change) for change in history[key]] for key in sorted(history)}
    document = {"format": FORMAT, "entries": rows} | ({"changes": changes} if changes else {})
    return yaml.dump(document, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=1_000_000, encoding="utf-8")


def _row(ref: Ref, body: Body | None) -> dict[str, Any]:
    named = {"entry": ref.kind.value, "key": ref.key} | ({"language": ref.language} if ref.language else {})
    return named | ({"removed": True} if body is None else fields_of(body))
