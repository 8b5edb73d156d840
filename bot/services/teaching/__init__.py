"""What an editor can do to teach the assistant: the use cases that the pages call, made by `teaching_of`."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.core.entry import Ref
from bot.core.taught import Model
from bot.core.team import Worker
from bot.services.content_ports import Likeness, Teacher
from bot.services.editing.newsroom import Newsroom
from bot.services.teaching.asked import AskedGroup, AskedQuestions
from bot.services.teaching.explain import Explain, Explanation, Swapping
from bot.services.teaching.left_out import LeftOut
from bot.services.teaching.live_model import LiveModel
from bot.services.teaching.make_topic import MakeTopic
from bot.services.teaching.renew_model import RenewModel
from bot.services.teaching.teach_examples import ExampleFiles, KnownExamples, TeachExamples
from bot.services.teaching.train_model import TrainModel
from bot.services.turns.known_words import KnownWords
from bot.services.turns.respond import Respond

__all__ = ["AskedGroup", "Explanation", "KnownExamples", "LeftOut", "Swapping", "Teaching", "teaching_of"]


async def _nothing() -> None:
    """Nothing runs."""


def _anybody(worker: Worker, model: Model) -> bool:
    """Nobody need look twice."""
    del worker, model
    return True


async def _not_left_out() -> LeftOut | None:
    """The live model answers."""
    return None


async def _none() -> int:
    """Nothing was left."""
    return 0


@dataclass(frozen=True, slots=True)
class Teaching:
    """The use cases. Every one that writes leaves an audit row; all raise EditError or TrainingFailed.

    `explain` takes a text and the language chosen ("" for none). `groups` are the open questions without an answer.
    `file` makes questions (ids) examples of a topic or meta key, in other words (by id) where an editor mended them;
    `discard` throws them away; both return how many were still open.
    `examples` takes (key, language). `teach` adds questions to a key in a language: (worker, key, language, texts), and
    returns those that were new. `make_topic` makes a new topic: (worker, key, group, kind, label in Dutch).
    `train` starts a training, unless one runs, and returns its row at once; `promote` makes a READY model live in every
    process (`may_promote`: may it be they?), `back` returns to the model that was live before it. `follow` loads the
    model that is live, by whichever process; returns 1 when it changed. `waiting` is how many examples the live model
    has not learnt. `left_out` is the live model when it does not fit the files, `renew` trains again what it had
    learnt. `recover` is called when the program starts and several times a minute, `stop` when it ends.
    """

    explain: Callable[[str, str], Awaitable[Explanation]]
    groups: Callable[[], Awaitable[Sequence[AskedGroup]]]
    file: Callable[[Worker, Collection[int], str, Mapping[int, str]], Awaitable[int]]
    discard: Callable[[Worker, Collection[int]], Awaitable[int]]
    examples: Callable[[str, str], Awaitable[KnownExamples]]
    teach: Callable[[Worker, str, str, Sequence[str]], Awaitable[Sequence[str]]]
    make_topic: Callable[[Worker, str, str, str, str], Awaitable[Ref]]
    train: Callable[[Worker], Awaitable[Model]]
    promote: Callable[[Worker, str], Awaitable[Model]]
    back: Callable[[Worker], Awaitable[Model]]
    models: Callable[[], Awaitable[Sequence[Model]]]
    waiting: Callable[[], Awaitable[int]]
    follow: Callable[[], Awaitable[int]]
    may_promote: Callable[[Worker, Model], bool] = _anybody
    left_out: Callable[[], Awaitable[LeftOut | None]] = _not_left_out
    renew: Callable[[], Awaitable[int]] = _none
    recover: Callable[[], Awaitable[int]] = _none
    stop: Callable[[], Awaitable[None]] = _nothing


def teaching_of(
    newsroom: Newsroom,
    respond: Respond,
    dialogue: Swapping,
    teacher: Teacher,
    likeness: Likeness,
    examples: ExampleFiles,
    base: str,
    refresh: Callable[[], Awaitable[int]] | None = None,
    folder: Path | None = None,
    known_words: Callable[[str], bool] | None = None,
) -> Teaching:
    """The use cases. Call it while the model of the project's files is loaded: that is the one to go back to.

    `base` is the fingerprint of those files. `refresh` serves what was published (`Editing.refresh`), for new topics.
    `folder` is where the teacher puts its models; by default where the model of the files is. `known_words` tells
    ordinary words from names; by default by the texts alone.
    """
    folder = folder or dialogue.model.parent
    lessons = TeachExamples(newsroom, examples)
    questions = AskedQuestions(newsroom, likeness, lessons, known_words or KnownWords(newsroom.base, newsroom.words))
    training = TrainModel(newsroom, dialogue, teacher, base)
    models = LiveModel(newsroom, dialogue, base, folder)
    renewing = RenewModel(newsroom, training, models, base, folder)
    return Teaching(
        explain=Explain(respond, dialogue, newsroom.clock),
        groups=questions.groups,
        file=questions.file,
        discard=questions.discard,
        examples=lessons.examples,
        teach=lessons.teach,
        make_topic=MakeTopic(newsroom, refresh),
        train=training,
        promote=models.promote,
        back=models.back,
        models=newsroom.store.models,
        waiting=models.waiting,
        follow=models.follow,
        may_promote=models.may_promote,
        left_out=renewing.left_out,
        renew=renewing,
        recover=training.recover,
        stop=training.stop,
    )
