"""Which service translates, by the settings; what would give residents' words away unasked is refused."""

from __future__ import annotations

import ipaddress
from collections.abc import Mapping
from typing import Final
from urllib.parse import urlsplit

from deep_translator.constants import BASE_URLS  # type: ignore[import-untyped]

from bot.core.errors import SettingsError
from bot.gateways.translation.deepl import DeepL
from bot.gateways.translation.engine import Account, Engine
from bot.gateways.translation.libretranslate import LibreTranslate
from bot.gateways.translation.microsoft import Microsoft
from bot.gateways.translation.service import TranslationService

_ENGINES: Final[Mapping[str, type[Engine]]] = {
    "libretranslate": LibreTranslate,
    "deepl": DeepL,
    "microsoft": Microsoft,
}
_NO: Final = frozenset({"", "no", "none", "false", "0"})
# LibreTranslate servers of others, which anybody may use.
_PUBLIC: Final = ("libretranslate.com", "libretranslate.de", "argosopentech.com")
_NEEDS_AGREEMENT: Final = (
    "PROCESSOR_AGREEMENT: what residents write may go to {host} only under a processing agreement. "
    "When you have one, put its number or date here; else run a LibreTranslate of your own."
)
_INSIDE: Final = (".local", ".localhost", ".internal", ".lan", ".home.arpa")


def open_translator(name: str, url: str, key: str, processor_agreement: str) -> TranslationService | None:
    """The service of the settings TRANSLATOR, TRANSLATOR_URL, TRANSLATOR_KEY and PROCESSOR_AGREEMENT.

    None when no service is named. Asks nothing of it yet. Raises SettingsError with every problem.
    """
    chosen = name.strip().casefold()
    if not chosen:
        return None
    if chosen not in _ENGINES:
        raise SettingsError(
            f"TRANSLATOR: {chosen!r} is not known. Choose one of {', '.join(_ENGINES)}, or leave it out."
        )
    address = (url.strip() or _usual_address(chosen, key)).rstrip("/")
    agreed = processor_agreement.strip().casefold() not in _NO
    problems = [*_address_problems(address), *_key_problems(chosen, key), *_agreement_problems(chosen, address, agreed)]
    if problems:
        raise SettingsError("\n".join(["These settings are wrong:", *(f"- {problem}" for problem in problems)]))
    return TranslationService(_ENGINES[chosen], Account(address, key.strip()))


def _usual_address(chosen: str, key: str) -> str:
    """Where DeepL and Microsoft are; DeepL's free keys end in ":fx"."""
    if chosen == "deepl":
        return str(BASE_URLS["DEEPL_FREE" if key.strip().endswith(":fx") else "DEEPL"]).format(version="v2")
    if chosen == "microsoft":
        return str(BASE_URLS["MICROSOFT_TRANSLATE"]).partition("/translate?")[0]
    return ""


def _address_problems(address: str) -> list[str]:
    if not address:
        return ["TRANSLATOR_URL: say where your LibreTranslate is, such as http://127.0.0.1:5000."]
    host = _host(address)
    if not host or not address.startswith(("https://", "http://")):
        return ["TRANSLATOR_URL: must be an address such as https://translate.example.org."]
    if address.startswith("http://") and not _inside(host):
        return [f"TRANSLATOR_URL: {host} is outside this house, so what people write needs https://."]
    return []


def _host(address: str) -> str:
    try:
        return urlsplit(address).hostname or ""
    except ValueError:
        return ""


def _inside(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_private
    except ValueError:
        return "." not in host or host.endswith(_INSIDE)


def _key_problems(chosen: str, key: str) -> list[str]:
    if chosen == "libretranslate" or key.strip():
        return []
    return [f"TRANSLATOR_KEY: {_ENGINES[chosen].name} needs the key of your account."]


def _agreement_problems(chosen: str, address: str, agreed: bool) -> list[str]:
    host = _host(address)
    foreign = chosen != "libretranslate" or host.endswith(_PUBLIC)
    if agreed or not foreign:
        return []
    return [_NEEDS_AGREEMENT.format(host=host or _ENGINES[chosen].name)]
