"""The talk before a case, as the resident reads it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.core.case import How
from bot.core.case_phrases import Places
from bot.core.content import Content
from bot.core.language import LANGUAGES
from bot.core.message import ButtonStyle, File, Kind
from bot.core.triage import Triage
from tests.builders import FakeDialogue
from tests.services.street import CENTRE, Street
from tests.services.talk import Talk, buttons, keys

PHOTO = File("telegram", "photo1", Kind.PHOTO, 1000)
BIG = File("telegram", "film1", Kind.DOCUMENT, 60 * 1024 * 1024)
CARD = "utter_ask_case_consent"
ASK_AREA = "utter_ask_case_area"
WHERE = ["Deel waar ik ben", "Overslaan", "Nee, niet sturen"]


async def carded(talk: Talk, *words: str) -> str:
    """The card's text, after these words and a postcode."""
    await talk.asks()
    for text in words:
        await talk.says(text)
    (card,) = await talk.says("8911")
    return card.text


async def test_who_asks_for_a_person_is_asked_where_they_live_and_may_skip_it(talk: Talk) -> None:
    (asked,) = await talk.asks()
    assert "In welke buurt woont u?" in asked.text
    assert "Overslaan mag ook" in asked.text
    assert "112" in asked.text
    assert buttons(asked) == WHERE
    assert not await talk.has_case()


async def test_the_card_shows_everything_that_is_shared_and_with_whom(talk: Talk) -> None:
    card = await carded(talk, "Mijn dochter eet niet meer.")
    assert card.startswith("Dit stuur ik naar Team Centrum:")
    assert "Uw woorden: “ik wil een mens spreken / Mijn dochter eet niet meer.”" in card
    assert "Buurt: de Vlietzone (8911)" in card
    assert "Hoe: in deze chat" in card
    assert "Wanneer: als het team tijd heeft" in card
    assert "Taal: Nederlands" in card
    assert "coördinator" in card
    assert buttons(talk.last) == ["Ja, stuur dit", "Iets veranderen", "Nee, niet sturen"]


@pytest.mark.parametrize(
    "told",
    ["8911", "8911 AB", "٨٩١١", "mijn postcode is 8911ab", "de Vlietzone", "Ik woon in de vlietzone", "NL-8911 AB"],
)
async def test_an_area_is_understood_by_postcode_or_name_and_only_the_area_is_kept(talk: Talk, told: str) -> None:
    await talk.asks()
    (card,) = await talk.says(told)
    assert "de Vlietzone (8911)" in card.text
    draft = (await talk.remembered()).draft
    assert draft is not None
    assert draft.area == "8911"
    assert draft.words == ("ik wil een mens spreken",)


async def test_a_thank_you_is_no_words_for_the_worker_and_what_was_asked_still_waits(talk: Talk) -> None:
    talk.dialogue.script["dank u"] = "thanks"
    await talk.asks()
    assert keys(await talk.says("dank u")) == [ASK_AREA]
    (card,) = await talk.says("8911")
    assert "dank u" not in card.text
    assert keys(await talk.says("dank u")) == [CARD]


async def test_an_area_among_other_words_does_not_swallow_them(talk: Talk) -> None:
    await talk.asks()
    (card,) = await talk.says("we wonen in 8911 en mijn man drinkt weer elke avond")
    assert "de Vlietzone (8911)" in card.text
    assert "mijn man drinkt weer elke avond" in card.text


async def test_a_shared_place_is_turned_into_its_neighbourhood(street: Street, talk: Talk) -> None:
    async with street.store.unit() as unit:
        area = (await street.store.areas())[0]
        await unit.keep_area(replace(area, latitude=53.2, longitude=5.8))
    await talk.asks()
    (card,) = await talk.says("", Kind.LOCATION, place=(53.201, 5.801))
    assert "de Vlietzone (8911)" in card.text
    assert "53.2" not in card.text


@pytest.mark.parametrize("language", LANGUAGES)
async def test_a_button_shares_where_somebody_is_in_every_language(
    street: Street, content: Content, triage: Triage, language: str
) -> None:
    talk = await Talk(street, content, triage, language=language).start()
    (asked,) = await talk.commands("person")
    here = asked.buttons[0][0]
    assert here.style is ButtonStyle.LOCATION
    assert here.emoji in here.hint
    assert len(here.hint) <= 64, "Telegram shows no more of it where people type"
    assert not here.data


