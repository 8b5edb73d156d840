"""What a component learnt: one file of the model, kept, loaded, and read from another model to build on."""

from __future__ import annotations

import pickle
import tarfile
from functools import lru_cache
from pathlib import Path
from typing import Any, ClassVar, Self

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage


class Trained(GraphComponent):  # type: ignore[misc]
    """A component of the pipeline that learns from the examples; `model` is what it learnt, or None.

    `PART` names the file that it keeps in a model. Another name for another shape: then a model of an earlier version
    is not taken for one of this.
    """

    PART: ClassVar[str]

    def __init__(self, config: dict[str, Any], storage: ModelStorage, resource: Resource, model: Any = None) -> None:
        self._config, self._storage, self._resource, self._model = config, storage, resource, model

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> Self:
        """A component that has learnt nothing yet."""
        return cls(config, model_storage, resource)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **_: Any,
    ) -> Self:
        """The trained component. A model of an earlier version has none: FileNotFoundError."""
        with model_storage.read_from(resource) as folder, (Path(folder) / cls.PART).open("rb") as part:
            return cls(config, model_storage, resource, pickle.load(part))  # noqa: S301 - of our own model

    def _base(self) -> bytes:
        """The same part of the model that `base` names in `config.yml`, b"" where there is none to build on."""
        base = self._config.get("base")
        return trained_part(Path(base), self.PART) if base else b""

    def _keep(self) -> Resource:
        """Also what learnt nothing must be there to be loaded."""
        with self._storage.write_to(self._resource) as folder, (Path(folder) / self.PART).open("wb") as part:
            pickle.dump(self._model, part, protocol=5)  # joblib takes seconds for the words that are counted
        return self._resource


@lru_cache(maxsize=4)
def trained_part(model: Path, name: str) -> bytes:
    """What a component kept under a file's name ("topics.pickle").

    Raises OSError or tarfile.TarError when the model cannot be read, and LookupError when it has no such part.
    """
    with tarfile.open(model, "r:gz") as archive:
        for member in archive:
            file = archive.extractfile(member) if Path(member.name).name == name else None
            if file is not None:
                return file.read()
    raise LookupError(f"{model.name} was trained by an earlier version: train again")
