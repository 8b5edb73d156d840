"""Rasa's processor of messages, less what it does anew at every message and nobody here asks for."""

from __future__ import annotations

import tarfile
import tempfile
from pathlib import Path
from typing import Any

from rasa.core.lock_store import InMemoryLockStore
from rasa.core.processor import MessageProcessor
from rasa.core.tracker_store import FailSafeTrackerStore, TrackerStore
from rasa.engine import loader
from rasa.engine.runner.interface import GraphRunner
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.storage import ModelMetadata
from rasa.exceptions import ModelNotFound

from bot.gateways.rasa.actions import InProcessActions
from bot.gateways.rasa.in_order import InOrder
from bot.gateways.rasa.words import KeysOnly


class Processor(MessageProcessor):  # type: ignore[misc]
    """One trained model, with our words and actions. Raises ModelNotFound for a file that is none."""

    def __init__(self, model: Path, store: TrackerStore) -> None:
        super().__init__(
            str(model), FailSafeTrackerStore(store), InMemoryLockStore(), KeysOnly(), action_endpoint=InProcessActions()
        )
        store.domain = self.domain

    @staticmethod
    def _load_model(model_path: str) -> tuple[str, ModelMetadata, GraphRunner]:
        with tempfile.TemporaryDirectory() as folder:
            try:
                metadata, runner = loader.load_predict_graph_runner(
                    Path(folder), Path(model_path), LocalModelStorage, InOrder
                )
            except tarfile.ReadError as error:
                raise ModelNotFound(f"No model: {model_path}") from error
        return Path(model_path).name, metadata, runner

    def _check_for_unseen_features(self, parse_data: dict[str, Any]) -> None:
        """Nothing: our own intents alone come in, and Rasa would build an empty domain to compare with ours."""
