"""What the services have in common: an account, the languages they know, and the library's base class."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar

from deep_translator.base import BaseTranslator  # type: ignore[import-untyped]
from deep_translator.exceptions import LanguageNotSupportedException  # type: ignore[import-untyped]


@dataclass(frozen=True, slots=True)
class Account:
    """Where a service is asked, with which key, and how many seconds one question to it may take."""

    url: str
    key: str = field(default="", repr=False)
    seconds: float = 10.0


@dataclass(frozen=True, slots=True)
class Languages:
    """What a service translates, in its own codes: from which language into which."""

    targets: Mapping[str, frozenset[str]]

    def pair(self, source: str, target: str) -> tuple[str, str]:
        """The service's codes for two of ours. Raises LanguageNotSupportedException."""
        own_source = _own(source, self.targets)
        return own_source, _own(target, self.targets[own_source])


def _own(code: str, codes: Collection[str]) -> str:
    """The code that a service uses: "zh" may be "zh-Hans" to it, and "en" "EN-GB"."""
    wanted = code.casefold()
    for own in sorted(codes):
        if own.casefold() == wanted:
            return own
    for own in sorted(codes):
        if own.casefold().partition("-")[0] == wanted:
            return own
    raise LanguageNotSupportedException(code)


class Engine(BaseTranslator):  # type: ignore[misc]
    """One service, for one pair of languages, as the library makes its translators: blocking, one per text.

    The library's own classes are not used: LibreTranslate's and DeepL's send the text in the address, none has
    a time-out, and their lists of languages are of 2023 (DeepL without Arabic) or are fetched for every text.
    """

    name: ClassVar[str]  # as residents see it

    def __init__(self, account: Account, languages: Languages, source: str, target: str) -> None:
        own_source, own_target = languages.pair(source, target)
        known = {code: code for code in (own_source, own_target)}
        super().__init__(base_url=account.url, languages=known, source=own_source, target=own_target)
        self.account = account

    @classmethod
    @abstractmethod
    def ask_languages(cls, account: Account) -> Languages:
        """What the service translates now. Raises the library's errors, or those of requests."""

    @abstractmethod
    def translate(self, text: str, **kwargs: Any) -> str:
        """The text in the other language. Raises the library's errors, or those of requests."""