async def test_a_place_shared_after_a_wrong_one_brings_the_card(street: Street, talk: Talk) -> None:
    async with street.store.unit() as unit:
        area = (await street.store.areas())[0]
        await unit.keep_area(replace(area, latitude=53.2, longitude=5.8))
    await talk.asks()
    (said,) = await talk.says("", Kind.LOCATION, place=(36.2, 37.1))
    assert buttons(said) == WHERE
    (card,) = await talk.says("", Kind.LOCATION, place=(53.201, 5.801))
    assert card.key == CARD
    draft = (await talk.remembered()).draft
    assert draft is not None
    assert (draft.area, draft.words) == ("8911", ("ik wil een mens spreken",))


async def test_a_place_far_away_is_told_to_be_unknown(talk: Talk) -> None:
    await talk.asks()
    (said,) = await talk.says("", Kind.LOCATION, place=(36.2, 37.1))
    assert said.key == "utter_case_area_unknown"


async def test_where_one_lives_may_be_skipped(talk: Talk) -> None:
    await talk.asks()
    (card,) = await talk.taps("Overslaan")
    assert "Buurt: niet gedeeld" in card.text
    assert "Team Centrum" in card.text


async def test_who_came_by_a_qr_code_is_not_asked_where_they_live(talk: Talk) -> None:
    await talk.says("start", Kind.START, payload="8911")
    (card,) = await talk.asks()
    assert card.key == CARD
    assert "de Vlietzone (8911)" in card.text


@pytest.mark.parametrize("told", ["0123", "12345", "B-1000", "1000 Brussel", "12"])
async def test_a_postcode_that_is_none_is_asked_for_again(talk: Talk, told: str) -> None:
    await talk.asks()
    (said,) = await talk.says(told)
    assert said.key == "utter_case_area_unknown"
    assert buttons(said) == WHERE
    (card,) = await talk.says("8911")
    assert card.key == CARD
    assert told not in card.text.replace("8911", "")


async def test_a_postcode_of_no_team_is_told_to_go_to_the_region(talk: Talk) -> None:
    await talk.asks()
    said, card = await talk.says("1011")
    assert said.text == "Voor 1011 is hier nog geen team. Uw bericht kan naar Team Centrum."
    assert card.key == CARD


async def test_words_typed_meanwhile_are_kept_and_nothing_is_sent(talk: Talk) -> None:
    await talk.asks()
    (said,) = await talk.says("ik weet niet meer wat ik moet")
    assert said.text.startswith("Dank u, dit zet ik bij uw bericht. Er is nog niets verstuurd.")
    assert "In welke buurt woont u?" in said.text
    assert buttons(said) == WHERE
    await talk.says("8911")
    kept, card = await talk.says("en ik slaap niet")
    assert kept.key == "utter_case_kept_words"
    assert "ik weet niet meer wat ik moet / en ik slaap niet" in card.text
    assert not await talk.has_case()


async def test_a_worry_told_in_the_talk_is_for_the_worker(talk: Talk) -> None:
    await talk.asks()
    (said,) = await talk.says("ik kan de huur niet betalen")
    assert said.key == "utter_case_kept_words"


async def test_a_question_in_between_is_answered_and_the_talk_goes_on(talk: Talk) -> None:
    await talk.asks()
    assert keys(await talk.says("wat kost de griepprik")) == ["utter_flu_jab", ASK_AREA]
    (card,) = await talk.says("8911")
    assert "wat kost de griepprik" in card.text, "the worker may know of it"
    assert keys(await talk.says("wat kost de griepprik")) == ["utter_flu_jab", CARD]


async def test_a_file_goes_along_and_is_counted_on_the_card(talk: Talk) -> None:
    await talk.asks()
    await talk.says("kijk", Kind.PHOTO, file=PHOTO)
    (card,) = await talk.says("8911")
    assert "Foto’s en opnames: 1" in card.text


