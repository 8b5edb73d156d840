"""The overview: what was asked in vain, what waits, the grid with its filters, search, and the list of drafts."""

from __future__ import annotations

import asyncio
import html
import re
from dataclasses import replace

import pytest

from bot.bench.grid import bench
from bot.core.content import Content, Review
from bot.core.entry import Kind, Ref, Words
from bot.core.revision import Draft
from bot.desk.content.search import Index, with_snippets
from bot.desk.content.snippet import snippet
from tests.desk.content.newsroom import EVA, FLU, FLU_TURKISH, ROSA, Room, open_room
from tests.desk.hall import Browser, Hall

TURKISH_CELL = "/desk/content/answers/utter_flu_jab/tr"


@pytest.fixture
def room(hall: Hall) -> Room:
    return open_room(hall)


def cell(browser: Browser, address: str) -> str:
    """The accessible name of the cell that leads to an address; "" when there is none."""
    found = re.search(rf'href="{re.escape(address)}" aria-label="([^"]*)"', browser.response.text)
    return html.unescape(found[1]) if found else ""


def rows(browser: Browser) -> list[str]:
    """The rows that are shown: topics by their key, the assistant's own texts by theirs (utter_greet)."""
    begins = [row[:400] for row in browser.response.text.split('<th scope="row">')[1:]]
    found = [re.search(r"/desk/content/(?:topics|answers)/(\w+)", row) for row in begins]
    return [one[1] for one in found if one]


# ---- the page ----


@pytest.mark.parametrize(("name", "status"), [("eva", 200), ("rosa", 200), ("samira", 404), ("fatma", 404)])
async def test_only_editors_and_reviewers_come_in(room: Room, name: str, status: int) -> None:
    for address in ("", "?q=prik", "/asked", "/drafts", "/history/answer/utter_flu_jab/nl"):
        assert (await room.visit(name, address)).status == status, address


async def test_what_was_asked_in_vain_stands_on_top_the_five_largest_groups(room: Room) -> None:
    room.questions.ask("kan ik <b>morgen</b> komen", "morgen komen?", likely="flu_jab")
    for number in range(6):
        room.questions.ask(f"vraag {number}")
    page = await room.visit("eva", "")
    assert page.words.index("geen antwoord kwam") < page.words.index("Wat op u wacht")
    assert "kan ik <b>morgen</b> komen 2 vragen" in page.words
    assert "<b>morgen</b>" not in page.response.text, "a question is shown as text, never as part of the page"
    assert f"misschien {room.content.labels['nl'].topics['flu_jab']}" in page.words
    assert "vraag 3" in page.words
    assert "vraag 4" not in page.words
    assert 'href="/desk/content/questions"' in page.response.text


async def test_a_question_is_shown_in_its_own_direction(room: Room) -> None:
    room.questions.ask("هل الدواء مجاني", language="ar")
    assert '<q lang="ar" dir="rtl">' in (await room.visit("eva", "")).response.text


async def test_the_page_does_not_wait_for_questions_that_are_still_grouped(room: Room) -> None:
    room.questions.released = asyncio.Event()
    room.questions.ask("wat kost de tandarts")
    browser = await room.visit("eva", "")
    assert "De vragen worden gegroepeerd." in browser.words
    assert 'hx-get="/desk/content/asked"' in browser.response.text
    room.questions.released.set()
    assert "wat kost de tandarts" in (await browser.get("/desk/content/asked")).response.text
    assert "wat kost de tandarts" in (await browser.get("/desk/content")).words


async def test_it_says_what_waits_for_this_editor_and_leads_there(room: Room) -> None:
    await room.draft(FLU, room.answer(FLU, text="Een andere tekst."), EVA)
    await room.editing.submit(EVA, FLU)
    await room.draft(FLU_TURKISH, room.answer(FLU_TURKISH, text="Başka bir metin."), ROSA)
    browser = await room.visit("rosa", "")
    assert "1 in review that you may publish" in browser.words
    assert "1 drafts of your own" in browser.words
    for mark in ("review_due", "stale", "missing"):
        assert f'href="/desk/content?mark={mark}#answers"' in browser.response.text


# ---- the grid ----


async def test_a_cell_leads_to_its_answer_and_says_in_words_what_there_is(room: Room) -> None:
    await room.draft(FLU_TURKISH, room.answer(FLU_TURKISH, text="Başka bir metin."))
    browser = await room.visit("rosa", "")
    assert cell(browser, TURKISH_CELL) == "Flu jab, Turkish: draft, unreviewed, never read with people"
    text = browser.response.text
    assert "✎○◇</a>" in text
    assert re.search(r'<th scope="row"><a href="/desk/content/topics/flu_jab">Flu jab</a></th>', text)
    assert room.content.labels["en"].topics["flu_jab"] in browser.words


