"""What every command writes with: sentences and tables for people, JSON for programs."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, Final

import typer
from rich.console import Console
from rich.table import Table

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

out: Final = Console()
err: Final = Console(stderr=True)

Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]


def say(*lines: str, to: Console = out) -> None:
    """Writes lines as they are, without colours or breaks of its own: what stands in them may be copied."""
    for line in lines:
        to.print(line, markup=False, highlight=False, soft_wrap=True)


def show(figures: DataclassInstance, *, as_json: bool) -> None:
    """Prints figures: a row each, or as JSON."""
    result = asdict(figures)
    if as_json:
        print(json.dumps(result, ensure_ascii=False, default=str))
        return
    table = Table("figure", "value", show_header=False)
    for name, value in result.items():
        if isinstance(value, list):
            table.add_row(name, f"{len(value)}: " + "; ".join(json.dumps(v, ensure_ascii=False) for v in value[:20]))
        else:
            table.add_row(name, json.dumps(value, ensure_ascii=False, default=str))
    out.print(table, markup=False)
