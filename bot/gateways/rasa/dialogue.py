"""The embedded Rasa agent behind the Dialogue port: text in, keys out, nothing over a network."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from rasa.core.channels.channel import CollectingOutputChannel, UserMessage
from rasa.engine.constants import PLACEHOLDER_MESSAGE
from rasa.shared.core.constants import DEFAULT_INTENTS

from bot.core.errors import DialogueError, ModelMissing
from bot.core.guard import harmless
from bot.gateways.rasa.processor import Processor
from bot.gateways.rasa.tracker_store import OneTurnTrackerStore
from bot.services.content_ports import Near
from bot.services.ports import Guess, Reply, Said, Understanding

TOPIC_PREFIX: Final = "ask_"
FLAG_PREFIX: Final = "flag_"
RASAS_OWN: Final = frozenset(DEFAULT_INTENTS) - {"out_of_scope"}  # orders such as restart; nobody may give them
EXPLAIN: Final = "explain"  # in a message's metadata: see nlu/components/__init__.py
NOT_UNDERSTOOD: Final = "nlu_fallback"
TOLD: Final = "case_tell"  # carries what a form was told; only `tell` gives it
# What a tap may choose besides topics and meta keys: "something else" after "Do you mean …?".
SOMETHING_ELSE: Final = "something_else"


class RasaDialogue:
    """One trained model, loaded. Raises ModelMissing when the path holds none."""

    def __init__(self, model: Path) -> None:
        if not model.is_file():
            raise ModelMissing(f"There is no trained model at {model}. Run `buurtvraag train`.")
        self.model = model
        self._store = OneTurnTrackerStore(None)
        self._processor = Processor(model, self._store)
        self._intents = {
            _key(name): name
            for name in self._processor.domain.intents
            if name not in RASAS_OWN | {TOLD} and not name.startswith(FLAG_PREFIX)
        }

    @property
    def keys(self) -> frozenset[str]:
        """Every topic and meta key that the model knows."""
        return frozenset(self._intents)

    async def understand(self, text: str) -> Understanding:
        """See `services.ports.Dialogue`."""
        (parsed,) = self._parsed([UserMessage(harmless(text))])
        return _understanding(parsed)

    async def understand_many(self, texts: Sequence[str]) -> list[Understanding]:
        """What each of many texts is about: the same as `understand`, in a fraction of the time. Blocks."""
        return [_understanding(parsed) for parsed in self._parsed([UserMessage(harmless(text)) for text in texts])]

    async def explain(self, text: str) -> tuple[Understanding, tuple[Near, ...]]:
        """What a text is about, and the examples that are most like it, the nearest first."""
        (parsed,) = self._parsed([UserMessage(harmless(text), metadata={EXPLAIN: True})])
        return _understanding(parsed), tuple(_near(item) for item in parsed.get("nearest") or ())

    async def converse(self, resident: str, snapshot: str, understanding: Understanding) -> Reply:
        """See `services.ports.Dialogue`."""
        intent = self._intents.get(understanding.chosen, NOT_UNDERSTOOD)
        return await self._step(resident, snapshot, intent, understanding.ranking)

    async def choose(self, resident: str, snapshot: str, key: str) -> Reply:
        """See `services.ports.Dialogue`."""
        if key == SOMETHING_ELSE:
            return await self._step(resident, snapshot, NOT_UNDERSTOOD, ())
        if key not in self._intents:
            raise DialogueError(f"no button carries {key!r}")
        return await self._step(resident, snapshot, self._intents[key], ())

    async def tell(self, resident: str, snapshot: str, **told: str) -> Reply:
        """See `services.ports.Dialogue`."""
        return await self._step(resident, snapshot, TOLD, (), told)

    def asking(self, snapshot: str) -> str:
        """See `services.ports.Dialogue`."""
        return str(json.loads(snapshot)["slots"].get("requested_slot") or "") if snapshot else ""

    async def _step(
        self,
        resident: str,
        snapshot: str,
        intent: str,
        ranking: tuple[Guess, ...],
        told: Mapping[str, str] = MappingProxyType({}),
    ) -> Reply:
        said = CollectingOutputChannel()
        self._store.put(resident, snapshot)
        try:
            await self._processor.handle_message(
                UserMessage("", said, resident, parse_data=self._parse_data(intent, ranking, told))
            )
        except Exception as error:
            self._store.take(resident)
            raise DialogueError(f"no next step: {type(error).__name__}") from error
        kept = self._store.take(resident)
        return Reply(tuple(_said(message) for message in said.messages), kept, self.asking(kept))

    def _parsed(self, asked: list[UserMessage]) -> list[dict[str, Any]]:
        target = self._processor.model_metadata.nlu_target
        try:
            made = self._processor.graph_runner.run({PLACEHOLDER_MESSAGE: asked}, [target]) if asked else {target: ()}
        except Exception as error:
            raise DialogueError(f"the words could not be read: {type(error).__name__}") from error
        return [message.as_dict(only_output_properties=True) for message in made[target]]

    def _parse_data(self, intent: str, ranking: tuple[Guess, ...], told: Mapping[str, str]) -> dict[str, Any]:
        return {
            "text": "",
            "intent": {"name": intent, "confidence": 1.0},
            "intent_ranking": [
                {"name": self._intents.get(guess.key, guess.key), "confidence": guess.confidence} for guess in ranking
            ],
            "entities": [{"entity": name, "value": value} for name, value in told.items()],
        }


def _key(intent: str) -> str:
    return intent.removeprefix(TOPIC_PREFIX)


def _understanding(parsed: dict[str, Any]) -> Understanding:
    ranking = tuple(
        Guess(_key(item["name"]), float(item["confidence"]))
        for item in parsed.get("intent_ranking", [])
        if item["name"] and item["name"] != NOT_UNDERSTOOD
    )
    chosen = (parsed.get("intent") or {}).get("name") or NOT_UNDERSTOOD
    flag = parsed.get("red_flag") or {"name": "", "confidence": 0.0}
    return Understanding(
        ranking=ranking,
        chosen="" if chosen == NOT_UNDERSTOOD else _key(chosen),
        languages=parsed.get("languages") or {},
        foreign=parsed.get("foreign") or "",
        flag=Guess(flag["name"], float(flag["confidence"])),
    )


def _near(item: dict[str, Any]) -> Near:
    return Near(item["text"], _key(item["intent"]), item["language"], float(item["likeness"]))


def _said(message: dict[str, Any]) -> Said:
    chosen = message["custom"]
    return Said(chosen["key"], tuple(chosen["topics"]))
