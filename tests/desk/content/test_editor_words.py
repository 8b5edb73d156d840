"""Every sentence that the room of editors may say has its Dutch words, and no code stands where words should."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.core.content import Content
from bot.core.entry import Kind, Ref
from bot.core.finding import BLOCK, Finding, about
from bot.core.overlay import entries_of
from bot.desk.content.answers.answer_words import DID, EFFECT_WORDS
from bot.desk.content.answers.findings_view import by_part
from bot.desk.content.answers.rules_told import TOLD
from bot.desk.content.entries.entry_rules import OWN, rule_name
from bot.desk.content.entry_names import Names
from bot.desk.content.label_names import CALLED, DANGERS, READ
from bot.desk.content.lessons.sentences import SENTENCES as LESSONS
from bot.desk.content.marks import mark_meanings, mark_words
from bot.desk.content.reasons_told import RETOLD, SENTENCES, reason_told
from bot.desk.content.refusal import RULES
from bot.desk.content.talk_names import NAME, TALK
from bot.desk.content.writing.writing_words import GONE
from bot.desk.words import words

SERVICES = Path(__file__).parents[3] / "bot" / "services"
RULES_SAY = [
    words
    for rule in (*TOLD.values(), *OWN.values())
    for words in (rule.name, rule.says, rule.advice, rule.other)
    if words
]
NAMES_SAY = [*TALK, *NAME.values(), *CALLED.values(), *READ.values(), *DANGERS.values()]
SENTENCES_SAID = [
    *DID.values(), *EFFECT_WORDS.values(), GONE, RULES, *RULES_SAY, *NAMES_SAY, *SENTENCES, *RETOLD.values(),
]  # fmt: skip
PLACE_OF_RULE = {"about": 1, "found": 1, "_found": 1, "Finding": 3}  # which argument of a call names the rule
REFUSALS = {"EditError", "EntryChanged", "DraftChanged", "NotPublishable"}
ONLY_IN_FILES = {"missing_answer"}  # of `content check` alone: no entry of the desk has it


@pytest.mark.parametrize("sentence", dict.fromkeys(SENTENCES_SAID))
def test_a_sentence_has_a_translation(sentence: str) -> None:
    assert words("nl")(sentence) != sentence


def test_the_marks_have_words_and_a_meaning_in_both_languages() -> None:
    for told in (mark_words, mark_meanings):
        dutch, english = told(words("nl")), told(words("en"))
        assert dutch.keys() == english.keys()
        assert not [mark for mark in dutch if dutch[mark] == english[mark]]


def test_every_rule_that_may_be_broken_has_a_name_for_people() -> None:
    found = set()
    for path in [*SERVICES.glob("checking/*.py"), *SERVICES.glob("editing/*.py")]:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            place = PLACE_OF_RULE.get(getattr(node.func, "id", ""), 99) if isinstance(node, ast.Call) else 99
            if isinstance(node, ast.Call) and place < len(node.args) and isinstance(node.args[place], ast.Constant):
                found.add(node.args[place].value)  # type: ignore[attr-defined]
    assert len(found) > 30
    assert found - TOLD.keys() - OWN.keys() == ONLY_IN_FILES
    assert all(words("nl")(rule_name(rule)) != rule_name(rule) for rule in found - ONLY_IN_FILES)


def test_every_refusal_of_a_change_has_dutch_words() -> None:
    """What a use case or the store says when a text cannot be changed so, as it stands in the code."""
    filled = {re.sub(r"\{\w+\}", "{}", known) for known in (*SENTENCES, *LESSONS)}
    refusals = list(_refusals())
    assert len(refusals) > 30
    assert not [said for said in refusals if words("nl")(said) == said and said not in filled]


def _refusals() -> Iterator[str]:
    for path in [*SERVICES.rglob("*.py"), *SERVICES.with_name("store").rglob("*.py")]:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") in REFUSALS:
                yield from filter(_is_sentence, map(_written, node.args))


def _written(node: ast.expr) -> str:
    """A text in the code with {} for what is filled in; "" for anything else."""
    if isinstance(node, ast.JoinedStr):
        return "".join(str(part.value) if isinstance(part, ast.Constant) else "{}" for part in node.values)
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


def _is_sentence(said: str) -> bool:
    return said.endswith(".") and not said.startswith("{}")


def test_a_number_of_a_finding_is_written_as_the_language_writes_it(content: Content) -> None:
    answer = content.answers["utter_flu_jab", "nl"]
    finding = about(answer, "average_sentence", "text: 15.5 words a sentence on average", "Shorten it.")
    (told,) = by_part([finding], [finding], answer, content)["text"]
    assert words("nl")(told.title, **told.values) == "De zinnen hebben gemiddeld 15,5 woorden."
    assert words("en")(told.title, **told.values) == "The sentences have 15.5 words on average."
    reason = "Text: 15.5 words a sentence on average. Shorten it."
    assert reason_told(reason, "nl", [finding]).startswith("De zinnen hebben gemiddeld 15,5 woorden.")


def test_every_text_of_the_assistant_itself_has_a_name_and_a_place_and_no_name_is_left_over(content: Content) -> None:
    talk = {key.removeprefix("utter_") for key, _ in content.answers} - content.topics.keys()
    assert talk == NAME.keys()
    assert len(set(NAME.values())) == len(NAME), "two texts of one name"


@pytest.mark.parametrize("language", ["nl", "en"])
def test_no_entry_shows_a_code_for_a_name(content: Content, language: str) -> None:
    names = Names(content, language)
    for ref in entries_of(content):
        assert not re.search(r"\w_\w|^utter|\w\.\w+_", names.title(ref)) or ref.kind is Kind.FACT, ref
        assert names.title(ref)[:1] == names.title(ref)[:1].upper() or ref.kind is Kind.TERM, ref
        if ref.kind is Kind.LABEL:
            assert names.read(ref), ref


def test_why_a_text_stays_names_languages_and_entries_in_words(content: Content) -> None:
    names = Names(content, "nl")
    translations = reason_told("There are translations of this text: ar, tr. Remove them first.", "nl", names=names)
    assert "Arabisch, Turks" in translations
    users = reason_told("These use it: utter_flu_jab tr, menu.care nl, own_risk. Change them first.", "nl", names=names)
    assert "Griepprik (Turks), Groep van het menu “Ziek en zorg” (Nederlands)" in users
    assert "utter_" not in users


def test_a_reason_that_is_too_short_is_told_without_the_rule_in_english() -> None:
    reason = "Say in at least 10 characters why this may be published: text: 16 words in “Een zin”."
    assert reason_told(reason, "nl") == "Waarom is dit goed zoals het is? Schrijf bij de regel minstens 10 tekens."
    assert reason_told(
        reason, "nl", [Finding("desk", "k", "nl", "long_sentence", BLOCK, "text: 16 words in “Een zin”", "")]
    ) == ("Waarom is dit goed zoals het is? Schrijf bij de regel minstens 10 tekens.")


def test_a_danger_and_a_list_are_named_in_the_language_of_the_screen(content: Content) -> None:
    names = Names(content, "nl")
    assert names.title(Ref(Kind.FLAG, "suicide", "nl")) == "Zelfdoding"
    assert names.title(Ref(Kind.PRESSURE, "words", "ar")) == "Woorden die druk zetten"
    assert names.title(Ref(Kind.FACT, "flu_jab_age")) == "Vanaf deze leeftijd is de griepprik gratis"
    assert Names(content, "en").title(Ref(Kind.FACT, "flu_jab_age")) == "Flu jab age"
