"""What a worker does in Telegram, message by message: what they see, and where their words go."""

from __future__ import annotations

import pytest

from bot.core.case import Author, Result, State
from bot.core.message import MAX_BUTTON_DATA, File, Kind
from bot.core.team import Template
from bot.core.triage import Flag
from tests.builders import NOON
from tests.fake_cases import Killed
from tests.services.street import CENTRE, Street, button_of, labels


async def test_take_it_claims_and_shows_what_can_be_done(street: Street) -> None:
    case = await street.case()
    await street.work.tell(case.id)
    mine = await street.taps("samira", "Ik pak deze op")
    assert mine is not None
    assert mine.text.startswith(f"{case.number} is van u.")
    assert mine.case == case.id
    assert labels(mine)[:5] == ["Afsluiten", "Overdragen", "Notitie", "Standaardtekst", "Terug in de rij"]
    assert (await street.now(case)).worker == "samira"


async def test_the_second_who_taps_is_told_who_was_first(street: Street) -> None:
    case = await street.case()
    await street.work.tell(case.id)
    card = await street.last("joost")
    await street.taps("samira", "Ik pak deze op")
    late = await street.taps("joost", "Take it", card)
    assert late is not None
    assert late.text == f"Samira has {case.number}. Nothing was changed."


async def test_the_same_worker_may_tap_twice(street: Street) -> None:
    case = await street.case()
    await street.work.tell(case.id)
    card = await street.last("samira")
    first = await street.taps("samira", "Ik pak deze op", card)
    again = await street.taps("samira", "Ik pak deze op", card)
    assert first is not None
    assert again is not None
    assert again.text == first.text
    assert (await street.log(case)).count("claimed") == 1


async def test_not_me_leaves_the_case_to_the_others(street: Street) -> None:
    case = await street.case()
    await street.work.tell(case.id)
    said = await street.taps("samira", "Niet ik")
    assert said is not None
    assert case.number in said.text
    assert (await street.now(case)).state is State.WAITING
    assert "passed" in await street.log(case)


async def test_a_reply_to_a_cases_message_goes_to_that_resident_and_no_other(street: Street) -> None:
    one, other = await street.claimed(), await street.claimed()
    said = await street.writes("samira", "Kom langs.", reply_to=await street.card_of("samira", one))
    assert (await street.last(one)).text == "Samira:\nKom langs."
    assert (await street.last(other)).key == "utter_case_claimed"
    assert said is not None
    assert said.text == f"Verstuurd naar {one.number}."
    assert said.case == one.id


async def test_a_reply_to_a_waiting_cases_card_takes_it(street: Street) -> None:
    case = await street.case()
    await street.writes("samira", "Dag.", reply_to=await street.card_of("samira", case))
    assert (await street.now(case)).worker == "samira"
    assert (await street.last(case)).text == "Samira:\nDag."


async def test_photos_and_voice_go_along(street: Street) -> None:
    case = await street.claimed()
    voice = File("telegram", "v1", Kind.VOICE)
    await street.writes("samira", kind=Kind.VOICE, file=voice, reply_to=await street.card_of("samira", case))
    assert (await street.last(case)).file == voice


async def test_what_cannot_be_passed_on_is_told(street: Street) -> None:
    case = await street.claimed()
    card = await street.card_of("samira", case)
    for kind in (Kind.STICKER, Kind.LOCATION, Kind.POLL, Kind.VOICE):
        said = await street.writes("samira", kind=kind, reply_to=card)
        assert said is not None
        assert said.key == "staff_cannot_pass"
    assert len((await street.file(case)).said) == 1


async def test_with_one_case_a_message_to_nobody_is_asked_about_first(street: Street) -> None:
    case = await street.claimed()
    asked = await street.writes("samira", "Kom langs.")
    assert asked is not None
    assert asked.text == f"Is dit voor {case.number}?"
    assert (await street.last(case)).key == "utter_case_claimed"
    await street.taps("samira", "Versturen naar", asked)
    assert (await street.last(case)).text == "Samira:\nKom langs."


