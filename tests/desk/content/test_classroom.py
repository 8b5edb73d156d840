from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.core.asked import Filed
from bot.core.entry import Kind, Ref
from tests.desk.content.classroom import Classroom, open_classroom
from tests.desk.content.school import COMPARISON
from tests.desk.hall import Browser, Hall

TEACH, NEW, QUESTIONS = "/desk/content/teach", "/desk/content/topics/new", "/desk/content/questions"
FLU = "/desk/content/topics/flu_jab"


@pytest.fixture
async def room(hall: Hall, tmp_path: Path) -> AsyncIterator[Classroom]:
    room = open_classroom(hall, tmp_path)
    yield room
    await hall.desk.teaching.stop()


@pytest.fixture
async def eva(room: Classroom) -> Browser:
    return await room.hall.visitor("eva")


async def train(room: Classroom, eva: Browser) -> None:
    await (await eva.get(TEACH)).fill(f"{TEACH}/train")
    await room.learnt()
    await eva.get(TEACH)


async def test_from_a_new_topic_to_a_live_model_and_back(room: Classroom, eva: Browser) -> None:
    await eva.get(NEW)
    examples = {"examples-nl": "waar is het zwembad\nmag ik zwemmen", "examples-tr": "havuz nerede"}
    await eva.fill(NEW, label="Zwemmen", group="living", kind="", **examples)
    assert eva.at == "/desk/content/topics/zwemmen"
    assert "2 voorbeelden zijn hier toegevoegd:" in eva.words
    assert "nog niet geschreven" in eva.words

    await eva.get(TEACH)
    assert "3 voorbeelden kent het huidige model nog niet." in eva.words
    await train(room, eva)
    assert room.trainer.lessons[0].topics == ("zwemmen",)
    promote = next(address for address in eva.forms if address.endswith("/promote"))
    await eva.fill(promote)
    assert "Het nieuwe model antwoordt nu." in eva.words
    assert "Het huidige model kent alle voorbeelden." in eva.words
    assert room.model.model.name != "base.tar.gz"

    await (await eva.get(f"{TEACH}/back")).fill(f"{TEACH}/back")
    assert "Het vorige model antwoordt weer." in eva.words
    assert "hoort bij de assistent" in eva.words
    assert room.model.model.name == "base.tar.gz"
    csrf = eva.forms[f"{TEACH}/train"]["csrf"][0]
    assert "Er is geen vorig model" in (await eva.get(f"{TEACH}/back")).words
    eva.response = await eva.client.post(f"{TEACH}/back", data={"csrf": csrf})
    assert "Er is geen model voor dit model" in eva.words


async def test_where_two_people_must_see_it_who_trained_is_offered_no_button_and_a_colleague_is(
    hall: Hall, tmp_path: Path
) -> None:
    room = open_classroom(hall, tmp_path, four_eyes=True)
    eva, rosa = await hall.visitor("eva"), await hall.visitor("rosa")
    await train(room, eva)
    assert "Twee mensen moeten elk model zien. U begon het trainen van dit model." in eva.words
    assert not [address for address in eva.forms if address.endswith("/promote")]
    promote = next(form for form in (await rosa.get(TEACH)).forms if form.endswith("/promote"))
    csrf = eva.forms[f"{TEACH}/train"]["csrf"][0]
    eva.response = await eva.client.post(promote, data={"csrf": csrf})
    assert eva.status == 409
    assert "Daarom moet iemand anders het laten antwoorden." in eva.words
    assert room.model.model.name == "base.tar.gz"
    await rosa.fill(promote)
    assert room.model.model.name != "base.tar.gz"
    await hall.desk.teaching.stop()


async def test_a_model_below_the_floors_stays_out(room: Classroom, eva: Browser) -> None:
    room.trainer.comparison = replace(COMPARISON, refused=("The examples collide.",))
    await train(room, eva)
    assert "Dit model mag niet live: The examples collide." in eva.words
    assert not [address for address in eva.forms if address.endswith("/promote")]
    assert room.model.model.name == "base.tar.gz"


async def test_a_training_that_fails_is_told(room: Classroom, eva: Browser) -> None:
    room.trainer.fails = "No space left."
    await train(room, eva)
    assert "No space left. Het huidige model blijft." in eva.words


