"""The page of a case: read it, act on it by plain forms, and never see another team's."""

from __future__ import annotations

import asyncio
import re
from datetime import timedelta

import pytest

from bot.core.case import Author, Said, State
from bot.core.content import Content
from bot.core.errors import StoreBusy
from bot.core.message import File, Kind
from bot.services.live import News

from .street import EVA, FATMA, JAN, SAMIRA, WIM, Street

CASE = "/desk/cases/cccccc33"
READS = ("", "/events", "/files/3")
POSTS = ("/take", "/reply", "/note", "/close", "/hand-over", "/back", "/again", "/phone", "/writing")


@pytest.fixture
def street(content: Content) -> Street:
    street = Street(content)
    street.furnish()
    return street


def said(street: Street, case_id: str) -> list[str]:
    return [one.text for one in street.store.rows.said.get(case_id, [])]


async def test_both_languages_stand_side_by_side_and_machine_text_says_so(street: Street) -> None:
    visit = street.visit(SAMIRA)
    await visit.get(CASE)
    assert "Origineel ابني مريض" in visit.words
    assert "Vertaald door een computer (LibreTranslate) Mijn zoon is twee dagen ziek" in visit.words
    assert "De vertaling is niet gelukt: dit is alleen het origineel." in visit.words
    assert '<div class="text" lang="ar" dir="auto">نعم، 39.</div>' in visit.text
    assert "Notitie van Jan" in visit.words


async def test_what_a_resident_types_is_shown_and_never_run(street: Street) -> None:
    street.case("dead0001", '<script>alert(1)</script> & "zo"', topic="stress")
    visit = street.visit(SAMIRA)
    await visit.get("/desk/cases/dead0001")
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp;" in visit.text
    assert "<script>alert" not in visit.text


async def test_no_page_has_a_script_or_style_of_its_own(street: Street) -> None:
    visit = street.visit(SAMIRA)
    for address in ("/desk/", CASE):
        await visit.get(address)
        assert not re.search(r"<script(?![^>]* src=)|<style|\sstyle=|\son\w+=|hx-on", visit.text)


@pytest.mark.parametrize("worker", [WIM, EVA], ids=["another team", "an editor"])
async def test_another_teams_case_is_not_there_at_all(street: Street, worker: object) -> None:
    visit = street.visit(worker)  # type: ignore[arg-type]
    for path in READS:
        await visit.get(CASE + path)
        assert visit.status == 404, path
    before = street.store.rows.cases["cccccc33"]
    for path in POSTS:
        await visit.post(CASE + path, text="hoi", note="hoi", result="helped", to="team:west")
        assert visit.status == 404, path
    assert street.store.rows.cases["cccccc33"] == before
    assert street.store.log("cccccc33") == ["opened"]


async def test_a_case_that_does_not_exist_looks_the_same(street: Street) -> None:
    visit, other = street.visit(WIM), street.visit(WIM)
    await visit.get(CASE)
    await other.get("/desk/cases/nothing")
    assert (visit.status, visit.words) == (other.status, other.words)


async def test_a_link_to_one_case_opens_that_case_alone(street: Street) -> None:
    visit = street.visit(SAMIRA, "cccccc33")
    await visit.get(CASE)
    assert visit.status == 200
    await visit.get("/desk/cases/aaaaaa11")
    assert visit.status == 404


async def test_taking_a_case_makes_it_mine(street: Street) -> None:
    visit = street.visit(SAMIRA)
    await visit.post("/desk/cases/aaaaaa11/take")
    assert street.store.rows.cases["aaaaaa11"].worker == "samira"
    assert "van u" in visit.words
    assert "Deze zaak nemen" not in visit.words


async def test_who_is_second_is_told_who_has_it(street: Street) -> None:
    await street.visit(JAN).post("/desk/cases/aaaaaa11/take")
    visit = street.visit(SAMIRA)
    await visit.post("/desk/cases/aaaaaa11/take")
    assert visit.status == 409
    assert "Jan heeft deze zaak nu." in visit.words


