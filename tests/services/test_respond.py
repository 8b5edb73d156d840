"""What a resident gets to see, message by message, with the real texts and a scripted dialogue."""

from __future__ import annotations

import pytest

from bot.core.content import Answer, Content, Topic
from bot.core.conversation import Conversation
from bot.core.entry import Kind as EntryKind
from bot.core.entry import Ref
from bot.core.errors import DialogueError
from bot.core.language import LANGUAGES
from bot.core.message import Kind
from bot.core.overlay import overlaid
from bot.core.phrases import Host
from bot.core.triage import Flag, Triage
from bot.services.ports import Guess, Reply
from bot.services.turns.respond import Respond, Turn
from tests.builders import FakeDialogue, incoming, responding

KNOWN = Conversation(chosen="nl", welcomed=True)


@pytest.fixture
def dialogue() -> FakeDialogue:
    return FakeDialogue({"wat kost de griepprik": "flu_jab", "mpox": "mpox", "hoi": "greet", "nog eens": "repeat"})


@pytest.fixture
def respond(content: Content, triage: Triage, dialogue: FakeDialogue) -> Respond:
    return responding(content, dialogue)


def labels(turn: Turn, message: int = 0) -> list[str]:
    return [button.label for row in turn.outgoing[message].buttons for button in row]


async def test_a_question_gets_its_answer_with_picture_source_and_honest_line(
    respond: Respond, content: Content
) -> None:
    turn = await respond("r", incoming(), KNOWN)
    (answer,) = turn.outgoing
    assert "60" in answer.text
    assert answer.pictogram in content.pictograms
    assert answer.alt
    assert any("RIVM" in note for note in answer.notes)
    assert answer.notes[-1] == "Nog niet nagekeken door een zorgverlener."
    assert "Bijwerkingen" in labels(turn)


async def test_start_shows_only_the_languages_each_in_its_own_script(respond: Respond) -> None:
    turn = await respond("r", incoming("", Kind.START), Conversation())
    assert labels(turn) == [language.name for language in LANGUAGES.values()]
    assert len(turn.outgoing) == 1


async def test_a_chosen_language_brings_the_welcome_and_the_menu(respond: Respond) -> None:
    turn = await respond("r", incoming("l:ar", Kind.BUTTON), Conversation())
    welcome, menu = turn.outgoing
    assert welcome.language == menu.language == "ar"
    assert len(labels(turn, 1)) == 6
    assert menu.pictogram.count("+") == 5


async def test_who_stands_behind_the_assistant_is_named(
    content: Content, triage: Triage, dialogue: FakeDialogue
) -> None:
    host = Host("Samira", "sociaal werker", "Welzijn Voorbeeld")
    turn = await responding(content, dialogue, host)("r", incoming("l:nl", Kind.BUTTON), Conversation())
    assert "Samira" in turn.outgoing[0].text
    assert "Welzijn Voorbeeld" in turn.outgoing[0].text


async def test_a_question_typed_first_is_answered_before_the_welcome(respond: Respond) -> None:
    turn = await respond("r", incoming(), Conversation())
    assert [message.key for message in turn.outgoing] == ["utter_flu_jab", "utter_welcome_no_person"]
    again = await respond("r", incoming(), turn.conversation)
    assert [message.key for message in again.outgoing] == ["utter_flu_jab"]


async def test_a_topic_without_a_text_says_so_and_names_who_can_help(respond: Respond) -> None:
    turn = await respond("r", incoming("mpox"), KNOWN)
    assert turn.outgoing[0].key == "utter_no_answer_yet"
    assert "mpox" in turn.outgoing[0].text.lower()


async def test_danger_is_answered_at_once_even_when_the_language_model_is_broken(
    respond: Respond, dialogue: FakeDialogue
) -> None:
    dialogue.broken = True
    turn = await respond("r", incoming("ik wil niet meer leven"), KNOWN)
    assert turn.flag is Flag.SUICIDE
    assert "113" in turn.outgoing[0].text
    assert turn.outgoing[0].urgent


async def test_danger_stands_above_any_question_in_the_same_message(respond: Respond, dialogue: FakeDialogue) -> None:
    dialogue.script["wat kost de griepprik, mijn man ademt niet meer"] = "flu_jab"
    turn = await respond("r", incoming("wat kost de griepprik, mijn man ademt niet meer"), KNOWN)
    assert turn.flag is Flag.DANGER_TO_LIFE
    assert "112" in turn.outgoing[0].text


async def test_the_second_opinion_adds_a_question_or_the_numbers(respond: Respond, dialogue: FakeDialogue) -> None:
    dialogue.flag = Guess("suicide", 0.6)
    doubt = await respond("r", incoming("zomaar wat"), KNOWN)
    assert doubt.outgoing[0].key == "flag_suicide_question"
    dialogue.flag = Guess("suicide", 0.95)
    sure = await respond("r", incoming("zomaar wat"), KNOWN)
    assert sure.outgoing[0].key == "flag_suicide"


