"""Words for danger: always two people, one of whom knows the field, and phrases that can be read."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.core.entry import Examples, Kind, RedFlag, Ref, Words
from bot.core.entry_in import entry_in
from bot.core.errors import EditError, NotPublishable
from bot.core.triage import Flag
from tests.services.editors_room import ERIK, EVA, REZA, RUTH, EditorsRoom

SUICIDE = Ref(Kind.FLAG, "suicide", "nl")


def flag(room: EditorsRoom, ref: Ref = SUICIDE, **changes: object) -> RedFlag:
    found = entry_in(room.content, ref)
    assert isinstance(found, RedFlag)
    return replace(found, patterns=replace(found.patterns, **changes))


async def test_a_new_phrase_is_seen_by_two_and_works_at_once(room: EditorsRoom) -> None:
    told = "ik wil naar de eeuwige jachtvelden"
    assert room.newsroom.served.assess(told) is None
    changed = flag(room, patterns=(*flag(room).patterns.patterns, "eeuwige jachtvelden"))
    draft = await room.draft(EVA, SUICIDE, changed)
    assert [room.editing.may_publish(who, draft) for who in (EVA, ERIK, REZA, RUTH)] == [False, False, False, True]
    with pytest.raises(NotPublishable, match="two people"):
        await room.editing.publish(EVA, SUICIDE, "eva")
    with pytest.raises(NotPublishable, match="knows the field"):
        await room.editing.publish(ERIK, SUICIDE, "eva")
    await room.editing.publish(RUTH, SUICIDE, "eva", reviewed=True)
    verdict = room.newsroom.served.assess(told)
    assert verdict is not None
    assert verdict.flag is Flag.SUICIDE
    assert room.content.flags[Flag.SUICIDE, "nl"].review.role == "medical"


async def test_a_reviewer_cannot_be_both_people(room: EditorsRoom) -> None:
    await room.draft(RUTH, SUICIDE, flag(room))
    with pytest.raises(NotPublishable, match="two people"):
        await room.editing.publish(RUTH, SUICIDE, "ruth")


async def test_a_translation_is_for_who_knows_the_language(room: EditorsRoom) -> None:
    turkish = replace(SUICIDE, language="tr")
    draft = await room.draft(EVA, turkish, flag(room, turkish))
    assert [room.editing.may_publish(who, draft) for who in (RUTH, REZA)] == [False, True]
    await room.editing.publish(REZA, turkish, "eva", reviewed=True)
    assert room.content.flags[Flag.SUICIDE, "tr"].review.role == "language"


@pytest.mark.parametrize("phrase", ["(dood", "niet | meer", "*", ""])
async def test_a_phrase_that_cannot_be_read_is_refused(room: EditorsRoom, phrase: str) -> None:
    await room.draft(EVA, SUICIDE, flag(room, patterns=("dood willen", phrase)))
    with pytest.raises(NotPublishable, match="Write words"):
        await room.editing.publish(RUTH, SUICIDE, "eva")


async def test_a_text_without_its_number_or_with_an_unknown_one_is_refused(room: EditorsRoom) -> None:
    known = flag(room)
    for text, told in (("Bel nu iemand.", "is not in the text"), ("Bel {nobody}.", r"no fact \{nobody\}")):
        await room.draft(EVA, SUICIDE, replace(known, texts=replace(known.texts, text=text)))
        with pytest.raises(NotPublishable, match=told):
            await room.editing.publish(RUTH, SUICIDE, "eva")


async def test_a_danger_is_never_taken_away(room: EditorsRoom) -> None:
    for ref in (SUICIDE, Ref(Kind.CARD, "pl")):
        await room.draft(EVA, ref, None)
        with pytest.raises(NotPublishable, match="never taken away"):
            await room.editing.publish(RUTH, ref, "eva")


async def test_a_card_keeps_its_numbers(room: EditorsRoom) -> None:
    ref = Ref(Kind.CARD, "pl")
    await room.draft(EVA, ref, Words("Zadzwoń {emergency_number}."))
    with pytest.raises(NotPublishable, match="suicide_line"):
        await room.editing.publish(RUTH, ref, "eva")
    text = f"{room.content.cards['pl']} Dziękuję."
    await room.draft(EVA, ref, Words(text))
    await room.editing.publish(RUTH, ref, "eva")
    assert room.content.cards["pl"] == text


async def test_going_back_takes_two_people_as_well(room: EditorsRoom) -> None:
    await room.draft(EVA, SUICIDE, flag(room, patterns=(*flag(room).patterns.patterns, "eeuwige jachtvelden")))
    first = await room.editing.publish(RUTH, SUICIDE, "eva")
    await room.draft(RUTH, SUICIDE, flag(room, patterns=(*flag(room).patterns.patterns, "hemel")))
    other = replace(RUTH, id="rita")
    second = await room.editing.publish(other, SUICIDE, "ruth")
    with pytest.raises(NotPublishable, match="knows the field"):
        await room.editing.roll_back(ERIK, SUICIDE, first.id, "te breed")
    await room.editing.roll_back(RUTH, SUICIDE, first.id, "te breed")
    with pytest.raises(NotPublishable, match="two people"):
        await room.editing.roll_back(RUTH, SUICIDE, second.id, "toch niet")
    with pytest.raises(EditError, match="no such version"):
        await room.editing.roll_back(RUTH, Ref(Kind.FLAG, "violence", "nl"), first.id, "van een ander")


async def test_a_number_that_words_for_danger_name_is_seen_by_two_people(room: EditorsRoom) -> None:
    number = Ref(Kind.FACT, "suicide_line")
    changed = replace(room.content.facts["suicide_line"], values={"": "114"})
    await room.draft(EVA, number, changed)
    with pytest.raises(NotPublishable, match="words for danger, so two people"):
        await room.editing.publish(EVA, number, "eva")
    await room.editing.publish(ERIK, number, "eva")
    assert room.content.facts["suicide_line"].in_language("tr") == "114"


async def test_an_example_that_tells_of_danger_teaches_no_topic(room: EditorsRoom) -> None:
    examples = Ref(Kind.EXAMPLES, "flu_jab", "nl")
    await room.draft(EVA, examples, Examples(("wat kost een griepprik in mijn dorp", "mijn baby ademt niet")))
    with pytest.raises(NotPublishable, match="tells of danger"):
        await room.editing.publish(EVA, examples, "eva")
