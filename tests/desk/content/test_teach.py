from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from bot.core.entry import Kind, Ref
from bot.core.language import LANGUAGES
from bot.core.revision import Stage
from bot.core.taught import BY_CLOCK, TAUGHT, Figure, ModelState
from bot.desk.content.lessons import comparison_view, teach_page, topic_names, topic_page
from bot.desk.content.lessons.comparison_view import figure_row
from bot.desk.content.lessons.lines import lines_of
from bot.desk.content.lessons.sentences import SENTENCES, teller
from bot.desk.page import HERE
from bot.desk.words import words
from bot.services.content_ports import Near
from bot.services.teaching import LeftOut
from bot.services.teaching.compare import TaughtExample, Tested, compare
from bot.services.teaching.renew_model import WORSE as WORSE_TAUGHT
from tests.desk.content.school import COMPARISON, EXPLANATION, WORSE, Office, School, furnish
from tests.desk.hall import Browser, Hall

TEACH, ASK, NEW = "/desk/content/teach", "/desk/content/ask", "/desk/content/topics/new"
FLU = "/desk/content/topics/flu_jab"


@pytest.fixture
def both(hall: Hall) -> tuple[School, Office]:
    return furnish(hall)


@pytest.fixture
def school(both: tuple[School, Office]) -> School:
    return both[0]


@pytest.fixture
def office(both: tuple[School, Office]) -> Office:
    return both[1]


@pytest.fixture
async def eva(hall: Hall, school: School) -> Browser:
    return await hall.visitor("eva")


# ---- training ----


async def test_what_waits_is_counted_and_a_training_started(eva: Browser, school: School) -> None:
    school.to_learn = 12
    await eva.get(TEACH)
    assert "12 voorbeelden kent het huidige model nog niet." in eva.words
    await eva.fill(f"{TEACH}/train")
    assert eva.at == TEACH
    assert "De assistent leert" in eva.words
    assert 'value="40"' in eva.response.text
    assert f"{TEACH}/train" not in eva.forms, "one at a time"


async def test_progress_is_asked_for_every_second_and_without_scripts_the_page_loads_itself_anew(
    eva: Browser, school: School
) -> None:
    school.model("new", ModelState.TRAINING, progress=0.25)
    await eva.get(TEACH)
    assert 'hx-trigger="every 1s"' in eva.response.text
    assert '<noscript><meta http-equiv="refresh" content="3"></noscript>' in eva.response.text
    part = await eva.client.get(f"{TEACH}/progress")
    assert 'value="25"' in part.text
    assert "<html" not in part.text
    school.rows.clear()
    assert (await eva.client.get(f"{TEACH}/progress")).headers["hx-refresh"] == "true"


async def test_a_second_training_is_refused_in_words(eva: Browser, school: School) -> None:
    await eva.get(TEACH)
    school.model("new", ModelState.TRAINING)
    await eva.fill(f"{TEACH}/train")
    assert eva.status == 409
    assert "A training runs already." in eva.words


async def test_a_model_that_is_ready_is_compared_and_goes_live(eva: Browser, school: School) -> None:
    school.model("old", ModelState.LIVE)
    school.model("new", ModelState.READY, comparison=COMPARISON)
    await eva.get(TEACH)
    assert "91,2% 92,1% 85,0% ↑ beter" in eva.words
    assert "Meteen goed beantwoord, العربية 90,0% 84,0% 85,0% ✕ niet goed genoeg" in eva.words
    assert "Verkeerd beantwoord 5,0% 2,0% – ↑ beter" in eva.words
    assert "1 vraag ging slechter" in eva.words
    assert "بكم اللقاح؟" in eva.words
    await eva.fill(f"{TEACH}/models/new/promote")
    assert (school.state("new"), school.state("old")) == (ModelState.LIVE, ModelState.PAST)
    assert "Het nieuwe model antwoordt nu." in eva.words
    assert "● nu live" in eva.words


async def test_a_refused_model_names_what_collides_and_has_no_button(eva: Browser, school: School) -> None:
    refused = COMPARISON.__class__(COMPARISON.figures, COMPARISON.shifts, COMPARISON.collisions, ("Too many collide.",))
    school.model("bad", ModelState.REFUSED, comparison=refused)
    await eva.get(TEACH)
    assert "Dit model mag niet live: Too many collide." in eva.words
    assert "wat kost een prik" in eva.words
    assert "wat kost de prik" in eva.words
    assert "97%" in eva.words
    assert not any(address.endswith("/promote") for address in eva.forms)
    csrf = eva.forms[f"{TEACH}/train"]["csrf"][0]
    eva.response = await eva.client.post(f"{TEACH}/models/bad/promote", data={"csrf": csrf})
    assert eva.status == 409
    assert school.state("bad") is ModelState.REFUSED