async def test_an_answer_goes_out_once_however_often_send_is_pressed(street: Street) -> None:
    visit = street.visit(SAMIRA)
    await visit.get(CASE)
    once = re.search(r'name="once" value="([^"]+)"', visit.text)
    assert once
    for _ in range(2):
        await visit.post(CASE + "/reply", text="Belt u de huisarts.", once=once[1])
        assert visit.status == 200
    assert said(street, "cccccc33").count("Belt u de huisarts.") == 1
    assert street.nudged == ["r-cccccc33"]
    assert "Belt u de huisarts." in visit.words


async def test_an_answer_for_which_it_was_too_busy_can_be_sent_again(street: Street) -> None:
    busy = [True]

    async def reply(*given: object, **more: object) -> object:
        if busy.pop() if busy else False:
            raise StoreBusy("locked")
        return await real(*given, **more)

    real = street.desk.work.reply
    object.__setattr__(street.desk.work, "reply", reply)
    visit = street.visit(SAMIRA)
    await visit.get(CASE)
    once = re.search(r'name="once" value="([^"]+)"', visit.text)
    assert once
    await visit.post(CASE + "/reply", text="Belt u de huisarts.", once=once[1])
    assert visit.status == 503
    await visit.post(CASE + "/reply", text="Belt u de huisarts.", once=once[1])
    assert said(street, "cccccc33").count("Belt u de huisarts.") == 1


async def test_a_template_goes_out_in_the_residents_language(street: Street) -> None:
    visit = street.visit(SAMIRA)
    await visit.get(CASE, insert="t:back")
    typed = re.search(r'<textarea id="text"[^>]*>([^<]*)</textarea>', visit.text)
    assert typed
    await visit.post(CASE + "/reply", text=typed[1] + "\r\n")
    sent = street.store.rows.said["cccccc33"][-1]
    assert (sent.text, sent.translation) == (
        "Dag, ik ben er morgen om tien uur weer.",
        "مرحبا، سأعود غدا الساعة العاشرة.",
    )
    assert "مرحبا" in street.store.told("r-cccccc33")[-1].text
    assert "Onze eigen vertaling" in visit.words


async def test_a_template_that_was_changed_is_an_ordinary_message(street: Street) -> None:
    visit = street.visit(SAMIRA)
    await visit.post(CASE + "/reply", text="Dag, ik ben er morgen om ELF uur weer.")
    assert not street.store.rows.said["cccccc33"][-1].translation


async def test_templates_of_another_team_are_not_offered(street: Street) -> None:
    visit = street.visit(SAMIRA)
    await visit.get(CASE)
    assert "Van West" not in visit.words
    await visit.get(CASE, insert="t:west")
    assert "Groet uit West." not in visit.text


async def test_the_library_is_searched_in_both_languages_and_inserted(street: Street) -> None:
    visit = street.visit(SAMIRA)
    await visit.get(CASE, library="koorts kind")
    assert "Kind met koorts" in visit.words
    assert "nog niet nagekeken door een zorgverlener" in visit.words
    own = street.desk.content.answers["utter_child_fever", "nl"]
    theirs = street.desk.content.answers["utter_child_fever", "ar"]
    text = street.desk.content.filled(own.text, "nl").strip()
    assert text.splitlines()[0][:20] in visit.words
    await visit.post(CASE + "/reply", text=text)
    assert street.store.rows.said["cccccc33"][-1].translation == street.desk.content.filled(theirs.text, "ar").strip()


async def test_a_reply_to_a_case_that_was_handed_over_a_second_ago_keeps_what_was_typed(street: Street) -> None:
    for team, worker in (("oost", "jan"), ("west", "")):
        await street.desk.work.hand_over(street.store.rows.workers["fatma"], "cccccc33", team, worker)
        visit = street.visit(SAMIRA)
        await visit.post(CASE + "/reply", text="Dit is kostbaar.")
        assert visit.status == (409 if worker else 404)
        assert "Dit is kostbaar." in visit.words
        assert "Dit is kostbaar." not in said(street, "cccccc33")
        assert ("Jan heeft deze zaak nu" in visit.words) == bool(worker)


