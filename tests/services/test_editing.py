"""Editors change what is said: a draft is never lost, and what is published is said at once, everywhere."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.core.content import Answer, Review, Topic
from bot.core.entry import Kind, ReadyText, Ref, Words
from bot.core.errors import DraftChanged, EditError, EntryChanged, NotPublishable
from bot.core.revision import Change, Override, Reading, Stage
from bot.core.team import Role, Worker
from tests.services.editors_room import AGE, EN, ERIK, EVA, KEY, NL, REZA, RUTH, TR, WILL, EditorsRoom

GOOD = "De griepprik maakt de kans op griep kleiner. Vraag uw huisarts om raad."


async def test_a_draft_is_seen_by_nobody_and_the_published_text_by_everybody(room: EditorsRoom) -> None:
    other = room.beside()
    await room.draft(EVA, NL, room.answer(text=GOOD))
    assert room.says() != GOOD
    await room.editing.publish(EVA, NL, "eva", why="korter")
    assert room.says() == GOOD
    assert other.says() != GOOD
    assert await other.editing.refresh() == 1
    assert other.says() == GOOD
    assert await other.editing.refresh() == 0
    assert (await room.editing.sheet(EVA, NL)).draft is None


async def test_a_corrected_number_is_right_in_every_language_and_makes_no_translation_stale(room: EditorsRoom) -> None:
    await room.publish(EVA, AGE, room.fact(value="77"))
    for language in ("nl", "fy", "en", "ar", "tr"):
        assert "77" in room.says(language=language)
    assert not room.content.updating
    assert not room.content.withdrawn


async def test_saving_keeps_every_version_of_one_window_and_tells_the_other(room: EditorsRoom) -> None:
    first = await room.editing.save(EVA, NL, room.answer(text="Een."), base=0, seen=0)
    second = await room.editing.save(EVA, NL, room.answer(text="Twee."), base=0, seen=first.version)
    with pytest.raises(DraftChanged):
        await room.editing.save(EVA, NL, room.answer(text="Drie."), base=0, seen=first.version)
    sheet = await room.editing.sheet(EVA, NL)
    assert sheet.draft == second


async def test_two_editors_have_a_draft_each_and_see_one_anothers(room: EditorsRoom) -> None:
    await room.draft(EVA, NL, room.answer(text="Van Eva."))
    await room.draft(ERIK, NL, room.answer(text="Van Erik."))
    sheet = await room.editing.sheet(EVA, NL)
    assert sheet.draft is not None
    assert [other.author for other in sheet.others] == ["erik"]


async def test_who_publishes_second_is_told_and_keeps_the_draft(room: EditorsRoom) -> None:
    await room.draft(EVA, NL, room.answer(text=GOOD))
    await room.publish(ERIK, NL, room.answer(text="De griepprik helpt tegen griep. Vraag uw huisarts om raad."))
    assert (await room.editing.sheet(EVA, NL)).overtaken
    with pytest.raises(EntryChanged):
        await room.editing.publish(EVA, NL, "eva")
    sheet = await room.editing.sheet(EVA, NL)
    assert sheet.draft is not None
    assert isinstance(sheet.draft.body, Answer)
    assert sheet.draft.body.text == GOOD


async def test_ten_editors_who_save_and_publish_at_once_lose_nothing(room: EditorsRoom) -> None:
    editors = [replace(EVA, id=f"eva{number}") for number in range(10)]
    texts = {one.id: f"{GOOD} Dit is tekst {number}." for number, one in enumerate(editors)}
    await asyncio.gather(*(room.draft(one, NL, room.answer(text=texts[one.id])) for one in editors))
    done = await asyncio.gather(*(room.editing.publish(one, NL, one.id) for one in editors), return_exceptions=True)
    assert sum(isinstance(one, EntryChanged) for one in done) == 9
    kept = {draft.author: draft.body for draft in await room.store.drafts(NL)}
    assert len(kept) == 9
    assert all(isinstance(body, Answer) and body.text == texts[author] for author, body in kept.items())
    assert room.says() in texts.values()


async def test_a_draft_goes_to_review_and_back_with_a_note(room: EditorsRoom) -> None:
    await room.draft(EVA, NL, room.answer(text=GOOD))
    sent = await room.editing.submit(EVA, NL)
    assert sent.stage is Stage.IN_REVIEW
    back = await room.editing.give_back(RUTH, NL, "eva", "Noem ook de apotheek.")
    assert (back.stage, back.note) == (Stage.DRAFT, "Noem ook de apotheek.")
    with pytest.raises(EditError, match="not in review"):
        await room.editing.give_back(RUTH, NL, "eva", "Nog iets.")
    await room.editing.submit(EVA, NL)
    again = await room.draft(EVA, NL, room.answer(text=GOOD + " "))
    assert again.stage is Stage.DRAFT
    await room.editing.discard(EVA, NL)
    await room.editing.discard(EVA, NL)
    assert await room.store.drafts() == []


async def test_a_reviewer_of_the_field_marks_a_text_as_reviewed_for_a_year(room: EditorsRoom) -> None:
    assert [room.editing.may_review(who, NL) for who in (EVA, RUTH, REZA)] == [False, True, False]
    assert [room.editing.may_review(who, TR) for who in (EVA, RUTH, REZA)] == [False, False, True]
    assert not room.editing.may_review(REZA, EN)
    assert not room.editing.may_review(RUTH, AGE)
    await room.draft(EVA, NL, room.answer(text=GOOD))
    with pytest.raises(NotPublishable, match="knows the field"):
        await room.editing.publish(EVA, NL, "eva", reviewed=True)
    await room.editing.publish(RUTH, NL, "eva", reviewed=True)
    today = date(2026, 11, 21)
    assert room.answer().review == Review("reviewed", "medical", today, today + timedelta(days=365))
    await room.publish(EVA, NL, room.answer(text=GOOD + " "))
    assert room.answer().review == Review()


async def test_with_four_eyes_somebody_else_publishes(room: EditorsRoom) -> None:
    strict = room.beside(four_eyes=True)
    draft = await strict.draft(EVA, NL, strict.answer(text=GOOD))
    assert not strict.editing.may_publish(EVA, draft)
    assert strict.editing.may_publish(ERIK, draft)
    with pytest.raises(NotPublishable, match="Somebody else"):
        await strict.editing.publish(EVA, NL, "eva")
    revision = await strict.editing.publish(ERIK, NL, "eva")
    assert (revision.author, revision.approver) == ("eva", "erik")


async def test_a_worker_may_look_and_read_with_people_and_nothing_else(room: EditorsRoom) -> None:
    assert (await room.editing.sheet(WILL, NL)).current is not None
    await room.draft(EVA, NL, room.answer(text=GOOD))
    for forbidden in (
        room.editing.save(WILL, NL, None, base=0, seen=0),
        room.editing.submit(WILL, NL),
        room.editing.give_back(WILL, NL, "eva", "nee"),
        room.editing.discard(WILL, NL),
        room.editing.publish(WILL, NL, "eva"),
        room.editing.roll_back(WILL, NL, 0, "nee"),
        room.editing.translated(WILL, TR),
        room.editing.mark_read(WILL, TR),
    ):
        with pytest.raises(EditError, match="Only editors"):
            await forbidden
    gone = replace(EVA, active=False)
    with pytest.raises(EditError, match="Only editors"):
        await room.editing.publish(gone, NL, "eva")


async def test_findings_block_unless_a_reason_is_given_that_is_kept(room: EditorsRoom) -> None:
    loud = room.answer(text="De griepprik helpt! Vraag uw huisarts om raad.")
    await room.draft(EVA, NL, loud)
    with pytest.raises(NotPublishable, match="exclamation mark"):
        await room.editing.publish(EVA, NL, "eva")
    await room.draft(EVA, NL, loud, overrides=(Override("exclamation", "daarom"),))
    with pytest.raises(NotPublishable, match="at least 10"):
        await room.editing.publish(EVA, NL, "eva")
    await room.draft(EVA, NL, loud, overrides=(Override("exclamation", "zo heet de campagne"),))
    revision = await room.editing.publish(EVA, NL, "eva")
    assert revision.overrides == (Override("exclamation", "zo heet de campagne"),)
    # The same words stay: they do not block again.
    await room.publish(EVA, NL, replace(loud, pictogram="doctor"))
    assert room.answer().pictogram == "doctor"


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"text": " "}, "There is no text"),
        ({"text": GOOD + " Bel {no_such_line}."}, r"no fact \{no_such_line\}"),
        ({"next": ("no_such_topic",)}, "no_such_topic"),
    ],
)
async def test_no_reason_lets_through_what_could_not_be_said(
    room: EditorsRoom, changes: dict[str, object], told: str
) -> None:
    rules = ("no_text", "unknown_fact", "unknown_next", "placeholders", "hard_word")
    reasons = tuple(Override(rule, "omdat het moet kunnen") for rule in rules)
    await room.draft(EVA, NL, room.answer(**changes), overrides=reasons)
    before = room.says()
    with pytest.raises(NotPublishable, match=told):
        await room.editing.publish(EVA, NL, "eva")
    assert room.says() == before


async def test_a_meaning_lets_translations_run_on_for_14_days_and_safety_withdraws_them(room: EditorsRoom) -> None:
    turkish = room.says(language="tr")
    await room.publish(EVA, NL, room.answer(text=GOOD), Change.WORDING)
    assert (KEY, "tr") not in room.content.updating
    await room.publish(EVA, NL, room.answer(text=f"{GOOD} Het is uw keuze."), Change.MEANING)
    assert room.says(language="tr") == turkish
    assert "Bu metin şu an yenileniyor." in room.notes(language="tr")
    room.clock.move(days=14)
    assert await room.editing.refresh() == 1
    assert room.says(language="tr") == room.says()
    assert await room.editing.refresh() == 0
    await room.publish(REZA, TR, room.answer(TR, text=f"{turkish} "))
    assert room.says(language="tr").strip() == turkish.strip()
    assert "Bu metin şu an yenileniyor." not in room.notes(language="tr")
    await room.publish(EVA, NL, room.answer(text=f"{GOOD} Bel bij koorts."), Change.SAFETY)
    assert room.says(language="tr") == room.says()


async def test_going_back_is_a_new_revision_with_the_old_text_and_its_review(room: EditorsRoom) -> None:
    file = room.says()
    first = await room.publish(RUTH, NL, room.answer(text=GOOD), reviewed=True)
    await room.publish(EVA, NL, room.answer(text=f"{GOOD} Het is uw keuze."))
    back = await room.editing.roll_back(ERIK, NL, first.id, "toch beter")
    assert room.says() == GOOD
    assert room.answer().review.status == "reviewed"
    assert (back.author, back.approver, back.why) == ("ruth", "erik", "toch beter")
    with pytest.raises(EditError, match="already"):
        await room.editing.roll_back(ERIK, NL, back.id, "nog eens")
    await room.editing.roll_back(ERIK, NL, 0, "terug naar het begin")
    assert room.says() == file
    assert len(await room.store.revisions(NL)) == 4


async def test_a_machines_draft_is_published_by_nobody_before_somebody_read_it(room: EditorsRoom) -> None:
    draft = await room.editing.translated(EVA, TR)
    assert isinstance(draft.body, Answer)
    assert draft.machine
    assert draft.body.text == room.base.answers[KEY, "nl"].text.upper().replace("{FLU_JAB_AGE}", "{flu_jab_age}")
    assert not any("{" in text for text in room.machine.seen)
    assert draft.body.translates == ""
    with pytest.raises(EditError, match="draft of this text"):
        await room.editing.translated(EVA, TR)
    typed = await room.draft(EVA, TR, room.answer(TR))
    assert typed.machine
    assert not room.editing.may_publish(RUTH, typed)
    with pytest.raises(NotPublishable, match="nobody read it"):
        await room.editing.publish(ERIK, TR, "eva")
    with pytest.raises(EditError, match="Read every sentence"):
        await room.editing.submit(EVA, TR)
    await room.editing.mark_read(EVA, TR)
    await room.editing.publish(ERIK, TR, "eva")


async def test_a_machine_that_hangs_or_is_not_there_says_what_to_do(room: EditorsRoom) -> None:
    room.machine.broken = True
    with pytest.raises(EditError, match="Try again later"):
        await room.editing.translated(EVA, TR)
    room.machine.broken = False
    with pytest.raises(EditError, match="never words for danger"):
        await room.editing.translated(EVA, Ref(Kind.FLAG, "suicide", "tr"))
    with pytest.raises(EditError, match="never words for danger"):
        await room.editing.translated(EVA, NL)


async def test_what_others_need_cannot_be_taken_away_and_they_are_named(room: EditorsRoom) -> None:
    assert NL in room.editing.uses(AGE)
    with pytest.raises(NotPublishable, match="utter_flu_jab nl"):
        await room.publish(EVA, AGE, None)
    with pytest.raises(NotPublishable, match=r"menu\.vaccination nl"):
        await room.publish(EVA, Ref(Kind.TOPIC, "flu_jab"), None)
    with pytest.raises(NotPublishable, match="most asked"):
        await room.publish(EVA, TR, None)
    for ref in (
        Ref(Kind.ANSWER, "utter_error", "nl"),
        Ref(Kind.LABEL, "buttons.menu", "nl"),
        Ref(Kind.FACT, "team_phone"),
    ):
        with pytest.raises(NotPublishable, match="never taken away"):
            await room.publish(EVA, ref, None)


async def test_a_new_topic_begins_in_dutch_and_can_be_taken_away_again(room: EditorsRoom) -> None:
    topic, label = Ref(Kind.TOPIC, "walking"), Ref(Kind.LABEL, "topics.walking", "nl")
    dutch, english = (Ref(Kind.ANSWER, "utter_walking", code) for code in ("nl", "en"))
    text = room.answer(
        Ref(Kind.ANSWER, "utter_loneliness", "nl"),
        key="utter_walking",
        text="U kunt met anderen lopen.",
        simple="U kunt lopen.",
        sections={},
    )
    with pytest.raises(NotPublishable, match="no topic"):
        await room.publish(EVA, dutch, text)
    await room.publish(EVA, topic, Topic("walking", "feeling", ""))
    with pytest.raises(NotPublishable, match="Dutch name"):
        await room.publish(EVA, dutch, text)
    with pytest.raises(NotPublishable, match="Dutch name"):
        await room.publish(EVA, Ref(Kind.LABEL, "topics.walking", "en"), Words("Walking together"))
    await room.publish(EVA, label, Words("Samen lopen"))
    other = replace(text, language="en", simple="You can walk.", text="You can walk with others.", sections={})
    with pytest.raises(NotPublishable, match="Dutch text first"):
        await room.publish(EVA, english, other)
    await room.publish(EVA, dutch, text)
    assert room.says("walking") == "U kunt met anderen lopen."
    await room.publish(EVA, english, other)
    assert not room.content.updating
    with pytest.raises(NotPublishable, match="translations of this text: en"):
        await room.publish(EVA, dutch, None)
    with pytest.raises(NotPublishable, match="utter_walking en, utter_walking nl"):
        await room.publish(EVA, topic, None)
    for ref in (english, dutch, topic, label):
        await room.publish(EVA, ref, None)
    assert "walking" not in room.content.topics


async def test_a_ready_message_is_there_for_workers_at_once(room: EditorsRoom) -> None:
    ref = Ref(Kind.TEMPLATE, "t1")
    await room.publish(EVA, ref, ReadyText("Groet", {"nl": "Goedemorgen."}))
    assert [(one.id, one.team, one.texts) for one in await room.store.templates()] == [
        ("t1", "", {"nl": "Goedemorgen."})
    ]
    await room.publish(EVA, ref, None)
    assert await room.store.templates() == []


async def test_reading_with_people_names_the_group_and_nobody(room: EditorsRoom) -> None:
    told = Reading(KEY, "nl", " Turkse vrouwen,  60+ ", understood=False, word="kans", worker="x", at=room.clock())
    await room.editing.read_with(WILL, told)
    tested = room.answer().tested_with
    assert tested == (
        {"group": "Turkse vrouwen, 60+", "understood": "no", "word": "kans", "by": "worker", "on": "2026-11-21"},
    )
    assert [one.worker for one in await room.store.readings()] == ["will"]
    with pytest.raises(EditError, match="which group"):
        await room.editing.read_with(WILL, replace(told, group=" "))
    with pytest.raises(EditError, match="no such answer"):
        await room.editing.read_with(WILL, replace(told, key="utter_nothing"))
    # It is not written into the text: publishing does not double it.
    await room.publish(EVA, NL, room.answer(text=GOOD))
    assert room.answer().tested_with == tested


async def test_a_body_of_another_page_is_refused(room: EditorsRoom) -> None:
    for ref, body in ((TR, room.answer(NL)), (NL, Words("Hallo")), (AGE, room.fact("team_phone"))):
        with pytest.raises(EditError, match="another page"):
            await room.editing.save(EVA, ref, body, base=0, seen=0)


async def test_a_coordinator_is_no_editor(room: EditorsRoom) -> None:
    petra = Worker("petra", "petra@example.org", "Petra", frozenset({Role.WORKER, Role.COORDINATOR}))
    with pytest.raises(EditError, match="Only editors"):
        await room.editing.save(petra, NL, None, base=0, seen=0)