async def test_a_training_that_failed_says_why_and_what_to_do(eva: Browser, school: School) -> None:
    school.model("bad", ModelState.FAILED, why="There is no room on the disk.")
    await eva.get(TEACH)
    assert "There is no room on the disk. Het huidige model blijft." in eva.words


async def test_after_an_update_the_page_says_that_the_assistant_learns_again_by_itself(
    eva: Browser, school: School
) -> None:
    school.model("old", ModelState.LIVE)
    school.left = LeftOut(school.rows[0], Path("old.tar.gz"))
    await eva.get(TEACH)
    assert "Na een update kent de assistent niet wat hier is geleerd" in eva.words
    assert "U hoeft nu niets te doen." in eva.words
    assert "doet niet mee sinds een update" in eva.words
    assert "● nu live" not in eva.words
    assert f"{TEACH}/back" not in eva.response.text


async def test_what_the_clock_could_not_mend_says_what_got_worse_and_what_to_do(eva: Browser, school: School) -> None:
    worse = replace(WORSE, file=TAUGHT)
    school.model("old", ModelState.LIVE)
    live = school.rows[0]
    school.model("new", ModelState.READY, why=WORSE_TAUGHT, comparison=replace(COMPARISON, shifts=(worse,)))
    school.rows[0] = replace(school.rows[0], by=BY_CLOCK)
    school.left = LeftOut(live, Path("old.tar.gz"), (school.rows[0],))
    await eva.get(TEACH)
    assert "dat model kan niet zomaar live" in eva.words
    assert "1 vraag die redacteuren hebben geleerd, gaat slechter" in eva.words
    assert "Sommige vragen die redacteuren hebben geleerd, gaan slechter dan voor de update." in eva.words
    assert "door de assistent zelf, na een update" in eva.words
    assert f"{TEACH}/models/new/promote" in eva.forms, "a person may decide otherwise"


async def test_another_version_that_runs_beside_this_one_is_told(eva: Browser, school: School) -> None:
    school.model("other", ModelState.LIVE)
    school.left = LeftOut(school.rows[0], Path("other.tar.gz"), beside=True)
    assert "Er draait ook een andere versie van het programma." in (await eva.get(TEACH)).words


async def test_going_back_is_asked_first(eva: Browser, school: School) -> None:
    school.model("old", ModelState.PAST)
    school.model("new", ModelState.LIVE)
    await (await eva.get(TEACH)).get(f"{TEACH}/back")
    assert "Terug naar het vorige model?" in eva.words
    assert school.state("new") is ModelState.LIVE
    await eva.fill(f"{TEACH}/back")
    assert (school.state("old"), school.state("new")) == (ModelState.LIVE, ModelState.PAST)
    assert "Het vorige model antwoordt weer." in eva.words


async def test_from_the_model_of_the_files_there_is_no_way_back(eva: Browser, school: School) -> None:
    school.model("files", ModelState.LIVE)
    school.model("taught", ModelState.PAST)
    await eva.get(TEACH)
    assert f"{TEACH}/back" not in eva.response.text
    await eva.get(f"{TEACH}/back")
    assert "Er is geen vorig model" in eva.words


async def test_every_model_has_a_page_and_an_unknown_one_has_none(eva: Browser, school: School) -> None:
    school.model("old", ModelState.PAST, comparison=COMPARISON)
    assert "was eerder live" in (await eva.get(f"{TEACH}/models/old")).words
    assert "Getraind door Eva." in eva.words
    assert f"{TEACH}/models/old/promote" in eva.forms, "what was live before may be so again"
    assert (await eva.get(f"{TEACH}/models/none")).status == 404


def test_less_is_better_where_mistakes_are_counted() -> None:
    assert figure_row(Figure("wrong_confident", 0.02, 0.05), "nl").verdict == "worse"
    assert figure_row(Figure("false_alarms", 0.01, 0.03, 0.02), "nl").verdict == "broken"
    assert figure_row(Figure("recall", 0.97, 0.97), "nl").verdict == "same"


