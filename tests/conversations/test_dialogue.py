"""The embedded Rasa agent: what it understands and chooses."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.core.content import Content
from bot.core.errors import DialogueError, ModelMissing
from bot.core.guard import SLASHES
from bot.gateways.rasa.dialogue import RasaDialogue
from bot.services.ports import Understanding


async def test_every_key_that_a_resident_can_mean_has_a_rule(dialogue: RasaDialogue, content: Content) -> None:
    for key in [*content.topics, *content.meta]:
        reply = await dialogue.choose("r", "", key)
        expected = "utter_ask_case_area" if key == "talk_to_person" else f"utter_{key}"
        assert [said.key for said in reply.said] == [expected]


async def test_two_failures_lead_to_a_person_and_never_to_a_loop(dialogue: RasaDialogue) -> None:
    snapshot, said = "", []
    for _ in range(6):
        reply = await dialogue.converse("r", snapshot, Understanding())
        snapshot = reply.snapshot
        said.append(reply.said[0].key)
    assert said == ["utter_not_understood", "utter_not_understood_person"] * 3


async def test_anything_understood_starts_the_count_again(dialogue: RasaDialogue) -> None:
    first = await dialogue.converse("r", "", Understanding())
    understood = await dialogue.choose("r", first.snapshot, "hpv")
    again = await dialogue.converse("r", understood.snapshot, Understanding())
    assert again.said[0].key == "utter_not_understood"


async def test_doubt_offers_up_to_three_topics(dialogue: RasaDialogue) -> None:
    understanding = await dialogue.understand("prik")
    reply = await dialogue.converse("r", "", Understanding(ranking=understanding.ranking))
    assert reply.said[0].key == "utter_did_you_mean"
    assert 1 <= len(reply.said[0].topics) <= 3


@pytest.mark.parametrize("typed", ["/restart", "/ask_hpv", "／restart", "\u200b/greet", '/ask_hpv{"failures": 9}'])
async def test_typed_commands_command_nothing(dialogue: RasaDialogue, typed: str) -> None:
    understanding = await dialogue.understand(typed)
    assert understanding.chosen not in {"restart", "session_start", "back"}
    assert len(understanding.ranking) != 1  # an order has one intent and nothing beside it


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(leader=st.text(alphabet=SLASHES + " \u200b\u200e\ufeff", max_size=6), text=st.text(max_size=30))
async def test_no_typed_text_is_read_as_an_order(dialogue: RasaDialogue, leader: str, text: str) -> None:
    understanding = await dialogue.understand(f"{leader}/restart{text}")
    assert len(understanding.ranking) != 1
    assert understanding.chosen != "restart"


async def test_a_button_carries_only_what_is_allowed(dialogue: RasaDialogue) -> None:
    for key in ("restart", "/restart", "nlu_fallback", "session_start", "", "ask_hpv", "flag_suicide"):
        with pytest.raises(DialogueError):
            await dialogue.choose("r", "", key)


async def test_what_is_remembered_does_not_grow_and_holds_no_words(dialogue: RasaDialogue) -> None:
    snapshot = ""
    for number in range(30):
        reply = await dialogue.converse("r", snapshot, await dialogue.understand(f"geheim{number} griepprik"))
        snapshot = reply.snapshot
    assert len(snapshot) < 200
    assert "geheim" not in snapshot
    assert set(json.loads(snapshot)) == {"slots", "form", "at"}


async def test_two_residents_do_not_share_a_memory(dialogue: RasaDialogue) -> None:
    one = await dialogue.converse("one", "", Understanding())
    other = await dialogue.converse("other", "", Understanding())
    assert one.said == other.said
    assert (await dialogue.converse("one", one.snapshot, Understanding())).said[0].key == "utter_not_understood_person"


def test_a_missing_model_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(ModelMissing, match="buurtvraag train"):
        RasaDialogue(tmp_path / "none.tar.gz")