async def test_every_topic_and_every_text_of_the_assistant_has_a_row(room: Room) -> None:
    shown = rows(await room.visit("eva", ""))
    said = {key for key, _ in room.content.answers}
    assert set(room.content.topics) < set(shown)
    assert "utter_greet" in shown
    assert len(shown) == len(room.content.topics) + sum(
        key.removeprefix("utter_") not in room.content.topics for key in said
    )


async def test_a_text_of_the_assistant_itself_has_a_name_and_says_where_residents_read_it(room: Room) -> None:
    browser = await room.visit("eva", "")
    assert "Niet begrepen, de eerste keer" in browser.words
    assert "Wordt gezegd als een vraag niet begrepen is of geen antwoord heeft." in browser.words
    assert cell(browser, "/desk/content/answers/utter_greet/tr").startswith("Hallo zeggen, Turks: ")
    assert "utter_" not in browser.words


async def test_filters_leave_what_was_asked_for(room: Room) -> None:
    await room.draft(FLU_TURKISH, room.answer(FLU_TURKISH, text="Başka bir metin."))
    drafts = await room.visit("eva", "?mark=draft")
    assert rows(drafts) == ["flu_jab"]
    assert "1 tekst is zo." in drafts.words
    assert '<option value="draft" selected>' in drafts.response.text
    group = await room.visit("eva", "?group=feeling")
    assert set(rows(group)) == {key for key, topic in room.content.topics.items() if topic.group == "feeling"}
    turkish = await room.visit("eva", "?language=tr&kind=V")
    assert set(rows(turkish)) == {key for key, topic in room.content.topics.items() if topic.kind == "V"}
    assert cell(turkish, TURKISH_CELL)
    assert not cell(turkish, "/desk/content/answers/utter_flu_jab/nl")
    nothing = await room.visit("eva", "?mark=withdrawn")
    assert rows(nothing) == []
    assert "Geen enkele tekst is zo." in nothing.words


async def test_a_filter_that_does_not_exist_filters_nothing(room: Room) -> None:
    everything = rows(await room.visit("eva", ""))
    assert rows(await room.visit("eva", "?mark=nonsense&group=none&language=xx&kind=Q")) == everything


async def test_marks_are_counted_as_they_are_found(room: Room) -> None:
    room.serve(FLU, review=Review("reviewed", "medical", None, room.hall.clock.now.date()))
    browser = await room.visit("eva", "?mark=review_due")
    assert rows(browser) == ["flu_jab"]
    assert re.search(r"opnieuw nakijken 1 ", browser.words)


def test_the_grid_of_120_topics_and_14_languages_is_rendered_whole() -> None:
    result = asyncio.run(bench())
    assert result.cells >= 120 * 14


# ---- search ----


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("ASI zorunlu", "utter_vaccination_mandatory"),  # aşı: without its signs, in capitals
        ("الطَّبيب", "utter_gp_how"),
        ("griepprik zwanger", "utter_vaccination_pregnancy"),
        ("utter_flu_jab", "utter_flu_jab"),
    ],
)
def test_letters_are_folded_and_every_word_must_be_there(content: Content, asked: str, found: str) -> None:
    assert found in {hit.ref.key for hit in Index().find(content, asked)}
    assert not Index().find(content, f"{asked} qqqzzz")


def test_every_part_of_every_kind_is_searched(content: Content) -> None:
    flag = next(text for (_, code), text in content.flags.items() if code == "nl")
    term, explained = next(iter(content.glossary["nl"].items()))
    fact = next(iter(content.facts.values()))
    asked = {
        Kind.FLAG: flag.text,
        Kind.TERM: explained,
        Kind.FACT: fact.about,
        Kind.LABEL: content.labels["nl"].topics["hpv"],
    }
    for kind, text in asked.items():
        assert kind in {hit.ref.kind for hit in Index().find(content, text)}, kind
    assert Ref(Kind.TERM, term, "nl") in {hit.ref for hit in Index().find(content, term)}


def test_a_text_of_the_assistant_itself_is_found_by_its_name_in_the_language_of_the_screen(content: Content) -> None:
    first = Index().find(content, "foto kwam")[0]
    assert (first.ref.key, first.part.name) == ("utter_got_photo", "name of it")
    assert Index().find(content, "photo came", "en")[0].ref.key == "utter_got_photo"
    assert "utter_got_photo" not in {hit.ref.key for hit in Index().find(content, "photo came", "nl")}
    assert Kind.LABEL in {hit.ref.kind for hit in Index().find(content, "knop bericht team")}
    assert "suicide" in {hit.ref.key for hit in Index().find(content, "zelfdoding")}


async def test_what_is_found_says_where_residents_read_it(room: Room) -> None:
    browser = await room.visit("eva", "?q=sticker")
    assert "Er kwam een sticker" in browser.words
    assert "Wordt gezegd als een bewoner iets stuurt waar de assistent niets mee kan." in browser.words


