from __future__ import annotations

import pytest

from bot.services.teaching import AskedGroup
from tests.desk.content.school import School, furnish, question
from tests.desk.hall import Browser, Hall

PAGE = "/desk/content/questions"
FILE = f"{PAGE}/file"


@pytest.fixture
def school(hall: Hall) -> School:
    school, _ = furnish(hall)
    alike = (
        question(9, "Wat doet een huisarts?"),
        question(7, "huisarts wat is dat"),
        question(4, "ما هو الطبيب", "ar"),
    )
    school.open = [
        AskedGroup(alike, ("gp_how", "gp_out_of_hours")),
        AskedGroup((question(2, "<b>Zwembad</b> open?"),)),
    ]
    return school


@pytest.fixture
async def eva(hall: Hall, school: School) -> Browser:
    return await (await hall.visitor("eva")).get(PAGE)


async def test_questions_that_are_alike_stand_together_with_their_language(eva: Browser) -> None:
    assert "3 vragen die op elkaar lijken" in eva.words
    assert "4 vragen wachten." in eva.words
    assert '<span class="question" lang="ar" dir="auto">ما هو الطبيب</span>' in eva.response.text
    assert "<b>Zwembad</b> open?" in eva.words, "what residents typed is text, never markup"


async def test_the_page_says_that_nobody_can_see_who_asked_and_how_long_it_stays(eva: Browser) -> None:
    assert "Niemand kan zien wie het vroeg. Na 30 dagen is een vraag weg." in eva.words


async def test_a_group_is_filed_under_a_likely_topic(eva: Browser, school: School) -> None:
    await eva.fill(FILE, id=["9", "7", "4"], topic="gp_how", group="9", other="")
    assert school.filed == [("eva", (9, 7, 4), "gp_how")]
    assert "3 vragen staan nu bij" in eva.words


async def test_a_part_of_a_group_is_filed_and_the_rest_stays(eva: Browser, school: School) -> None:
    await eva.fill(FILE, id=["7"], group="9", other="gp_how", topic="")
    assert school.filed[-1] == ("eva", (7,), "gp_how")


async def test_a_topic_is_known_by_its_name_in_any_language(eva: Browser, school: School, hall: Hall) -> None:
    for code in ("nl", "en", "tr"):
        label = hall.desk.content.labels[code].topics["flu_jab"]
        await eva.fill(FILE, id=["7"], group="9", other=label.upper() if code == "en" else label, topic="")
        assert school.filed[-1][2] == "flu_jab", label


async def test_a_question_is_filed_in_the_words_that_the_editor_made_of_it(eva: Browser, school: School) -> None:
    assert 'name="words-7" value="huisarts wat is dat"' in eva.response.text
    words = {"words-9": "Wat doet een huisarts?", "words-7": "  wat is een huisarts  ", "words-4": ""}
    await eva.fill(FILE, id=["9", "7"], topic="gp_how", group="9", other="", **words)
    assert school.mended.items() >= {9: "Wat doet een huisarts?", 7: "wat is een huisarts", 4: ""}.items()
    assert school.filed == [("eva", (9, 7), "gp_how")]


async def test_mended_words_are_not_lost_when_something_is_missing(eva: Browser) -> None:
    await eva.fill(FILE, id=["7"], group="9", other="", topic="", **{"words-7": 'wat is een "huisarts"'})
    assert eva.status == 422
    assert 'value="wat is een &#34;huisarts&#34;"' in eva.response.text
    assert "huisarts wat is dat" in eva.words, "what was asked stands above it"


async def test_without_a_topic_nothing_happens_and_the_ticks_stay(eva: Browser, school: School) -> None:
    await eva.fill(FILE, id=["7"], group="9", other="Zeppelins", topic="")
    assert eva.status == 422
    assert "Kies een onderwerp uit de lijst." in eva.words
    assert 'value="Zeppelins"' in eva.response.text
    assert 'value="7" checked' in eva.response.text
    assert 'value="9" checked' not in eva.response.text
    assert school.filed == []


@pytest.mark.parametrize("what", ["file", "discard", "new-topic"])
async def test_without_a_tick_nothing_happens(eva: Browser, school: School, what: str) -> None:
    csrf = eva.forms[FILE]["csrf"][0]
    eva.response = await eva.client.post(f"{PAGE}/{what}", data={"csrf": csrf, "group": "9", "id": "x"})
    assert eva.status == 422
    assert "Vink minstens één vraag aan." in eva.words
    assert (school.filed, school.discarded) == ([], [])


async def test_questions_are_discarded(eva: Browser, school: School) -> None:
    csrf = eva.forms[FILE]["csrf"][0]
    eva.response = await eva.client.post(f"{PAGE}/discard", data={"csrf": csrf, "id": ["2"]})
    assert school.discarded == [(2,)]
    assert "1 vraag is weggegooid." in eva.words


async def test_questions_go_to_the_form_for_a_new_topic_by_their_numbers_alone(eva: Browser) -> None:
    csrf = eva.forms[FILE]["csrf"][0]
    response = await eva.client.post(f"{PAGE}/new-topic", data={"csrf": csrf, "id": ["9", "7"]}, follow_redirects=False)
    assert response.headers["location"] == "/desk/content/topics/new?id=9&id=7"


async def test_mended_questions_go_to_the_form_for_a_new_topic_in_no_address(
    hall: Hall, school: School, eva: Browser
) -> None:
    async with hall.store.unit() as unit:
        await unit.keep_asked("waar kan ik zwmmen", "nl", (), hall.clock())
    [one] = await hall.store.asked()
    data = {"csrf": eva.forms[FILE]["csrf"][0], "id": [str(one.id)], f"words-{one.id}": "waar kan ik zwemmen"}
    eva.response = await eva.client.post(f"{PAGE}/new-topic", data=data, follow_redirects=False)
    assert eva.status == 200
    assert f'name="words-{one.id}" value="waar kan ik zwemmen"' in eva.response.text
    await eva.fill("/desk/content/topics/new", label="Zwemmen", group="living", kind="", id=[str(one.id)])
    assert school.filed == [("eva", (one.id,), "zwemmen")]
    assert school.mended == {one.id: "waar kan ik zwemmen"}


async def test_an_empty_list_says_so(hall: Hall) -> None:
    furnish(hall)
    page = await (await hall.visitor("rosa")).get(PAGE)
    assert "every question of the last 30 days has an answer or was filed" in page.words


@pytest.mark.parametrize("name", ["samira", "fatma"])
async def test_workers_and_coordinators_have_no_such_page(hall: Hall, name: str) -> None:
    furnish(hall)
    assert (await (await hall.visitor(name)).get(PAGE)).status == 404
