"""What workers read on Telegram, from `responses/staff/`: the same texts in every language of the staff."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from bot.core.content import PLACEHOLDER
from bot.core.errors import ContentError
from bot.gateways import yaml_file
from bot.gateways.content_schema import StaffFile

STAFF_LANGUAGES: Final = ("nl", "en")  # what the screens of the staff speak


def read_staff(folder: Path) -> dict[str, dict[str, str]]:
    """What workers read. Raises ContentError unless every language has the same keys with the same placeholders."""
    texts = {code: yaml_file.read(folder / f"{code}.yml", StaffFile).texts for code in STAFF_LANGUAGES}
    first = texts[STAFF_LANGUAGES[0]]
    for code, other in texts.items():
        lines = yaml_file.lines(folder / f"{code}.yml")
        for key in sorted(first.keys() ^ other.keys()):
            have = "has no text here" if key in first else f"has no text in {STAFF_LANGUAGES[0]}.yml"
            raise ContentError(f"staff/{code}.yml:{lines.get(('texts', key), 1)}", f"{key} {have}")
        for key, text in other.items():
            if set(PLACEHOLDER.findall(text)) != set(PLACEHOLDER.findall(first[key])):
                where = f"staff/{code}.yml:{lines[('texts', key)]}"
                raise ContentError(where, f"{key} has other placeholders than in {STAFF_LANGUAGES[0]}.yml")
    return texts
