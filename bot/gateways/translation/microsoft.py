"""Microsoft Translator, with an agreement about processing data."""

from __future__ import annotations

from typing import Any, Final

from deep_translator.exceptions import TranslationNotFound  # type: ignore[import-untyped]

from bot.gateways.translation.engine import Account, Engine, Languages
from bot.gateways.translation.web import ask

_VERSION: Final = {"api-version": "3.0"}


class Microsoft(Engine):
    """Microsoft's API: https://learn.microsoft.com/azure/ai-services/translator/text-translation/reference/v3/."""

    name = "Microsoft Translator"

    @classmethod
    def ask_languages(cls, account: Account) -> Languages:
        """What Microsoft translates: each into each."""
        params = {**_VERSION, "scope": "translation"}
        match ask("GET", f"{account.url}/languages", seconds=account.seconds, params=params):
            case {"translation": dict(rows)} if rows:
                codes = frozenset(str(code) for code in rows)
                return Languages(dict.fromkeys(codes, codes))
        raise TranslationNotFound("")

    def translate(self, text: str, **_: Any) -> str:
        """The text in the other language."""
        answer = ask(
            "POST",
            f"{self.account.url}/translate",
            seconds=self.account.seconds,
            headers=_headers(self.account.key),
            params={**_VERSION, "from": self.source, "to": self.target},
            body=[{"Text": text}],
        )
        match answer:
            case [{"translations": [{"text": str(translation)}, *_]}, *_] if translation.strip():
                return translation
        raise TranslationNotFound("")


def _headers(key: str) -> dict[str, str]:
    """A key may have its resource's region behind it: `key@westeurope`."""
    secret, _, region = key.partition("@")
    headers = {"Ocp-Apim-Subscription-Key": secret}
    return {**headers, "Ocp-Apim-Subscription-Region": region} if region else headers
