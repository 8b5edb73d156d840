"""One model that is asked questions: loaded when it is first asked something that it did not answer before."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path

from bot.core.served import Served
from bot.gateways.rasa.dialogue import RasaDialogue
from bot.services.evaluate import Outcome, Question
from bot.services.teaching.compare import Tested
from bot.teach.examination import Examination, keep_heard, kept_heard


class Examinee:
    """A model's file, and what is served beside it."""

    def __init__(self, model: Path, served: Served) -> None:
        self._model, self._served = model, served

    def tested(self, examination: Examination) -> Tested:
        """What it makes of the examination; that is kept beside the model."""
        kept = self._model.with_name(self._model.name.removesuffix(".tar.gz") + ".tested.json")
        mark = examination.mark(self._served.content)
        heard = kept_heard(kept, mark)
        if heard is None:
            heard = asyncio.run(examination.heard(self._dialogue, self._served))
            keep_heard(kept, mark, heard)
        return examination.tested(heard, self._served.content)

    def answers(self, questions: Sequence[Question]) -> Sequence[Outcome]:
        """What it makes of other questions."""
        if not questions:
            return ()
        asked = Examination(tuple(questions), ())
        heard = asyncio.run(asked.heard(self._dialogue, self._served))
        return asked.tested(heard, self._served.content).topics

    @cached_property
    def _dialogue(self) -> RasaDialogue:
        return RasaDialogue(self._model)


def asked_of_left_out(model: Path, served: Served, questions: Sequence[Question]) -> Sequence[Outcome]:
    """What a model of before an update makes of questions; () where this program cannot read it any more."""
    try:
        return Examinee(model, served).answers(questions)
    except Exception as error:  # noqa: BLE001 - the border: what Rasa and pickle make of a file of another version
        print(f"The model of before cannot be asked: {type(error).__name__}", file=sys.stderr)  # noqa: T201 - a report
        return ()