# ---- asking ----


async def test_a_question_is_explained(eva: Browser, school: School, hall: Hall) -> None:
    school.explanation = EXPLANATION
    await eva.get(ASK)
    await eva.fill(ASK, question=" wat kost de griepprik ", language="tr")
    assert school.heard == [("wat kost de griepprik", "tr")]
    label = hall.desk.content.labels["nl"].topics["flu_jab"]
    assert f"Begrepen {label} 87% zeker" in eva.words
    assert "6%" in eva.words
    assert "lijkt 93%" in eva.words
    assert "Alarm: gedachten aan zelfdoding. De voorbeelden van gevaar zagen het" in eva.words
    assert "De griepprik is gratis." in eva.words
    assert "Bron: RIVM" in eva.words


async def test_the_panel_gets_a_part_of_a_page(eva: Browser, school: School) -> None:
    school.explanation = EXPLANATION
    csrf = (await eva.get(ASK)).forms[ASK]["csrf"][0]
    fields = {"csrf": csrf, "question": "griepprik", "language": ""}
    part = await eva.client.post(ASK, data=fields, headers={"HX-Request": "true"})
    assert "Begrepen" in part.text
    assert "<html" not in part.text


async def test_an_empty_question_and_one_that_cannot_be_read_are_told(eva: Browser) -> None:
    await eva.get(ASK)
    await eva.fill(ASK, question="  ")
    assert "Typ eerst een vraag." in eva.words
    await eva.fill(ASK, question="hoi")
    assert "Nobody can be asked now." in eva.words


@pytest.mark.parametrize("address", [TEACH, NEW, FLU, f"{FLU}/remove"])
async def test_the_panel_stands_beside_every_page(eva: Browser, address: str) -> None:
    assert ASK in (await eva.get(address)).forms


async def test_the_panel_offers_every_language_of_residents(eva: Browser) -> None:
    page = (await eva.get(TEACH)).response.text
    for code, language in LANGUAGES.items():
        assert re.search(rf'<option value="{code}" lang="{code}"( selected)?>{language.name}</option>', page)


# ---- topics ----


async def test_a_new_topic_is_made_with_its_examples(eva: Browser, school: School) -> None:
    await eva.get(NEW)
    more = {
        "examples-nl": "Waar is het zwembad?\n\nwaar is het zwembad\nmag ik zwemmen",
        "examples-tr": "Havuz nerede?",
    }
    await eva.fill(NEW, label="Zwemmen", key="", group="living", kind="", **more)
    assert eva.at == "/desk/content/topics/zwemmen"
    assert "Schrijf nu het Nederlandse antwoord" in eva.words
    assert school.made == [("zwemmen", "living", "", "Zwemmen")]
    assert school.taught["zwemmen", "nl"] == ("Waar is het zwembad?", "mag ik zwemmen")
    assert school.taught["zwemmen", "tr"] == ("Havuz nerede?",)
    assert "/desk/content/answers/utter_zwemmen/nl" in eva.response.text


async def test_questions_of_residents_are_filed_under_the_new_topic(eva: Browser, school: School, hall: Hall) -> None:
    async with hall.store.unit() as unit:
        await unit.keep_asked("waar kan ik zwemmen", "nl", (), hall.clock())
        await unit.keep_asked("zwembad?", "nl", (), hall.clock())
    first, second = sorted(each.id for each in await hall.store.asked())
    await eva.get(f"{NEW}?id={first}&id={second}&id=999&id=x")
    assert "waar kan ik zwemmen" in eva.words
    await eva.fill(NEW, label="Zwemmen", group="living", kind="", id=[str(first)])
    assert school.filed == [("eva", (first,), "zwemmen")]


async def test_what_is_missing_of_a_new_topic_is_told_and_what_was_typed_stays(eva: Browser, school: School) -> None:
    await eva.get(NEW)
    await eva.fill(NEW, label="", key="Zwem Bad", **{"examples-nl": "mag ik zwemmen"})
    assert eva.status == 422
    for said in ("korte naam", "3 tot 40 kleine letters", "waar het in het menu staat", "wat voor vraag het is"):
        assert said in eva.words
    assert ">mag ik zwemmen</textarea>" in eva.response.text
    assert school.made == []


async def test_a_key_that_is_taken_is_told(eva: Browser, school: School) -> None:
    await eva.get(NEW)
    await eva.fill(NEW, label="Griep", key="flu_jab", group="vaccination", kind="V")
    assert eva.status == 422
    assert "There is a topic with this key." in eva.words


