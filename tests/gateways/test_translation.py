"""The translation gateway against a server on a real port."""

from __future__ import annotations

import asyncio
import inspect
import json
import socket
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
import requests
from deep_translator import exceptions as theirs
from deep_translator.base import BaseTranslator

from bot.core.errors import SettingsError, TranslationFailed
from bot.gateways.translation import TranslationService, open_translator
from bot.gateways.translation.circuit import FAILURES, PAUSE, Circuit
from bot.gateways.translation.deepl import DeepL
from bot.gateways.translation.engine import Account, Engine, Languages
from bot.gateways.translation.failures import FOREIGN, failure
from bot.gateways.translation.libretranslate import LibreTranslate
from bot.gateways.translation.microsoft import Microsoft
from bot.gateways.translation.service import KEEP_LANGUAGES, THREADS
from bot.services.translate import Translate, Translated, Translator
from tests.gateways.translation_stand_in import CODES, StandIn, standing_in

ARABIC = "صباح الخير"


@dataclass
class Seconds:
    """A clock that moves only when told."""

    now: float = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def server() -> Iterator[StandIn]:
    with standing_in() as stand_in:
        yield stand_in


@pytest.fixture
def clock() -> Seconds:
    return Seconds()


@pytest.fixture
def libre(server: StandIn, clock: Seconds) -> Iterator[TranslationService]:
    yield from opened(LibreTranslate, Account(server.url, "", 5.0), clock)


@pytest.fixture
def hasty(server: StandIn, clock: Seconds) -> Iterator[TranslationService]:
    yield from opened(LibreTranslate, Account(server.url, "", 0.2), clock)


def opened(engine: type[Engine], account: Account, clock: Seconds) -> Iterator[TranslationService]:
    service = TranslationService(engine, account, clock=clock)
    yield service
    service.close()


async def reason(service: Translator, source: str = "ar", target: str = "nl") -> str:
    with pytest.raises(TranslationFailed) as failed:
        await service(ARABIC, source, target)
    return str(failed.value)


async def turns_until_asked(server: StandIn, times: int) -> int:
    """How often the loop went round before the server, which hangs, was asked so many times."""
    turns = 0
    async with asyncio.timeout(5):
        while len(server.translations) < times:
            await asyncio.sleep(0)
            turns += 1
    return turns


async def test_a_text_comes_back_in_the_other_language(libre: TranslationService) -> None:
    assert await libre(ARABIC, "ar", "nl") == "goedemorgen"


async def test_the_text_and_the_key_stand_in_the_body_and_never_in_the_address(server: StandIn) -> None:
    service = TranslationService(LibreTranslate, Account(server.url, "sleutel", 5.0))
    await service("Mijn kind is ziek", "nl", "en")
    service.close()
    asked = server.translations[0]
    assert asked.method == "POST"
    assert asked.path == "/translate"
    assert asked.body == {
        "q": "Mijn kind is ziek",
        "source": "nl",
        "target": "en",
        "format": "text",
        "api_key": "sleutel",
    }
    assert not any("kind" in each.path or "sleutel" in each.path for each in server.asked)


async def test_the_service_is_asked_once_an_hour_what_it_knows(
    server: StandIn, libre: TranslationService, clock: Seconds
) -> None:
    for _ in range(3):
        await libre(ARABIC, "ar", "nl")
    assert [asked.path for asked in server.asked].count("/languages") == 1
    clock.now += KEEP_LANGUAGES
    await libre(ARABIC, "ar", "nl")
    assert [asked.path for asked in server.asked].count("/languages") == 2


async def test_languages_that_are_given_are_not_asked_for(server: StandIn) -> None:
    languages = Languages({"ar": frozenset({"nl"})})
    service = TranslationService(LibreTranslate, Account(server.url, "", 5.0), languages=languages)
    assert await service(ARABIC, "ar", "nl") == "goedemorgen"
    service.close()
    assert [asked.path for asked in server.asked] == ["/translate"]


