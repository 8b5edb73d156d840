"""A topic taught at the desk is answered a minute later; a bad one is refused; and one step leads back."""

from __future__ import annotations

import asyncio
import shutil
import time
from dataclasses import replace
from pathlib import Path

import pytest

from bot.bench.bike_repair import COPIES, EXAMPLES, QUESTION, TOPIC
from bot.core.content import Content, Topic
from bot.core.entry import Examples, Kind, RedFlag, Ref
from bot.core.errors import ModelMissing, TrainingFailed
from bot.core.served import Served
from bot.core.taught import ModelState
from bot.core.triage import Flag
from bot.gateways.rasa.swapping import SwappingDialogue
from bot.gateways.rasa.teacher import Teacher
from bot.services.content_ports import Lessons
from bot.services.evaluate import Question
from bot.services.teaching import teaching_of
from bot.teach.examinee import Examinee, asked_of_left_out
from tests.builders import responding
from tests.services.school import EDITOR, FakeFiles, FirstWords, open_school

ROOT = Path(__file__).parents[2]


class Told:
    """What was told of the progress."""

    def __init__(self) -> None:
        self.steps: list[tuple[float, str]] = []

    async def __call__(self, progress: float, step: str) -> None:
        self.steps.append((progress, step))


def lessons(key: str, texts: tuple[str, ...]) -> Lessons:
    return Lessons((key,), {"nl": {key: texts}}, 1)


@pytest.fixture
def teacher(model: Path, tmp_path: Path) -> Teacher:
    return Teacher(ROOT, tmp_path, base=lambda: model)


async def test_a_topic_with_twelve_examples_is_answered_and_one_step_leads_back(
    teacher: Teacher, model: Path, tmp_path: Path
) -> None:
    told, dialogue, started = Told(), SwappingDialogue(model), time.monotonic()
    assert (await dialogue.understand(QUESTION)).chosen != "bike_repair"
    file, comparison = await teacher.train("one", lessons("bike_repair", EXAMPLES), model, told)
    print(f"taught in {time.monotonic() - started:.0f} s", told.steps)  # noqa: T201 - shown with -s
    assert comparison.refused == ()
    assert {figure.name for figure in comparison.figures} >= {"top1", "top1 nl", "recall", "false_alarms"}
    assert [step for _, step in told.steps][:1] == ["Learning the examples"]

    running = asyncio.create_task(dialogue.understand("wat kost de griepprik"))
    await dialogue.load(tmp_path / file)
    assert (await running).chosen == "flu_jab"
    understood, near = await dialogue.explain(QUESTION)
    assert understood.chosen == "bike_repair"
    assert (near[0].key, near[0].language) == ("bike_repair", "nl")
    reply = await dialogue.converse("r", "", understood)
    assert [said.key for said in reply.said] == ["utter_bike_repair"]
    assert (await dialogue.understand("wat kost de griepprik")).chosen == "flu_jab"

    await dialogue.load(model)
    assert "bike_repair" not in dialogue.keys
    assert (await dialogue.understand(QUESTION)).chosen != "bike_repair"


async def test_a_topic_taught_with_another_topics_examples_is_refused_and_the_other_is_named(
    teacher: Teacher, model: Path
) -> None:
    _, comparison = await teacher.train("two", lessons("winter_jab", COPIES), model, Told())
    assert any("winter_jab" in sentence and "flu_jab" in sentence for sentence in comparison.refused)
    assert {collision.other for collision in comparison.collisions} >= {"flu_jab"}


async def test_models_are_compared_with_what_is_served_not_with_what_the_files_say(
    model: Path, tmp_path: Path, content: Content
) -> None:
    asked = {
        "topics.csv": "text,language,topic\nwat kost de griepprik,nl,flu_jab\nwat is hpv,nl,hpv\n"
        f"{QUESTION},nl,{TOPIC}\n",
        "flags.csv": "text,language,flag\nde eenden vallen van het plein,nl,suicide\nwat een mooi plein,nl,none\n",
    }
    (tmp_path / "asked").mkdir()
    for name, rows in asked.items():
        (tmp_path / "asked" / name).write_text(rows, encoding="utf-8")
    phrases = next(one for one in content.patterns if (one.flag, one.language) == (Flag.SUICIDE, "nl"))
    flag = RedFlag(content.flags[Flag.SUICIDE, "nl"], replace(phrases, patterns=("eenden vallen", *phrases.patterns)))
    published = {Ref(Kind.FLAG, "suicide", "nl"): flag, Ref(Kind.TOPIC, "hpv"): None}
    given = replace(lessons(TOPIC, EXAMPLES), published=published, left_out=model)
    _, comparison = await Teacher(ROOT, tmp_path, tmp_path / "asked", lambda: model).train("six", given, model, Told())
    figures = {figure.name: (figure.before, figure.after) for figure in comparison.figures}
    assert figures["recall"] == (1.0, 1.0), "a phrase of the desk sees it"
    assert figures["false_alarms"] == (0.0, 0.0)
    assert figures["top1"] == (0.5, 1.0), "nobody is asked for a topic that was taken away"
    assert [shift.text for shift in comparison.shifts] == [QUESTION]