async def test_examples_are_added_and_each_line_that_cannot_be_says_why(eva: Browser, school: School) -> None:
    school.files = {
        ("flu_jab", "nl"): ("wat kost de griepprik",),
        ("vaccination_costs", "nl"): ("wat kost een prik",),
    }
    await eva.get(FLU)
    lines = ["Wat kost de griepprik?", "wat kost een prik", "ik wil dood", "x" * 201, "wanneer is de griepprik"]
    await eva.fill(f"{FLU}/examples", language="nl", examples="\n".join(lines))
    assert eva.status == 422
    assert school.taught == {("flu_jab", "nl"): ("wanneer is de griepprik",)}
    assert "1 voorbeeld is toegevoegd." in eva.words
    for said in ("Dit staat er al.", "Dit is een voorbeeld van", "Dit gaat over gevaar.", "hoogstens 200 tekens"):
        assert said in eva.words
    kept = eva.response.text.partition('id="more-nl"')[2].partition(">")[2].partition("</textarea>")[0]
    assert kept.splitlines() == ["Wat kost de griepprik?", "ik wil dood", "x" * 201, "wat kost een prik"]


async def test_five_hundred_examples_at_once_all_arrive(eva: Browser, school: School) -> None:
    await eva.get(FLU)
    lines = [f"vraag {number:03} over de griepprik" for number in range(500)]
    await eva.fill(f"{FLU}/examples", language="nl", examples="\r\n".join(lines))
    assert eva.status == 200
    assert school.taught["flu_jab", "nl"] == tuple(lines)


@pytest.mark.parametrize("address", [f"{FLU}/examples", NEW])
async def test_what_is_too_much_at_once_is_refused_whole_and_stays_in_the_field(
    eva: Browser, school: School, address: str
) -> None:
    typed = "\n".join(f"vraag {number} over de griepprik" for number in range(900))
    await eva.get(address.removesuffix("/examples"))
    fields = {"examples-nl": typed} if address == NEW else {"examples": typed, "language": "nl"}
    await eva.fill(address, label="Zwemmen", group="living", kind="", **fields)
    assert eva.status == 422
    assert "te veel in één keer" in eva.words
    assert school.taught == {}
    kept = eva.response.text.partition('id="more-nl"')[2].partition(">")[2].partition("</textarea>")[0]
    assert kept.splitlines() == typed.splitlines()


async def test_a_line_without_a_word_is_told_and_stays(eva: Browser, school: School) -> None:
    await eva.get(FLU)
    await eva.fill(f"{FLU}/examples", language="nl", examples="😀\n\nmag het ook later\n\u200f")
    assert eva.status == 422
    assert "Hier staat geen woord in." in eva.words
    assert school.taught["flu_jab", "nl"] == ("mag het ook later",)
    kept = eva.response.text.partition('id="more-nl"')[2].partition(">")[2].partition("</textarea>")[0]
    assert kept == "😀"


async def test_examples_that_are_all_well_lead_back_to_the_topic(eva: Browser, school: School) -> None:
    await eva.get(FLU)
    await eva.fill(f"{FLU}/examples", language="ar", examples="متى لقاح الإنفلونزا\nأين اللقاح")
    assert eva.status == 200
    assert "2 voorbeelden zijn toegevoegd." in eva.words
    assert "متى لقاح الإنفلونزا" in eva.words


async def test_a_topic_shows_its_names_answers_and_examples(eva: Browser, school: School, hall: Hall) -> None:
    school.files["flu_jab", "nl"] = ("wat kost de griepprik", "griepprik halen")
    await eva.get(f"{FLU}?q=KOST")
    assert "1 van 2 voorbeelden die bij de assistent horen" in eva.words
    assert "griepprik halen" not in eva.words
    for code in LANGUAGES:
        assert f"/desk/content/answers/utter_flu_jab/{code}" in eva.response.text
        assert hall.desk.content.labels[code].topics["flu_jab"] in eva.response.text


async def test_what_residents_say_can_be_taught_but_not_removed(eva: Browser) -> None:
    assert "Dit is geen onderwerp" in (await eva.get("/desk/content/topics/greet")).words
    assert (await eva.get("/desk/content/topics/greet/remove")).status == 404
    assert (await eva.get("/desk/content/topics/zeppelins")).status == 404


