"""DeepL, with an agreement about processing data."""

from __future__ import annotations

from typing import Any

from deep_translator.exceptions import TranslationNotFound  # type: ignore[import-untyped]

from bot.gateways.translation.engine import Account, Engine, Languages
from bot.gateways.translation.web import ask


class DeepL(Engine):
    """DeepL's API: https://developers.deepl.com/docs/api-reference/translate."""

    name = "DeepL"

    @classmethod
    def ask_languages(cls, account: Account) -> Languages:
        """What DeepL translates: from each of its sources into each of its targets."""
        targets = frozenset(_codes(account, "target"))
        return Languages(dict.fromkeys(_codes(account, "source"), targets))

    def translate(self, text: str, **_: Any) -> str:
        """The text in the other language."""
        answer = ask(
            "POST",
            f"{self.account.url}/translate",
            seconds=self.account.seconds,
            headers=_headers(self.account),
            body={"text": [text], "source_lang": self.source, "target_lang": self.target},
        )
        match answer:
            case {"translations": [{"text": str(translation)}, *_]} if translation.strip():
                return translation
        raise TranslationNotFound("")


def _codes(account: Account, kind: str) -> list[str]:
    answer = ask(
        "GET", f"{account.url}/languages", seconds=account.seconds, headers=_headers(account), params={"type": kind}
    )
    match answer:
        case [{"language": str()}, *_] as rows:
            return [str(row["language"]) for row in rows if isinstance(row, dict) and row.get("language")]
    raise TranslationNotFound("")


def _headers(account: Account) -> dict[str, str]:
    return {"Authorization": f"DeepL-Auth-Key {account.key}"}