@pytest.mark.parametrize("pair", [("fy", "nl"), ("nl", "fy"), ("", "nl"), ("nl", "")], ids=" to ".join)
async def test_a_language_that_the_service_lacks_is_a_failure_with_its_reason(
    libre: TranslationService, server: StandIn, pair: tuple[str, str]
) -> None:
    assert "does not know these two languages" in await reason(libre, *pair)
    assert not server.translations


async def test_a_missing_language_does_not_stop_the_others(libre: TranslationService) -> None:
    for _ in range(FAILURES + 1):
        await reason(libre, "fy", "nl")
    assert await libre(ARABIC, "ar", "nl") == "goedemorgen"


async def test_a_target_that_is_not_among_the_sources_own_is_lacking(
    server: StandIn, libre: TranslationService
) -> None:
    server.languages = [{"code": "ar", "targets": ["en"]}, {"code": "nl", "targets": ["en"]}]
    assert "does not know" in await reason(libre)


async def test_an_older_server_that_names_no_targets_translates_each_into_each(
    server: StandIn, libre: TranslationService
) -> None:
    server.languages = [{"code": code, "name": code} for code in CODES]
    assert await libre(ARABIC, "ar", "nl") == "goedemorgen"


async def test_an_answer_equal_to_the_text_is_a_translation(server: StandIn, libre: TranslationService) -> None:
    server.answer = 200, json.dumps({"translatedText": "OK"}).encode()
    assert await libre("OK", "nl", "en") == "OK"


BAD_ANSWERS = {
    "HTML": (200, b"<html><body>Welcome</body></html>", "no translation"),
    "nothing": (200, b"", "no translation"),
    "an empty translation": (200, b'{"translatedText": "  "}', "no translation"),
    "no translation": (200, b'{"translatedText": null}', "no translation"),
    "JSON of another shape": (200, b'["goedemorgen"]', "no translation"),
    "half of JSON": (200, b'{"translatedText": "goede', "no translation"),
    "broken letters": (200, b'{"translatedText": "\xff\xfe"}', "no translation"),
    "JSON without end": (200, b"[" * 200_000, "no translation"),
    "a megabyte and more": (200, b'"' + b"a" * 1_100_000 + b'"', "no translation"),
    "error 500": (500, b"<h1>Internal Server Error</h1>", "with an error"),
    "error 404": (404, b"", "with an error"),
    "too many requests": (429, b'{"error": "Slowdown"}', "too much to do"),
    "a refused key": (403, b'{"error": "Invalid API key"}', "refused the key"),
    "a refused text": (400, b'{"error": "Text exceeds limit"}', "refused this text"),
    "a redirect": (307, b"", "with an error"),
}


@pytest.mark.parametrize("kind", BAD_ANSWERS)
async def test_a_bad_answer_is_a_failure_with_its_reason(server: StandIn, libre: TranslationService, kind: str) -> None:
    status, body, expected = BAD_ANSWERS[kind]
    server.answer = status, body
    told = await reason(libre)
    assert told.startswith("LibreTranslate ")
    assert expected in told
    assert len(server.translations) == 1, "asked again, or sent elsewhere"


@pytest.mark.parametrize("languages", [[], {}, None, "nl", [1, None], [{"name": "Dutch"}], [{"code": 5}]], ids=repr)
async def test_a_bad_list_of_languages_is_a_failure(
    server: StandIn, libre: TranslationService, languages: object
) -> None:
    server.languages = languages
    assert "no translation" in await reason(libre)


async def test_a_service_that_is_away_is_a_failure(clock: Seconds) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        service = TranslationService(LibreTranslate, Account(f"http://127.0.0.1:{taken.getsockname()[1]}"), clock=clock)
        assert "cannot be reached" in await reason(service)
        service.close()


async def test_a_service_that_hangs_is_given_up(server: StandIn, hasty: TranslationService) -> None:
    server.hangs = True
    assert "did not answer in time" in await reason(hasty)


async def test_everything_else_goes_on_while_the_service_hangs(server: StandIn, libre: TranslationService) -> None:
    server.hangs = True
    waiting = asyncio.create_task(libre(ARABIC, "ar", "nl"))
    assert await turns_until_asked(server, 1) > 0
    assert not waiting.done()
    server.release()
    assert await waiting == "goedemorgen"


