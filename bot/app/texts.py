"""The texts of the project's files, fit to be served."""

from __future__ import annotations

from pathlib import Path

from bot.core.content import Content
from bot.core.errors import SettingsError
from bot.gateways.content_files import load_content
from bot.settings import ROOT, Settings


def content_of(root: Path = ROOT) -> Content:
    """The texts of the project. Raises ContentError."""
    return load_content(root / "responses")


def content_for(settings: Settings) -> Content:
    """The texts, fit to be served with these settings. Raises ContentError or SettingsError."""
    content = content_of()
    unread = [texts for texts in content.flags.values() if not texts.reviewed]
    if unread and not settings.says_unreviewed:
        raise SettingsError(
            "No health professional has read the texts for emergencies yet (responses/red_flags, `review`). "
            "Have them read, or set SERVE_UNREVIEWED=yes: each is then said with a line that tells so."
        )
    return content