def test_a_text_is_found_by_the_number_that_residents_read_in_it(content: Content) -> None:
    named = next(a for a in content.answers.values() if a.language == "nl" and "{emergency_number}" in a.text)
    hits = with_snippets(Index().find(content, "112"), content, "112")
    assert named.key in {hit.ref.key for hit in hits}


def test_a_snippet_marks_the_words_and_begins_near_them() -> None:
    bits = snippet("Heel veel woorden vooraf. " * 9 + "De Griepprik is gratis.", ["griep", "gratis"])
    assert [bit.text for bit in bits if bit.found] == ["Griepprik", "gratis"]
    assert bits[0].text == "… "
    assert len("".join(bit.text for bit in bits)) < 250


def test_other_texts_are_searched_as_soon_as_they_are_served(content: Content) -> None:
    index = Index()
    assert not index.find(content, "zeppelin")
    changed = replace(content.answers["utter_flu_jab", "nl"], text="Een zeppelin.")
    later = replace(content, answers={**content.answers, ("utter_flu_jab", "nl"): changed})
    assert index.find(later, "Zeppelin")


def test_texts_are_made_ready_for_searching_once(content: Content, monkeypatch: pytest.MonkeyPatch) -> None:
    index = Index()
    assert index.find(content, "prik")

    def again(*_: object) -> None:
        raise AssertionError("the texts were read again")

    monkeypatch.setattr("bot.desk.content.search._indexed", again)
    assert index.find(content, "huisarts bellen")


async def test_what_is_found_leads_to_its_page_with_the_words_marked(room: Room) -> None:
    room.serve(FLU, text="Een <script>zeppelin</script> & meer.")
    browser = await room.visit("eva", "?q=Zeppelin")
    assert "<mark>zeppelin</mark>" in browser.response.text
    assert "&lt;script&gt;<mark>" in browser.response.text
    assert 'href="/desk/content/answers/utter_flu_jab/nl"' in browser.response.text
    assert "1 plek gevonden." in browser.words
    assert "Nederlands · Tekst" in browser.words


async def test_right_to_left_results_stand_right_to_left(room: Room) -> None:
    assert '<p class="snippet" lang="ar" dir="rtl">' in (await room.visit("eva", "?q=الطبيب")).response.text


async def test_finding_nothing_says_what_to_do(room: Room) -> None:
    browser = await room.visit("eva", "?q=%3Cb%3Eqqzz")
    assert "Geen enkele tekst heeft al deze woorden." in browser.words
    assert "<b>qqzz" not in browser.response.text


# ---- drafts ----


async def test_drafts_stand_where_they_belong(room: Room) -> None:
    label = Ref(Kind.LABEL, "topics.hpv", "tr")
    await room.draft(FLU, room.answer(FLU, text="Van Eva."), EVA)
    await room.draft(FLU_TURKISH, room.answer(FLU_TURKISH, text="Eva'dan."), EVA, note="graag nalezen")
    await room.editing.submit(EVA, FLU_TURKISH)
    await room.draft(label, Words("HPV aşısı"), EVA, machine=True)
    browser = await room.visit("rosa", "/drafts")
    shelves = re.split(r"<section", browser.response.text)[1:]
    titles = {re.search(r'<h2 id="([\w-]+)">', shelf)[1]: shelf for shelf in shelves if "<h2 id" in shelf}  # type: ignore[index]
    assert "/answers/utter_flu_jab/tr?author=eva" in titles["in-review"]
    assert "graag nalezen" in titles["in-review"]
    assert "Eva" in titles["in-review"]
    assert "you may publish it" in titles["in-review"]
    assert "/entries/label/topics.hpv/tr?author=eva" in titles["machine"]
    assert "/answers/utter_flu_jab/nl?author=eva" in titles["others"]
    assert "(0)" in titles["mine"]
    mine = await room.visit("eva", "/drafts")
    assert 'href="/desk/content/answers/utter_flu_jab/nl"' in mine.response.text


async def test_a_draft_of_a_translator_without_an_account_says_so(room: Room) -> None:
    sent = Draft(FLU_TURKISH, "link:7", room.answer(FLU_TURKISH), 0, room.hall.clock.now, note="by Ayşe")
    gone = replace(sent, author="nobody")
    async with room.hall.store.unit() as unit:
        await unit.keep_draft(sent, 0)
        await unit.keep_draft(gone, 0)
    browser = await room.visit("eva", "/drafts")
    assert "een vertaler via een link" in browser.words
    assert "door Ayşe" in browser.words
    assert "iemand die hier niet meer werkt" in browser.words
    assert "?author=link%3A7" in browser.response.text


async def test_without_drafts_every_shelf_says_so(room: Room) -> None:
    words = (await room.visit("eva", "/drafts")).words
    assert "U hebt geen concepten." in words
    assert "Er hoeft niets nagekeken te worden." in words