async def test_not_understood_offers_topics_and_the_second_time_a_person(respond: Respond) -> None:
    first = await respond("r", incoming("eh"), KNOWN)
    assert first.offered == ("hpv", "flu_jab")
    assert labels(first)[-1] == "Iets anders"
    second = await respond("r", incoming("eh"), first.conversation)
    assert second.said == ("utter_not_understood_person",)
    assert any("088-000 00 00" in label for label in labels(second))


async def test_a_broken_language_model_never_means_silence(respond: Respond, dialogue: FakeDialogue) -> None:
    dialogue.broken = True
    turn = await respond("r", incoming(), KNOWN)
    assert turn.said == ("utter_not_understood_person",)
    pressed = await respond("r", incoming("t:hpv", Kind.BUTTON), KNOWN)
    assert pressed.outgoing


async def test_simpler_more_and_repeat_work_on_the_last_answer(
    respond: Respond, dialogue: FakeDialogue, content: Content
) -> None:
    dialogue.script |= {"makkelijker": "simpler", "meer": "more"}
    asked = await respond("r", incoming(), KNOWN)
    answer = content.answers["utter_flu_jab", "nl"]
    simpler = await respond("r", incoming("makkelijker"), asked.conversation)
    assert simpler.outgoing[0].text == content.filled(answer.simple, "nl")
    more = await respond("r", incoming("meer"), simpler.conversation)
    assert more.outgoing[0].text == content.filled(next(iter(answer.sections.values())), "nl")
    again = await respond("r", incoming("nog eens"), more.conversation)
    assert again.outgoing[0].text == more.outgoing[0].text


async def test_more_ends_when_everything_was_said(respond: Respond, dialogue: FakeDialogue, content: Content) -> None:
    dialogue.script["meer"] = "more"
    turn = await respond("r", incoming(), KNOWN)
    for _ in content.answers["utter_flu_jab", "nl"].sections:
        turn = await respond("r", incoming("meer"), turn.conversation)
    assert (await respond("r", incoming("meer"), turn.conversation)).outgoing[0].key == "utter_no_more"


async def test_repeat_with_nothing_said_yet_is_kind(respond: Respond) -> None:
    turn = await respond("r", incoming("nog eens"), KNOWN)
    assert turn.outgoing[0].key == "utter_repeat"


@pytest.mark.parametrize(
    "kind",
    [k for k in Kind if k not in {Kind.TEXT, Kind.BUTTON, Kind.START, Kind.COMMAND, Kind.BLOCKED, Kind.UNBLOCKED}],
)
async def test_every_kind_of_message_gets_a_kind_reply_with_the_menu(respond: Respond, kind: Kind) -> None:
    turn = await respond("r", incoming("", kind), KNOWN)
    assert turn.outgoing[0].key == f"utter_got_{kind}"
    assert len(labels(turn)) == 6


async def test_a_photo_with_words_gets_both_a_kind_reply_and_an_answer(respond: Respond) -> None:
    turn = await respond("r", incoming("wat kost de griepprik", Kind.PHOTO), KNOWN)
    assert [message.key for message in turn.outgoing] == ["utter_got_photo", "utter_flu_jab"]


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("", "utter_empty"),
        ("\u200b\u202e", "utter_empty"),
        ("🙏🙏", "utter_got_sticker"),
        ("\x00\x07", "utter_empty"),
    ],
)
async def test_nothing_to_read_is_told_and_never_given_to_the_model(
    respond: Respond, dialogue: FakeDialogue, text: str, key: str
) -> None:
    turn = await respond("r", incoming(text), KNOWN)
    assert turn.outgoing[0].key == key
    assert dialogue.heard == []


async def test_ten_thousand_characters_are_read_in_part_and_searched_for_danger_in_full(
    respond: Respond,
) -> None:
    long = "mijn kind hoest " * 620
    turn = await respond("r", incoming(long), KNOWN)
    assert turn.outgoing[0].key == "utter_too_long"
    assert (await respond("r", incoming(long + " ik wil niet meer leven"), KNOWN)).flag is Flag.SUICIDE


@pytest.mark.parametrize(
    "data", ["", "ask_hpv", "/restart", "t:nonsense:benefits", "l:xx", "m:nonsense", "z:1", "k:drop table"]
)
async def test_unknown_button_data_shows_the_menu_again(respond: Respond, data: str) -> None:
    turn = await respond("r", incoming(data, Kind.BUTTON), KNOWN)
    assert turn.outgoing
    assert turn.outgoing[0].buttons or turn.outgoing[0].text


async def test_a_section_is_shown_and_what_to_ask_next_is_offered(respond: Respond, content: Content) -> None:
    turn = await respond("r", incoming("t:flu_jab:side_effects", Kind.BUTTON), KNOWN)
    answer = content.answers["utter_flu_jab", "nl"]
    assert turn.outgoing[0].text == content.filled(answer.sections["side_effects"], "nl")
    assert set(labels(turn)) >= {content.labels["nl"].topics[key] for key in answer.next}


