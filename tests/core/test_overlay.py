"""Entries of content: taken out, and laid over the files."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.core.answer import Voice
from bot.core.content import Answer, Content, Topic
from bot.core.entry import Examples, Kind, ReadyText, Ref, Words
from bot.core.overlay import entries_of, overlaid
from bot.core.phrases import menu_group
from bot.core.served import Served

NEW = Ref(Kind.TOPIC, "bike_helmet")


def behind(content: Content, choice: str) -> list[str]:
    shown = menu_group(Voice(Served(content)), choice, "nl") or pytest.fail("no such choice")
    return [button.data.removeprefix("t:") for row in shown.buttons for button in row][:-1]


def test_all_entries_laid_over_change_nothing(content: Content) -> None:
    assert overlaid(content, entries_of(content).items()) == content


def test_a_changed_fact_is_changed_and_nothing_else(content: Content) -> None:
    line = replace(content.facts["money_line"], values={"": "0800-1111"})
    laid = overlaid(content, [(Ref(Kind.FACT, "money_line"), line)])
    assert laid.facts["money_line"].in_language("tr") == "0800-1111"
    assert replace(laid, facts=content.facts) == content
    assert content.facts["money_line"] != line


def test_an_entry_can_be_taken_away(content: Content) -> None:
    laid = overlaid(content, [(Ref(Kind.ANSWER, "utter_hpv", "tr"), None), (Ref(Kind.TERM, "huisarts", "nl"), None)])
    assert ("utter_hpv", "tr") not in laid.answers
    assert "huisarts" not in laid.glossary["nl"]


def test_a_topic_made_on_the_desk_is_on_the_menu_once_it_has_a_dutch_answer(content: Content) -> None:
    made = overlaid(content, [(NEW, Topic("bike_helmet", "living"))])
    assert behind(made, "living") == behind(content, "living")
    answer = Answer("utter_bike_helmet", "nl", "Een helm beschermt het hoofd.")
    answered = overlaid(content, [(NEW, Topic("bike_helmet", "living")), (Ref(Kind.ANSWER, answer.key, "nl"), answer)])
    assert behind(answered, "living") == [*behind(content, "living"), "bike_helmet"]


def test_a_ready_made_message_and_a_label_are_laid_over(content: Content) -> None:
    laid = overlaid(
        content,
        [
            (Ref(Kind.TEMPLATE, "hi"), ReadyText("Groet", {"nl": "Dag"})),
            (Ref(Kind.LABEL, "topics.hpv", "en"), Words("HPV jab")),
            (Ref(Kind.EXAMPLES, "hpv", "nl"), Examples(("hpv prik",))),
        ],
    )
    assert laid.ready["hi"] == ("Groet", {"nl": "Dag"})
    assert laid.labels["en"].topics["hpv"] == "HPV jab"


def test_a_body_of_another_kind_is_refused(content: Content) -> None:
    with pytest.raises(TypeError, match="fact cannot hold a Words"):
        overlaid(content, [(Ref(Kind.FACT, "money_line"), Words("0800"))])
    with pytest.raises(TypeError, match="flag cannot hold a NoneType"):
        overlaid(content, [(Ref(Kind.FLAG, "suicide", "nl"), None)])
