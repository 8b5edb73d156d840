"""Our processor beside Rasa's own: the same intents lead to the same keys and slots, with fewer rules tried."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import pytest
from rasa.core.agent import Agent
from rasa.core.channels.channel import CollectingOutputChannel, UserMessage

from bot.gateways.rasa.actions import InProcessActions
from bot.gateways.rasa.dialogue import RasaDialogue
from bot.gateways.rasa.processor import Processor
from bot.gateways.rasa.tracker_store import OneTurnTrackerStore
from bot.gateways.rasa.words import KeysOnly

NOT_SAID = {"restart", "back", "session_start"}


@pytest.fixture(scope="module")
def processors(model: Path) -> tuple[Any, Any]:
    rasas = OneTurnTrackerStore(None)
    agent = Agent.load(str(model), tracker_store=rasas, generator=KeysOnly(), action_endpoint=InProcessActions())
    return agent.processor, Processor(model, OneTurnTrackerStore(None))


async def turn(processor: Any, intent: str, **told: str) -> tuple[list[Any], Any]:
    out = CollectingOutputChannel()
    entities = [{"entity": name, "value": value} for name, value in told.items()]
    parse = {"text": "", "intent": {"name": intent, "confidence": 1.0}, "intent_ranking": [], "entities": entities}
    await processor.handle_message(UserMessage("", out, "someone", parse_data=parse))
    tracker = await processor.tracker_store.retrieve("someone")
    slots = tracker.current_slot_values()
    slots.pop("session_started_metadata", None)
    return [message["custom"] for message in out.messages], (slots, tracker.active_loop_name)


async def test_a_long_talk_goes_as_with_rasas_own_processor(processors: tuple[Any, Any]) -> None:
    theirs, ours = processors
    intents = [i for i in ours.domain.intents if not i.startswith("flag_") and i not in NOT_SAID]
    draw = random.Random(7)
    for _ in range(120):
        intent = draw.choice([*intents, *["nlu_fallback", "talk_to_person"] * 15])
        assert await turn(ours, intent) == await turn(theirs, intent)


async def test_every_intent_is_answered_as_by_rasas_own_processor(processors: tuple[Any, Any]) -> None:
    theirs, ours = processors
    for intent in sorted(set(ours.domain.intents) - NOT_SAID):
        assert await turn(ours, intent) == await turn(theirs, intent)


async def test_a_text_is_read_as_rasas_own_processor_reads_it(processors: tuple[Any, Any], model: Path) -> None:
    dialogue, (theirs, _) = RasaDialogue(model), processors
    for text in ("wat kost de huisarts", "aşı zorunlu mu", "?", "ik fiel my sa allinnich"):
        parsed = await theirs.parse_message(UserMessage(text))
        understood = await dialogue.understand(text)
        assert understood.languages == parsed["languages"]
        assert [guess.confidence for guess in understood.ranking] == [
            item["confidence"] for item in parsed["intent_ranking"] if item["name"] != "nlu_fallback"
        ]