async def test_after_an_update_what_was_taught_is_learnt_again_while_residents_go_on_asking(
    model: Path, tmp_path: Path, content: Content
) -> None:
    async with open_school(tmp_path, content) as school:
        await school.published(
            (Ref(Kind.TOPIC, TOPIC), Topic(TOPIC, "living")), (Ref(Kind.EXAMPLES, TOPIC, "nl"), Examples(EXAMPLES))
        )
        before = await school.trained()
        await school.teaching.promote(EDITOR, before.id)
        shutil.copy(model, school.folder / "taught" / before.file)
        school.clock.move(minutes=1)

        dialogue = SwappingDialogue(model)  # the program starts again, with other files
        teacher = Teacher(ROOT, school.folder / "taught", _few_questions(tmp_path), lambda: model)
        school.teaching = renewed = teaching_of(
            school.newsroom, responding(content, dialogue), dialogue, teacher, FirstWords(), FakeFiles(),
            "newer", school.refresh, school.folder / "taught",
        )  # fmt: skip
        await renewed.follow()
        assert await renewed.left_out() is not None
        assert await renewed.renew() == 1
        answers = []
        while (await renewed.models())[0].state is ModelState.TRAINING:
            answers.append((await dialogue.understand("wat kost de griepprik")).chosen)
            await asyncio.sleep(0.2)  # a resident takes time to read; without it no core is left to train on
        assert answers
        assert set(answers) == {"flu_jab"}
        assert (await dialogue.understand(QUESTION)).chosen != TOPIC
        assert await renewed.renew() == 1
        assert (await dialogue.understand(QUESTION)).chosen == TOPIC
        assert await renewed.left_out() is None


def _few_questions(folder: Path) -> Path:
    asked = folder / "asked"
    asked.mkdir()
    (asked / "topics.csv").write_text("text,language,topic\nwat kost de griepprik,nl,flu_jab\n", encoding="utf-8")
    return asked


def test_a_model_of_before_that_cannot_be_read_counts_as_one_that_knew_what_is_taught(
    model: Path, tmp_path: Path, content: Content
) -> None:
    broken = tmp_path / "broken.tar.gz"
    broken.write_bytes(b"of another version")
    served = Served(content)
    questions = [Question(QUESTION, "nl", TOPIC)]
    [new] = Examinee(model, served).answers(questions)
    assert not new.right
    assert asked_of_left_out(broken, served, questions) == ()


async def test_a_training_that_is_called_off_ends_its_program(teacher: Teacher, model: Path, tmp_path: Path) -> None:
    begun = asyncio.Event()

    async def tell(progress: float, step: str) -> None:
        begun.set()

    task = asyncio.create_task(teacher.train("three", lessons("bike_repair", EXAMPLES), model, tell))
    await begun.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert not list(tmp_path.glob("taught-three*"))  # noqa: ASYNC240 - a moment's look


async def test_a_training_without_end_is_ended(model: Path, tmp_path: Path) -> None:
    with pytest.raises(TrainingFailed, match="took longer"):
        await Teacher(ROOT, tmp_path, base=lambda: model, longest=0.2).train(
            "four", lessons("x_y", EXAMPLES), model, Told()
        )


async def test_a_model_that_cannot_be_built_on_says_what_to_do(tmp_path: Path) -> None:
    broken = tmp_path / "broken.tar.gz"
    broken.write_bytes(b"no model")
    with pytest.raises(TrainingFailed, match="again"):
        await Teacher(ROOT, tmp_path, base=lambda: broken).train("five", lessons("x_y", EXAMPLES), None, Told())


async def test_a_model_that_cannot_be_loaded_leaves_the_one_before(model: Path, tmp_path: Path) -> None:
    dialogue, broken = SwappingDialogue(model), tmp_path / "broken.tar.gz"
    broken.write_bytes(b"no model")
    with pytest.raises(ModelMissing):
        await dialogue.load(broken)
    assert dialogue.model == model
    assert (await dialogue.understand("wat kost de griepprik")).chosen == "flu_jab"


async def test_many_texts_at_once_are_understood_as_one_by_one(model: Path) -> None:
    known = SwappingDialogue(model)
    texts = ["wat kost de griepprik", "hallo", "aşı zorunlu mu", "", "xqzt"]
    alone = [await known.understand(text) for text in texts]
    together = await known._now.understand_many(texts)
    assert [u.chosen for u in together] == [u.chosen for u in alone]
    assert [u.foreign for u in together] == [u.foreign for u in alone]