async def test_with_several_cases_the_worker_chooses_by_number_and_topic(street: Street) -> None:
    one, other = await street.claimed(topic="flu_jab"), await street.claimed(topic="loneliness")
    asked = await street.writes("samira", "Kom langs.")
    assert asked is not None
    topic = street.office.voice.label("flu_jab", "nl")
    assert f"Versturen naar {one.number} · {topic}" in labels(asked)
    await street.taps("samira", f"Versturen naar {other.number}", asked)
    assert (await street.last(other)).text == "Samira:\nKom langs."
    assert (await street.last(one)).key == "utter_case_claimed"


async def test_several_messages_wait_together_and_go_in_order(street: Street) -> None:
    case = await street.claimed()
    photo = File("telegram", "p1", Kind.PHOTO)
    await street.writes("samira", "Een.")
    await street.writes("samira", "Twee.", Kind.PHOTO, file=photo)
    asked = await street.writes("samira", "Drie.")
    await street.taps("samira", "Versturen naar", asked)
    told = [one for one in await street.told(case) if one.key == "case_reply"]
    assert [one.text for one in told] == ["Samira:\nEen.", "Samira:\nTwee.", "Samira:\nDrie."]
    assert told[1].file == photo
    again = await street.taps("samira", "Versturen naar", asked)
    assert again is not None
    assert again.key == "staff_nothing_kept"


async def test_what_is_not_to_be_sent_is_dropped(street: Street) -> None:
    case = await street.claimed()
    asked = await street.writes("samira", "Voor iemand anders.")
    await street.taps("samira", "Niet versturen", asked)
    nothing = await street.taps("samira", "Versturen naar", asked)
    assert nothing is not None
    assert nothing.key == "staff_nothing_kept"
    assert len((await street.file(case)).said) == 1


async def test_without_a_case_there_is_help(street: Street) -> None:
    said = await street.writes("samira", "hoi")
    assert said is not None
    assert "/cases" in said.text


async def test_a_changed_message_is_not_sent_twice(street: Street) -> None:
    case = await street.claimed()
    card = await street.card_of("samira", case)
    said = await street.writes("samira", "Kom langs!", edits="77", reply_to=card)
    assert said is not None
    assert said.key == "staff_edited"
    assert len((await street.file(case)).said) == 1


async def test_closing_asks_how_it_ended(street: Street) -> None:
    case = await street.claimed()
    card = await street.writes("samira", f"w:show:{case.id}", Kind.BUTTON)
    asked = await street.taps("samira", "Afsluiten", card)
    assert asked is not None
    assert labels(asked) == ["Geholpen", "Doorverwezen", "Geen contact", "Anders"]
    await street.taps("samira", "Doorverwezen", asked)
    now = await street.now(case)
    assert (now.state, now.result) == (State.CLOSED, Result.REFERRED)


async def test_a_case_is_handed_over_to_a_colleague_or_a_team(street: Street) -> None:
    case = await street.claimed()
    card = await street.writes("samira", f"w:show:{case.id}", Kind.BUTTON)
    asked = await street.taps("samira", "Overdragen", card)
    assert asked is not None
    assert labels(asked) == ["Joost", "Petra", "Rij van Team Noord"]
    done = await street.taps("samira", "Joost", asked)
    assert done is not None
    assert done.text == f"{case.number} is overgedragen aan Joost."
    assert (await street.now(case)).worker == "joost"
    refused = await street.taps("samira", "Rij van", asked)
    assert refused is not None
    assert refused.text == f"Joost heeft {case.number}. Er is niets veranderd."


