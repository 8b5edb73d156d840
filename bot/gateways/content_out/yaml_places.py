"""Where the parts of a YAML text begin and end, counted in characters from its beginning."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import Final

import yaml

Edit = tuple[int, int, str]  # from, to, what stands there instead
_BREAK: Final = re.compile("\r\n|[\n\r\x85\u2028\u2029]")  # what YAML counts as the end of a line
_BLOCKS: Final = frozenset({">", "|"})


class YamlPlaces:
    """The places of one text, and the edits that add or take away whole lines."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._lines = [0, *(match.end() for match in _BREAK.finditer(text))]

    def at(self, mark: yaml.Mark) -> int:
        """A mark of PyYAML's."""
        return self._lines[mark.line] + mark.column

    def line_start(self, at: int) -> int:
        """Where the line begins."""
        return self._lines[bisect_right(self._lines, at) - 1]

    def dash(self, node: yaml.Node) -> int:
        """The dash of a list's item."""
        return self.text.rfind("-", 0, self.at(node.start_mark))

    def end(self, node: yaml.Node) -> int:
        """Just after the last sign of a value: blank lines and comments below are not its own."""
        if isinstance(node, yaml.CollectionNode) and not node.flow_style and node.value:
            last = node.value[-1]
            return self.end(last[1] if isinstance(last, tuple) else last)
        start, end = self.at(node.start_mark), self.at(node.end_mark)
        if isinstance(node, yaml.ScalarNode) and node.style in _BLOCKS:
            return start + len(self.text[start:end].rstrip())
        return end

    def gap(self, starts: list[int]) -> str:
        """Entries stand apart by an empty line when the last two do."""
        last = self.line_start(starts[-1])
        return "\n\n" if len(starts) > 1 and self.text[max(last - 2, 0) : last] == "\n\n" else "\n"

    def added(self, end: int, lines: list[str], indent: int, gap: str = "\n") -> list[Edit]:
        """New lines after what ends here and the comment beside it."""
        line_end = self.text.find("\n", end)
        at = end if line_end < 0 else line_end
        return [(at, at, "".join(f"{gap}{' ' * indent}{one}" for one in lines))] if lines else []

    def without(self, start: int, end: int) -> Edit:
        """The lines of one entry gone, with one empty line above it."""
        line_end = self.text.find("\n", end)
        first = self.line_start(start)
        if self.text[max(first - 2, 0) : first] == "\n\n":
            first -= 1
        return first, len(self.text) if line_end < 0 else line_end + 1, ""
