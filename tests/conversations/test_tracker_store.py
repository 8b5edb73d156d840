"""Our tracker store beside Rasa's own: the same conversation, the same keys and slots."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import pytest
from rasa.core.agent import Agent
from rasa.core.channels.channel import CollectingOutputChannel, UserMessage
from rasa.core.tracker_store import InMemoryTrackerStore, TrackerStore

from bot.gateways.rasa.actions import InProcessActions
from bot.gateways.rasa.tracker_store import OneTurnTrackerStore
from bot.gateways.rasa.words import KeysOnly


@pytest.fixture(scope="module")
def agents(model: Path) -> list[tuple[Any, TrackerStore]]:
    pairs = []
    for store_class in (InMemoryTrackerStore, OneTurnTrackerStore):
        store = store_class(None)
        agent = Agent.load(str(model), tracker_store=store, generator=KeysOnly(), action_endpoint=InProcessActions())
        store.domain = agent.processor.domain
        pairs.append((agent.processor, store))
    return pairs


async def said(
    processor: Any, store: TrackerStore, intent: str, ranking: list[dict[str, Any]], **told: str
) -> tuple[list[Any], Any]:
    out = CollectingOutputChannel()
    parse = {
        "text": "",
        "intent": {"name": intent, "confidence": 1.0},
        "intent_ranking": ranking,
        "entities": [{"entity": name, "value": value} for name, value in told.items()],
    }
    await processor.handle_message(UserMessage("", out, "someone", parse_data=parse))
    tracker = await store.retrieve("someone")
    assert tracker is not None
    return [message["custom"] for message in out.messages], tracker.current_slot_values()


async def test_both_stores_say_the_same_and_remember_the_same(agents: list[tuple[Any, TrackerStore]]) -> None:
    intents = [
        i
        for i in agents[0][0].domain.intents
        if not i.startswith("flag_") and i not in {"restart", "back", "session_start"}
    ]
    draw = random.Random(4)
    ranking = [{"name": "ask_hpv", "confidence": 0.3}]
    for _ in range(80):
        intent = draw.choice([*intents, *["nlu_fallback"] * 40])
        turns = [await said(processor, store, intent, ranking) for processor, store in agents]
        keys, slots = turns[0]
        other_keys, other_slots = turns[1]
        assert keys == other_keys
        slots.pop("session_started_metadata", None)
        other_slots.pop("session_started_metadata", None)
        assert slots == other_slots


async def test_both_stores_go_through_the_case_form_alike(agents: list[tuple[Any, TrackerStore]]) -> None:
    area, consent = {"area": "8911"}, {"consent": "yes"}
    steps: list[tuple[str, dict[str, str]]] = [
        ("talk_to_person", {}), ("ask_flu_jab", {}), ("nlu_fallback", {}), ("case_tell", area), ("affirm", {}),
        ("ask_hpv", {}), ("nlu_fallback", {}), ("nlu_fallback", {}), ("case_tell", {"area": "9001"}),
        ("case_tell", consent), ("case_tell", consent), ("greet", {}),
        ("talk_to_person", {}), ("case_tell", area), ("deny", {}), ("case_tell", consent),
        ("talk_to_person", {}), ("cancel", {}), ("talk_to_person", {}), ("case_tell", consent), ("case_tell", area),
        ("talk_to_person", {}), ("talk_to_person", {}), ("case_tell", area), ("case_tell", consent), ("thanks", {}),
    ]  # fmt: skip
    draw = random.Random(9)
    steps += [draw.choice(steps) for _ in range(60)]
    for number, (intent, told) in enumerate(steps):
        turns = [await said(processor, store, intent, [], **told) for processor, store in agents]
        (keys, slots), (other_keys, other_slots) = turns
        assert keys == other_keys, (number, intent, told)
        slots.pop("session_started_metadata", None)
        other_slots.pop("session_started_metadata", None)
        assert slots == other_slots, (number, intent, told)