async def test_a_note_is_written_and_never_reaches_the_resident(street: Street) -> None:
    case = await street.claimed()
    card = await street.writes("samira", f"w:show:{case.id}", Kind.BUTTON)
    asked = await street.taps("samira", "Notitie", card)
    assert asked is not None
    assert not asked.case, "a reply to this question would go to the resident"
    for reply_to in ("", await street.card_of("samira", case)):
        await street.taps("samira", "Notitie", card)
        await street.writes("samira", "Is erg moe.", reply_to=reply_to)
    assert [said.author for said in (await street.file(case)).said[1:]] == [Author.NOTE, Author.NOTE]
    assert len(await street.told(case)) == 1


async def test_after_a_note_the_next_message_is_no_note(street: Street) -> None:
    case = await street.claimed()
    await street.writes("samira", f"w:note:{case.id}", Kind.BUTTON)
    await street.writes("samira", "Is erg moe.")
    asked = await street.writes("samira", "Dag.")
    assert asked is not None
    assert asked.key == "staff_ask_case_one"


async def test_a_template_is_shown_before_it_is_sent_in_the_residents_language(street: Street) -> None:
    async with street.store.unit() as unit:
        await unit.keep_template(Template("t1", "centre", "Welkom", {"nl": "Dag.", "tr": "Merhaba."}))
        await unit.keep_template(Template("t2", "north", "Van Noord", {"nl": "Nee."}))
    case = await street.claimed(language="tr")
    listed = await street.writes("samira", f"w:template:{case.id}", Kind.BUTTON)
    assert listed is not None
    assert labels(listed) == ["Welkom"]
    shown = await street.taps("samira", "Welkom", listed)
    assert shown is not None
    assert "Dag." in shown.text
    assert "Merhaba." in shown.text
    await street.taps("samira", "Versturen", shown)
    assert (await street.last(case)).text == "Samira:\nMerhaba."


async def test_a_template_that_was_removed_is_told(street: Street) -> None:
    case = await street.claimed()
    said = await street.writes("samira", f"w:use:{case.id}.gone", Kind.BUTTON)
    assert said is not None
    assert said.key == "staff_changed"


async def test_a_case_is_given_back(street: Street) -> None:
    case = await street.claimed()
    said = await street.writes("samira", f"w:release:{case.id}", Kind.BUTTON)
    assert said is not None
    assert said.text == f"{case.number} staat weer in de rij."
    assert (await street.now(case)).state is State.WAITING


async def test_a_reply_to_a_closed_case_can_be_sent_after_reopening(street: Street) -> None:
    case = await street.claimed()
    await street.work.close(await street.worker("samira"), case.id, Result.HELPED)
    said = await street.writes("samira", "Nog iets.", reply_to=await street.card_of("samira", case))
    assert said is not None
    assert said.key == "staff_over_reopen"
    await street.taps("samira", "Heropenen", said)
    assert (await street.now(case)).state is State.CLAIMED
    assert (await street.last(case)).text == "Samira:\nNog iets."


async def test_a_case_closed_long_ago_stays_closed(street: Street) -> None:
    case = await street.claimed()
    await street.work.close(await street.worker("samira"), case.id, Result.HELPED)
    street.clock.move(days=8)
    said = await street.writes("samira", "Nog iets.", reply_to=await street.card_of("samira", case))
    assert said is not None
    assert said.text == f"{case.number} is afgesloten. Er is niets verstuurd."


async def test_a_reply_to_a_withdrawn_case_is_told_why_not(street: Street) -> None:
    case = await street.claimed()
    async with street.store.unit() as unit:
        await unit.keep_case(case.withdrawn(NOON))
    said = await street.writes("samira", "Dag.", reply_to=await street.card_of("samira", case))
    assert said is not None
    assert said.key == "staff_withdrawn"


async def test_a_reply_to_a_forgotten_resident_is_told_why_not(street: Street) -> None:
    case = await street.claimed()
    card = await street.card_of("samira", case)
    async with street.store.unit() as unit:
        await unit.forget(case.resident, keep_address=False)
    said = await street.writes("samira", "Dag.", reply_to=card)
    assert said is not None
    assert said.key == "staff_forgotten"