async def test_a_file_of_60_mb_is_refused_and_its_words_are_kept(talk: Talk) -> None:
    await talk.asks()
    refused, asked = await talk.says("dit is de film", Kind.DOCUMENT, file=BIG)
    assert "groter dan 20 MB" in refused.text
    assert asked.key == "utter_case_kept_words"
    (card,) = await talk.says("8911")
    assert "dit is de film" in card.text
    assert "Foto’s" not in card.text


@pytest.mark.parametrize("leaving", ["nee laat maar", "nee"])
@pytest.mark.parametrize("after", [(), ("8911",)])
async def test_who_changes_their_mind_leaves_and_nothing_stays(
    talk: Talk, leaving: str, after: tuple[str, ...]
) -> None:
    await talk.asks()
    for text in after:
        await talk.says(text)
    (said,) = await talk.says(leaving)
    assert "er is niets verstuurd" in said.text
    memory = await talk.remembered()
    assert memory.draft is None
    assert talk.dialogue.asking(memory.snapshot) == ""
    (asked,) = await talk.asks()
    assert asked.key == ASK_AREA
    assert not await talk.has_case()


@pytest.mark.parametrize("words", ["weet niet", "geen idee", "bilmiyorum", "لا أعرف"])
async def test_who_does_not_know_where_they_live_goes_on_without(talk: Talk, words: str) -> None:
    await talk.asks()
    (card,) = await talk.says(words)
    assert "Buurt: niet gedeeld" in card.text


async def test_no_as_a_button_leaves_too(talk: Talk) -> None:
    await carded(talk)
    (said,) = await talk.taps("Nee, niet sturen")
    assert said.key == "utter_case_not_sent"
    assert (await talk.remembered()).draft is None


async def test_a_sentence_that_begins_with_no_is_no_no(talk: Talk) -> None:
    dialogue = talk.dialogue
    assert isinstance(dialogue, FakeDialogue)
    dialogue.unsure["nee ik heb geen geld"] = ("deny", 0.51)
    dialogue.unsure["ja maar ik ben bang"] = ("affirm", 0.88)
    await carded(talk)
    await talk.says("nee ik heb geen geld")
    kept, card = await talk.says("ja maar ik ben bang")
    assert kept.key == "utter_case_kept_words"
    assert "nee ik heb geen geld / ja maar ik ben bang" in card.text
    assert not await talk.has_case()


async def test_a_yes_before_the_card_sends_nothing_now_or_later(talk: Talk) -> None:
    await talk.asks()
    (again,) = await talk.says("ja")
    assert again.key == ASK_AREA
    (card,) = await talk.says("8911")
    assert card.key == CARD
    assert not await talk.has_case()


async def test_a_typed_yes_to_the_card_sends_it(talk: Talk) -> None:
    await carded(talk)
    (sent,) = await talk.says("ja")
    assert sent.key == "utter_case_sent"
    assert await talk.has_case()


@pytest.mark.parametrize("label", ["Ja, stuur dit", "Nee, niet sturen", "Iets veranderen"])
@pytest.mark.parametrize("end", ["Ja, stuur dit", "Nee, niet sturen", "/stop"])
async def test_buttons_of_an_old_card_do_nothing_more(talk: Talk, label: str, end: str) -> None:
    await carded(talk)
    card = talk.last
    await (talk.commands("stop") if end == "/stop" else talk.taps(end))
    had = await talk.has_case()
    (said,) = await talk.taps(label, on=card)
    assert said.key in {"utter_old_button", "utter_case_already"}
    assert "{" not in said.text
    assert await talk.has_case() is had


async def test_change_offers_how_when_area_and_words(talk: Talk) -> None:
    await carded(talk)
    (said,) = await talk.taps("Iets veranderen")
    assert buttons(said) == ["In deze chat", "Bel mij", "Ik kom langs", "Wanneer", "Buurt", "Uw woorden"]