async def test_a_hanging_service_takes_no_more_threads_than_its_own(server: StandIn, libre: TranslationService) -> None:
    server.hangs = True
    waiting = [asyncio.create_task(libre(ARABIC, "ar", "nl")) for _ in range(THREADS * 3)]
    await turns_until_asked(server, THREADS)
    assert await asyncio.to_thread(lambda: "free") == "free"
    assert len(server.translations) == THREADS
    server.release()
    assert await asyncio.gather(*waiting) == ["goedemorgen"] * THREADS * 3


async def test_after_three_failures_the_service_is_left_alone_for_a_minute_and_then_tried_once(
    server: StandIn, libre: TranslationService, clock: Seconds
) -> None:
    server.answer = 500, b""
    for _ in range(FAILURES):
        await reason(libre)
    assert "left alone" in await reason(libre)
    assert len(server.translations) == FAILURES

    clock.now += PAUSE
    assert "with an error" in await reason(libre)
    assert "left alone" in await reason(libre)
    assert len(server.translations) == FAILURES + 1

    clock.now += PAUSE
    server.answer = None
    assert await libre(ARABIC, "ar", "nl") == "goedemorgen"
    assert await libre(ARABIC, "ar", "nl") == "goedemorgen"


async def test_failures_that_are_not_in_a_row_stop_nothing(server: StandIn, libre: TranslationService) -> None:
    for _ in range(FAILURES):
        server.answer = 500, b""
        await reason(libre)
        server.answer = None
        await libre(ARABIC, "ar", "nl")
    assert await libre(ARABIC, "ar", "nl") == "goedemorgen"


def test_only_one_tries_after_the_pause() -> None:
    clock = Seconds()
    circuit = Circuit(clock)
    for _ in range(FAILURES):
        circuit.failed()
    clock.now += PAUSE
    assert [circuit.allows() for _ in range(3)] == [True, False, False]


async def test_numbers_and_names_never_reach_the_service_and_stand_in_the_result(
    server: StandIn, libre: TranslationService
) -> None:
    text = "Bel Samira op 0612345678 of mail naar samira@example.org"
    done = await Translate(libre)(text, "nl", "en", agreed="LibreTranslate", names=("Samira",))
    sent = json.dumps(server.translations[0].body)
    assert not any(secret in sent for secret in ("0612345678", "example.org", "Samira"))
    assert done == Translated(f"vertaald: {text}", "LibreTranslate")


async def test_deepl_gets_text_and_key_outside_the_address(server: StandIn) -> None:
    server.languages = [{"language": code} for code in ("AR", "NL", "EN-GB", "EN-US")]
    service = TranslationService(DeepL, Account(server.url, "sleutel", 5.0))
    assert await service(ARABIC, "ar", "nl") == "goedemorgen"
    assert await service(ARABIC, "ar", "en") == "goedemorgen"
    service.close()
    assert [asked.body["target_lang"] for asked in server.translations] == ["NL", "EN-GB"]
    assert server.translations[0].path == "/translate"
    assert server.translations[0].headers["Authorization"] == "DeepL-Auth-Key sleutel"


async def test_microsoft_gets_text_and_key_outside_the_address(server: StandIn) -> None:
    server.languages = {"translation": {"ar": {"name": "Arabic"}, "nl": {"name": "Dutch"}}}
    service = TranslationService(Microsoft, Account(server.url, "sleutel@westeurope", 5.0))
    assert await service(ARABIC, "ar", "nl") == "goedemorgen"
    service.close()
    asked = server.translations[0]
    assert asked.path == "/translate?api-version=3.0&from=ar&to=nl"
    assert asked.headers["Ocp-Apim-Subscription-Key"] == "sleutel"
    assert asked.headers["Ocp-Apim-Subscription-Region"] == "westeurope"


