"""Translators without an account: one language, as long as their link works, and nothing that they typed is lost."""

from __future__ import annotations

import re
from io import BytesIO

import httpx
import pytest
from openpyxl import load_workbook

from bot.core.entry import Kind, Ref
from bot.core.revision import Stage
from bot.core.team import Role
from bot.desk.content.exchange.guest import LATE_FILE
from bot.desk.content.exchange.guest_door import FILES, PAGES, PAGES_AT_HOME
from bot.desk.content.exchange.guest_refusal import REFUSALS
from bot.desk.content.exchange.guest_text import LATE
from bot.desk.security import LARGEST
from bot.desk.words import words
from tests.desk.content.entries_room import EntriesRoom, EntryDesk, open_room
from tests.desk.content.test_files import LINKS, workbook
from tests.desk.hall import Hall

TURKISH = Ref(Kind.ANSWER, "utter_flu_jab", "tr")
NEW = "Grip aşısı sonbaharda yapılır. Karar sizin. {flu_jab_age} yaşından itibaren ücretsizdir."


@pytest.fixture
async def room(hall: Hall) -> EntriesRoom:
    return await open_room(hall)


async def linked(room: EntriesRoom, language: str = "tr", giver: str = "eva") -> tuple[EntryDesk, EntryDesk, str]:
    """(the editor, the translator, the address of the link)."""
    eva = await (await room.desk_of(giver)).open("/files")
    await eva.send(LINKS, name="Ayşe", language=language)
    address = eva.text.partition('<code class="copy">')[2].partition("</code>")[0].removeprefix("http://desk")
    return eva, room.stranger(), address


async def test_a_translator_with_a_link_sends_a_draft_that_an_editor_finds(room: EntriesRoom) -> None:
    _, guest, address = await linked(room)
    assert "gave translator link" in await room.audit()
    await guest.open(address)
    assert "Welkom, Ayşe." in guest.words
    assert guest.response.headers["x-robots-tag"] == "noindex, nofollow"
    text = f"{address}/texts/utter_flu_jab"
    await guest.open(text)
    assert room.content.answers["utter_flu_jab", "nl"].text in guest.words
    await guest.send(text, text=NEW)
    assert "Opgeslagen. Stuur het als het klaar is." in guest.words
    await guest.send(text, text=f"{NEW} Sorun.", send="yes")
    assert "Bedankt: 1 tekst is gestuurd." in guest.words
    draft = next(one for one in await room.hall.store.drafts(TURKISH))
    assert draft.author.startswith("link:")
    assert (draft.note, draft.stage) == ("by Ayşe", Stage.IN_REVIEW)
    assert draft.body.text == f"{NEW} Sorun."  # type: ignore[union-attr]
    assert room.says(language="tr") != NEW


async def test_a_translators_file_changes_their_language_alone_and_as_drafts(room: EntriesRoom) -> None:
    _, guest, address = await linked(room)
    data = (await guest.open(f"{address}/file")).response.content
    changed = workbook(data, "answers", "utter_flu_jab", "tr", NEW)
    await (await guest.open(address)).send(f"{address}/file", ("tr.xlsx", changed))
    assert "Bedankt: 1 tekst is gestuurd." in guest.words
    assert [draft.ref for draft in await room.hall.store.drafts()] == [TURKISH]
    dutch = workbook(data, "answers", "utter_flu_jab", "nl", "Anders.")
    await (await guest.open(address)).send(f"{address}/file", ("tr.xlsx", dutch))
    assert [draft.ref for draft in await room.hall.store.drafts()] == [TURKISH]
    assert "Anders." not in room.says()


async def test_a_link_opens_nothing_else_and_ends(room: EntriesRoom) -> None:
    eva, guest, address = await linked(room)
    for page in ("/content/files", "/content/facts", "/content/read", "/"):
        await guest.open(f"/desk{page}")
        assert guest.at == "/desk/log-in", page
    await guest.open(f"{address}/texts/utter_nothing")
    assert guest.status == 404
    unknown = (await guest.open("/desk/translate/nothing")).text
    end = next(form for form in (await eva.open("/files"))._browser.forms if form.endswith("/end"))
    await eva.send(end)
    assert "De link werkt niet meer." in eva.words
    await guest.open(address)
    assert (guest.status, guest.text) == (404, unknown)
    assert "took back translator link" in await room.audit()


async def test_after_fourteen_days_a_link_is_not_there(room: EntriesRoom) -> None:
    _, guest, address = await linked(room)
    room.hall.clock.move(days=14, seconds=1)
    for path in ("", "/file", "/texts/utter_flu_jab"):
        await guest.open(f"{address}{path}")
        assert guest.status == 404


async def test_a_link_dies_with_its_givers_right(room: EntriesRoom) -> None:
    _, guest, address = await linked(room)
    rosa = await room.desk_of("rosa")
    assert (await guest.open(address)).status == 200
    for change in ({"roles": frozenset({Role.WORKER})}, {"active": False}):
        await room.hall.change("eva", **change)
        assert (await guest.open(address)).status == 404
        assert "Deze link werkt niet meer" in guest.words
        assert "Ayşe" not in (await rosa.open("/files")).text
        await room.hall.change("eva", roles=frozenset({Role.EDITOR}), active=True)
    assert (await guest.open(address)).status == 200


async def test_who_leaves_takes_their_links_along(room: EntriesRoom) -> None:
    await room.hall.change("eva", teams=("oost",), roles=frozenset({Role.WORKER, Role.EDITOR}))
    _, guest, address = await linked(room)
    fatma = await room.hall.visitor("fatma")
    await fatma.get("/desk/people/workers/eva")
    await fatma.fill("/desk/people/workers/eva/left")
    assert "took back translator link" in await room.audit()
    await room.hall.change("eva", active=True)
    assert (await guest.open(address)).status == 404


