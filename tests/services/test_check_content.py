"""Every content rule: a good answer passes, and one that breaks exactly one rule is found for that rule."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from bot.core.content import (
    Answer,
    Content,
    Fact,
    FlagTexts,
    Labels,
    MenuGroup,
    Pressure,
    Review,
    Source,
    Topic,
)
from bot.core.drift import source_hash
from bot.core.finding import Finding
from bot.core.language import LANGUAGES
from bot.core.triage import Flag
from bot.services.checking.check_completeness import MOST_ASKED
from bot.services.checking.check_content import check, scores

DAY = date(2026, 11, 21)
KEY = "utter_flu_jab"


class KnownWords:
    """Knows Dutch and Turkish words: those with an x are hard, unless they are explained."""

    def knows(self, language: str) -> bool:
        return language in {"nl", "tr"}

    def is_easy(self, word: str, language: str, explained: frozenset[str]) -> bool:
        return "x" not in word or word.lower() in explained

    def syllables(self, word: str, language: str) -> int:
        return 1


def answer(key: str = KEY, language: str = "nl", **changes: Any) -> Answer:
    """An answer that holds every rule."""
    good = Answer(
        key,
        language,
        text="De prik maakt de kans op griep kleiner. Vraag de huisarts om raad.",
        simple="De prik helpt tegen griep. U kiest zelf.",
        sections={
            "benefits": "U heeft minder kans op griep.",
            "side_effects": "Een pijnlijke arm komt vaak voor.",
            "unknown": "Niemand weet vooraf wie ziek wordt.",
            "choice": "De keuze is van u.",
        },
        pictogram="syringe",
        sources=(Source("RIVM", "https://www.rivm.nl", DAY),),
        review=Review(),
        next=("hpv", "covid_jab"),
        effects=("offer_person",),
        where=f"responses/{language}/diseases.yml:5",
    )
    return replace(good, **changes)


def labels(**changes: Mapping[str, str]) -> Labels:
    """Labels for everything that `content` has."""
    good = Labels(
        sections=dict.fromkeys(("benefits", "side_effects", "unknown", "choice"), "Kort"),
        buttons={},
        menu={"care": "Zorg"},
        topics=dict.fromkeys(MOST_ASKED, "Kort"),
        pictograms={"syringe": "een prik"},
        commands={},
        page={},
    )
    return replace(good, **changes)


def flag_texts(flag: Flag, language: str) -> FlagTexts:
    """What is said for a red flag, rightly."""
    return FlagTexts(flag, language, "Bel nu {emergency}.", "Is er gevaar?", ("emergency",), "syringe")


def content(*changed: Answer, **fields: Any) -> Content:
    """Content without findings, save for what is `changed`."""
    keys = [*(f"utter_{key}" for key in MOST_ASKED), "utter_greet", "utter_menu"]
    answers = {(key, language): answer(key, language) for language in LANGUAGES for key in keys}
    good = Content(
        answers=answers,
        labels={language: labels() for language in LANGUAGES},
        facts={
            "age": Fact("age", {"": "60"}, "", "", DAY),
            "emergency": Fact("emergency", {"": "112"}, "", "", DAY),
        },
        topics={key: Topic(key, "", "V") for key in MOST_ASKED} | {"grief": Topic("grief", "", "W")},
        meta=("greet",),
        menu=(MenuGroup("care", "", "syringe"),),
        flags={
            (flag, language): FlagTexts(
                flag, language, "Bel nu {emergency}.", "Is er gevaar?", ("emergency",), "syringe"
            )
            for flag in Flag
            for language in LANGUAGES
        },
        patterns=(),
        glossary={language: {"griep": "Een ziekte met koorts en hoesten."} for language in LANGUAGES},
        pressure={language: Pressure(("u moet", "verplicht*"), {}) for language in LANGUAGES},
        cards={},
        pictograms=frozenset({"syringe"}),
    )
    good = replace(good, topics={key: topic for key, topic in good.topics.items() if key in MOST_ASKED})
    good = replace(good, answers=_translated(good))
    return replace(replace(good, answers={**good.answers, **{(a.key, a.language): a for a in changed}}), **fields)


def _translated(good: Content) -> dict[tuple[str, str], Answer]:
    return {
        (key, language): found if language == "nl" else replace(found, translates=source_hash(good.answers[key, "nl"]))
        for (key, language), found in good.answers.items()
    }


def found(whole: Content, rule: str = "") -> list[Finding]:
    """The findings, less those that translations have only because the Dutch was changed."""
    return [f for f in check(whole, KnownWords()) if f.rule not in {"stale", "placeholders"} or f.rule == rule]


def rules(whole: Content, rule: str = "") -> set[str]:
    return {f.rule for f in found(whole, rule)}


def test_a_good_answer_has_no_findings() -> None:
    assert check(content(), KnownWords()) == []


WORDS_16 = "Een twee drie vier vijf zes zeven acht negen tien elf twaalf dertien veertien vijftien zestien."
SHORT = "Dit is een zin. "
GOOD = answer()


@pytest.mark.parametrize(
    ("rule", "changes"),
    [
        ("no_simple", {"simple": ""}),
        ("too_long", {"text": SHORT * 16}),
        ("too_long", {"simple": SHORT * 7}),
        ("too_long", {"sections": {**GOOD.sections, "side_effects": SHORT * 16}}),
        ("long_sentence", {"text": f"{SHORT}{SHORT}{WORDS_16}"}),
        ("average_sentence", {"text": "Een twee drie vier vijf zes zeven acht negen tien elf."}),
        ("exclamation", {"text": "Haal uw griepprik!"}),
        ("pressure", {"text": "U moet een prik halen."}),
        ("pressure", {"simple": "De prik is verplichtend."}),
        ("hard_word", {"text": "Een xylofoon helpt niet."}),
        ("abbreviation", {"text": "Vraag het de GGD."}),
        (
            "no_balance",
            {"sections": {name: text for name, text in GOOD.sections.items() if name != "unknown"}},
        ),
        ("no_balance", {"sections": {**GOOD.sections, "choice": ""}}),
        ("one_sided", {"sections": {**GOOD.sections, "side_effects": "Zere arm."}}),
        ("no_pictogram", {"pictogram": ""}),
        ("no_source", {"sources": ()}),
        ("poor_source", {"sources": (Source("RIVM", "http://www.rivm.nl", DAY),)}),
        ("poor_source", {"sources": (Source("", "https://www.rivm.nl", DAY),)}),
        ("review_status", {"review": Review("fine")}),
        ("review_by_nobody", {"review": Review("reviewed")}),
        ("too_many_next", {"next": ("hpv", "covid_jab", "gp_how", "low_mood")}),
        ("unknown_next", {"next": ("weather",)}),
        ("unknown_effect", {"effects": ("send_money",)}),
    ],
)
def test_an_answer_that_breaks_one_rule_is_found_for_that_rule(rule: str, changes: dict[str, Any]) -> None:
    findings = found(content(answer(**changes)))
    assert {f.rule for f in findings} == {rule}
    assert {(f.key, f.language, f.where, f.severity) for f in findings} == {(KEY, "nl", GOOD.where, "block")}
    assert all(f.text and f.suggestion for f in findings)


def test_facts_are_filled_in_before_words_are_counted() -> None:
    long = "een twee drie vier vijf zes zeven acht negen tien elf twaalf dertien veertien"
    facts = {**content().facts, "age": Fact("age", {"": f"{long} {long}"}, "", "", DAY)}
    assert "long_sentence" in rules(content(answer(text="Vanaf {age} jaar. Ja. Ja. Ja."), facts=facts))


def test_a_worry_offers_a_person() -> None:
    topics = {**content().topics, "flu_jab": Topic("flu_jab", "", "W")}
    assert rules(content(answer(effects=()), topics=topics)) == {"no_person"}


def test_a_topic_that_is_no_vaccination_needs_no_balance() -> None:
    topics = {**content().topics, "flu_jab": Topic("flu_jab", "", "")}
    assert rules(content(answer(sections={}), topics=topics)) == set()


def test_a_pictogram_needs_words_for_who_cannot_see_it() -> None:
    whole = content(answer(pictogram="arm"), pictograms=frozenset({"syringe", "arm"}))
    assert rules(whole) == {"no_alt_text"}


def test_hard_words_block_in_dutch_and_are_advice_in_turkish() -> None:
    hard = content(answer(text="Een xylofoon."), answer(language="tr", text="Een xylofoon."))
    assert {(f.language, f.severity) for f in found(hard)} == {("nl", "block"), ("tr", "advice")}


def test_a_language_without_a_word_list_has_no_hard_words() -> None:
    assert rules(content(answer(language="fy", text="In xylofoon."))) == set()


@pytest.mark.parametrize(
    "text",
    [
        "Vraag het Xandra.",
        "Kijk op www.xyz.nl vandaag.",
        "Een xylofoon (een ding met hout).",
        "Het kost 4x niets.",
    ],
)
def test_names_addresses_numbers_and_what_brackets_explain_are_no_hard_words(text: str) -> None:
    assert rules(content(answer(text=text))) == set()


def test_a_hard_word_of_the_glossary_is_explained() -> None:
    glossary = {**content().glossary, "nl": {"xylofoon": "Een ding met hout waarop u muziek maakt."}}
    assert rules(content(answer(text="Een xylofoon."), glossary=glossary)) == set()


def test_a_term_of_several_words_explains_them_only_together() -> None:
    glossary = {**content().glossary, "nl": {"xeigen xrisico": "Wat u per jaar eerst zelf betaalt."}}
    assert rules(content(answer(text="Dit is xeigen xrisico."), glossary=glossary)) == set()
    assert rules(content(answer(text="Dit is xrisico."), glossary=glossary)) == {"hard_word"}


@pytest.mark.parametrize(
    "text",
    [
        "Vraag de GGD (dienst voor gezondheid).",
        "Vraag de dienst voor gezondheid (GGD).",
        "U kiest. JA of nee.",
    ],
)
def test_an_abbreviation_with_its_meaning_passes(text: str) -> None:
    glossary = {**content().glossary, "nl": {"ja": "Dat zegt u als u iets wilt."}}
    assert rules(content(answer(text=text), glossary=glossary)) == set()


def test_pressure_is_allowed_in_its_own_topic_and_in_innocent_phrases() -> None:
    pressure = {
        **content().pressure,
        "nl": Pressure(("u moet", "verplicht*"), {"verplicht*": ("flu_jab",)}, ("u moet niets",)),
    }
    fine = answer(text="Niets is verplicht. U moet niets.")
    assert rules(content(fine, pressure=pressure)) == set()
    elsewhere = answer("utter_hpv", text="Niets is verplicht.")
    assert rules(content(elsewhere, pressure=pressure)) == {"pressure"}


def test_pressure_is_seen_in_turkish_capitals() -> None:
    pressure = {**content().pressure, "tr": Pressure(("iğne ısrarı",), {})}
    assert rules(content(answer(language="tr", text="Bu İğne Israrı."), pressure=pressure)) == {"pressure"}


def test_meta_and_system_texts_have_only_the_rules_of_wording() -> None:
    bare = Answer("utter_greet", "nl", "Een xylofoon van de GGD.", where="responses/nl/meta.yml:5")
    assert rules(content(bare)) == set()
    for text, rule in (
        (WORDS_16 + " Ja. Ja.", "long_sentence"),
        ("Hallo!", "exclamation"),
        ("U moet iets.", "pressure"),
    ):
        assert rules(content(replace(bare, text=text))) == {rule}


def test_a_changed_dutch_text_makes_every_translation_stale_which_is_advice() -> None:
    findings = check(content(answer(simple="U kiest zelf of u hem wilt.")), KnownWords())
    assert {(f.rule, f.severity, f.key) for f in findings} == {("stale", "advice", KEY)}
    assert {f.language for f in findings} == set(LANGUAGES) - {"nl"}


def test_a_translation_has_the_same_placeholders_as_the_dutch_text() -> None:
    findings = found(content(answer(language="en", text="From {age} years.")), "placeholders")
    assert [(f.rule, f.language, f.severity) for f in findings] == [("placeholders", "en", "block")]
    assert "{age}" in findings[0].text


@pytest.mark.parametrize("key", [KEY, "utter_greet", "utter_menu"])
def test_a_text_that_one_language_lacks_is_missed(key: str) -> None:
    whole = content()
    answers = {at: found for at, found in whole.answers.items() if at != (key, "tr")}
    findings = check(replace(whole, answers=answers), KnownWords())
    assert [(f.rule, f.key, f.language) for f in findings] == [("missing_answer", key, "tr")]


@pytest.mark.parametrize(
    ("rule", "changes"),
    [
        ("no_label", {"topics": dict.fromkeys(MOST_ASKED[1:], "Kort")}),
        ("no_label", {"menu": {}}),
        ("no_label", {"sections": {"benefits": "Kort", "unknown": "Kort", "choice": "Kort"}}),
        ("long_label", {"topics": {**labels().topics, "hpv": "x" * 33}}),
        ("long_label", {"sections": {**labels().sections, "choice": "x" * 25}}),
    ],
)
def test_labels_are_there_and_fit_a_button(rule: str, changes: dict[str, Any]) -> None:
    findings = found(content(labels={**content().labels, "en": labels(**changes)}))
    assert [(f.rule, f.language) for f in findings] == [(rule, "en")]


@pytest.mark.parametrize(
    ("rule", "explanation"),
    [
        ("empty_term", "Een ziekte."),
        ("empty_term", "De griep is de griep, griep."),
        ("long_term", "Een ziekte met koorts en hoesten. " * 5),
    ],
)
def test_an_explanation_explains(rule: str, explanation: str) -> None:
    glossary = {**content().glossary, "nl": {"griep": explanation}}
    assert rules(content(glossary=glossary)) == {rule}


@pytest.mark.parametrize("name", ["glossary", "pressure"])
def test_every_language_has_its_lists(name: str) -> None:
    lists = {language: held for language, held in getattr(content(), name).items() if language != "ar"}
    assert [(f.rule, f.language) for f in found(content(**{name: lists}))] == [("no_list", "ar")]


@pytest.mark.parametrize(
    ("rule", "text", "question"),
    [
        ("number_missing", "Bel nu.", "Is er gevaar?"),
        ("too_long", "Bel {emergency}. " + "Zin van vier woorden. " * 15, "Is er gevaar?"),
        ("too_long", "Bel {emergency}.", "Zin van vier woorden. " * 16),
        ("no_red_flag", "Bel {emergency}.", ""),
        ("exclamation", "Bel {emergency}!", "Is er gevaar?"),
        ("long_sentence", "Bel {emergency}. Ja.", f"Ja. Ja. {WORDS_16}"),
    ],
)
def test_a_red_flag_is_short_and_names_its_numbers(rule: str, text: str, question: str) -> None:
    texts = FlagTexts(Flag.SUICIDE, "fy", text, question, ("emergency",), "syringe")
    findings = found(content(flags={**content().flags, (Flag.SUICIDE, "fy"): texts}))
    assert {(f.rule, f.language, f.key) for f in findings} == {(rule, "fy", "suicide")}


def test_every_answer_has_a_plain_language_score() -> None:
    whole = content()
    found = {(s.key, s.language): s.score for s in scores(whole, KnownWords())}
    assert set(found) == set(whole.answers)
    assert found[KEY, "nl"].formula == "Flesch-Douma"
    assert found[KEY, "ar"].formula == "LIX"
    assert found[KEY, "nl"].words_per_sentence < 10
