"""Settings for tests: nothing of the machine's own environment gets in."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from bot.settings import Settings

EMPTY: dict[str, Any] = {
    "database_url": "",
    "secret_keys": "",
    "telegram_token": "",
    "telegram_api_url": "https://api.telegram.org",
    "telegram_webhook_secret": "",
    "public_url": "",
    "serve_unreviewed": False,
    "host_name": "",
    "host_role": "",
    "host_organisation": "",
    "keep_days": 30,
    "log_level": "INFO",
}


def settings_in(folder: Path, **changes: Any) -> Settings:
    return Settings(_env_file=None, data_dir=folder, **EMPTY | changes)