async def test_lines_that_cannot_be_examples_say_why_in_dutch_and_the_others_are_taught(
    room: Classroom, eva: Browser
) -> None:
    await eva.get(FLU)
    lines = "wanneer komt de griepprik\nWat kost een PRIK?\nik wil dood\nwat kost de griepprik"
    await eva.fill(f"{FLU}/examples", language="nl", examples=lines)
    label = room.hall.desk.content.labels["nl"].topics["vaccination_costs"]
    assert f"Wat kost een PRIK? Dit is een voorbeeld van {label}." in eva.words
    assert "Dit gaat over gevaar." in eva.words
    assert "Dit staat er al." in eva.words
    known = await room.hall.desk.teaching.examples("flu_jab", "nl")
    assert known.taught == ("wanneer komt de griepprik",)


async def test_questions_of_residents_become_examples_and_leave_the_list(room: Classroom, eva: Browser) -> None:
    store = room.hall.store
    async with store.unit() as unit:
        await unit.keep_asked("krijg ik een griepprik", "nl", ("flu_jab",), room.hall.clock())
        await unit.keep_asked("hoi hallo daar", "nl", (), room.hall.clock())
    wanted = next(each.id for each in await store.asked() if "griepprik" in each.text)
    await (await eva.get(QUESTIONS)).fill(f"{QUESTIONS}/file", id=[str(wanted)], topic="flu_jab", other="")
    assert "1 vraag staat nu bij" in eva.words
    assert [each.text for each in await store.asked()] == ["hoi hallo daar"]
    assert [each.topic for each in await store.asked(Filed.FILED)] == ["flu_jab"]
    assert (await room.hall.desk.teaching.examples("flu_jab", "nl")).taught == ("krijg ik een griepprik",)


async def test_a_name_that_was_left_in_a_question_is_taken_out_before_it_is_an_example(
    room: Classroom, eva: Browser
) -> None:
    store = room.hall.store
    async with store.unit() as unit:
        await unit.keep_asked("krijgt Wopkje een griepprik", "nl", ("flu_jab",), room.hall.clock())
    [one] = await store.asked()
    words = {f"words-{one.id}": "krijgt mijn oma een griepprik"}
    await (await eva.get(QUESTIONS)).fill(f"{QUESTIONS}/file", id=[str(one.id)], topic="flu_jab", other="", **words)
    assert "1 vraag staat nu bij" in eva.words
    assert (await room.hall.desk.teaching.examples("flu_jab", "nl")).taught == ("krijgt mijn oma een griepprik",)
    assert await store.asked() == []
    async with store.unit() as unit:
        await unit.keep_asked("iets heel anders", "nl", (), room.hall.clock())
    [other] = await store.asked()
    words = {f"words-{other.id}": "06 12345678"}
    await (await eva.get(QUESTIONS)).fill(f"{QUESTIONS}/file", id=[str(other.id)], other="flu_jab", **words)
    assert eva.status == 422
    assert "Van een vraag blijft niets over" in eva.words


async def test_a_topic_in_use_stays_and_a_free_one_goes(room: Classroom, eva: Browser) -> None:
    await eva.get(f"{FLU}/remove")
    assert f"{FLU}/remove" not in eva.forms, "no button that could only be refused"
    csrf = eva.forms["/desk/content/ask"]["csrf"]
    refused = await eva.client.post(f"{FLU}/remove", data={"csrf": csrf, "why": "dubbel"})
    assert refused.status_code == 409
    assert "Deze gebruiken het: " in refused.text
    assert await room.hall.store.drafts() == []
    await (await eva.get(NEW)).fill(NEW, label="Zwemmen", group="living", kind="")
    csrf = (await eva.get("/desk/content/topics/zwemmen/remove")).forms["/desk/content/topics/zwemmen/remove"]["csrf"]
    data = {"csrf": csrf, "why": "toch niet"}
    response = await eva.client.post("/desk/content/topics/zwemmen/remove", data=data, follow_redirects=False)
    assert response.status_code == 303
    assert "zwemmen" not in room.hall.desk.content.topics
    assert (await room.hall.store.revisions(Ref(Kind.TOPIC, "zwemmen")))[0].body is None


async def test_a_key_that_is_taken_is_told_in_dutch(eva: Browser) -> None:
    await (await eva.get(NEW)).fill(NEW, label="Iets nieuws", key="flu_jab", group="vaccination", kind="V")
    assert "Er is al iets dat “flu_jab” heet. Kies een andere sleutel." in eva.words


async def test_asking_shows_what_a_resident_would_read(eva: Browser) -> None:
    await (await eva.get("/desk/content/ask")).fill("/desk/content/ask", question="wat kost de griepprik")
    assert "Griepprik" in eva.words
    assert "lijkt 90%" in eva.words
    assert "Wat de bewoner leest" in eva.words
