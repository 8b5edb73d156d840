"""One question to a translation service, as JSON in the body, with an end to the waiting."""

from __future__ import annotations

import json
import time
from collections.abc import Mapping
from typing import Any, Final

import requests
from deep_translator.exceptions import (  # type: ignore[import-untyped]
    AuthorizationException,
    NotValidPayload,
    ServerException,
    TooManyRequests,
    TranslationNotFound,
)

_MAX_ANSWER: Final = 1_000_000  # bytes; a translation is a few thousand
_CHUNK: Final = 512  # small, so that an answer that comes in drops is noticed
_TO_CONNECT: Final = 3.0  # seconds
_REFUSED_KEY: Final = frozenset({401, 403})
_REFUSED_TEXT: Final = frozenset({400, 413, 422})
_TOO_MUCH: Final = frozenset({429, 456})  # 456: DeepL's "quota exceeded"


def ask(
    method: str,
    url: str,
    *,
    seconds: float,
    headers: Mapping[str, str] | None = None,
    params: Mapping[str, str] | None = None,
    body: object = None,
) -> Any:
    """The parsed answer. Raises the library's errors, or those of requests; none of them holds the text.

    `body` is sent as JSON. `params` stand in the address, which others log: never put a text there.
    A redirect is refused, since it would hand the text to another address.
    """
    with requests.Session() as session:
        response = session.request(
            method,
            url,
            headers=dict(headers or {}),
            params=dict(params or {}),
            json=body,
            timeout=(min(_TO_CONNECT, seconds), seconds),
            allow_redirects=False,
            stream=True,
        )
        _check_status(response.status_code)
        return _parsed(_read(response, time.monotonic() + seconds))


def _check_status(status: int) -> None:
    if status in _REFUSED_KEY:
        raise AuthorizationException("")
    if status in _REFUSED_TEXT:
        raise NotValidPayload("")
    if status in _TOO_MUCH:
        raise TooManyRequests
    if not 200 <= status <= 299:  # noqa: PLR2004 - the range of success
        raise ServerException(status)


def _read(response: requests.Response, ends_at: float) -> bytes:
    read = bytearray()
    for chunk in response.iter_content(_CHUNK):
        read += chunk
        if len(read) > _MAX_ANSWER:
            raise TranslationNotFound("")
        if time.monotonic() > ends_at:
            raise requests.Timeout
    return bytes(read)


def _parsed(answer: bytes) -> Any:
    try:
        return json.loads(answer)
    except (ValueError, RecursionError):
        raise TranslationNotFound("") from None
