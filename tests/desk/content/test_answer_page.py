"""Editing an answer, as editors and reviewers do it: without scripts, on a real newsroom and database."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.core.content import Answer
from bot.core.entry import Kind, Ref
from bot.core.revision import Change, Revision, Stage
from tests.desk.content.writing_room import WritingRoom, open_room
from tests.desk.hall import Hall

TEXT = "De prik is er in het najaar. U kiest zelf. Vraag de huisarts om raad. Vanaf {flu_jab_age} jaar is hij gratis."
OTHER = TEXT.replace("De prik is er", "U krijgt de prik")
WHY = "De zin was te lang."


@pytest.fixture
async def room(hall: Hall) -> WritingRoom:
    return await open_room(hall)


async def test_the_page_shows_the_text_its_length_its_facts_and_the_phone(room: WritingRoom) -> None:
    eva = await (await room.desk_of("eva")).open()
    assert eva.fields["text"] == [room.answer().text]
    assert "van 60 woorden" in eva.words
    assert '<code>{flu_jab_age}</code></button> <span><bdi lang="nl">60</bdi>' in eva.text
    assert room.says() in eva.words
    assert "Nog niet nagekeken door een zorgverlener." in eva.words
    assert "van 1024 tekens: één bericht, met de afbeelding." in eva.words


async def test_a_translation_stands_beside_the_dutch_and_runs_from_right_to_left(room: WritingRoom) -> None:
    eva = await (await room.desk_of("eva")).open("ar")
    assert room.answer().text in eva.words
    assert eva.fields["text"] == [room.answer("ar").text]
    assert '<textarea id="text" name="text" rows="6" maxlength="4000" lang="ar" dir="rtl"' in eva.text
    assert '<div class="phone" lang="ar" dir="rtl">' in eva.text


async def test_looking_and_saving_nothing_makes_no_draft(room: WritingRoom) -> None:
    eva = await (await room.desk_of("eva")).open()
    await eva.press()
    assert await room.draft("eva") is None


async def test_what_is_saved_is_a_draft_that_residents_do_not_see(room: WritingRoom) -> None:
    eva = await (await room.desk_of("eva")).open()
    await eva.press(text=TEXT)
    assert "Bewaard." in eva.words
    assert eva.fields["text"] == [TEXT]
    draft = await room.draft("eva")
    assert draft is not None
    assert (draft.body.text, draft.version) == (TEXT, 1)  # type: ignore[union-attr]
    assert not room.says().startswith(TEXT[:20])


async def test_every_field_of_the_form_is_kept_as_it_was_typed(room: WritingRoom) -> None:
    eva = await (await room.desk_of("eva")).open()
    await eva.press(
        text=TEXT,
        simple="U kiest zelf.",
        section__benefits="",
        section__when="In het najaar.",
        pictogram="calendar",
        source__name=["RIVM", ""],
        source__url=["https://www.rivm.nl/griep", ""],
        source__checked=["2026-10-01", "2026-11-21"],
        next=["hpv", "", "hpv"],
        effect=["find_place", "offer_person"],
    )
    draft = await room.draft("eva")
    assert draft is not None
    body = draft.body
    assert (body.text, body.simple, body.pictogram) == (TEXT, "U kiest zelf.", "calendar")  # type: ignore[union-attr]
    assert "benefits" not in body.sections  # type: ignore[union-attr]
    assert body.sections["when"] == "In het najaar."  # type: ignore[union-attr]
    assert [(one.name, one.url, one.checked.isoformat()) for one in body.sources] == [  # type: ignore[union-attr]
        ("RIVM", "https://www.rivm.nl/griep", "2026-10-01")
    ]
    assert (body.next, set(body.effects)) == (("hpv",), {"find_place", "offer_person"})  # type: ignore[union-attr]


async def test_a_section_is_added_and_taken_away_by_buttons(room: WritingRoom) -> None:
    eva = await (await room.desk_of("eva")).open()
    assert "section-costs" not in eva.fields
    await eva.press(new__section="costs", add__section="yes")
    assert eva.fields["section-costs"] == [""]
    await eva.press(section__costs="De prik is gratis.")
    assert eva.fields["section-costs"] == ["De prik is gratis."]
    await eva.press(drop__section="costs")
    assert "section-costs" not in eva.fields


async def test_a_source_is_taken_away_by_its_button(room: WritingRoom) -> None:
    eva = await (await room.desk_of("eva")).open()
    before = eva.fields["source-name"]
    await eva.press(drop__source="0")
    assert eva.fields["source-name"] == before[1:]


async def test_pictures_are_found_by_their_words_and_the_chosen_one_stays(room: WritingRoom) -> None:
    eva = await (await room.desk_of("eva")).open()
    await eva.press(find="yes", find__picture="zwanger")
    shown = [line for line in eva.text.splitlines() if 'name="pictogram"' in line and " hidden" not in line]
    assert any('value="pregnant"' in line for line in shown)
    assert any(f'value="{room.answer().pictogram}" checked' in line for line in shown)
    assert len(shown) < 5


async def test_what_the_rules_say_stands_beside_the_part_and_the_sentence(room: WritingRoom) -> None:
    eva = await (await room.desk_of("eva")).open()
    await eva.press(text=f"{TEXT} Dat is immunogeniciteit of niet!", simple="Vraag het aan {niemand}.")
    beside = eva.text.partition('id="found-text"')[2].partition("</div>")[0]
    assert "Houdt publiceren tegen" in beside
    assert "<mark>immunogeniciteit</mark> of niet!" in beside
    assert "Er staat een uitroepteken." in beside
    assert (
        "Er is geen gegeven met de naam {niemand}." in eva.text.partition('id="found-simple"')[2].partition("</div>")[0]
    )
    assert "[niemand]" in eva.words


async def test_a_hard_word_is_explained_when_the_glossary_has_one_like_it(room: WritingRoom) -> None:
    eva = await (await room.desk_of("eva")).open()
    await eva.press(text=f"{TEXT} Dat werkt ontstekingsremmend.")
    assert "In de woordenlijst staat “ontsteking”" in eva.words


async def test_publishing_is_stopped_and_nothing_typed_is_lost(room: WritingRoom) -> None:
    eva = await (await room.desk_of("eva")).open()
    await eva.press("publish", text=f"{TEXT} Kom langs!", why=WHY)
    assert eva.status == 422
    assert "Dit is niet gebeurd. Uw tekst staat hieronder." in eva.words
    assert (eva.fields["text"], eva.fields["why"]) == ([f"{TEXT} Kom langs!"], [WHY])
    assert "override-exclamation" in eva.fields
    assert "Kom langs" not in room.says()


async def test_a_rule_is_passed_over_with_a_reason_that_is_kept(room: WritingRoom) -> None:
    eva = await (await room.desk_of("eva")).open()
    await eva.press("publish", text=f"{TEXT} Kom langs!", override__exclamation="De naam van de actie is zo.")
    assert "Gepubliceerd. Bewoners lezen het vanaf nu." in eva.words
    assert "Kom langs!" in room.says()
    (revision,) = await room.hall.store.revisions(Ref(Kind.ANSWER, "utter_flu_jab", "nl"))
    assert [(one.rule, one.reason) for one in revision.overrides] == [("exclamation", "De naam van de actie is zo.")]


async def test_publishing_is_live_at_once_with_who_why_and_what_sort_of_change(room: WritingRoom) -> None:
    eva = await (await room.desk_of("eva")).open()
    assert "Dit geldt voor 4 vertalingen." in eva.words
    await eva.press("publish", text=TEXT, why=WHY, change="wording")
    assert "Gepubliceerd. Bewoners lezen het vanaf nu." in eva.words
    assert room.says() == TEXT.replace("{flu_jab_age}", "60")
    (revision,) = await room.hall.store.revisions(Ref(Kind.ANSWER, "utter_flu_jab", "nl"))
    assert (revision.author, revision.why, revision.change) == ("eva", WHY, Change.WORDING)
    assert await room.draft("eva") is None


async def test_only_who_knows_the_field_may_tick_that_they_read_it(room: WritingRoom) -> None:
    eva, rosa = await (await room.desk_of("eva")).open(), await (await room.desk_of("rosa")).open()
    assert 'name="reviewed"' not in eva.text
    await rosa.press("publish", text=TEXT, reviewed="yes")
    assert room.answer().review.status == "reviewed"
    reza = await (await room.desk_of("reza")).open("tr")
    assert 'name="reviewed"' in reza.text
    assert 'name="reviewed"' not in (await reza.open("ar")).text


async def test_a_draft_goes_to_review_comes_back_with_a_note_and_is_published_by_another(room: WritingRoom) -> None:
    eva, rosa = await (await room.desk_of("eva")).open(), await room.desk_of("rosa")
    await eva.press("submit", text=TEXT, why=WHY)
    assert "Het wordt nagekeken." in eva.words
    await rosa.open()
    assert "Eva sent a draft of this text to review" in rosa.words
    await rosa.open(author="eva")
    assert "Draft of Eva" in rosa.words
    assert "<ins>" in rosa.text
    assert WHY in rosa.words
    await rosa.press("give-back")
    assert "Write what the author should change." in rosa.words
    await rosa.press("give-back", why="Noem de leeftijd.")
    draft = await room.draft("eva")
    assert draft is not None
    assert (draft.stage, draft.note) == (Stage.DRAFT, "Noem de leeftijd.")
    await eva.open()
    assert "Teruggegeven aan u: Noem de leeftijd." in eva.words
    await eva.press("submit", text=OTHER)
    await rosa.open(author="eva")
    await rosa.press("publish", why="Klopt.", reviewed="yes")
    assert "Published." in rosa.words
    assert room.says() == OTHER.replace("{flu_jab_age}", "60")
    assert room.answer().review.status == "reviewed"


async def test_with_four_eyes_an_editor_is_told_to_send_it_to_review(hall: Hall) -> None:
    room = await open_room(hall, four_eyes=True)
    eva = await (await room.desk_of("eva")).open()
    assert "Iemand anders moet dit publiceren: laat het nakijken." in eva.words
    assert "/publish" not in eva.text
    await eva.press("publish", text=TEXT)
    assert "Iemand anders moet publiceren wat u schreef." in eva.words
    assert (await room.draft("eva")) is not None


async def test_the_same_editor_in_two_windows_sees_both_texts_and_chooses(room: WritingRoom) -> None:
    one, two = await (await room.desk_of("eva")).open(), await (await room.desk_of("eva")).open()
    await one.press(text=TEXT)
    await two.press(text=OTHER)
    assert two.status == 409
    assert two.fields["text"] == [OTHER]
    assert "U hebt deze tekst ook in een ander venster veranderd" in two.words
    assert "<del>" in two.text
    await two.press(text=OTHER)
    assert two.status == 409
    await two.press(keep="1")
    draft = await room.draft("eva")
    assert draft is not None
    assert (draft.body.text, draft.version) == (OTHER, 2)  # type: ignore[union-attr]


async def test_a_save_that_came_through_unheard_is_no_conflict(room: WritingRoom) -> None:
    eva = await (await room.desk_of("eva")).open()
    fields = eva.fields | {"text": TEXT}
    await eva.post("save", fields)
    assert (await eva.post("save", fields)).json()["state"] == "saved"


async def test_what_others_published_meanwhile_is_shown_and_the_own_text_goes_on_top(room: WritingRoom) -> None:
    eva, rosa = await (await room.desk_of("eva")).open(), await (await room.desk_of("rosa")).open()
    await eva.press(text=TEXT)
    await rosa.press("publish", text=OTHER)
    await eva.press("publish", text=TEXT)
    assert eva.status == 422
    assert "Iemand heeft intussen een andere tekst gepubliceerd" in eva.words
    assert eva.fields["text"] == [TEXT]
    assert room.says().startswith("U krijgt")
    await eva.press("rebase")
    await eva.press("publish")
    assert room.says() == TEXT.replace("{flu_jab_age}", "60")


async def test_one_can_go_on_from_what_others_published(room: WritingRoom) -> None:
    eva, rosa = await (await room.desk_of("eva")).open(), await (await room.desk_of("rosa")).open()
    await eva.press(text=TEXT)
    await rosa.press("publish", text=OTHER)
    await (await eva.open()).press("discard")
    assert eva.fields["text"] == [OTHER]
    assert await room.draft("eva") is None


async def test_two_editors_are_told_of_each_other_and_neither_loses_a_text(room: WritingRoom) -> None:
    eva, erik = await (await room.desk_of("eva")).open(), await (await room.desk_of("erik")).open()
    await eva.press(text=TEXT)
    await erik.press(text=OTHER)
    assert "Eva werkt ook aan deze tekst" in erik.words
    assert "?author=eva" in erik.text
    await erik.open(author="eva")
    assert TEXT in erik.words
    drafts = [await room.draft(name) for name in ("eva", "erik")]
    assert [draft.body.text for draft in drafts if draft] == [TEXT, OTHER]  # type: ignore[union-attr]


async def test_a_colleagues_draft_becomes_ones_own(room: WritingRoom) -> None:
    eva, erik = await (await room.desk_of("eva")).open(), await room.desk_of("erik")
    await eva.press(text=TEXT)
    await erik.open(author="eva")
    await erik.press("take")
    assert erik.fields["text"] == [TEXT]
    assert await room.draft("eva") is not None


async def test_a_draft_that_was_published_by_another_can_still_be_saved_as_a_new_one(room: WritingRoom) -> None:
    eva, rosa = await (await room.desk_of("eva")).open(), await room.desk_of("rosa")
    await eva.press(text=TEXT)
    await rosa.open(author="eva")
    await rosa.press("publish")
    told = (await eva.post("save", eva.fields | {"text": OTHER})).json()
    assert told["state"] == "conflict"
    await eva.press(text=OTHER)
    assert "Uw concept is intussen gepubliceerd of weggegooid." in eva.words
    await eva.press()
    assert eva.fields["text"] == [OTHER]
    assert await room.draft("eva") is not None


async def test_a_machine_drafts_a_translation_that_must_be_read_first(room: WritingRoom) -> None:
    eva = await (await room.desk_of("eva")).open("tr")
    await eva.press("translate")
    assert "Vertaling door een machine: niemand heeft dit nog gelezen." in eva.words
    assert str(eva.fields["text"][0]).startswith("[tr] De griepprik")
    await eva.press("publish")
    assert "niemand heeft het nog gelezen" in eva.words
    await eva.press("read")
    assert "Vink aan dat u elke zin hebt gelezen." in eva.words
    await eva.press("read", read__all="yes", text="Aşıyı siz seçersiniz. {flu_jab_age}")
    draft = await room.draft("eva", "tr")
    assert draft is not None
    assert (draft.machine, draft.body.text) == (False, "Aşıyı siz seçersiniz. {flu_jab_age}")  # type: ignore[union-attr]


async def test_a_machine_that_is_away_is_told_in_words(room: WritingRoom) -> None:
    room.machine.broken = True
    eva = await (await room.desk_of("eva")).open("tr")
    await eva.press("translate")
    assert "De vertaaldienst gaf geen antwoord." in eva.words


async def test_taking_a_text_away_is_a_draft_first(room: WritingRoom) -> None:
    ref = Ref(Kind.ANSWER, "utter_stress", "tr")
    async with room.hall.store.unit() as unit:
        body = Answer(ref.key, "tr", "Her zaman konuşun.")
        await unit.publish(Revision(0, ref, body, 0, "eva", "eva", room.hall.clock()))
    await room.hall.desk.editing.refresh()
    assert room.says("tr", "stress") == "Her zaman konuşun."
    eva = await (await room.desk_of("eva")).open("tr", "utter_stress")
    await eva.press("remove")
    assert "Dit concept haalt de tekst weg" in eva.words
    assert room.says("tr", "stress") == "Her zaman konuşun."
    await eva.press("publish", why="Te oud.")
    assert "Weggehaald." in eva.words
    assert "henüz iyi bir metnim yok" in room.says("tr", "stress")


async def test_taking_a_text_away_stays_so_on_top_of_what_others_published(room: WritingRoom) -> None:
    eva, rosa = await (await room.desk_of("eva")).open("tr"), await (await room.desk_of("rosa")).open("tr")
    await eva.press("remove")
    await rosa.press("publish", text="Aşıyı siz seçersiniz. {flu_jab_age}")
    await (await eva.open("tr")).press("rebase")
    draft = await room.draft("eva", "tr")
    assert draft is not None
    assert draft.body is None
    assert "Dit concept haalt de tekst weg" in eva.words


async def test_a_reviewer_keeps_the_note_when_the_draft_is_gone(room: WritingRoom) -> None:
    eva, rosa = await (await room.desk_of("eva")).open(), await room.desk_of("rosa")
    await eva.press("submit", text=TEXT)
    await rosa.open(author="eva")
    await eva.press("discard")
    await rosa.press("give-back", why="Noem de leeftijd.")
    assert rosa.status == 422
    assert "That draft is not there any more" in rosa.words
    assert rosa.fields["why"] == ["Noem de leeftijd."]


async def test_a_dutch_text_with_translations_stays(room: WritingRoom) -> None:
    eva = await (await room.desk_of("eva")).open()
    await eva.press("remove")
    await eva.press("publish")
    assert eva.status == 422
    await eva.press("discard")
    assert eva.fields["text"] == [room.answer().text]


async def test_the_preview_follows_what_is_typed_and_keeps_nothing(room: WritingRoom) -> None:
    eva = await (await room.desk_of("eva")).open()
    looked = await eva.post("preview", eva.fields | {"text": f"{TEXT} Kom!"})
    assert looked.status_code == 200
    assert "Kom!" in looked.text
    assert "Er staat een uitroepteken." in looked.text
    assert "van 60 woorden" in looked.text
    assert await room.draft("eva") is None


async def test_a_text_too_long_for_one_message_is_counted(room: WritingRoom) -> None:
    eva = await (await room.desk_of("eva")).open()
    looked = await eva.post("preview", eva.fields | {"text": "Dit is lang. " * 300})
    assert "Telegram maakt er 2 berichten van." in looked.text


async def test_autosave_says_when_and_tells_of_another_window(room: WritingRoom) -> None:
    eva = await (await room.desk_of("eva")).open()
    first = (await eva.post("save", eva.fields | {"text": TEXT})).json()
    assert (first["state"], first["seen"], first["said"]) == ("saved", 1, "Bewaard 13:00")
    late = await eva.post("save", eva.fields | {"text": OTHER})
    assert (late.status_code, late.json()["state"]) == (409, "conflict")


async def test_a_new_topic_begins_with_an_empty_form(room: WritingRoom) -> None:
    content = room.newsroom.served.content
    topics = {**content.topics, "eye_test": replace(content.topics["flu_jab"], key="eye_test")}
    room.newsroom.served.replace(replace(content, topics=topics), 1)
    eva = await (await room.desk_of("eva")).open(key="utter_eye_test")
    assert eva.status == 200
    assert eva.fields["text"] == [""]
    assert {"section-benefits", "section-side_effects", "section-unknown", "section-choice"} <= set(eva.fields)


async def test_words_of_the_talk_itself_have_text_and_picture_alone(room: WritingRoom) -> None:
    eva = await (await room.desk_of("eva")).open(key="utter_no_answer_yet")
    assert eva.status == 200
    assert "simple" not in eva.fields
    assert "[topic]" in eva.words


@pytest.mark.parametrize("address", ["utter_nothing/nl", "utter_flu_jab/xx", "flu_jab/nl"])
async def test_what_does_not_exist_is_not_there(room: WritingRoom, address: str) -> None:
    browser = await room.hall.visitor("eva")
    assert (await browser.get(f"/desk/content/answers/{address}")).status == 404


@pytest.mark.parametrize("name", ["samira", "fatma"])
async def test_workers_and_coordinators_cannot_get_in(room: WritingRoom, name: str) -> None:
    browser = await room.hall.visitor(name)
    assert (await browser.get("/desk/content/answers/utter_flu_jab/nl")).status == 404


async def test_the_dutch_changes_since_a_translation_are_shown_beside_it(room: WritingRoom) -> None:
    eva = await (await room.desk_of("eva")).open()
    await eva.press("publish", text=TEXT)
    tr = await (await room.desk_of("rosa")).open("tr")
    await tr.press("publish", text="Aşıyı siz seçersiniz. {flu_jab_age}", why="Nieuw.")
    await (await eva.open()).press("publish", text=OTHER)
    await eva.open("tr")
    assert "De Nederlandse tekst is veranderd sinds deze vertaling" in eva.words
    assert "<ins>" in eva.text


async def test_where_only_read_texts_are_said_an_editor_is_warned_before_publishing(hall: Hall) -> None:
    room = await open_room(hall, unread_too=False)
    eva = await (await room.desk_of("eva")).open()
    assert "Niemand die het vak kent heeft deze tekst nagekeken." in eva.words
    await eva.press("publish", text=TEXT)
    assert "Gepubliceerd, maar bewoners lezen het nog niet" in eva.words
    rosa = await (await room.desk_of("rosa")).open()
    assert "Without this tick residents read neither it nor the text before it." in rosa.words
    await rosa.press("publish", reviewed="yes")
    assert "Published. Residents read it from now on." in rosa.words
