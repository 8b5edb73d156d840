"""The history of a text: every version with who, why and what changed, and going back to one."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from itertools import pairwise

import pytest

from bot.core.content import Answer, Content, Fact, Pressure, Source, Topic
from bot.core.drift import source_hash
from bot.core.entry import Body, Examples, Kind, ReadyText, RedFlag, Ref, Words
from bot.core.overlay import entries_of
from bot.core.revision import Change, Override, Revision
from bot.core.team import Role
from bot.desk.content.answers.answer_since import missed
from bot.desk.content.differences import PartDifference, Told, differences, word_pieces
from bot.desk.content.part_words import part_teller
from bot.desk.content.parts import parts_of
from tests.desk.content.newsroom import EVA, FLU, FLU_TURKISH, ROSA, Room, open_room
from tests.desk.hall import Hall

ADDRESS = "/history/answer/utter_flu_jab/nl"
LABEL, TERM = Ref(Kind.LABEL, "topics.hpv", "nl"), Ref(Kind.TERM, "zeppelin", "nl")


@pytest.fixture
def room(hall: Hall) -> Room:
    return open_room(hall)


def marked(pieces: tuple[object, ...]) -> str:
    """The pieces with -gone- and +new+."""
    signs = {Told.SAME: "", Told.GONE: "-", Told.NEW: "+"}
    return "".join(f"{signs[piece.told]}{piece.text}{signs[piece.told]}" for piece in pieces)  # type: ignore[attr-defined]


def told(changes: tuple[PartDifference, ...]) -> dict[str, str]:
    """Part → what changed in it."""
    return {f"{part.name} {part.detail}".strip(): marked(part.pieces) for part in changes}


# ---- differences ----


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("De prik is gratis.", "De prik kost 10 euro.", "De prik -is gratis-+kost 10 euro+."),
        ("Bel 112.", "Bel 113.", "Bel -112-+113+."),
        ("Bel de huisarts", "Bel vandaag de huisarts", "Bel+ vandaag+ de huisarts"),
        ("", "Nieuw", "+Nieuw+"),
        ("Oud", "", "-Oud-"),
        ("اللقاح مجاني للجميع", "اللقاح مجاني لك", "اللقاح مجاني -للجميع-+لك+"),
        ("接种疫苗免费", "接种疫苗收费", "接种疫苗-免-+收+费"),
        ("gelijk", "gelijk", "gelijk"),
    ],
)
def test_words_that_changed_are_told_where_they_stand(before: str, after: str, expected: str) -> None:
    assert marked(word_pieces(before, after)) == expected


def test_both_texts_can_be_read_in_the_pieces(content: Content) -> None:
    texts = [answer.text for answer in content.answers.values()][:120]
    for before, after in pairwise(texts):
        pieces = word_pieces(before, after)
        assert "".join(piece.text for piece in pieces if piece.told is not Told.NEW) == before
        assert "".join(piece.text for piece in pieces if piece.told is not Told.GONE) == after


def test_the_parts_of_an_answer_are_told_apart_and_only_those_that_changed() -> None:
    before = Answer("utter_a", "nl", "Een.", "Kort.", {"how": "Zo.", "when": "Nu."}, next=("b",))
    source = Source("RIVM", "https://rivm.nl", date(2026, 1, 1))
    after = replace(before, simple="Korter.", sections={"how": "Anders.", "costs": "Niets."}, sources=(source,))
    assert told(differences(before, after)) == {
        "simple": "-Kort-+Korter+.",
        "section how": "-Zo-+Anders+.",
        "section costs": "+Niets.+",
        "section when": "-Nu.-",
        "sources": "+RIVM https://rivm.nl 2026-01-01+",
    }


def test_a_text_that_came_or_went_is_told_as_a_whole() -> None:
    assert told(differences(None, Words("Dag."))) == {"text": "+Dag.+"}
    assert told(differences(Words("Dag."), None)) == {"text": "-Dag.-"}
    assert differences(None, None) == ()
    assert differences(Words("Dag."), Words("Dag.")) == ()


def test_reviews_and_fingerprints_are_no_words() -> None:
    answer = Answer("utter_a", "tr", "Bir.")
    assert differences(answer, replace(answer, translates="abc", where="desk")) == ()


FACT = Fact("n", {"": "112"}, "x", "y", date(2026, 1, 1))
GREETING = ReadyText("Groet", {"nl": "Dag"})


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (Topic("a", "care"), Topic("a", "care", "W"), {"kind": "+W+"}),
        (FACT, replace(FACT, values={"": "113"}), {"value": "-112-+113+"}),
        (
            Pressure(("moet",), {}),
            Pressure(("dom",), {"dom": ("a",)}),
            {"words": "-moet-+dom+", "allowed_in dom": "+a+"},
        ),
        (Examples(("a b",)), Examples(("a b", "c d")), {"examples": "a b+\nc d+"}),
        (GREETING, replace(GREETING, texts={"nl": "Dag", "ar": "مرحبا"}), {"text ar": "+مرحبا+"}),
    ],
    ids=["topic", "fact", "pressure", "examples", "template"],
)
def test_every_kind_of_entry_can_be_compared(before: Body, after: Body, expected: dict[str, str]) -> None:
    assert told(differences(before, after)) == expected


def test_phrases_of_a_danger_are_compared_too(content: Content) -> None:
    flag = next(body for ref, body in entries_of(content).items() if ref.kind is Kind.FLAG and ref.language == "nl")
    assert isinstance(flag, RedFlag)
    more = replace(flag, patterns=replace(flag.patterns, exceptions=(*flag.patterns.exceptions, "zeppelin")))
    assert told(differences(flag, more))["exceptions"].endswith("zeppelin+")


def test_every_entry_of_the_real_content_has_parts_and_equals_itself(content: Content) -> None:
    for ref, body in entries_of(content).items():
        assert parts_of(body) or ref.kind is Kind.PRESSURE, ref
        assert differences(body, body) == ()
        names = [(part.name, part.detail) for part in parts_of(body)]
        assert len(names) == len(set(names)), "no part has the name of another"


# ---- the page ----


async def test_a_text_that_nobody_changed_has_the_file_alone(room: Room) -> None:
    browser = await room.visit("eva", ADDRESS)
    assert "Zoals het bij het programma hoort wordt nu gezegd" in browser.words.replace("✓ ", "")
    assert room.content.answers["utter_flu_jab", "nl"].simple in browser.words
    assert "Hiernaar teruggaan" not in browser.words


async def test_every_version_tells_who_when_why_and_what_changed(room: Room) -> None:
    await room.publish(LABEL, Words("Prik tegen HPV"), EVA, why="zo zeggen mensen het")
    await room.publish(LABEL, Words("Vaccin tegen HPV"), ROSA)
    browser = await room.visit("eva", "/history/label/topics.hpv/nl")
    newest, first = re.findall(
        r'<li class="card">.*?</li>\s*(?=<li class="card">|</ol>)', browser.response.text, re.DOTALL
    )[:2]
    assert "geschreven door Rosa" in newest
    assert "13:01" in newest
    assert re.search(r"<del>.*?Prik.*?</del><ins>.*?Vaccin.*?</ins> tegen HPV", newest)
    assert "geschreven door Eva" in first
    assert "zo zeggen mensen het" in first


async def test_what_was_overridden_and_for_whose_sake_stands_there(room: Room) -> None:
    answer = room.answer(FLU, text="De influenzavaccinatie is voor wie 60 is. Bel de huisarts.")
    overrides = (Override("hard_word", "dit woord kent iedereen hier"),)
    await room.publish(FLU, answer, EVA, change=Change.SAFETY, overrides=overrides)
    words = (await room.visit("eva", ADDRESS)).words
    assert "voor de veiligheid" in words
    assert "Moeilijk woord: dit woord kent iedereen hier" in words


async def test_who_published_the_draft_of_a_colleague_is_named_beside_them(room: Room) -> None:
    await room.draft(LABEL, Words("Prik tegen HPV"), EVA)
    await room.editing.submit(EVA, LABEL)
    await room.editing.publish(ROSA, LABEL, "eva")
    words = (await room.visit("eva", "/history/label/topics.hpv/nl")).words
    assert "geschreven door Eva · gepubliceerd door Rosa" in words


async def test_right_to_left_texts_are_compared_right_to_left(room: Room) -> None:
    label = Ref(Kind.LABEL, "topics.hpv", "ar")
    await room.publish(label, Words("لقاح جديد"))
    await room.publish(label, Words("لقاح قديم"))
    text = (await room.visit("eva", "/history/label/topics.hpv/ar")).response.text
    assert '<dd lang="ar" dir="rtl">لقاح <del>' in text


async def test_going_back_publishes_the_old_words_as_a_new_version(room: Room) -> None:
    first = await room.publish(LABEL, Words("Prik tegen HPV"))
    await room.publish(LABEL, Words("Vaccin tegen HPV"))
    browser = await room.visit("eva", "/history/label/topics.hpv/nl")
    await browser.fill("/desk/content/history/label/topics.hpv/nl", revision=str(first.id), why="dit las beter")
    assert browser.status == 200
    assert "Gepubliceerd. Bewoners lezen vanaf nu de eerdere tekst." in browser.words
    assert "dit las beter" in browser.words
    assert room.content.labels["nl"].topics["hpv"] == "Prik tegen HPV"
    assert len(await room.hall.store.revisions(LABEL)) == 3


async def test_going_back_needs_a_reason_and_what_was_typed_stays(room: Room) -> None:
    first = await room.publish(LABEL, Words("Prik tegen HPV"))
    await room.publish(LABEL, Words("Vaccin tegen HPV"))
    browser = await room.visit("eva", "/history/label/topics.hpv/nl")
    await browser.fill("/desk/content/history/label/topics.hpv/nl", revision=str(first.id), why="x")
    assert browser.status == 422
    assert "Zeg waarom u teruggaat" in browser.words
    assert f'id="why-{first.id}" name="why" required maxlength="500" value="x"' in browser.response.text
    assert len(await room.hall.store.revisions(LABEL)) == 2


@pytest.mark.parametrize("number", ["", "x", "999", "²"])
async def test_a_version_that_is_not_there_changes_nothing(room: Room, number: str) -> None:
    await room.publish(LABEL, Words("Prik tegen HPV"))
    await room.publish(LABEL, Words("Vaccin tegen HPV"))
    browser = await room.visit("eva", "/history/label/topics.hpv/nl")
    await browser.fill("/desk/content/history/label/topics.hpv/nl", revision=number, why="een reden")
    assert browser.status == 422
    assert 'role="alert"' in browser.response.text
    assert len(await room.hall.store.revisions(LABEL)) == 2


async def test_the_file_is_the_first_version_and_one_can_go_back_to_it(room: Room, content: Content) -> None:
    await room.publish(LABEL, Words("HPV-vaccin"))
    browser = await room.visit("eva", "/history/label/topics.hpv/nl")
    assert browser.words.index("geschreven door Eva") < browser.words.index("Zoals het bij het programma hoort")
    assert re.search(r"<del>.*?</del><ins>", browser.response.text), "the first version is compared with the file"
    await browser.fill("/desk/content/history/label/topics.hpv/nl", revision="0", why="de oude was beter")
    assert browser.status == 200
    assert room.content.labels["nl"].topics["hpv"] == content.labels["nl"].topics["hpv"]


async def test_a_text_that_no_file_has_begins_with_its_first_version(room: Room) -> None:
    await room.publish(TERM, Words("Een ballon die kan varen."))
    browser = await room.visit("eva", "/history/term/zeppelin/nl")
    assert "Dit is hier de eerste versie." in browser.words
    assert "Een ballon die kan varen." in browser.words
    assert "Het bestand" not in browser.words
    assert "Hiernaar teruggaan" not in browser.words


async def test_of_a_version_that_came_back_without_its_words_only_the_kind_of_change_is_told(room: Room) -> None:
    """Brought back from a file: `services.editing.restore_history`."""
    body, at = room.answer(FLU, text="De griepprik is nieuw beschreven."), room.hall.clock()
    old = Revision(0, FLU, body, 0, "eva", "eva", at, "alles.yml", Change.SAFETY, "a" * 16)
    async with room.hall.store.unit() as unit:
        first = await unit.publish(old)
        await unit.publish(replace(old, base=first.id, change=Change.WORDING, print=source_hash(body)))
    await room.editing.refresh()
    browser = await room.visit("eva", ADDRESS)
    cards = re.findall(r'<li class="card">.*?</li>\s*(?=<li class="card">|</ol>)', browser.response.text, re.DOTALL)
    newest, lost, _ = cards
    assert "<ins>" in newest, "what is said now is compared with the file"
    assert "voor de veiligheid" in lost
    assert "alleen het soort wijziging is bekend" in lost
    for sign in ("Geen woorden veranderd", "<ins>", "Hiernaar teruggaan", "nieuw beschreven"):
        assert sign not in lost


async def test_a_translation_of_words_that_are_lost_shows_no_changes_since(room: Room) -> None:
    body, at = room.answer(FLU, text="De griepprik is nieuw beschreven."), room.hall.clock()
    made = room.answer(FLU_TURKISH, translates="a" * 16)
    assert await missed(room.hall.desk, room.answer(FLU_TURKISH), body), "the file's words are known"
    async with room.hall.store.unit() as unit:
        await unit.publish(Revision(0, FLU, body, 0, "eva", "eva", at, "", Change.SAFETY, made.translates))
    assert await missed(room.hall.desk, made, replace(body, text="Weer anders.")) == ()


@pytest.mark.parametrize(
    "address", ["/history/nonsense/a/nl", "/history/answer/utter_nothing/nl", "/history/fact/flu/-"]
)
async def test_the_history_of_nothing_is_not_there(room: Room, address: str) -> None:
    assert (await room.visit("eva", address)).status == 404


async def test_a_long_history_comes_in_pages(room: Room) -> None:
    for number in range(28):
        await room.publish(LABEL, Words(f"Naam {number}"))
    browser = await room.visit("eva", "/history/label/topics.hpv/nl")
    assert "Naam 27" in browser.words
    assert "Naam 1 " not in browser.words
    assert "?from=25" in browser.response.text
    later = await room.visit("eva", "/history/label/topics.hpv/nl?from=25")
    assert "Naam 1 " in later.words
    assert "wordt nu gezegd" not in later.words
    assert (await room.visit("eva", "/history/label/topics.hpv/nl?from=99999999999")).status == 200


async def test_what_people_typed_is_never_part_of_the_page(room: Room) -> None:
    await room.publish(LABEL, Words("<script>x</script>"), why="<img src=x>")
    text = (await room.visit("eva", "/history/label/topics.hpv/nl")).response.text
    assert "<script>x" not in text
    assert "<img src=x>" not in text


async def test_a_worker_has_no_history(room: Room) -> None:
    await room.hall.change("samira", roles=frozenset({Role.WORKER, Role.COORDINATOR}))
    assert (await room.visit("samira", ADDRESS)).status == 404


def test_keys_and_days_are_told_in_words(content: Content) -> None:
    said = part_teller(content, "nl")
    assert said("next", "flu_jab, hpv") == "Griepprik, HPV-prik"
    assert said("next", "no_such_topic") == "no_such_topic"
    assert said("numbers", "emergency_number") == "Alarmnummer"
    assert (
        said("sources", "RIVM https://www.rivm.nl/a-2026 2026-11-21") == "RIVM https://www.rivm.nl/a-2026 21 nov 2026"
    )
    assert said("checked", "2026-11-21") == "21 nov 2026"
    assert (said("group", "diseases"), said("kind", "W")) == ("Ziektes", "zorg (W)")
    assert said("text", "Bel {emergency_number} op 2026-11-21.") == "Bel {emergency_number} op 2026-11-21."
    assert part_teller(content, "en")("checked", "2026-11-21") == "21 Nov 2026"