async def test_a_topic_is_removed_after_asking(eva: Browser, office: Office) -> None:
    await eva.get(f"{FLU}/remove")
    assert office.published == []
    csrf = eva.forms[f"{FLU}/remove"]["csrf"][0]
    response = await eva.client.post(f"{FLU}/remove", data={"csrf": csrf, "why": "dubbel"}, follow_redirects=False)
    assert response.headers["location"] == "/desk/content?done=removed"
    assert office.published == [(Ref(Kind.TOPIC, "flu_jab"), "dubbel")]


async def test_a_topic_that_others_lead_to_stays_and_they_are_named(eva: Browser, office: Office) -> None:
    office.linked = ("utter_vaccination_costs",)
    await eva.get(f"{FLU}/remove")
    assert "/desk/content/answers/utter_vaccination_costs/nl" in eva.response.text
    assert f"{FLU}/remove" not in eva.forms, "no button that can only be refused"
    csrf = eva.forms[ASK]["csrf"][0]
    refused = await eva.client.post(f"{FLU}/remove", data={"csrf": csrf, "why": "dubbel"})
    assert refused.status_code == 409
    assert "utter_vaccination_costs leads on to it." in refused.text
    assert office.drafts == {}, "no draft is left behind"


async def test_where_two_people_must_see_it_a_removal_waits_for_the_second(eva: Browser, office: Office) -> None:
    office.four_eyes = True
    await (await eva.get(f"{FLU}/remove")).fill(f"{FLU}/remove", why="dubbel")
    assert office.drafts[Ref(Kind.TOPIC, "flu_jab")].stage is Stage.IN_REVIEW
    assert office.published == []


def test_lines_are_taken_once_and_without_blanks() -> None:
    assert lines_of(" Hoi? \n\nhoi\n…\nDag") == ("Hoi?", "Dag")


# ---- words ----


def test_every_sentence_in_the_code_of_these_pages_has_dutch_words() -> None:
    said = [*comparison_view.STATES.values(), *topic_page.MARKS.values(), *topic_page.KINDS.values()]
    said += [*topic_names.FLAGS.values(), *topic_names.OTHERS.values(), *comparison_view.FIGURES.values()]
    said += [*(word for _, word in comparison_view.VERDICTS.values()), *SENTENCES, teach_page.CLOCK]
    for name in ("ask", "questions", "topics", "new_topic", "lines", "topic_removal"):
        code = (HERE / "content" / "lessons" / f"{name}.py").read_text(encoding="utf-8")
        said += re.findall(r'"([A-Z][^"]{12,}\.)"', re.sub(r'""".*?"""', "", code, flags=re.DOTALL))
    assert [sentence for sentence in said if words("nl")(sentence) == sentence] == []


def test_a_sentence_of_a_use_case_is_said_in_dutch_with_its_names() -> None:
    said = teller("nl")("There is something called “flu_jab” already. Choose another key.")
    assert said == "Er is al iets dat “flu_jab” heet. Kies een andere sleutel."
    collided = compare(Tested((), ()), Tested((), ()), [_taught(number) for number in range(4)]).refused[0]
    assert teller("nl")(collided).startswith("Voorbeelden van zwemmen botsen met flu_jab: 4 van 4 betekenen bijna")
    assert "botsen met Griepprik:" in teller("nl", {"flu_jab": "Griepprik", "zwemmen": "Zwemmen"}.__getitem__)(collided)
    fewer = "Questions in Turkish are answered rightly less often: 80.0%, and it was 90.0%. At least 89.0% is needed."
    assert teller("nl")(fewer).startswith("Vragen in het Turks worden minder vaak goed beantwoord: 80.0%")
    assert teller("en")("Something else, with {braces}.") == "Something else, with {braces}."


def _taught(number: int) -> TaughtExample:
    return TaughtExample(f"prik {number}", "zwemmen", (Near("griepprik", "flu_jab", "nl", 0.95),))


def test_what_was_offered_and_dangers_are_named(hall: Hall) -> None:
    name = topic_names.names(hall.desk.content, "nl", words("nl"))
    labels = hall.desk.content.labels["nl"].topics
    assert name("? flu_jab hpv") == f"aangeboden: {labels['flu_jab']}, {labels['hpv']}"
    assert name("? ") == name("") == name("none") == "niets"
    assert name("flag_suicide") == name("suicide") == "gedachten aan zelfdoding"