async def test_a_reply_to_a_closed_case_says_so_and_keeps_what_was_typed(street: Street) -> None:
    visit = street.visit(SAMIRA)
    await visit.post("/desk/cases/eeeeee55/reply", text="Nog iets.")
    assert visit.status == 409
    assert "Deze zaak is gesloten. Er is niets verstuurd." in visit.words
    assert "Nog iets." in visit.words


async def test_a_reply_to_a_resident_who_took_it_back_says_so(street: Street) -> None:
    case = street.store.rows.cases["cccccc33"]
    street.store.rows.cases["cccccc33"] = case.withdrawn(street.now)
    visit = street.visit(SAMIRA)
    await visit.post(CASE + "/reply", text="Bent u daar?")
    assert "De bewoner heeft deze zaak teruggenomen. Er is niets verstuurd." in visit.words


async def test_a_reply_to_a_resident_who_stopped_the_assistant_is_told_honestly(street: Street) -> None:
    await street.store.stop("r-cccccc33")
    visit = street.visit(SAMIRA)
    await visit.post(CASE + "/reply", text="Bent u daar?")
    assert "De bewoner is hier niet te bereiken" in visit.words


@pytest.mark.parametrize(
    ("path", "fields", "words"),
    [
        ("/reply", {"text": "  \r\n "}, "Er is nog niets getypt."),
        ("/reply", {"text": "x" * 8001}, "Dit is te lang: hoogstens 8000 tekens."),
        ("/note", {}, "Er is nog niets getypt."),
        ("/close", {"result": "magic"}, "Zeg hoe het is afgelopen"),
        ("/hand-over", {"to": ""}, "Kies een team of een collega."),
        ("/hand-over", {"to": "worker:wim"}, "Kies een team of een collega."),
        ("/hand-over", {"to": "team:mars"}, "Kies een team of een collega."),
    ],
)
async def test_a_form_that_is_not_filled_in_says_what_to_do(
    street: Street, path: str, fields: dict[str, str], words: str
) -> None:
    before = street.store.rows.cases["cccccc33"]
    visit = street.visit(SAMIRA)
    await visit.post(CASE + path, **fields)
    assert visit.status == 409
    assert words in visit.words
    assert street.store.rows.cases["cccccc33"] == before


async def test_a_form_without_its_token_does_nothing(street: Street) -> None:
    visit = street.visit(SAMIRA)
    await visit.post("/desk/cases/aaaaaa11/take", csrf="forged")
    assert visit.status == 403
    assert street.store.rows.cases["aaaaaa11"].state is State.WAITING


async def test_a_note_is_for_colleagues_alone(street: Street) -> None:
    visit = street.visit(SAMIRA)
    await visit.post(CASE + "/note", note="Belt morgen terug.")
    assert street.store.rows.said["cccccc33"][-1].author is Author.NOTE
    assert "Notitie van Samira" in visit.words
    assert street.store.told("r-cccccc33") == []


async def test_closing_asks_for_a_result_and_leads_back_to_the_list(street: Street) -> None:
    visit = street.visit(SAMIRA)
    await visit.post(CASE + "/close", result="referred")
    assert street.store.rows.cases["cccccc33"].state is State.CLOSED
    assert "De zaak is gesloten." in visit.words
    await visit.get(CASE)
    assert "gesloten: Doorverwezen" in visit.words
    assert "Versturen" not in visit.words


async def test_a_closed_case_can_be_opened_again_for_seven_days(street: Street) -> None:
    visit = street.visit(SAMIRA)
    await visit.get("/desk/cases/eeeeee55")
    assert "De bewoner zegt ja" in visit.words
    assert "Weer openen" in visit.words
    await visit.post("/desk/cases/eeeeee55/again")
    assert street.store.rows.cases["eeeeee55"].worker == "samira"
    assert "van u" in visit.words