@pytest.mark.parametrize("engine", [DeepL, Microsoft], ids=lambda engine: engine.name)
@pytest.mark.parametrize("answer", [[], {}, None, {"error": {"code": 401000}}, [{"translations": []}]], ids=repr)
async def test_nonsense_from_deepl_or_microsoft_is_a_failure(
    server: StandIn, engine: type[Engine], answer: object
) -> None:
    languages = Languages({"ar": frozenset({"nl"})})
    service = TranslationService(engine, Account(server.url, "sleutel", 5.0), languages=languages)
    server.answer = 200, json.dumps(answer).encode()
    assert "no translation" in await reason(service)
    service.close()


@pytest.mark.parametrize("engine", [LibreTranslate, DeepL, Microsoft], ids=lambda engine: engine.name)
def test_every_service_is_one_of_the_librarys_translators(engine: type[Engine]) -> None:
    assert issubclass(engine, BaseTranslator)


def test_every_error_of_the_libraries_is_mapped() -> None:
    for module in (theirs, requests.exceptions):
        for _, kind in inspect.getmembers(module, inspect.isclass):
            if issubclass(kind, Exception) and not issubclass(kind, Warning):
                assert issubclass(kind, FOREIGN), kind


def test_what_their_errors_quote_is_not_passed_on() -> None:
    for error in (
        theirs.TranslationNotFound("ik ben bang"),
        theirs.AuthorizationException("sleutel"),
        theirs.MicrosoftAPIerror("ik ben bang"),
        requests.ConnectionError("ik ben bang"),
    ):
        assert not any(word in failure(error).reason for word in ("bang", "sleutel"))


def test_without_a_setting_nothing_translates() -> None:
    assert open_translator("", "", "", "") is None


def test_ones_own_libretranslate_needs_no_agreement() -> None:
    service = open_translator("LibreTranslate", "http://127.0.0.1:5000/", "", "")
    assert service is not None
    assert service.name == "LibreTranslate"


@pytest.mark.parametrize(
    ("name", "key", "url", "shown"),
    [
        ("deepl", "abc:fx", "https://api-free.deepl.com/v2", "DeepL"),
        ("deepl", "abc", "https://api.deepl.com/v2", "DeepL"),
        ("microsoft", "abc", "https://api.cognitive.microsofttranslator.com", "Microsoft Translator"),
    ],
)
def test_deepl_and_microsoft_open_with_an_agreement(name: str, key: str, url: str, shown: str) -> None:
    service = open_translator(name, "", key, "2026-114, 3 November 2026")
    assert service is not None
    assert service.name == shown
    assert service._account.url == url


@pytest.mark.parametrize(
    ("given", "named"),
    [
        (("google", "", "", "yes"), ["TRANSLATOR:", "libretranslate"]),
        (("libretranslate", "", "", ""), ["TRANSLATOR_URL"]),
        (("libretranslate", "translate.example.org", "", ""), ["TRANSLATOR_URL"]),
        (("libretranslate", "http://[", "", ""), ["TRANSLATOR_URL"]),
        (("libretranslate", "http://translate.example.org", "", ""), ["TRANSLATOR_URL", "https://"]),
        (("libretranslate", "https://libretranslate.com", "", ""), ["PROCESSOR_AGREEMENT"]),
        (("deepl", "", "abc", ""), ["PROCESSOR_AGREEMENT"]),
        (("deepl", "", "abc", "no"), ["PROCESSOR_AGREEMENT"]),
        (("microsoft", "", "", ""), ["TRANSLATOR_KEY", "PROCESSOR_AGREEMENT"]),
    ],
)
def test_settings_that_would_give_words_away_or_cannot_work_are_refused(
    given: tuple[str, str, str, str], named: list[str]
) -> None:
    with pytest.raises(SettingsError) as wrong:
        open_translator(*given)
    assert all(name in str(wrong.value) for name in named)


def test_a_key_is_not_shown_with_the_account() -> None:
    assert "sleutel" not in repr(Account("http://127.0.0.1", "sleutel"))


def test_importing_the_gateway_asks_nothing_and_starts_nothing() -> None:
    code = "import threading, bot.gateways.translation; print(threading.active_count())"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "1"