async def test_another_language_gets_its_emergency_card_once(respond: Respond, dialogue: FakeDialogue) -> None:
    dialogue.foreign = "pl"
    turn = await respond("r", incoming("czy to jest bezpieczne"), KNOWN)
    assert turn.outgoing[0].language == "pl"
    assert "112" in turn.outgoing[0].text
    again = await respond("r", incoming("czy to jest bezpieczne"), turn.conversation)
    assert all(message.language != "pl" for message in again.outgoing)


async def test_a_first_message_in_another_language_gets_its_card_an_answer_and_the_welcome(
    respond: Respond, dialogue: FakeDialogue
) -> None:
    dialogue.foreign = "pl"
    turn = await respond("r", incoming("czy to jest bezpieczne"), Conversation())
    assert [said.language for said in turn.outgoing] == ["pl", "nl", "nl"]
    assert turn.outgoing[-1].key == "utter_welcome_no_person"


async def test_whoever_finds_the_simplest_words_too_hard_is_offered_a_person(
    respond: Respond, dialogue: FakeDialogue
) -> None:
    dialogue.script |= {"ik snap het niet": "simpler", "wat": "simpler"}
    asked = await respond("r", incoming(), KNOWN)
    simple = await respond("r", incoming("ik snap het niet"), asked.conversation)
    assert len(simple.outgoing) == 1
    again = await respond("r", incoming("wat"), simple.conversation)
    assert [said.key for said in again.outgoing] == ["utter_flu_jab", "utter_case_offer"]
    assert again.outgoing[1].buttons[0][0].data == "k:talk_to_person"


@pytest.mark.parametrize("key", ["who_are_you", "are_you_a_robot"])
async def test_where_the_answer_asks_whether_a_person_is_wanted_there_is_a_button_for_it(
    respond: Respond, dialogue: FakeDialogue, key: str
) -> None:
    dialogue.script["wie ben jij"] = key
    assert labels(await respond("r", incoming("wie ben jij"), KNOWN))[0] == "Een mens spreken"


async def test_the_language_typed_is_the_language_answered(respond: Respond, dialogue: FakeDialogue) -> None:
    dialogue.languages = {"tr": 0.99, "nl": 0.01}
    dialogue.script["asi zorunlu mu acaba"] = "vaccination_mandatory"
    turn = await respond("r", incoming("asi zorunlu mu acaba"), Conversation())
    assert turn.language == "tr"


async def test_unreviewed_texts_are_not_said_where_they_may_not_be(
    content: Content, triage: Triage, dialogue: FakeDialogue
) -> None:
    turn = await responding(content, dialogue, serve_unreviewed=False)("r", incoming(), KNOWN)
    assert turn.outgoing[0].key == "utter_no_answer_yet"


async def test_forgetting_asks_first(respond: Respond) -> None:
    asked = await respond("r", incoming("forget", Kind.COMMAND), KNOWN)
    assert labels(asked) == ["Ja, wis alles", "Nee, niet wissen"]
    assert asked.ask_store == ""
    assert (await respond("r", incoming("f:yes", Kind.BUTTON), KNOWN)).ask_store == "forget"
    kept = await respond("r", incoming("f:no", Kind.BUTTON), KNOWN)
    assert kept.outgoing[0].key == "utter_forget_kept"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("command", ["menu", "help", "language", "person", "mydata", "forget", "about"])
async def test_every_command_answers_in_every_language(respond: Respond, language: str, command: str) -> None:
    turn = await respond("r", incoming(command, Kind.COMMAND), Conversation(chosen=language, welcomed=True))
    assert turn.ask_store or turn.outgoing[0].language == language


@pytest.mark.parametrize("language", LANGUAGES)
async def test_every_topic_meta_key_and_flag_can_be_said_in_every_language(
    respond: Respond, content: Content, language: str
) -> None:
    talk = Conversation(chosen=language, welcomed=True)
    for key in [*content.topics, *content.meta]:
        act = "t" if key in content.topics else "k"
        turn = await respond("r", incoming(f"{act}:{key}", Kind.BUTTON), talk)
        assert turn.outgoing or turn.ask_store, key
        assert all("{" not in message.text for message in turn.outgoing), key


async def test_a_topic_that_the_model_has_not_learnt_yet_is_answered_from_its_button(content: Content) -> None:
    new = [
        (Ref(EntryKind.TOPIC, "bike_helmet"), Topic("bike_helmet", "living")),
        (Ref(EntryKind.ANSWER, "utter_bike_helmet", "nl"), Answer("utter_bike_helmet", "nl", "Een helm beschermt u.")),
    ]

    class Unlearnt(FakeDialogue):
        async def choose(self, resident: str, snapshot: str, key: str) -> Reply:
            raise DialogueError("no button carries it")

    respond = responding(overlaid(content, new), Unlearnt())
    turn = await respond("r", incoming("t:bike_helmet", Kind.BUTTON), KNOWN)
    assert turn.outgoing[0].text == "Een helm beschermt u."