async def test_after_seven_days_it_stays_closed(street: Street) -> None:
    street.now += timedelta(days=8)
    late = street.visit(SAMIRA)
    await late.get("/desk/cases/eeeeee55")
    assert "Weer openen" not in late.words


async def test_handing_over_to_a_colleague_and_to_a_team(street: Street) -> None:
    visit = street.visit(SAMIRA)
    await visit.post(CASE + "/hand-over", to="worker:jan")
    assert street.store.rows.cases["cccccc33"].worker == "jan"
    assert "De zaak is overgedragen." in visit.words
    await street.visit(JAN).post(CASE + "/hand-over", to="team:west")
    assert street.store.rows.cases["cccccc33"].team == "west"
    await visit.get(CASE)
    assert visit.status == 404
    west = street.visit(WIM)
    await west.get(CASE)
    assert "overgedragen: Team West" in west.words


async def test_back_to_the_queue(street: Street) -> None:
    visit = street.visit(SAMIRA)
    await visit.post(CASE + "/back")
    assert street.store.rows.cases["cccccc33"].state is State.WAITING
    assert "De zaak staat weer in de wachtrij." in visit.words


async def test_a_colleague_reads_but_does_not_write_and_the_coordinator_may_hand_over(street: Street) -> None:
    colleague, coordinator = street.visit(JAN), street.visit(FATMA)
    await colleague.get(CASE)
    assert "Samira has this case and writes to the resident." in colleague.words
    assert "Send" not in colleague.words
    assert "Hand over" not in colleague.words
    await coordinator.get(CASE)
    assert "Overdragen" in coordinator.words


async def test_the_number_shows_on_a_click_that_is_logged(street: Street) -> None:
    visit = street.visit(SAMIRA)
    await visit.get(CASE)
    assert "12345678" not in visit.text
    assert street.store.log("cccccc33") == ["opened"]
    await visit.post(CASE + "/phone")
    assert "+31 6 12345678" in visit.words
    assert 'href="tel:+31612345678"' in visit.text
    assert street.store.log("cccccc33") == ["opened", "phone"]
    await visit.get(CASE)
    assert "keek naar het telefoonnummer (Samira)" in visit.words


async def test_a_photo_is_shown_and_a_page_is_only_saved(street: Street) -> None:
    number = street.store.rows.said["cccccc33"][2].id
    visit = street.visit(SAMIRA)
    photo = await visit.get(f"{CASE}/files/{number}")
    assert (visit.status, photo.headers["content-type"]) == (200, "image/jpeg")
    assert photo.headers["content-disposition"].startswith("inline")
    page = File("web", "page", Kind.DOCUMENT, 9, "lief.html")
    number = street.say("cccccc33", Said(Author.RESIDENT, "", "ar", street.now, file=page))
    page_sent = await visit.get(f"{CASE}/files/{number}")
    assert page_sent.headers["content-type"] == "application/octet-stream"
    assert page_sent.headers["content-disposition"] == 'attachment; filename="document.html"'


async def test_a_file_of_another_case_or_that_is_gone_is_not_there(street: Street) -> None:
    other = street.say("aaaaaa11", Said(Author.RESIDENT, "", "nl", street.now, file=File("web", "photo", Kind.PHOTO)))
    gone = street.say("cccccc33", Said(Author.RESIDENT, "", "ar", street.now, file=File("web", "lost", Kind.PHOTO)))
    visit = street.visit(SAMIRA)
    for number in (other, gone, 999):
        await visit.get(f"{CASE}/files/{number}")
        assert visit.status == 404


async def test_colleagues_see_who_is_writing(street: Street) -> None:
    heard = street.live.news(JAN)
    page = asyncio.create_task(anext(heard))
    await asyncio.sleep(0)
    await street.visit(SAMIRA).post(CASE + "/writing")
    assert await page == News("cccccc33", "Samira")
    await heard.aclose()