async def test_a_reply_to_who_blocked_the_assistant_is_told_honestly(street: Street) -> None:
    case = await street.claimed()
    async with street.store.unit() as unit:
        await unit.stop(case.resident)
    said = await street.writes("samira", "Dag.", reply_to=await street.card_of("samira", case))
    assert said is not None
    assert said.text.startswith("Niet aangekomen")


async def test_a_failed_translation_is_told_to_the_worker_too(street: Street) -> None:
    case = await street.claimed(language="tr", translator="LibreTranslate")
    street.translator.broken = True
    said = await street.writes("samira", "Dag.", reply_to=await street.card_of("samira", case))
    assert said is not None
    assert "zonder vertaling" in said.text


async def test_a_button_of_another_teams_case_tells_nothing(street: Street) -> None:
    case = await street.case()
    told = set()
    for verb in ("claim", "pass", "show", "close", "hand_over", "note", "template", "release", "reopen"):
        for case_id in (case.id, "f" * 32):
            said = await street.writes("noor", f"w:{verb}:{case_id}", Kind.BUTTON)
            assert said is not None
            told.add(said.text)
    assert told == {"Deze zaak is er niet, of is niet van uw team."}
    assert await street.log(case) == ["opened"]


@pytest.mark.parametrize("data", ["w:dance:1", "w", "w:", "t:flu_jab", "", "w:closed:1.maybe", "c:helped"])
async def test_a_button_nobody_made_is_answered(street: Street, data: str) -> None:
    said = await street.writes("samira", data, Kind.BUTTON)
    assert said is not None
    assert said.key in {"staff_old_button", "staff_unknown"}


async def test_cases_lists_ones_own_with_red_flags_marked(street: Street) -> None:
    case, urgent = await street.claimed(), await street.claimed(flag=Flag.SUICIDE)
    await street.claimed("joost")
    listed = await street.writes("samira", "cases", Kind.COMMAND)
    assert listed is not None
    assert [label[:7] for label in labels(listed)] == [urgent.number, case.number]
    assert listed.buttons[0][0].emoji == "🔴"
    shown = await street.taps("samira", case.number, listed)
    assert shown is not None
    assert shown.case == case.id


async def test_no_cases_are_told_too(street: Street) -> None:
    said = await street.writes("joost", "cases", Kind.COMMAND)
    assert said is not None
    assert said.text == "You have no cases."


async def test_duty_goes_off_and_on(street: Street) -> None:
    await street.writes("samira", "duty off", Kind.COMMAND)
    assert not (await street.worker("samira")).on_duty
    await street.writes("samira", "duty on", Kind.COMMAND)
    assert (await street.worker("samira")).on_duty
    said = await street.writes("samira", "duty maybe", Kind.COMMAND)
    assert said is not None
    assert said.key == "staff_duty_which"


async def test_who_is_away_gets_nothing_new_and_can_give_their_cases_back(street: Street) -> None:
    case = await street.claimed()
    said = await street.writes("samira", "away 3", Kind.COMMAND)
    assert said is not None
    assert "24-11-2026 13:00" in said.text
    worker = await street.worker("samira")
    street.clock.move(days=2)
    assert not worker.available(street.clock())
    moved = await street.taps("samira", "Mijn zaken teruggeven", said)
    assert moved is not None
    assert moved.text.startswith("Teruggegeven: 1")
    assert (await street.now(case)).state is State.WAITING
    await street.writes("samira", "away off", Kind.COMMAND)
    assert (await street.worker("samira")).available(street.clock())


@pytest.mark.parametrize("days", ["0", "-1", "999", "tomorrow", "1e9", "٣٣٣٣٣"])
async def test_an_odd_number_of_days_is_asked_again(street: Street, days: str) -> None:
    said = await street.writes("samira", f"away {days}", Kind.COMMAND)
    assert said is not None
    assert said.key == "staff_away_which"
    assert (await street.worker("samira")).away_until is None


