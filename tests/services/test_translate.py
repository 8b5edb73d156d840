"""When a text of a case is translated, and what is handed on."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest

from bot.core.errors import TranslationFailed
from bot.services.translate import FAILED, Translate, Translated

AGREED = "LibreTranslate"
NOT_TRIED = Translated("", "")


@dataclass
class FakeTranslator:
    """Says who it is and what it was given."""

    name: str = AGREED
    broken: bool = False
    given: list[tuple[str, str, str]] = field(default_factory=list)

    async def __call__(self, text: str, source: str, target: str) -> str:
        self.given.append((text, source, target))
        if self.broken:
            raise TranslationFailed("LibreTranslate did not answer in time.")
        return f"[{target}] {text}"


async def test_a_text_is_translated_by_the_service_that_the_resident_agreed_to() -> None:
    translator = FakeTranslator()
    done = await Translate(translator)("Merhaba, korkuyorum", "tr", "nl", agreed=AGREED)
    assert done == Translated("[nl] Merhaba, korkuyorum", AGREED)
    assert translator.given == [("Merhaba, korkuyorum", "tr", "nl")]


@pytest.mark.parametrize("agreed", ["", "DeepL"], ids=["to nothing", "to another service"])
async def test_nothing_leaves_the_house_when_the_resident_agreed(agreed: str) -> None:
    translator = FakeTranslator()
    assert await Translate(translator)("Merhaba", "tr", "nl", agreed=agreed) == NOT_TRIED
    assert translator.given == []


@pytest.mark.parametrize("text", ["", "  \n", "👍", "06 12 34 56 78", "?!"], ids=repr)
async def test_a_text_without_words_is_not_sent(text: str) -> None:
    translator = FakeTranslator()
    assert await Translate(translator)(text, "tr", "nl", agreed=AGREED) == NOT_TRIED
    assert translator.given == []


async def test_two_who_speak_the_same_language_need_no_translation() -> None:
    translator = FakeTranslator()
    assert await Translate(translator)("Goedemorgen", "nl", "nl", agreed=AGREED) == NOT_TRIED
    assert translator.given == []


async def test_without_a_service_the_original_stands_alone_and_nobody_is_asked_for_consent() -> None:
    translate = Translate(None)
    assert translate.service == ""
    assert await translate("Merhaba", "tr", "nl", agreed=AGREED) == NOT_TRIED


def test_consent_is_asked_for_the_service_by_its_name() -> None:
    assert Translate(FakeTranslator(name="DeepL")).service == "DeepL"


async def test_a_failure_is_marked_and_the_original_is_left_to_be_shown() -> None:
    assert await Translate(FakeTranslator(broken=True))("Merhaba", "tr", "nl", agreed=AGREED) == Translated("", FAILED)


async def test_numbers_addresses_and_names_stay_here_and_come_back() -> None:
    translator = FakeTranslator()
    text = "Ik ben Samira, Kerkstraat 12a, 8911 AB. Bel 06-12345678 of schrijf s.jansen@example.org"
    done = await Translate(translator)(text, "nl", "en", agreed=AGREED, names=("Samira",))
    sent = translator.given[0][0]
    for secret in ("Samira", "Kerkstraat 12a", "8911 AB", "06-12345678", "s.jansen@example.org"):
        assert secret not in sent
    assert done.text == f"[en] {text}"


async def test_a_number_that_the_service_lost_is_not_lost() -> None:
    class Forgetful(FakeTranslator):
        async def __call__(self, text: str, source: str, target: str) -> str:
            return "Call me"

    done = await Translate(Forgetful())("Bel mij op 06-12345678", "nl", "en", agreed=AGREED)
    assert done.text.startswith("Call me")
    assert "06-12345678" in done.text


async def test_the_log_says_why_without_what_was_said(capsys: pytest.CaptureFixture[str]) -> None:
    await Translate(FakeTranslator(broken=True))("Korkuyorum", "tr", "nl", agreed=AGREED)
    printed = capsys.readouterr()
    assert "Korkuyorum" not in printed.out + printed.err
