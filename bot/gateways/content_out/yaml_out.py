"""All content as one YAML document, the same bytes for the same content."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

import yaml

from bot.core.entry import Body, Ref
from bot.gateways.content_out.fields import fields_of
from bot.gateways.content_out.refs import in_order

FORMAT: Final = "buurtvraag-content/1"
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


def to_yaml(entries: Mapping[Ref, Body | None]) -> bytes:
    """The document; None is written as an entry that was removed."""
    rows = [_row(ref, entries[ref]) for ref in sorted(entries, key=in_order)]
    document = {"format": FORMAT, "entries": rows}
    return yaml.dump(document, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=1_000_000, encoding="utf-8")


def _row(ref: Ref, body: Body | None) -> dict[str, Any]:
    named = {"entry": ref.kind.value, "key": ref.key} | ({"language": ref.language} if ref.language else {})
    return named | ({"removed": True} if body is None else fields_of(body))