async def test_unlink_makes_the_chat_a_residents_again(street: Street) -> None:
    await street.writes("samira", "unlink", Kind.COMMAND)
    assert (await street.worker("samira")).chat == ""
    assert await street.store.worker_at(street.chats["samira"]) is None


async def test_any_other_command_gives_help(street: Street) -> None:
    for text, kind in (("menu", Kind.COMMAND), ("help", Kind.COMMAND), ("start", Kind.START)):
        said = await street.writes("samira", text, kind)
        assert said is not None
        assert said.key == "staff_help"


async def test_a_linked_chat_can_be_linked_to_somebody_else(street: Street) -> None:
    async with street.store.unit() as unit:
        await unit.give_token("abc", "link", "joost", NOON.replace(hour=13))
    await street.writes("samira", "start", Kind.START, payload="abc")
    found = await street.store.worker_at(street.chats["samira"])
    assert found is not None
    assert found.id == "joost"
    assert (await street.worker("samira")).chat == ""


async def test_a_worker_who_blocks_the_assistant_leaves_nothing_behind(street: Street) -> None:
    case = await street.claimed()
    await street.writes("samira", kind=Kind.BLOCKED)
    assert (await street.now(case)).state is State.WAITING
    assert (await street.worker("samira")).chat == ""
    assert (await street.last("joost")).case == case.id


async def test_somebody_who_left_is_a_resident_again(street: Street) -> None:
    case = await street.claimed()
    await street.change("samira", active=False)
    await street.writes("samira", "Dag.", reply_to=await street.card_of("samira", case))
    assert len((await street.file(case)).said) == 1
    assert (await street.worker("samira")).chat == ""


async def test_the_words_stay_on_the_desk_where_the_team_wants_that(street: Street) -> None:
    await street.team(CENTRE, text_in_telegram=False)
    case = await street.case("mijn geheim")
    await street.work.tell(case.id)
    mine = await street.taps("samira", "Ik pak deze op")
    assert mine is not None
    assert "geheim" not in mine.text
    assert "/desk/in/" in button_of(mine, "Werkplek").data


async def test_a_process_that_dies_after_sending_sends_nothing_twice(street: Street) -> None:
    case = await street.claimed()
    card = await street.card_of("samira", case)
    street.signals.dies = True
    with pytest.raises(Killed):
        await street.writes("samira", "Dag.", reply_to=card)
    street.signals.dies = False
    ((inbox_id, _),) = await street.store.waiting_inbox()
    taken = await street.store.take(inbox_id)
    assert taken is not None
    (told,) = await street.turn(*taken)
    assert told.text == f"Verstuurd naar {case.number}."
    assert [said.text for said in (await street.file(case)).said[1:]] == ["Dag."]
    assert [told.text for told in await street.told(case)][1:] == ["Samira:\nDag."]


async def test_a_process_that_dies_while_several_wait_sends_each_once(street: Street) -> None:
    case = await street.claimed()
    await street.writes("samira", "Een.")
    asked = await street.writes("samira", "Twee.")
    street.signals.dies = True
    with pytest.raises(Killed):
        await street.taps("samira", "Versturen naar", asked)
    street.signals.dies = False
    ((inbox_id, _),) = await street.store.waiting_inbox()
    taken = await street.store.take(inbox_id)
    assert taken is not None
    (told,) = await street.turn(*taken)
    assert told.text == f"Verstuurd naar {case.number}."
    assert [said.text for said in (await street.file(case)).said[1:]] == ["Een.", "Twee."]


async def test_no_button_is_too_long_for_telegram(street: Street) -> None:
    async with street.store.unit() as unit:
        await unit.keep_template(Template("0123456789abcdef" * 2, "", "Lang", {"nl": "Dag."}))
    case = await street.claimed()
    for verb in ("show", "close", "hand_over", "template"):
        said = await street.writes("samira", f"w:{verb}:{case.id}", Kind.BUTTON)
        assert said is not None
        for row in said.buttons:
            for button in row:
                assert len(button.data.encode()) <= MAX_BUTTON_DATA or button.data.startswith("https://")
