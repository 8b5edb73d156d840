"""Editing facts, words, dangers, cards and ready-made messages, as editors and reviewers do it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from bot.core.content import Fact
from bot.core.entry import Kind, Ref, Words
from bot.core.overlay import entries_of
from bot.core.revision import Stage
from bot.desk.content.entries.entry_fields import inputs
from bot.desk.content.entries.entry_forms import first_body, read_entry
from bot.desk.content.entries.entry_ref import edit_of
from bot.desk.content.entry_names import NO_LANGUAGE
from bot.desk.forms import Given
from tests.builders import NOON
from tests.desk.content.entries_room import EntriesRoom, open_room
from tests.desk.hall import Hall

AGE = Ref(Kind.FACT, "flu_jab_age")
FACT, FLAG = "/entries/fact/flu_jab_age/-", "/entries/flag/suicide/tr"
TERM = Ref(Kind.TERM, "huisarts", "nl")
GREETING = "Dag, wij komen morgen langs."


@pytest.fixture
async def room(hall: Hall) -> EntriesRoom:
    return await open_room(hall)


async def test_every_form_gives_back_what_it_was_filled_with(room: EntriesRoom) -> None:
    for ref, body in entries_of(room.content).items():
        if ref.kind is Kind.ANSWER:
            continue
        texts: dict[str, list[str]] = {"worded": ["yes"]}
        for each in inputs(ref, body, room.content, "nl"):
            texts[each.name] = sorted(each.chosen) if each.chosen or each.shape in {"choices", "tick"} else [each.value]
        typed = read_entry(Given({name: given for name, given in texts.items() if given}), ref, body, room.content)
        assert not typed.problems, ref
        assert typed.body == body, ref


async def test_every_entry_has_a_page(room: EntriesRoom) -> None:
    eva, seen = await room.desk_of("eva"), set()
    for ref in entries_of(room.content):
        if (ref.kind, ref.language) in seen or ref.kind is Kind.ANSWER:
            continue
        seen.add((ref.kind, ref.language))
        await eva.open(edit_of(ref))
        assert eva.status == 200, ref
    assert len(seen) > 20


async def test_all_addresses_of_entries_are_there(room: EntriesRoom) -> None:
    eva = await room.desk_of("eva")
    for ref in [ref for ref in entries_of(room.content) if ref.kind in {Kind.LABEL, Kind.TERM}][::40]:
        await eva.open(edit_of(ref))
        assert eva.status == 200, ref


async def test_what_can_never_be_an_entry_is_not_there(room: EntriesRoom) -> None:
    eva = await room.desk_of("eva")
    for address in (
        "nothing/x/-", "fact/Flu/-", "fact/flu_jab_age/nl", "label/menu/nl", "label/topics.flu_jab/xx", "flag/fire/nl",
        "card/nl/-", "pressure/other/nl", "topic/no_such/-", "term/a/-", "examples/no_such/nl",
    ):  # fmt: skip
        await eva.open(f"/entries/{address}")
        assert eva.status == 404, address


async def test_the_page_of_an_answer_is_another_one(room: EntriesRoom) -> None:
    eva = await room.desk_of("eva")
    response = await eva._browser.client.get("/desk/content/entries/answer/utter_flu_jab/nl", follow_redirects=False)
    assert response.headers["location"] == "/desk/content/answers/utter_flu_jab/nl"


async def test_looking_and_saving_nothing_makes_no_draft(room: EntriesRoom) -> None:
    eva = await (await room.desk_of("eva")).open(FACT)
    await eva.press()
    assert await room.draft(AGE) is None


async def test_a_number_is_published_only_after_its_texts_were_looked_at(room: EntriesRoom) -> None:
    eva = await (await room.desk_of("eva")).open(FACT)
    assert "60" in room.says()
    await eva.press("publish", value="65", why="Nieuwe regel.")
    assert "Nog niet gepubliceerd." in eva.words
    assert "60" in room.says(), "nothing is published yet"
    assert "65" in eva.words
    await eva.press("publish")  # the reason that was typed stands in the form still
    assert "Gepubliceerd" in eva.words
    for language in ("nl", "fy", "en", "tr", "ar"):
        assert "65" in room.says(language=language), language
    assert "published" in await room.audit()
    kept = (await room.hall.store.revisions(AGE))[0]
    assert (kept.why, kept.author) == ("Nieuwe regel.", "eva")


async def test_every_text_that_names_a_number_stands_before_and_after(room: EntriesRoom) -> None:
    eva = await (await room.desk_of("eva")).open(FACT)
    await eva.press(value="65")
    uses = eva.text.partition('id="uses"')[2].partition("</section>")[0]
    for ref in room.hall.desk.editing.uses(AGE):
        assert edit_of(ref).replace("/entries/answer/", "/answers/") in uses
    assert "<strong>" in uses


async def test_a_number_that_is_published_with_an_old_look_is_shown_again(room: EntriesRoom) -> None:
    eva = await (await room.desk_of("eva")).open(FACT)
    await eva.press("publish", value="65")
    await eva.press("publish", value="70")
    assert "Nog niet gepubliceerd." in eva.words
    assert "60" in room.says()


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"value": "60 " * 100}, "Deze waarde kan niet in een zin staan."),
        ({"checked": "2099-01-01"}, "Op die dag kan niemand gekeken hebben."),
    ],
)
async def test_a_number_that_would_break_texts_is_kept_and_not_published(
    room: EntriesRoom, typed: dict[str, str], told: str
) -> None:
    eva = await (await room.desk_of("eva")).open(FACT)
    await eva.press("publish", **typed)
    await eva.press("publish")
    assert eva.status == 422
    assert told in eva.words
    draft = await room.draft(AGE)
    assert draft is not None
    assert isinstance(draft.body, Fact)
    assert draft.body.values[""] == typed.get("value", "60").strip()
    assert "60 jaar" in room.says()


async def test_a_number_in_use_cannot_be_taken_away(room: EntriesRoom) -> None:
    eva = await (await room.desk_of("eva")).open(FACT)
    assert "Kan niet weg zolang teksten het gebruiken." in eva.words
    await eva.press("remove")
    await eva.press("publish")
    assert eva.status == 422
    assert "flu_jab_age" in room.content.facts


async def test_a_new_number_is_made_and_taken_away(room: EntriesRoom) -> None:
    eva = await (await room.desk_of("eva")).open("/facts/new", name="mask_age")
    assert eva.at == "/desk/content/entries/fact/mask_age/-"
    await eva.press("publish", value="12", about="een leeftijd", source="https://www.rivm.nl", checked="2026-11-20")
    assert room.content.facts["mask_age"] == Fact(
        "mask_age", {"": "12"}, "een leeftijd", "https://www.rivm.nl", date(2026, 11, 20)
    )
    await eva.open("/facts")
    assert "mask_age" in eva.words
    await eva.open("/entries/fact/mask_age/-")
    await eva.press("remove")
    await eva.press("publish")
    assert "mask_age" not in room.content.facts


async def test_names_of_new_numbers_are_told_when_they_are_wrong(room: EntriesRoom) -> None:
    eva = await room.desk_of("eva")
    for name in ("", "Größe", "flu_jab_age"):
        await eva.open("/facts/new", name=name)
        assert (eva.status, "error" in eva.text) == (422, True), name


async def test_made_up_numbers_are_marked(room: EntriesRoom) -> None:
    demo = replace(room.content.facts["flu_jab_age"], name="made_up", about="een proefleeftijd", demo=True)
    room.newsroom.served.replace(replace(room.content, facts={**room.content.facts, "made_up": demo}), 1)
    eva = await (await room.desk_of("eva")).open("/facts")
    assert "Een proefleeftijd ⚠ verzonnen" in eva.words


async def test_what_the_rules_say_stands_on_the_page_and_stops_publishing(room: EntriesRoom) -> None:
    eva = await (await room.desk_of("eva")).open("/facts/new", name="mask_age")
    await eva.press("publish", value="", about="een leeftijd", source="https://www.rivm.nl", checked="2026-11-20")
    assert eva.status == 422
    assert "Er ontbreekt een waarde." in eva.words
    assert "mask_age" not in room.content.facts


async def test_a_day_that_cannot_be_read_is_told_and_nothing_is_lost(room: EntriesRoom) -> None:
    eva = await (await room.desk_of("eva")).open(FACT)
    await eva.press(value="66", checked="gisteren")
    assert eva.status == 422
    assert eva.fields["value"] == ["66"]
    assert eva.fields["checked"] == ["gisteren"]
    assert await room.draft(AGE) is None


async def test_two_windows_are_told_of_each_other_and_lose_nothing(room: EntriesRoom) -> None:
    one = await room.desk_of("eva")
    two = one.window()
    await one.open("/entries/term/huisarts/nl")
    await two.open("/entries/term/huisarts/nl")
    await one.press(text="De dokter bij u in de wijk, voor al uw vragen.")
    await two.press(text="Een dokter in de buurt, naar wie u het eerst gaat.")
    assert two.status == 409
    assert two.fields["text"] == ["Een dokter in de buurt, naar wie u het eerst gaat."]
    assert "wijk" in two.words
    await two.press(keep="1")
    draft = await room.draft(TERM)
    assert draft is not None
    assert draft.body == Words("Een dokter in de buurt, naar wie u het eerst gaat.")


async def test_what_somebody_else_published_meanwhile_is_shown(room: EntriesRoom) -> None:
    eva, erik = await room.desk_of("eva"), await room.desk_of("erik")
    await eva.open("/entries/term/huisarts/nl")
    await eva.press(text="De dokter bij u in de wijk, voor al uw vragen.")
    await erik.open("/entries/term/huisarts/nl")
    assert "Eva werkt ook aan deze tekst" in erik.words
    await erik.press("publish", text="Een dokter in de buurt, naar wie u het eerst gaat.")
    await eva.open("/entries/term/huisarts/nl")
    assert "Uw concept is daarvoor begonnen" in eva.words
    await eva.press("rebase")
    await eva.press("publish")
    assert room.content.glossary["nl"]["huisarts"] == "De dokter bij u in de wijk, voor al uw vragen."


async def test_autosave_tells_when(room: EntriesRoom) -> None:
    eva = await (await room.desk_of("eva")).open("/entries/term/huisarts/nl")
    data = eva.fields | {"text": "De dokter bij u in de wijk, voor al uw vragen."}
    saved = await eva.post("save", data)
    assert (saved.json()["state"], saved.json()["seen"]) == ("saved", 1)
    again = await eva.post("save", data | {"text": "Anders."})
    assert (again.status_code, again.json()["state"]) == (409, "conflict")
    looked = await eva.post("preview", data)
    assert 'id="found-whole"' in looked.text


async def test_autosave_tells_what_was_published_since_the_page_was_opened(room: EntriesRoom) -> None:
    eva, erik = await room.desk_of("eva"), await room.desk_of("erik")
    await eva.open("/entries/term/huisarts/nl")
    await erik.open("/entries/term/huisarts/nl")
    await erik.press("publish", text="Een dokter in de buurt, naar wie u het eerst gaat.")
    told = (await eva.post("save", eva.fields | {"text": "De dokter bij u in de wijk, voor al uw vragen."})).json()
    assert (told["state"], told["seen"]) == ("overtaken", 1)


async def test_words_for_danger_take_two_people_of_whom_one_knows_the_language(room: EntriesRoom) -> None:
    eva = await (await room.desk_of("eva")).open(FLAG)
    assert "Altijd twee mensen." in eva.words
    before = next(one for one in room.content.patterns if (one.flag, one.language) == ("suicide", "tr"))
    await eva.press("submit", patterns=[f"{eva.fields['patterns'][0]}\nyeni bir söz"], why="Gehoord in de wijk.")
    draft = await room.draft(Ref(Kind.FLAG, "suicide", "tr"))
    assert draft is not None
    assert draft.stage is Stage.IN_REVIEW
    await eva.press("publish")
    assert eva.status == 422
    reza = await (await room.desk_of("reza")).open(FLAG, author="eva")
    assert "yeni bir söz" in reza.words
    await reza.press("publish", reviewed="yes")
    after = next(one for one in room.content.patterns if (one.flag, one.language) == ("suicide", "tr"))
    assert after.patterns == (*before.patterns, "yeni bir söz")
    assert after.check_in == before.check_in
    assert after.exceptions == before.exceptions
    assert room.content.flags[after.flag, "tr"].reviewed


async def test_the_longest_list_of_phrases_loses_none(room: EntriesRoom) -> None:
    eva = await (await room.desk_of("eva")).open("/entries/flag/danger_to_life/nl")
    phrases = next(one for one in room.content.patterns if (one.flag, one.language) == ("danger_to_life", "nl"))
    assert sum(map(len, phrases.patterns)) > 4000
    await eva.press(question=f"{eva.fields['question'][0]} Ja?")
    draft = await room.draft(Ref(Kind.FLAG, "danger_to_life", "nl"))
    assert draft is not None
    assert draft.body.patterns == phrases  # type: ignore[union-attr]


async def test_a_phrase_that_cannot_be_read_is_told(room: EntriesRoom) -> None:
    eva = await (await room.desk_of("eva")).open(FLAG)
    await eva.press(patterns=f"{eva.fields['patterns'][0]}\n(open")
    assert "Deze zin kan niet gelezen worden" in eva.words


async def test_a_message_is_tried_with_the_edited_phrases(room: EntriesRoom) -> None:
    eva = await (await room.desk_of("eva")).open("/entries/flag/suicide/nl")
    await eva.open("/entries/flag/suicide/nl", **{"try": "de kurkentrekker roept"})
    assert "Deze zinnen zien het niet." in eva.words
    await eva.press(patterns=f"{eva.fields['patterns'][0]}\n(de|een) kurkentrekker ..  roep*")
    await eva.open("/entries/flag/suicide/nl", **{"try": "de kurkentrekker roept"})
    assert "Zeker gezien als dit gevaar." in eva.words
    assert "(de|een) kurkentrekker .. roep*" in " ".join(eva.words.split())


async def test_a_card_for_another_language_takes_two_people(room: EntriesRoom) -> None:
    eva = await (await room.desk_of("eva")).open("/danger/card", code="el")
    assert eva.at == "/desk/content/entries/card/el/-"
    await eva.press("submit", text="Κίνδυνος; {emergency_number}", why="nieuw")
    rosa = await (await room.desk_of("rosa")).open("/entries/card/el/-", author="eva")
    await rosa.press("publish")
    assert room.content.cards["el"] == "Κίνδυνος; {emergency_number}"
    await eva.open("/danger")
    assert "Κίνδυνος" in eva.words


async def test_a_ready_made_message_reaches_all_teams(room: EntriesRoom) -> None:
    eva = await (await room.desk_of("eva")).open("/templates/new")
    await eva.press("publish", name="Bezoek", text__nl=GREETING)
    await eva.open("/templates")
    assert "Bezoek" in eva.words
    assert [one.texts["nl"] for one in await room.hall.store.templates() if not one.team] == [GREETING]


async def test_a_reviewer_gives_a_draft_back_with_a_note(room: EntriesRoom) -> None:
    eva = await (await room.desk_of("eva")).open("/entries/term/huisarts/nl")
    await eva.press("submit", text="De dokter bij u in de wijk, voor al uw vragen.", why="Korter.")
    rosa = await (await room.desk_of("rosa")).open("/entries/term/huisarts/nl", author="eva")
    assert "Korter." in rosa.words
    await rosa.press("give-back", why="Noem de wijk niet.")
    await eva.open("/entries/term/huisarts/nl")
    assert "Noem de wijk niet." in eva.words
    await eva.press("discard")
    assert await room.draft(TERM) is None


async def test_somebody_goes_on_with_a_colleagues_draft(room: EntriesRoom) -> None:
    eva = await (await room.desk_of("eva")).open("/entries/term/huisarts/nl")
    await eva.press(text="De dokter bij u in de wijk, voor al uw vragen.")
    erik = await (await room.desk_of("erik")).open("/entries/term/huisarts/nl", author="eva")
    await erik.press("take")
    draft = await room.draft(TERM, "erik")
    assert draft is not None
    assert draft.body == Words("De dokter bij u in de wijk, voor al uw vragen.")


async def test_words_of_pressure_may_be_allowed_in_topics_that_exist(room: EntriesRoom) -> None:
    eva = await (await room.desk_of("eva")).open("/entries/pressure/words/nl")
    await eva.press(allowed_in="verplicht*: no_such_topic")
    assert eva.status == 422
    assert "bestaat niet" in eva.words
    await eva.press("publish", allowed_in="verplicht*: own_risk, hpv")
    assert room.content.pressure["nl"].allowed_in == {"verplicht*": ("own_risk", "hpv")}


async def test_topics_that_allow_a_word_are_written_by_name(room: EntriesRoom) -> None:
    eva = await (await room.desk_of("eva")).open("/entries/pressure/words/nl")
    assert "vaccination_mandatory" not in eva.text
    assert "verplicht*: Is een prik verplicht?; " in eva.words
    await eva.press("publish", allowed_in="verplicht*: Mazelen, bof en rodehond (BMR)\nbewijs dat: griepprik; HPV-prik")
    assert room.content.pressure["nl"].allowed_in == {"verplicht*": ("measles_mmr",), "bewijs dat": ("flu_jab", "hpv")}


async def test_a_new_message_has_words_for_its_name(room: EntriesRoom) -> None:
    eva = await (await room.desk_of("eva")).open("/templates/new")
    assert "Kant-en-klaar bericht: Een bericht nog zonder naam" in " ".join(eva.words.split())


async def test_the_lists_show_where_words_are_used(room: EntriesRoom) -> None:
    eva = await (await room.desk_of("eva")).open("/words")
    row = eva.text.partition(">huisarts</a>")[2].partition("</tr>")[0]
    assert "<td>0</td>" not in row
    await eva.open("/words/new", language="tr", term="Yeni Söz")
    assert eva.at == "/desk/content/entries/term/yeni söz/tr" or eva.at.endswith("/tr")
    assert eva.status == 200
    for term in ("", "a/b", "huisarts"):
        await eva.open("/words/new", language="nl", term=term)
        assert eva.status == 422, term


async def test_danger_is_seen_at_a_glance(room: EntriesRoom) -> None:
    eva = await (await room.desk_of("eva")).open("/danger")
    phrases = next(one for one in room.content.patterns if (one.flag, one.language) == ("suicide", "nl"))
    sure, doubt, innocent = map(len, (phrases.patterns, phrases.check_in, phrases.exceptions))
    assert f"{sure} zeker, {doubt} bij twijfel, {innocent} onschuldig" in eva.words
    assert "Polski" in eva.words or "Pools" in eva.words


async def test_no_other_role_gets_in(room: EntriesRoom) -> None:
    samira = await room.desk_of("samira")
    for address in ("/facts", "/facts/new", "/words", "/danger", "/templates", "/files", FACT, "/files/export/all.yml"):
        await samira.open(address)
        assert samira.status == 404, address


def test_a_first_form_begins_with_the_numbers_of_the_dutch_one(content) -> None:  # type: ignore[no-untyped-def]
    body = first_body(Ref(Kind.FLAG, "suicide", "tr"), content, NOON.date())
    assert body.texts.numbers == content.flags["suicide", "nl"].numbers  # type: ignore[union-attr]
    assert NO_LANGUAGE == "-"


async def test_a_ready_made_message_of_one_team_is_not_an_editors_to_change(room: EntriesRoom) -> None:
    eva = await room.desk_of("eva")
    await eva.open("/entries/template/hello/-")
    await eva.press("publish", name="Voor iedereen", text__nl="Dag, ik kom bij u langs.")
    assert eva.status == 422
    assert "De coördinatoren van dat team passen het aan." in eva.words
    await (await eva.open("/entries/template/hello/-")).press("remove")
    await (await eva.open("/entries/template/hello/-")).press("publish")
    found = next(one for one in await room.hall.store.templates() if one.id == "hello")
    assert (found.team, found.name) == ("oost", "Groet")
