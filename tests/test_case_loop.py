"""A worry reaches a person and an answer comes back, through the real channels: every message once, in order."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest

from bot.bench import telegram_updates as updates
from bot.core.case import Author, Result, State
from bot.core.content import Content
from bot.gateways.rasa.dialogue import RasaDialogue
from bot.services.case_ports import CaseFile
from tests.loop import GREETING, JAN, SAMIRA, WIM, Loop, Phone, looping

RESIDENT, HERS, HIS = 501, 601, 602  # chats on Telegram: the resident's, Samira's, Jan's
WORRY = "أنا قلقة على ابنتي"
FIRST, SECOND, THANKS = "لا تنام منذ أسبوع", "نعم، ليل نهار", "شكرا جزيلا"
ASKED, HEARD, COMING = "Wat vervelend. Sinds wanneer?", "Huilt ze veel?", "Ik kom morgen langs."
MACHINE, ORIGINAL = "Vertaald door een computer (LibreTranslate):", "Oorspronkelijk:"


@pytest.fixture
async def loop(tmp_path: Path, content: Content) -> AsyncIterator[Loop]:
    async with looping(tmp_path, content) as running:
        yield running


def word(content: Content, button: str, language: str = "ar") -> str:
    return content.labels[language].buttons[button]


def translated(text: str) -> str:
    """What the translation service on this machine makes of a text."""
    return f"vertaald: {text}"


def plain(text: str) -> str:
    """Without the signs that keep a name in one piece between right and left."""
    return re.sub("[\u2066-\u2069\u200e\u200f]", "", text)


async def until(seen: Callable[[], bool]) -> None:
    async with asyncio.timeout(10):
        while not seen():  # noqa: ASYNC110 - what is waited for has no event
            await asyncio.sleep(0.02)


async def until_case(loop: Loop, seen: Callable[[CaseFile], bool]) -> None:
    """Returns when the case is as it should be."""
    async with asyncio.timeout(10):
        while not (await loop.store.cases(states=tuple(State)) and seen(await loop.file())):  # noqa: ASYNC110 - as above
            await asyncio.sleep(0.02)


async def agree(loop: Loop, content: Content) -> None:
    """A resident goes from the first word to Send, and lets the words be translated."""
    phone, labels = loop.phone(RESIDENT), content.labels["ar"]
    await phone.says("/start")
    await phone.taps("العربية", on="العربية")
    await phone.taps("إنسان", on="عن ماذا سؤالكم")
    await phone.sees("في أي حي تسكنون")
    await phone.says(WORRY)
    await phone.sees("لم يُرسل شيء بعد")
    await phone.says("8911")
    card = await phone.sees("Team Oost")
    assert WORRY in card.text
    await phone.taps(labels.buttons["case_send"], on=WORRY)
    await phone.taps(labels.buttons["translate_yes"], on="LibreTranslate")
    await until_case(loop, lambda found: found.case.translator == "LibreTranslate")


async def reply(phone: Phone, text: str, *, to: str) -> None:
    """A worker answers a message of the case, and sees that it was sent."""
    before = len(phone.texts)
    await phone.says(text, to=await phone.sees(to))
    await until(lambda: any("Verstuurd naar" in said for said in phone.texts[before:]))


def from_person(phone: Phone, name: str) -> list[str]:
    """What a resident got from a worker."""
    return [plain(text) for text in phone.texts if plain(text).startswith(f"{name}:")]


async def test_a_worry_in_arabic_is_answered_in_dutch_through_telegram_on_both_sides(
    loop: Loop, content: Content
) -> None:
    resident, samira = loop.phone(RESIDENT), loop.phone(HERS)
    await loop.link(SAMIRA, HERS)
    await agree(loop, content)
    card = await samira.sees("Nieuwe vraag")
    assert "Buurt: Binnenstad" in card.text

    await samira.taps("Ik pak deze op", on="Nieuwe vraag")
    mine = await samira.sees("is van u.")
    assert f"{MACHINE}\n{translated(WORRY)}\n\n{ORIGINAL}\n{WORRY}" in mine.text, "the first words, translated later"
    await resident.sees("Samira")

    await reply(samira, ASKED, to="is van u.")
    await resident.sees(ASKED)
    await resident.says(FIRST)
    await resident.says(SECOND)
    await samira.sees(SECOND)
    await reply(samira, HEARD, to=SECOND)
    await reply(samira, COMING, to=FIRST)
    await resident.sees(COMING)
    await resident.says(THANKS)
    await samira.sees(THANKS)

    arrived = [text for text in samira.texts if "nieuw bericht" in text]
    assert [f"{MACHINE}\n{translated(text)}\n\n{ORIGINAL}\n{text}" in said for said, text in zip(
        arrived, (FIRST, SECOND, THANKS), strict=True
    )] == [True] * 3  # fmt: skip
    answers = from_person(resident, "Samira")
    assert [said.split("\n")[1] for said in answers] == [translated(text) for text in (ASKED, HEARD, COMING)]
    assert [said.split("\n")[-1] for said in answers] == [ASKED, HEARD, COMING]
    assert all("LibreTranslate" in said for said in answers)


async def test_a_note_a_ready_text_and_the_end_through_telegram(loop: Loop, content: Content) -> None:
    resident, samira = loop.phone(RESIDENT), loop.phone(HERS)
    await loop.link(SAMIRA, HERS)
    await agree(loop, content)
    await samira.taps("Ik pak deze op", on="Nieuwe vraag")
    await samira.taps("Notitie", on="is van u.")
    await samira.sees("Schrijf nu uw notitie")
    await samira.says("Belt liever niet.")
    await samira.sees("Notitie bewaard")
    await samira.taps("Standaardtekst", on="is van u.")
    await samira.taps(GREETING.name, on="Welke tekst")
    await samira.taps("Versturen", on="Dit gaat naar")
    await resident.sees(GREETING.texts["ar"])
    await samira.taps("Afsluiten", on="is van u.")
    await samira.taps("Geholpen", on="afgelopen?")
    await samira.sees("is afgesloten.")
    await resident.taps(word(content, "helped_yes"), on="7")
    await until(lambda: bool(from_person(resident, "Samira")))

    answers = from_person(resident, "Samira")
    assert answers == [f"Samira:\n{GREETING.texts['ar']}"], "a text of our own comes alone, and no note ever"
    await until_case(loop, lambda found: bool(found.case.helped))
    found = await loop.file()
    assert (found.case.state, found.case.result, found.case.helped) == (State.CLOSED, Result.HELPED, True)
    assert [(said.author, said.text) for said in found.said] == [
        (Author.RESIDENT, WORRY),
        (Author.NOTE, "Belt liever niet."),
        (Author.WORKER, GREETING.texts["nl"]),
    ]
    assert await loop.log() == [
        "opened", "told", "told", "translation_allowed", "claimed", "noted", "replied", "closed", "helped"
    ]  # fmt: skip


async def test_two_workers_tap_at_once_and_the_other_hears_who_has_it(loop: Loop, content: Content) -> None:
    resident, hers, his = loop.phone(RESIDENT), loop.phone(HERS), loop.phone(HIS)
    await loop.link(SAMIRA, HERS)
    await loop.link(JAN, HIS)
    await agree(loop, content)
    cards = [(phone.chat, await phone.sees("Nieuwe vraag")) for phone in (hers, his)]
    assert loop.telegram
    await loop.telegram.push(*(updates.callback(chat, c.data("Ik pak deze op"), on=c.number) for chat, c in cards))
    await until(lambda: sum("is van u." in text for phone in (hers, his) for text in phone.texts) == 1)
    case = await loop.case()
    name = {SAMIRA.id: SAMIRA.name, JAN.id: JAN.name}[case.worker]
    late = his if case.worker == SAMIRA.id else hers
    await late.sees(f"{name} heeft {case.number}")
    assert (await loop.log()).count("claimed") == 1
    assert sum("sociaal werker" in text for text in resident.texts) == 1, "the resident hears of one person, once"


async def test_the_same_on_the_desk(loop: Loop, content: Content) -> None:
    resident = loop.phone(RESIDENT)
    await agree(loop, content)
    desk = await loop.log_in(SAMIRA)
    case = await loop.case()
    page = f"/desk/cases/{case.id}"
    assert case.number in desk.words
    await desk.get(page)
    await desk.fill(f"{page}/take")
    await resident.sees("Samira")
    await desk.fill(f"{page}/reply", text=ASKED)
    await resident.sees(ASKED)
    await resident.says(FIRST)
    await until_case(loop, lambda found: found.said[-1].text == FIRST)
    await desk.get(page)
    assert f"{MACHINE.removesuffix(':')} {translated(FIRST)}" in desk.words
    assert f"Origineel {FIRST}" in desk.words
    await desk.fill(f"{page}/reply", text=GREETING.texts["nl"])
    await resident.sees(GREETING.texts["ar"])
    await desk.fill(f"{page}/note", note="Belt liever niet.")
    await desk.fill(f"{page}/close", result="helped")
    assert "De zaak is gesloten." in desk.words
    await resident.taps(word(content, "helped_yes"), on="7")
    await until_case(loop, lambda found: bool(found.case.helped))
    await desk.get(page)

    answers = from_person(resident, "Samira")
    assert [said.split("\n")[1] for said in answers] == [translated(ASKED), GREETING.texts["ar"]]
    assert answers[0].endswith(ASKED)
    assert await loop.log() == [
        "opened", "told", "told", "translation_allowed", "claimed", "replied", "replied", "noted", "closed",
        "helped",
    ]  # fmt: skip
    assert (await (await loop.log_in(WIM)).get(page)).status == 404, "another team's worker sees nothing"


async def test_the_loop_with_the_real_model(tmp_path: Path, content: Content, dialogue: RasaDialogue) -> None:
    async with looping(tmp_path, content, dialogue) as loop:
        resident, samira = loop.phone(RESIDENT), loop.phone(HERS)
        await loop.link(SAMIRA, HERS)
        await agree(loop, content)
        await samira.taps("Ik pak deze op", on="Nieuwe vraag")
        await reply(samira, ASKED, to="is van u.")
        await resident.sees(ASKED)
        await resident.says(FIRST)
        assert translated(FIRST) in (await samira.sees(FIRST)).text
        await samira.taps("Afsluiten", on="is van u.")
        await samira.taps("Geholpen", on="afgelopen?")
        await resident.taps(word(content, "helped_yes"), on="7")
        await until_case(loop, lambda found: bool(found.case.helped))
        assert [(said.author, said.text) for said in (await loop.file()).said] == [
            (Author.RESIDENT, WORRY), (Author.WORKER, ASKED), (Author.RESIDENT, FIRST)
        ]  # fmt: skip
