"""Every form of the content room that writes leaves rows in the audit that name all it changed; the others write none.

Every address that takes a form stands in this file: a new one without its line here is a failing test.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from io import BytesIO

import pytest
from openpyxl import load_workbook

from bot.core.taught import ModelState
from tests.builders import NOON
from tests.desk.content.entries_room import EntryDesk
from tests.desk.content.ledger import Ledger, open_ledger
from tests.desk.hall import Hall
from tests.desk.walk import desk_routes

ANSWER, ENTRY = "/content/answers/{key}/{language}", "/content/entries/{kind}/{key}/{language}"
HISTORY, TOPICS, TEACH = "/content/history/{kind}/{key}/{language}", "/content/topics", "/content/teach"
QUESTIONS, FILES, GUEST = "/content/questions", "/content/files", "/translate/{token}"
READ, TOKEN = "/content/read/{key}/{language}", "a-token"
FLU = "De griepprik krijgt u in het najaar. U bent {flu_jab_age} jaar of ouder. U kiest zelf."
AGE = "/entries/fact/flu_jab_age/-"
TERM = "/entries/term/huisarts/nl"
GP = "De dokter bij u in de wijk, voor al uw vragen."
WHY = "De cijfers zijn nieuw."

Act = Callable[[Ledger], Awaitable[None]]
ACTS: dict[str, list[Act]] = {}


def posts(*routes: str) -> Callable[[Act], Act]:
    """Marks what sends forms to these addresses."""

    def marked(act: Act) -> Act:
        for route in routes:
            ACTS.setdefault(route, []).append(act)
        return act

    return marked


@pytest.fixture
async def ledger(hall: Hall) -> Ledger:
    return await open_ledger(hall)


async def opened(ledger: Ledger, name: str, address: str, **query: str) -> EntryDesk:
    return await (await ledger.desk_of(name)).open(address, **query)


@posts(ANSWER, f"{ANSWER}/save")
async def a_text_is_saved(ledger: Ledger) -> None:
    eva = await opened(ledger, "eva", "/answers/utter_flu_jab/nl")
    async with ledger.writes(ANSWER, "eva", "draft begun"):
        await eva.press(text=FLU)
    async with ledger.writes(f"{ANSWER}/save", "eva", "draft saved"):
        await eva.press("save", text=f"{FLU} Vraag het gerust.")


@posts(f"{ANSWER}/submit", f"{ANSWER}/give-back", f"{ANSWER}/take", f"{ANSWER}/publish")
async def a_text_goes_to_review_and_out(ledger: Ledger) -> None:
    eva = await opened(ledger, "eva", "/answers/utter_flu_jab/nl")
    async with ledger.writes(f"{ANSWER}/submit", "eva", "draft begun", "draft sent to review"):
        await eva.press("submit", text=FLU, why=WHY)
    rosa = await opened(ledger, "rosa", "/answers/utter_flu_jab/nl", author="eva")
    async with ledger.writes(f"{ANSWER}/give-back", "rosa", "draft given back"):
        await rosa.press("give-back", why="Noem de leeftijd.")
    erik = await opened(ledger, "erik", "/answers/utter_flu_jab/nl", author="eva")
    async with ledger.writes(f"{ANSWER}/take", "erik", "draft begun"):
        await erik.press("take")
    async with ledger.writes(f"{ANSWER}/publish", "erik", "published"):
        await (await erik.open("/answers/utter_flu_jab/nl")).press("publish", why=WHY)
    eva = await opened(ledger, "eva", "/answers/utter_flu_jab/nl")
    await a_text_is_kept_on_top(ledger, eva)


async def a_text_is_kept_on_top(ledger: Ledger, eva: EntryDesk) -> None:
    async with ledger.writes(f"{ANSWER}/rebase", "eva", "draft saved"):
        await eva.press("rebase")
    async with ledger.writes(f"{ANSWER}/discard", "eva", "draft thrown away"):
        await eva.press("discard")
    async with ledger.writes(f"{ANSWER}/discard", "eva"):
        await eva.press("discard")


posts(f"{ANSWER}/rebase", f"{ANSWER}/discard")(a_text_goes_to_review_and_out)


@posts(f"{ANSWER}/translate", f"{ANSWER}/read", f"{ANSWER}/remove")
async def a_machine_makes_a_draft_and_a_text_is_to_go(ledger: Ledger) -> None:
    eva = await opened(ledger, "eva", "/answers/utter_flu_jab/tr")
    async with ledger.writes(f"{ANSWER}/translate", "eva", "draft by a machine"):
        await eva.press("translate")
    async with ledger.writes(f"{ANSWER}/read", "eva", "machine's draft read"):
        await eva.press("read", read__all="yes")
    async with ledger.writes(f"{ANSWER}/remove", "eva", "draft saved"):
        await eva.press("remove")


@posts(f"{ANSWER}/preview", f"{ENTRY}/preview", "/content/ask")
async def looking_and_asking_write_nothing(ledger: Ledger) -> None:
    eva = await opened(ledger, "eva", "/answers/utter_flu_jab/nl")
    async with ledger.writes(f"{ANSWER}/preview", "eva"):
        await eva.press("preview", text=FLU)
    await eva.open(AGE)
    async with ledger.writes(f"{ENTRY}/preview", "eva"):
        await eva.press("preview", value="65")
    await eva.open("/ask")
    async with ledger.writes("/content/ask", "eva"):
        await eva.send("/desk/content/ask", question="wat kost de griepprik", language="nl")


@posts(ENTRY, f"{ENTRY}/save", f"{ENTRY}/discard", f"{ENTRY}/newest", f"{ENTRY}/rebase", f"{ENTRY}/remove")
async def a_word_is_written(ledger: Ledger) -> None:
    eva = await opened(ledger, "eva", TERM)
    async with ledger.writes(ENTRY, "eva", "draft begun"):
        await eva.press(text=GP)
    async with ledger.writes(f"{ENTRY}/save", "eva", "draft saved"):
        await eva.press("save", text=f"{GP} Bel gerust.")
    async with ledger.writes(f"{ENTRY}/rebase", "eva", "draft saved"):
        await (await eva.open(TERM)).press("rebase")
    async with ledger.writes(f"{ENTRY}/discard", "eva", "draft thrown away"):
        await eva.press("discard")
    async with ledger.writes(f"{ENTRY}/remove", "eva", "draft begun"):
        await (await eva.open(TERM)).press("remove")
    async with ledger.writes(f"{ENTRY}/newest", "eva", "draft thrown away"):
        await eva.press("newest")


@posts(f"{ENTRY}/submit", f"{ENTRY}/give-back", f"{ENTRY}/take", f"{ENTRY}/publish", HISTORY)
async def a_number_goes_to_review_and_out_and_back(ledger: Ledger) -> None:
    eva = await opened(ledger, "eva", AGE)
    async with ledger.writes(f"{ENTRY}/submit", "eva", "draft begun", "draft sent to review"):
        await eva.press("submit", value="65", why=WHY)
    rosa = await opened(ledger, "rosa", AGE, author="eva")
    async with ledger.writes(f"{ENTRY}/give-back", "rosa", "draft given back"):
        await rosa.press("give-back", why="Zet de bron erbij.")
    erik = await opened(ledger, "erik", AGE, author="eva")
    async with ledger.writes(f"{ENTRY}/take", "erik", "draft begun"):
        await erik.press("take")
    await erik.open(AGE)
    async with ledger.writes(f"{ENTRY}/publish", "erik"):  # first the texts are shown with it
        await erik.press("publish", why=WHY)
    async with ledger.writes(f"{ENTRY}/publish", "erik", "published"):
        await erik.press("publish", why=WHY)
    await erik.open("/history/fact/flu_jab_age/-")
    async with ledger.writes(HISTORY, "erik", "rolled back"):
        await erik.send("/desk/content/history/fact/flu_jab_age/-", revision="0", why="Toch niet.")


@posts(f"{ENTRY}/publish")
async def a_ready_made_message_is_published_and_taken_away(ledger: Ledger) -> None:
    eva = await opened(ledger, "eva", "/templates/new")
    address = eva.at.removeprefix("/desk/content")
    async with ledger.writes(f"{ENTRY}/publish", "eva", "draft begun", "published"):
        await eva.press("publish", name="Bezoek", text__nl="Dag, ik kom bij u langs.")
    await (await eva.open(address)).press("remove")
    async with ledger.writes(f"{ENTRY}/publish", "eva", "published"):
        await eva.press("publish")


@posts(f"{QUESTIONS}/file", f"{QUESTIONS}/discard", f"{QUESTIONS}/new-topic")
async def questions_are_dealt_with(ledger: Ledger) -> None:
    async with ledger.hall.store.unit() as unit:
        for text in ("wanneer is de prik tegen griep", "zomaar iets", "waar kan ik zwemmen"):
            await unit.keep_asked(text, "nl", (), NOON)
    first, second, third = sorted(one.id for one in await ledger.hall.store.asked())
    eva, file = await opened(ledger, "eva", "/questions"), f"/desk{QUESTIONS}/file"
    async with ledger.writes(f"{QUESTIONS}/new-topic", "eva"):
        await ticked(eva, "new-topic", third)
    async with ledger.writes(f"{QUESTIONS}/file", "eva", "taught examples", "filed questions"):
        await (await eva.open("/questions")).send(file, id=str(first), other="", topic="flu_jab")
    async with ledger.writes(f"{QUESTIONS}/discard", "eva", "discarded questions"):
        await ticked(await eva.open("/questions"), "discard", second)
    async with ledger.writes(f"{QUESTIONS}/discard", "eva"):
        await ticked(await eva.open("/questions"), "discard", second)


async def ticked(eva: EntryDesk, move: str, number: int) -> None:
    """Presses another button of the form about questions."""
    csrf = eva._browser.forms[f"/desk{QUESTIONS}/file"]["csrf"][0]
    await eva._browser.client.post(f"/desk{QUESTIONS}/{move}", data={"csrf": csrf, "id": str(number)})


@posts(f"{TOPICS}/new", f"{TOPICS}/{{key}}/examples", f"{TOPICS}/{{key}}/remove")
async def a_topic_is_made_taught_and_taken_away(ledger: Ledger) -> None:
    eva = await opened(ledger, "eva", "/topics/new")
    made = {"label": "Zwemmen", "group": "living", "kind": "", "examples-nl": "waar is het zwembad"}
    async with ledger.writes(f"{TOPICS}/new", "eva", "made a topic", "made a topic", "taught examples"):
        await eva.send(f"/desk{TOPICS}/new", **made)
    one = f"/desk{TOPICS}/zwemmen"
    async with ledger.writes(f"{TOPICS}/{{key}}/examples", "eva", "taught examples"):
        await eva.send(f"{one}/examples", language="nl", examples="mag ik zwemmen")
    async with ledger.writes(f"{TOPICS}/{{key}}/examples", "eva"):
        await eva.send(f"{one}/examples", language="nl", examples="mag ik zwemmen")
    await eva.open(f"{one}/remove")
    async with ledger.writes(f"{TOPICS}/{{key}}/remove", "eva", "draft begun", "published"):
        await eva.send(f"{one}/remove", why="Toch niet.")


@posts(f"{TOPICS}/{{key}}/remove")
async def a_topic_that_others_link_to_leaves_nothing_behind(ledger: Ledger) -> None:
    eva = await opened(ledger, "eva", "/topics/flu_jab/remove")
    before = await ledger.hall.store.drafts()
    eva.address = f"/desk{TOPICS}/flu_jab"  # its page has no button for what others need
    refused = await eva.post("remove", {"csrf": eva.csrf, "why": "Weg ermee."})
    assert refused.status_code == 409
    assert await ledger.hall.store.drafts() == before


@posts(f"{TEACH}/train", f"{TEACH}/models/{{model_id}}/promote", f"{TEACH}/back")
async def a_model_is_trained_promoted_and_taken_back(ledger: Ledger) -> None:
    eva = await opened(ledger, "eva", "/teach")
    async with ledger.writes(f"{TEACH}/train", "eva", "began a training", "training ended"):
        await eva.send(f"/desk{TEACH}/train")
        while any(row.state is ModelState.TRAINING for row in await ledger.hall.store.models()):  # noqa: ASYNC110
            await asyncio.sleep(0)
    ledger.hall.clock.move(minutes=1)
    promote = next(form for form in (await eva.open("/teach"))._browser.forms if form.endswith("/promote"))
    route = f"{TEACH}/models/{{model_id}}/promote"
    async with ledger.writes(route, "eva", "kept the model of the files", "promoted a model"):
        await eva.send(promote)
    ledger.hall.clock.move(minutes=1)
    await eva.open("/teach/back")
    async with ledger.writes(f"{TEACH}/back", "eva", "replaced a model", "went back a model"):
        await eva.send(f"/desk{TEACH}/back")


@posts(READ)
async def a_text_is_read_with_somebody(ledger: Ledger) -> None:
    samira = await opened(ledger, "samira", "/read/utter_flu_jab/nl")
    async with ledger.writes(READ, "samira", "reading recorded"):
        await samira.send("/desk/content/read/utter_flu_jab/nl", group="taalles", understood="yes", word="griep")


def changed(data: bytes, sheet: str, key: str, column: str, text: str, part: str = "text") -> bytes:
    """A workbook with one cell changed."""
    book, out = load_workbook(BytesIO(data)), BytesIO()
    headings = [cell.value for cell in book[sheet][1]]
    for row in book[sheet].iter_rows(min_row=2):
        if row[0].value == key and ("part" not in headings or row[1].value == part):
            row[headings.index(column)].value = text
    book.save(out)
    return out.getvalue()


@posts(f"{FILES}/import", f"{FILES}/apply")
async def a_file_is_taken_in(ledger: Ledger) -> None:
    eva = await ledger.desk_of("eva")
    data = (await eva.open("/files/export/all.xlsx")).response.content
    data = changed(changed(data, "facts", "flu_jab_age", "value", "65"), "answers", "utter_flu_jab", "nl", FLU)
    data = changed(data, "red_flags", "suicide", "nl", "heart", "pictogram")
    await eva.open("/files")
    async with ledger.writes(f"{FILES}/import", "eva"):
        await eva.send(f"/desk{FILES}/import", ("texts.xlsx", data))
    async with ledger.writes(f"{FILES}/apply", "eva", "imported", "imported", "imported as draft"):
        await eva.send(f"/desk{FILES}/apply", why="Nieuw.", overrides="Zo is het afgesproken.")


@posts(f"{FILES}/links", f"{FILES}/links/{{link_id}}/end")
async def a_link_is_given_and_taken_back(ledger: Ledger) -> None:
    eva = await opened(ledger, "eva", "/files")
    async with ledger.writes(f"{FILES}/links", "eva", "gave translator link"):
        await eva.send(f"/desk{FILES}/links", name="Ayşe", language="tr")
    end = next(form for form in (await eva.open("/files"))._browser.forms if form.endswith("/end"))
    async with ledger.writes(f"{FILES}/links/{{link_id}}/end", "eva", "took back translator link"):
        await eva.send(end)


@posts(f"{GUEST}/texts/{{key}}", f"{GUEST}/file")
async def a_translator_sends_texts(ledger: Ledger) -> None:
    await ledger.link(TOKEN)
    start, route = f"/desk/translate/{TOKEN}", f"{GUEST}/texts/{{key}}"
    guest = await opened(ledger, "", f"{start}/texts/utter_flu_jab")
    async with ledger.writes(route, "link:guest", "draft begun"):
        await guest.send(f"{start}/texts/utter_flu_jab", text="Merhaba.")
    async with ledger.writes(route, "link:guest", "draft saved", "draft sent to review"):
        await guest.send(f"{start}/texts/utter_flu_jab", text="Merhaba!", send="yes")
    data = (await guest.open(f"{start}/file")).response.content
    data = changed(data, "answers", "utter_child_fever", "tr", "Ateş.")
    await guest.open(start)
    async with ledger.writes(f"{GUEST}/file", "link:guest", "imported as draft"):
        await guest.send(f"{start}/file", ("tr.xlsx", data))


EVERY_ACT = list(dict.fromkeys(act for acts in ACTS.values() for act in acts))


@pytest.mark.parametrize("act", EVERY_ACT, ids=lambda act: act.__name__)
async def test_what_is_written_is_answered_for(ledger: Ledger, act: Act) -> None:
    await act(ledger)


def test_every_address_that_takes_a_form_is_in_this_file(hall: Hall) -> None:
    forms = {route.path for route in desk_routes(hall) if "POST" in (route.methods or ())}
    assert ACTS.keys() == {path for path in forms if path.startswith(("/content", "/translate"))}