async def test_a_telephone_number_is_asked_only_of_who_wants_to_be_called_and_is_checked(talk: Talk) -> None:
    await carded(talk)
    await talk.taps("Iets veranderen")
    (asked,) = await talk.taps("Bel mij")
    assert "Op welk nummer" in asked.text
    (wrong,) = await talk.says("112")
    assert wrong.key == "utter_case_phone_wrong"
    (card,) = await talk.says("06 12345678")
    assert "Telefoon: +31 6 12345678" in card.text
    assert "Hoe: bel mij" in card.text
    assert "112" not in card.text


async def test_without_a_number_nobody_is_promised_a_call(talk: Talk) -> None:
    await carded(talk)
    await talk.taps("Iets veranderen")
    (asked,) = await talk.taps("Bel mij")
    (card,) = await talk.taps("In deze chat", on=asked)
    assert "Hoe: in deze chat" in card.text
    await talk.taps("Iets veranderen")
    await talk.taps("Bel mij")
    (card,) = await talk.says("nee")
    assert card.key == CARD
    assert "Hoe: in deze chat" in card.text


async def test_who_would_rather_come_along_reads_when(street: Street, talk: Talk) -> None:
    await street.team(CENTRE, walk_in="dinsdag 10-12 uur")
    await carded(talk)
    await talk.taps("Iets veranderen")
    (card,) = await talk.taps("Ik kom langs")
    assert "Hoe: ik kom langs (dinsdag 10-12 uur)" in card.text


async def test_when_is_in_ones_own_words_and_may_be_left(talk: Talk) -> None:
    await carded(talk)
    await talk.taps("Iets veranderen")
    (asked,) = await talk.taps("Wanneer")
    assert buttons(asked) == ["als het team tijd heeft"]
    (card,) = await talk.says("maandag na 5 uur")
    assert "Wanneer: maandag na 5 uur" in card.text
    await talk.taps("Iets veranderen")
    (asked,) = await talk.taps("Wanneer")
    (card,) = await talk.taps("als het team tijd heeft", on=asked)
    assert "Wanneer: als het team tijd heeft" in card.text


@pytest.mark.parametrize("field", ["Bel mij", "Wanneer"])
async def test_never_mind_leaves_also_where_something_is_to_be_typed(talk: Talk, field: str) -> None:
    await carded(talk)
    await talk.taps("Iets veranderen")
    await talk.taps(field)
    (said,) = await talk.says("nee laat maar")
    assert said.key == "utter_case_not_sent"
    assert (await talk.remembered()).draft is None


async def test_a_question_where_a_number_is_to_be_typed_is_answered_and_the_number_asked_again(talk: Talk) -> None:
    dialogue = talk.dialogue
    assert isinstance(dialogue, FakeDialogue)
    dialogue.script["wat kost de griepprik?"] = "flu_jab"
    await carded(talk)
    await talk.taps("Iets veranderen")
    await talk.taps("Bel mij")
    assert keys(await talk.says("wat kost de griepprik?")) == ["utter_flu_jab", "utter_ask_case_phone"]
    (card,) = await talk.says("058 123 45 67")
    assert "+31 58 123 4567" in card.text


async def test_the_area_can_be_told_anew_and_everything_else_stays(talk: Talk) -> None:
    await carded(talk, "Mijn dochter eet niet meer.")
    await talk.taps("Iets veranderen")
    await talk.taps("Ik kom langs")
    await talk.taps("Iets veranderen")
    (asked,) = await talk.taps("Buurt")
    assert asked.key == ASK_AREA
    _, card = await talk.says("9001")
    assert "Buurt: 9001" in card.text
    assert "Mijn dochter eet niet meer." in card.text
    assert "ik kom langs" in card.text


async def test_ones_words_can_be_taken_out_and_written_anew(talk: Talk) -> None:
    await carded(talk, "Dit had ik niet willen zeggen.")
    await talk.taps("Iets veranderen")
    said, card = await talk.taps("Uw woorden")
    assert "Schrijf nu zelf" in said.text
    assert "niet willen zeggen" not in card.text
    _, card = await talk.says("Ik wil praten over mijn dochter.")
    assert "Uw woorden: “Ik wil praten over mijn dochter.”" in card.text


async def test_the_language_may_change_in_between_and_the_question_comes_in_it(talk: Talk) -> None:
    await carded(talk, "Mijn dochter eet niet meer.")
    said, card = await talk.says("l:tr", Kind.BUTTON)
    assert said.language == card.language == "tr"
    assert card.key == CARD
    assert "Mijn dochter eet niet meer." in card.text
    assert "Dil: Türkçe" in card.text


