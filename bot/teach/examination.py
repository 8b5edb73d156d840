"""The evaluation files, asked of a model: thousands of questions in seconds."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from bot.core.answer import Voice
from bot.core.case_phrases import Places
from bot.core.content import Content
from bot.core.served import Served
from bot.services.evaluate import FlagQuestion, Heard, Question, hear, judged
from bot.services.teaching.compare import Tested
from bot.services.teaching.rehearsed import Many, rehearsed
from bot.services.turns.ask_person import AskPerson
from bot.services.turns.respond import Respond
from bot.teach.question_file import FLAG, QUESTION, has, read_flag_questions, read_questions


@dataclass(frozen=True, slots=True)
class Examination:
    """Questions, and messages that tell of danger or do not."""

    questions: tuple[Question, ...]
    flags: tuple[FlagQuestion, ...]

    def without(self, topics: Collection[str]) -> Examination:
        """The same without questions on topics that were taken away: nobody can answer them rightly."""
        return replace(self, questions=tuple(one for one in self.questions if one.topic not in topics))

    async def heard(self, dialogue: Many, served: Served) -> list[Heard]:
        """What a model makes of every question, and then of every message."""
        texts = [question.text for question in self.questions] + [flag.text for flag in self.flags]
        known = await rehearsed(dialogue, texts)
        voice = Voice(served)
        respond = Respond(voice, known, AskPerson(voice, known, _nowhere))
        return [await hear(respond, text) for text in texts]

    def tested(self, heard: list[Heard], content: Content) -> Tested:
        """The same, judged."""
        topics = [judged(question, said, content.topics) for question, said in zip(self.questions, heard, strict=False)]
        raised = heard[len(self.questions) :]
        return Tested(topics, [(flag, said.flag) for flag, said in zip(self.flags, raised, strict=True)])

    def mark(self, content: Content) -> str:
        """Changes with the questions, and with all but the model that answers depend on."""
        asked = [(q.text, q.language, q.topic, sorted(q.also_ok)) for q in self.questions]
        made_of = repr((asked, self.flags, sorted(content.topics), content.meta, content.patterns))
        return hashlib.blake2b(made_of.encode(), digest_size=10).hexdigest()


def load_examination(folder: Path) -> Examination:
    """All files of a folder that have the columns of one or the other kind; none where there is no folder."""
    files = sorted(folder.glob("*.csv"))
    questions = [one for file in files if has(file, QUESTION) for one in read_questions(file)]
    flags = [one for file in files if has(file, FLAG) for one in read_flag_questions(file)]
    return Examination(tuple(questions), tuple(flags))


def keep_heard(file: Path, mark: str, heard: list[Heard]) -> None:
    """Keeps what a model made of an examination, beside the model: it makes the same of it the next time.

    Where nothing may be written, as beside the model of an installed program, it is asked again.
    """
    with suppress(OSError):
        file.write_text(json.dumps({"mark": mark, "heard": [asdict(h) for h in heard]}, ensure_ascii=False), "utf-8")


def kept_heard(file: Path, mark: str) -> list[Heard] | None:
    """What was kept, if it was of this examination."""
    with suppress(OSError, ValueError, KeyError, TypeError):
        kept = json.loads(file.read_text(encoding="utf-8"))
        if kept["mark"] == mark:
            return [Heard(h["answered"], tuple(h["offered"]), h["language"], h["flag"]) for h in kept["heard"]]
    return None


async def _nowhere() -> Places:
    return Places()