async def test_nothing_of_the_desk_can_be_reached_from_a_guests_page(room: EntriesRoom) -> None:
    eva, guest, address = await linked(room)
    for who in (guest, eva):
        for page in ("", "/texts/utter_flu_jab", "/texts/utter_nothing", "x"):
            await who.open(f"{address}{page}")
            reached = re.findall(r'(?:href|action)="([^"]+)"', who.text)
            assert not [one for one in reached if not one.startswith((address, "/desk/static/", "#"))], page
            assert "Eva" not in who.text


async def test_every_page_says_when_the_link_ends(room: EntriesRoom) -> None:
    _, guest, address = await linked(room)
    for page in ("", "/texts/utter_flu_jab"):
        await guest.open(f"{address}{page}")
        assert "link werkt tot za 5 dec" in guest.words


async def test_who_is_too_fast_waits_a_minute_and_loses_nothing(room: EntriesRoom) -> None:
    _, guest, address = await linked(room)
    text = f"{address}/texts/utter_flu_jab"
    await guest.open(text)
    page = guest.response
    for _ in range(PAGES[0] - 1):
        await guest.open(text)
    guest._keep(page)
    await guest.send(text, text=NEW, send="yes")
    assert guest.status == 429
    assert guest.response.headers["retry-after"] == "60"
    assert "Probeer het over een minuut opnieuw." in guest.words
    assert NEW in guest.words
    other = (await linked(room, giver="erik"))[2]
    assert (await room.stranger().open(other)).status == 200
    room.hall.clock.move(minutes=1)
    await guest.send(text, text=NEW)
    assert "Bedankt: 1 tekst is gestuurd." in guest.words
    assert (await room.hall.store.drafts(TURKISH))[0].stage is Stage.IN_REVIEW


async def test_workbooks_are_counted_apart(room: EntriesRoom) -> None:
    _, guest, address = await linked(room)
    seen = [(await guest.open(f"{address}/file")).status for _ in range(FILES[0] + 1)]
    assert seen == [200] * FILES[0] + [429]
    assert (await guest.open(address)).status == 200


async def test_one_address_on_the_internet_is_counted_over_all_links(room: EntriesRoom) -> None:
    _, _, address = await linked(room)
    transport = httpx.ASGITransport(room.hall.app, client=("8.8.8.8", 1))
    async with httpx.AsyncClient(transport=transport, base_url="http://desk") as far:
        seen = {(await far.get(f"/desk/translate/guess{n}")).status_code for n in range(PAGES_AT_HOME[0])}
        assert seen == {404}
        assert (await far.get(address)).status_code == 429
    assert (await room.stranger().open(address)).status == 200


async def test_what_was_typed_when_the_link_ended_is_shown_to_copy(room: EntriesRoom) -> None:
    _, guest, address = await linked(room)
    text = f"{address}/texts/utter_flu_jab"
    await guest.open(text)
    room.hall.clock.move(days=15)
    await guest.send(text, text=NEW, simple="<script>")
    assert guest.status == 404
    assert "Deze link werkt niet meer" in guest.words
    assert NEW in guest.words
    assert "&lt;script&gt;" in guest.text
    assert "<button" not in guest.text
    assert await room.hall.store.drafts() == []


async def test_a_page_that_was_open_too_long_is_shown_again_with_what_was_typed(room: EntriesRoom) -> None:
    _, guest, address = await linked(room)
    text = f"{address}/texts/utter_flu_jab"
    await guest.open(text)
    guest._browser.client.cookies.clear()
    await guest.send(text, text=NEW)
    assert guest.status == 403
    assert "druk nog een keer op de knop" in guest.words
    assert NEW in guest.words
    assert await room.hall.store.drafts() == []
    await guest.send(text, text=NEW)
    assert "Opgeslagen." in guest.words
    await guest.open(address)
    guest._browser.client.cookies.clear()
    await guest.send(f"{address}/file", ("tr.xlsx", b"PK"))
    assert (guest.status, "kies het bestand nog een keer" in guest.words) == (403, True)


async def test_what_is_too_large_is_refused_in_words(room: EntriesRoom) -> None:
    _, guest, address = await linked(room)
    await (await guest.open(address)).send(f"{address}/file", ("tr.xlsx", b"x" * (LARGEST + 1)))
    assert guest.status == 413
    assert "Dit is te veel in één keer" in guest.words
    assert await room.hall.store.drafts() == []


async def test_a_translator_hears_that_emptied_cells_remove_nothing(room: EntriesRoom) -> None:
    _, guest, address = await linked(room)
    book = load_workbook(BytesIO((await guest.open(f"{address}/file")).response.content))
    sheet = book["answers"]
    for row in sheet.iter_rows(min_row=2):
        if row[0].value == "utter_flu_jab":
            row[3].value = None
    out = BytesIO()
    book.save(out)
    await (await guest.open(address)).send(f"{address}/file", ("tr.xlsx", out.getvalue()))
    assert "Bedankt: 0 teksten zijn gestuurd." in guest.words
    assert "Die blijven zoals ze waren." in guest.words
    assert await room.hall.store.drafts() == []


def test_every_sentence_that_a_guest_may_read_has_its_dutch() -> None:
    known = words("nl")
    said = [LATE, LATE_FILE, *(each for one in REFUSALS for each in (one.title, one.what))]
    assert not [each for each in said if known(each) == each]