async def test_two_answers_in_one_second_make_one_card_of_the_last_area(talk: Talk) -> None:
    await talk.asks()
    await talk.says("8911")
    messages = await talk.says("8911")
    assert keys(messages) == [CARD]
    assert "8911 /" not in messages[0].text


async def test_hidden_marks_are_no_words(talk: Talk) -> None:
    await talk.asks()
    (asked,) = await talk.says("\u200b\u200b")
    assert asked.key == ASK_AREA
    draft = (await talk.remembered()).draft
    assert draft is not None
    assert len(draft.words) == 1


async def test_somebody_under_16_reads_that_the_choice_is_theirs(talk: Talk) -> None:
    card = await carded(talk, "ik ben 14 en het gaat niet goed")
    assert "Ook dan kiest u zelf" in card
    assert "0800-0432" in card
    assert "Uw ouders krijgen van mij geen bericht" in card


async def test_fourteen_weeks_is_no_age(talk: Talk) -> None:
    assert "0800-0432" not in await carded(talk, "ik ben 14 weken zwanger")


async def test_a_red_flag_offers_a_person_and_keeps_the_words_for_one_tap(talk: Talk) -> None:
    (danger,) = await talk.says("ik wil niet meer leven")
    assert "113" in danger.text
    (asked,) = await talk.taps("Een mens spreken")
    assert asked.key == ASK_AREA
    (card,) = await talk.says("8911")
    assert "ik wil niet meer leven" in card.text
    assert "Met spoed: Ja" in card.text


async def test_a_red_flag_that_nobody_takes_up_is_not_kept(talk: Talk) -> None:
    (danger,) = await talk.says("ik wil niet meer leven")
    await talk.says("wat kost de griepprik")
    assert (await talk.remembered()).draft is None
    (asked,) = await talk.taps("Een mens spreken", on=danger)
    assert asked.key == ASK_AREA, "a person is there all the same"
    (card,) = await talk.says("8911")
    assert "niet meer leven" not in card.text


async def test_yes_after_a_red_flag_is_taken_up_with_the_numbers_again(talk: Talk) -> None:
    await talk.says("ik wil niet meer leven")
    danger, asked = await talk.says("ja")
    assert "113" in danger.text
    assert asked.key == ASK_AREA


async def test_a_red_flag_in_the_talk_fires_and_goes_along(talk: Talk) -> None:
    await talk.asks()
    (danger,) = await talk.says("ik wil niet meer leven")
    assert danger.urgent
    (card,) = await talk.says("8911")
    assert "ik wil niet meer leven" in card.text
    assert "Met spoed" in card.text


async def test_violence_asks_first_whether_it_is_safe_to_write_here(talk: Talk) -> None:
    (danger,) = await talk.says("mijn man slaat mij")
    assert danger.protect
    (safe,) = await talk.taps("Een mens spreken")
    assert "veilig schrijven" in safe.text
    assert not safe.pictogram
    assert safe.protect
    (asked,) = await talk.taps("Ja, dat kan")
    assert asked.key == ASK_AREA
    assert not asked.pictogram
    assert buttons(asked) == WHERE[1:], "a shared place leaves a map in the chat"
    (card,) = await talk.says("8911")
    assert card.protect
    assert not card.pictogram
    assert "slaat" not in card.text, "who looks over her shoulder reads nothing"
    assert "Uw woorden: wat u hier schreef" in card.text


@pytest.mark.parametrize("answer", ["Nee, nu niet", "nee", "nee laat maar"])
async def test_where_it_is_not_safe_everything_stops_and_nothing_is_kept(talk: Talk, answer: str) -> None:
    await talk.says("mijn man slaat mij")
    (safe,) = await talk.taps("Een mens spreken")
    (said,) = await (talk.taps(answer, on=safe) if answer[0] == "N" else talk.says(answer))
    assert said.key == "utter_case_safe_no"
    assert not said.pictogram
    assert (await talk.remembered()).draft is None


