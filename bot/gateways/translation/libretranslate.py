"""LibreTranslate, run by the organisation itself."""

from __future__ import annotations

from typing import Any

from deep_translator.exceptions import TranslationNotFound  # type: ignore[import-untyped]

from bot.gateways.translation.engine import Account, Engine, Languages
from bot.gateways.translation.web import ask


class LibreTranslate(Engine):
    """LibreTranslate's API: https://docs.libretranslate.com/."""

    name = "LibreTranslate"

    @classmethod
    def ask_languages(cls, account: Account) -> Languages:
        """What this server has models for."""
        answer = ask("GET", f"{account.url}/languages", seconds=account.seconds)
        rows = [row for row in answer if isinstance(row, dict)] if isinstance(answer, list) else []
        codes = frozenset(row["code"] for row in rows if isinstance(row.get("code"), str))
        if not codes:
            raise TranslationNotFound("")
        return Languages({row["code"]: _targets(row, codes) for row in rows if isinstance(row.get("code"), str)})

    def translate(self, text: str, **_: Any) -> str:
        """The text in the other language."""
        body = {"q": text, "source": self.source, "target": self.target, "format": "text"}
        if self.account.key:
            body["api_key"] = self.account.key
        match ask("POST", f"{self.account.url}/translate", seconds=self.account.seconds, body=body):
            case {"translatedText": str(translation)} if translation.strip():
                return translation
        raise TranslationNotFound("")


def _targets(row: dict[str, Any], codes: frozenset[str]) -> frozenset[str]:
    """What one language is translated into; servers from before 2023 name no targets, and mean each."""
    match row.get("targets"):
        case [str(), *_] as targets:
            return frozenset(map(str, targets))
    return codes
