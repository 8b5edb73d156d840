"""What goes wrong with a translation service, in the words of this project: the one place where it is told apart."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import requests
import urllib3
from deep_translator import exceptions as theirs  # type: ignore[import-untyped]


@dataclass(frozen=True, slots=True)
class Failure:
    """Why there is no translation (after the service's name). `counts`: the service itself is in trouble."""

    reason: str
    counts: bool = True


_LATE: Final = Failure("did not answer in time")
_AWAY: Final = Failure("cannot be reached")
_NONSENSE: Final = Failure("gave an answer that is no translation")
_BUSY: Final = Failure("has too much to do")
_KEY: Final = Failure("refused the key")
_TEXT: Final = Failure("refused this text", counts=False)
_PAIR: Final = Failure("does not know these two languages", counts=False)

# The most exact class wins. What the errors themselves say is never passed on: it may quote the text or the key.
_OURS: Final[Mapping[type[BaseException], Failure]] = {
    TimeoutError: _LATE,
    requests.Timeout: _LATE,
    requests.RequestException: _AWAY,
    requests.exceptions.InvalidJSONError: _NONSENSE,
    requests.exceptions.ContentDecodingError: _NONSENSE,
    requests.exceptions.ChunkedEncodingError: _NONSENSE,
    urllib3.exceptions.HTTPError: _AWAY,
    OSError: _AWAY,
    ValueError: _NONSENSE,
    theirs.LanguageNotSupportedException: _PAIR,
    theirs.InvalidSourceOrTargetLanguage: _PAIR,
    theirs.NotValidPayload: _TEXT,
    theirs.NotValidLength: _TEXT,
    theirs.ApiKeyException: _KEY,
    theirs.AuthorizationException: _KEY,
    theirs.TooManyRequests: _BUSY,
    theirs.ServerException: Failure("answered with an error"),
    theirs.RequestError: _AWAY,
    theirs.MicrosoftAPIerror: Failure("answered with an error"),
    theirs.BaiduAPIerror: Failure("answered with an error"),
    theirs.BaseError: _NONSENSE,
}
FOREIGN: Final[tuple[type[BaseException], ...]] = tuple(_OURS)  # what to catch


def failure(error: BaseException) -> Failure:
    """What one of the FOREIGN errors means."""
    return next(_OURS[kind] for kind in type(error).__mro__ if kind in _OURS)
