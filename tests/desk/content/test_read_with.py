"""Reading an answer with somebody: social workers do it, nobody's name is kept, and the next text follows."""

from __future__ import annotations

import re

import pytest

from tests.desk.content.entries_room import EntriesRoom, open_room
from tests.desk.hall import Hall

FORM = "/desk/content/read/utter_flu_jab/nl"
GROUP = "Turkse vrouwen, 60+"


@pytest.fixture
async def room(hall: Hall) -> EntriesRoom:
    return await open_room(hall)


async def test_a_worker_reads_records_and_goes_on_with_the_next_text(room: EntriesRoom) -> None:
    samira = await (await room.desk_of("samira")).open("/read/utter_flu_jab/nl")
    assert room.says() in samira.words
    assert "Wat zegt deze tekst u?" in samira.words
    await samira.send(FORM, group=GROUP, understood="no", word="griepprik")
    assert samira.at.startswith("/desk/content/read/utter_")
    assert samira.at != FORM, "the next one"
    assert "Bewaard: " in samira.words
    assert f'value="{GROUP}"' in samira.text, "the group is filled in again"
    kept = (await room.hall.store.readings("utter_flu_jab"))[0]
    assert (kept.group, kept.understood, kept.word, kept.worker) == (GROUP, False, "griepprik", "samira")
    assert "reading recorded" in await room.audit()


async def test_texts_that_were_never_read_come_first(room: EntriesRoom) -> None:
    samira = await (await room.desk_of("samira")).open("/read/utter_flu_jab/nl")
    await samira.send(FORM, group=GROUP, understood="yes")
    await samira.open("/read")
    keys = re.findall(r"/read/(utter_\w+)/nl", samira.text)
    assert keys[-1] == "utter_flu_jab"
    assert len(keys) > 20
    assert "1 keer gelezen" in samira.words


async def test_what_is_missing_is_told_and_nothing_is_kept(room: EntriesRoom) -> None:
    samira = await (await room.desk_of("samira")).open("/read/utter_flu_jab/nl")
    await samira.send(FORM, group="", word="griepprik")
    assert samira.status == 422
    assert "Zeg met welke groep u las." in samira.words
    assert "Kies of de tekst begrepen is." in samira.words
    assert 'value="griepprik"' in samira.text
    assert await room.hall.store.readings() == []


async def test_what_was_recorded_stands_in_a_list_per_text(room: EntriesRoom) -> None:
    samira = await (await room.desk_of("samira")).open("/read/utter_flu_jab/nl")
    await samira.send(FORM, group=GROUP, understood="no", word="griepprik")
    eva = await (await room.desk_of("eva")).open("/read/recorded")
    assert "Niet begrepen: Turkse vrouwen, 60+" in eva.words
    assert "Samira" in eva.words
    await eva.open("/read/utter_flu_jab/nl")
    assert "Niet begrepen: Turkse vrouwen, 60+" in eva.words


async def test_a_text_is_read_in_its_own_direction_and_a_missing_one_is_not_there(room: EntriesRoom) -> None:
    fatma = await (await room.desk_of("fatma")).open("/read/utter_flu_jab/ar")
    assert '<div class="aloud" lang="ar" dir="rtl">' in fatma.text
    for address in ("/read/utter_nothing/nl", "/read/utter_flu_jab/xx"):
        await fatma.open(address)
        assert fatma.status == 404