async def test_a_typed_yes_says_that_it_is_safe(talk: Talk) -> None:
    await talk.says("mijn man slaat mij")
    await talk.taps("Een mens spreken")
    (asked,) = await talk.says("ja")
    assert asked.key == ASK_AREA


async def test_other_words_where_it_is_asked_whether_it_is_safe_are_kept(talk: Talk) -> None:
    await talk.says("mijn man slaat mij")
    (safe,) = await talk.taps("Een mens spreken")
    (again,) = await talk.says("hij slaapt nu")
    assert again.key == safe.key
    draft = (await talk.remembered()).draft
    assert draft is not None
    assert draft.words == ("mijn man slaat mij", "hij slaapt nu")


async def test_two_failures_offer_a_person_and_the_last_words_go_along(talk: Talk) -> None:
    await talk.says("eh bla")
    (offer,) = await talk.says("van die dingen")
    assert offer.key == "utter_not_understood_person"
    (asked,) = await talk.taps("Een mens spreken")
    assert asked.key == ASK_AREA
    draft = (await talk.remembered()).draft
    assert draft is not None
    assert draft.door == "failures"
    assert draft.words == ("eh bla", "van die dingen")


async def test_a_worry_that_was_not_understood_goes_along_when_a_person_is_asked_for_next(talk: Talk) -> None:
    await talk.says("ze eet niet en ze zegt niets")
    await talk.asks()
    (card,) = await talk.says("8911")
    assert "ze eet niet en ze zegt niets / ik wil een mens spreken" in card.text


async def test_an_answer_that_offers_a_person_hands_its_subject_and_the_words_on(talk: Talk) -> None:
    (answer,) = await talk.says("ik kan de huur niet betalen")
    await talk.taps("Een mens spreken", on=answer)
    (card,) = await talk.says("8911")
    assert "Waar het over gaat: Zorgen over geld" in card.text
    assert "ik kan de huur niet betalen" in card.text


async def test_without_any_team_there_is_the_telephone(street: Street, content: Content, triage: Triage) -> None:
    talk = await Talk(street, content, triage, places=Places()).start()
    (said,) = await talk.asks()
    assert said.key == "utter_talk_to_person"
    assert any("088-000 00 00" in label for label in buttons(said))
    assert (await talk.remembered()).draft is None


@pytest.mark.parametrize("moment", ["asks", "area", "send"])
async def test_when_the_dialogue_breaks_there_is_the_telephone(talk: Talk, moment: str) -> None:
    dialogue = talk.dialogue
    assert isinstance(dialogue, FakeDialogue)
    if moment != "asks":
        await talk.asks()
    if moment == "send":
        await talk.says("8911")
    dialogue.broken = True
    if moment == "asks":
        (said,) = await talk.commands("person")
    elif moment == "area":
        (said,) = await talk.says("8911")
    else:
        (said,) = await talk.taps("Ja, stuur dit")
    assert said.key == "utter_not_understood_person"
    assert any("088-000 00 00" in label for label in buttons(said))
    assert not await talk.has_case()


@pytest.mark.parametrize("language", ["nl", "fy", "en", "ar", "tr"])
async def test_every_step_can_be_read_in_every_language(
    street: Street, content: Content, triage: Triage, language: str
) -> None:
    talk = await Talk(street, content, triage, language=language).start()
    read = await talk.commands("person")
    read += await talk.says("c:skip", Kind.BUTTON)
    for data in ("c:change", "c:how:call", "c:how:walk_in", "c:when", "c:when:any", "c:words", "c:area", "c:skip"):
        read += await talk.says(data, Kind.BUTTON)
    read += await talk.says("c:send", Kind.BUTTON)
    read += await talk.commands("stop")
    assert all(message.language == language for message in read)
    assert all("{" not in message.text for message in read)
    assert read[-1].key == "utter_case_withdrawn"


async def test_how_somebody_wants_to_be_reached_comes_into_the_case(talk: Talk) -> None:
    await carded(talk)
    await talk.taps("Iets veranderen")
    await talk.taps("Ik kom langs")
    await talk.taps("Ja, stuur dit")
    assert (await talk.case()).how is How.WALK_IN
