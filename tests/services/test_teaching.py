"""What an editor teaches, on a real SQLite file with the real texts; the teacher and the language model are scripts."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path

import pytest
from cryptography.fernet import Fernet

from bot.core.asked import Filed
from bot.core.content import Content, Topic
from bot.core.entry import Examples, Kind, Ref, Words
from bot.core.errors import EditError, ModelMissing, NotPublishable, TrainingFailed
from bot.core.normalise import normalise
from bot.core.overlay import overlaid
from bot.core.revision import Revision
from bot.core.served import Served
from bot.core.taught import Collision, Comparison, Model, ModelState
from bot.core.team import Role, Worker
from bot.gateways.words import Words as WordLists
from bot.services.content_ports import Lessons, Near, Tell
from bot.services.editing.newsroom import Newsroom
from bot.services.ports import Guess, Understanding
from bot.services.teaching import Teaching, teaching_of
from bot.services.teaching.train_model import RUNNING, STOPPED
from bot.store.engine import migrate, open_engine
from bot.store.store import SqlStore
from bot.store.vault import Vault
from tests.builders import Clock, FakeDialogue, responding

EDITOR = Worker("ed", "ed@wijk.example", "Ed", frozenset({Role.EDITOR}))
WORKER = Worker("wo", "wo@wijk.example", "Wo")
BASE = "abc123"


class FakeFiles:
    """Two questions stand in the files."""

    texts: Mapping[tuple[str, str], tuple[str, ...]] = {
        ("flu_jab", "nl"): ("wat kost de griepprik",),
        ("flag_suicide", "nl"): ("ik zie het nut niet meer",),
    }

    async def of(self, key: str, language: str) -> tuple[str, ...]:
        return self.texts.get((key, language), ())

    async def key_of(self, text: str) -> str:
        rows = ((key, example) for (key, _), examples in self.texts.items() for example in examples)
        return next((key for key, example in rows if normalise(example) == normalise(text)), "")


class FirstWords:
    """Questions are alike when they begin with the same word."""

    async def groups(self, texts: Sequence[str]) -> list[list[int]]:
        found: dict[str, list[int]] = {}
        for position, text in enumerate(texts):
            found.setdefault(normalise(text).partition(" ")[0], []).append(position)
        return sorted(found.values(), key=len, reverse=True)


class FakeSwapping:
    """Knows which file is loaded."""

    def __init__(self, folder: Path) -> None:
        self.model = folder / f"{BASE}.tar.gz"
        self.model.touch()

    async def load(self, path: Path) -> None:
        if not path.is_file():  # noqa: ASYNC240 - a small local folder
            raise ModelMissing(path.name)
        self.model = path

    async def explain(self, text: str) -> tuple[Understanding, tuple[Near, ...]]:
        return Understanding(), (Near("wat kost de griepprik", "flu_jab", "nl", 0.9),)


@dataclass
class FakeTeacher:
    """Trains when it may go on; tells that it is half way first."""

    folder: Path
    comparison: Comparison = field(default_factory=Comparison)
    fails: str = ""
    lessons: list[Lessons] = field(default_factory=list)
    beside: list[Path | None] = field(default_factory=list)
    go: asyncio.Event = field(default_factory=asyncio.Event)
    told: asyncio.Event = field(default_factory=asyncio.Event)

    async def train(self, model_id: str, lessons: Lessons, live: Path | None, tell: Tell) -> tuple[str, Comparison]:
        self.lessons.append(lessons)
        self.beside.append(live)
        await tell(0.5, "Learning the examples")
        self.told.set()
        await self.go.wait()
        if self.fails:
            raise TrainingFailed(self.fails)
        (self.folder / f"{model_id}.tar.gz").touch()
        return f"{model_id}.tar.gz", self.comparison


@dataclass
class School:
    """All that the use cases stand on."""

    store: SqlStore
    teaching: Teaching
    teacher: FakeTeacher
    swapping: FakeSwapping
    served: Served
    clock: Clock
    newsroom: Newsroom

    async def asked(self, *texts: str, language: str = "nl", offered: Sequence[str] = ()) -> list[int]:
        async with self.store.unit() as unit:
            for text in texts:
                await unit.keep_asked(text, language, offered, self.clock())
        return [one.id for one in reversed((await self.store.asked())[: len(texts)])]

    async def trained(self) -> Model:
        """A model whose training ended."""
        self.teacher.go.set()
        model = await self.teaching.train(EDITOR)
        return await self.ended(model.id)

    async def ended(self, model_id: str) -> Model:
        # The row is what tells; the task goes on meanwhile.
        while (model := await self.store.model(model_id)) and model.state is ModelState.TRAINING:  # noqa: ASYNC110
            await asyncio.sleep(0)
        assert model is not None
        self.clock.move(minutes=1)
        return model

    async def body(self, kind: Kind, key: str, language: str = "") -> object:
        rows = await self.store.revisions(Ref(kind, key, language))
        return rows[0].body if rows else None

    async def states(self) -> dict[str, ModelState]:
        return {model.id: model.state for model in await self.teaching.models()}


@pytest.fixture
async def school(tmp_path: Path, content: Content) -> AsyncIterator[School]:
    engine = open_engine(f"sqlite:///{tmp_path / 'school.db'}")
    await migrate(engine)
    store = SqlStore(engine, Vault((Fernet.generate_key().decode(),)))
    clock, served = Clock(), Served(content)
    secrets = iter(f"secret {number}" for number in range(1000))
    newsroom = Newsroom(store, clock, served, content, WordLists(), lambda: next(secrets))
    taught = tmp_path / "taught"
    taught.mkdir()
    swapping, teacher = FakeSwapping(tmp_path), FakeTeacher(taught)

    async def refresh() -> int:
        rows = await store.published()
        served.replace(overlaid(content, [(row.ref, row.body) for row in rows]), max(row.id for row in rows))
        return 1

    dialogue = FakeDialogue({"wat kost de griepprik": "flu_jab"})
    respond = responding(content, dialogue)
    teaching = teaching_of(newsroom, respond, swapping, teacher, FirstWords(), FakeFiles(), BASE, refresh, taught)
    yield School(store, teaching, teacher, swapping, served, clock, newsroom)
    await teaching.stop()
    await store.close()


async def test_examples_are_published_at_once_and_shown_beside_those_of_the_files(school: School) -> None:
    new = await school.teaching.teach(
        EDITOR, "flu_jab", "nl", [" is de griepprik gratis ", "", "Is de griepprik gratis?"]
    )
    assert new == ("is de griepprik gratis",)
    known = await school.teaching.examples("flu_jab", "nl")
    assert (known.files, known.taught) == (("wat kost de griepprik",), ("is de griepprik gratis",))
    assert await school.teaching.waiting() == 1


async def test_what_is_known_already_is_not_taught_again(school: School) -> None:
    await school.teaching.teach(EDITOR, "flu_jab", "nl", ["is de griepprik gratis"])
    again = await school.teaching.teach(EDITOR, "flu_jab", "nl", ["Wat kost de GRIEPPRIK?", "is de griepprik gratis!"])
    assert again == ()
    assert len(await school.store.revisions(Ref(Kind.EXAMPLES, "flu_jab", "nl"))) == 1


async def test_an_example_of_another_topic_is_refused_by_name_and_nothing_is_kept(school: School) -> None:
    await school.teaching.teach(EDITOR, "hpv", "nl", ["is het pijnlijk"])
    with pytest.raises(NotPublishable, match="flu_jab") as refused:
        await school.teaching.teach(EDITOR, "measles_mmr", "nl", ["nieuw", "wat kost de griepprik", "is het pijnlijk"])
    assert len(refused.value.reasons) == 2
    assert "(hpv)" in refused.value.reasons[1]
    assert (await school.teaching.examples("measles_mmr", "nl")).taught == ()


@pytest.mark.parametrize("text", ["ik wil dood", "ik zie het nut niet meer", "x" * 201])
async def test_danger_and_essays_are_no_examples(school: School, text: str) -> None:
    with pytest.raises(NotPublishable, match=r"tells of danger|longer than"):
        await school.teaching.teach(EDITOR, "low_mood", "nl", [text])


async def test_only_editors_teach_and_only_what_exists(school: School) -> None:
    with pytest.raises(EditError, match="Only editors"):
        await school.teaching.teach(WORKER, "flu_jab", "nl", ["is de griepprik gratis"])
    with pytest.raises(EditError, match="no such topic"):
        await school.teaching.teach(EDITOR, "flying", "nl", ["kan ik vliegen"])
    with pytest.raises(EditError, match="does not speak"):
        await school.teaching.teach(EDITOR, "flu_jab", "xx", ["kan ik vliegen"])


async def test_ten_editors_who_teach_one_topic_at_once_lose_nothing(school: School) -> None:
    texts = [f"vraag nummer {number} over griep" for number in range(10)]
    await asyncio.gather(*(school.teaching.teach(EDITOR, "flu_jab", "nl", [text]) for text in texts))
    assert sorted((await school.teaching.examples("flu_jab", "nl")).taught) == sorted(texts)


async def test_questions_alike_stand_together_with_the_topics_they_might_be_about(school: School) -> None:
    await school.asked("vitiligo wat is dat", "kapper bij mij", offered=("hpv",))
    await school.asked("vitiligo besmettelijk", offered=("flu_jab", "hpv", "no_such_topic"))
    groups = await school.teaching.groups()
    assert [[one.text for one in group.asked] for group in groups] == [
        ["vitiligo besmettelijk", "vitiligo wat is dat"],
        ["kapper bij mij"],
    ]
    assert groups[0].likely == ("hpv", "flu_jab")


async def test_a_filed_question_becomes_an_example_without_the_sign_of_what_was_taken_out(school: School) -> None:
    ids = await school.asked("mijn zoon … wil de griepprik", "wat kost de griepprik")
    english = await school.asked("how much is the flu shot", language="en")
    assert await school.teaching.file(EDITOR, [*ids, *english], "flu_jab") == 3
    assert await school.body(Kind.EXAMPLES, "flu_jab", "nl") == Examples(("mijn zoon wil de griepprik",))
    assert await school.body(Kind.EXAMPLES, "flu_jab", "en") == Examples(("how much is the flu shot",))
    assert await school.teaching.groups() == []
    assert {one.topic for one in await school.store.asked(Filed.FILED)} == {"flu_jab"}
    with pytest.raises(EditError, match="no longer in the list"):
        await school.teaching.file(EDITOR, ids, "hpv")


async def test_a_question_that_belongs_elsewhere_stays_in_the_list(school: School) -> None:
    ids = await school.asked("iets nieuws", "wat kost de griepprik")
    with pytest.raises(NotPublishable):
        await school.teaching.file(EDITOR, ids, "hpv")
    assert len(await school.store.asked()) == 2
    assert await school.body(Kind.EXAMPLES, "hpv", "nl") is None


async def test_a_discarded_question_is_gone(school: School) -> None:
    ids = await school.asked("asdf qwer", "iets anders")
    assert await school.teaching.discard(EDITOR, ids[:1]) == 1
    assert [one.text for one in await school.store.asked()] == ["iets anders"]


async def test_a_new_topic_has_a_key_a_dutch_name_and_an_answer_to_write(school: School) -> None:
    ref = await school.teaching.make_topic(EDITOR, "", "living", "", "Hulp bij wassen")
    assert ref == Ref(Kind.ANSWER, "utter_hulp_bij_wassen", "nl")
    assert await school.body(Kind.TOPIC, "hulp_bij_wassen") == Topic("hulp_bij_wassen", "living", "")
    assert await school.body(Kind.LABEL, "topics.hulp_bij_wassen", "nl") == Words("Hulp bij wassen")
    assert "hulp_bij_wassen" in school.served.content.topics
    assert await school.teaching.teach(EDITOR, "hulp_bij_wassen", "nl", ["wie wast mij"]) == ("wie wast mij",)


@pytest.mark.parametrize(
    ("key", "group", "kind", "label", "told"),
    [
        pytest.param("flu_jab", "living", "", "Iets", "already", id="a topic"),
        pytest.param("greet", "living", "", "Iets", "already", id="a meta key"),
        pytest.param("menu", "living", "", "Iets", "already", id="a word of ours"),
        pytest.param("not_understood", "living", "", "Iets", "already", id="a text of ours"),
        pytest.param("suicide", "living", "", "Iets", "already", id="a danger"),
        pytest.param("Flu-Jab", "living", "", "Iets", "small letters", id="no key"),
        pytest.param("ab", "living", "", "Iets", "small letters", id="a short key"),
        pytest.param("", "nowhere", "", "Iets nieuws", "groups", id="no group"),
        pytest.param("", "living", "X", "Iets nieuws", "vaccination", id="no kind"),
        pytest.param("", "living", "", " ", "Dutch name", id="no label"),
        pytest.param("", "living", "", "x" * 41, "Dutch name", id="a label too long for a button"),
    ],
)
async def test_a_topic_that_cannot_be_is_refused_and_leaves_nothing(
    school: School, key: str, group: str, kind: str, label: str, told: str
) -> None:
    with pytest.raises(EditError, match=told):
        await school.teaching.make_topic(EDITOR, key, group, kind, label)
    assert await school.store.published() == []


async def test_a_topic_with_the_name_of_another_is_refused(school: School, content: Content) -> None:
    with pytest.raises(EditError, match="flu_jab"):
        await school.teaching.make_topic(EDITOR, "", "living", "", content.labels["nl"].topics["flu_jab"].upper())


async def test_the_teacher_gets_every_published_example_and_the_new_topics(school: School) -> None:
    await school.teaching.make_topic(EDITOR, "washing", "living", "", "Hulp bij wassen")
    await school.teaching.teach(EDITOR, "washing", "nl", ["wie wast mij"])
    await school.teaching.teach(EDITOR, "greet", "tr", ["naber kanka"])
    plain = school.swapping.model
    model = await school.trained()
    assert model.state is ModelState.READY
    lessons = school.teacher.lessons[0]
    assert lessons.topics == ("washing",)
    assert lessons.examples == {"nl": {"washing": ("wie wast mij",)}, "tr": {"greet": ("naber kanka",)}}
    assert lessons.revision == model.revision == (await school.store.marks())[0]
    assert school.teacher.beside == [plain]


async def test_progress_is_told_at_most_once_a_second(school: School) -> None:
    model = await school.teaching.train(EDITOR)
    await school.teacher.told.wait()
    first = await school.store.model(model.id)
    assert first is not None
    assert first.step == ""  # half a moment after the beginning nothing is written yet
    school.teacher.go.set()
    assert (await school.ended(model.id)).progress == 1.0
    school.teacher.told.clear()
    school.teacher.go.clear()
    school.teacher.train = _later(school, school.teacher.train)  # type: ignore[method-assign]
    second = await school.teaching.train(EDITOR)
    await school.teacher.told.wait()
    row = await school.store.model(second.id)
    assert row is not None
    assert (row.progress, row.step) == (0.5, "Learning the examples")


def _later(school: School, train):
    async def later(*args):
        school.clock.move(seconds=2)
        return await train(*args)

    return later


async def test_one_training_at_a_time(school: School) -> None:
    await school.teaching.train(EDITOR)
    with pytest.raises(EditError, match="being trained already"):
        await school.teaching.train(EDITOR)


async def test_a_training_of_a_process_that_is_gone_does_not_stand_in_the_way_for_ever(school: School) -> None:
    async with school.store.unit() as unit:
        old = Model("old", "", BASE, ModelState.TRAINING, "ed", school.clock())
        await unit.keep_model(old)
    assert await school.teaching.recover() == 0
    with pytest.raises(EditError, match=RUNNING):
        await school.teaching.train(EDITOR)
    school.clock.move(minutes=16)
    assert await school.teaching.recover() == 1
    row = await school.store.model("old")
    assert row is not None
    assert (row.state, row.why) == (ModelState.FAILED, STOPPED)


async def test_a_training_that_fails_says_why(school: School) -> None:
    school.teacher.fails = "There is no room on the disk."
    model = await school.trained()
    assert (model.state, model.why) == (ModelState.FAILED, "There is no room on the disk.")
    with pytest.raises(EditError, match="no room"):
        await school.teaching.promote(EDITOR, model.id)


async def test_a_worse_model_is_refused_with_the_collisions_and_cannot_be_promoted(school: School) -> None:
    collision = Collision("griepprik gratis", "washing", "flu_jab", "wat kost de griepprik", 0.97)
    why = "Examples of washing collide with flu_jab."
    school.teacher.comparison = Comparison(collisions=(collision,), refused=(why,))
    model = await school.trained()
    assert (model.state, model.why, model.comparison.collisions) == (ModelState.REFUSED, why, (collision,))
    with pytest.raises(EditError, match="collide"):
        await school.teaching.promote(EDITOR, model.id)


async def test_stopping_the_program_ends_the_training_and_says_so(school: School) -> None:
    model = await school.teaching.train(EDITOR)
    await school.teacher.told.wait()
    await school.teaching.stop()
    row = await school.store.model(model.id)
    assert row is not None
    assert (row.state, row.why) == (ModelState.FAILED, STOPPED)


async def test_a_promoted_model_is_loaded_here_and_by_every_other_process(school: School, tmp_path: Path) -> None:
    await school.teaching.teach(EDITOR, "flu_jab", "nl", ["is de griepprik gratis"])
    other = FakeSwapping(tmp_path)
    elsewhere = teaching_of(
        school.newsroom, responding(school.served.content, FakeDialogue()), other, school.teacher, FirstWords(),
        FakeFiles(), BASE, folder=tmp_path / "taught",
    )  # fmt: skip
    assert await elsewhere.follow() == 0
    model = await school.trained()
    live = await school.teaching.promote(EDITOR, model.id)
    assert live.state is ModelState.LIVE
    assert school.swapping.model.name == model.file
    assert await elsewhere.follow() == 1
    assert other.model.name == model.file
    assert await elsewhere.follow() == 0
    assert await school.teaching.waiting() == 0


async def test_one_step_back_at_a_time_to_the_model_of_the_files(school: School) -> None:
    plain = school.swapping.model
    with pytest.raises(EditError, match="model of the files"):
        await school.teaching.back(EDITOR)
    first, second = await school.trained(), await school.trained()
    for model in (second, first):  # promoted in another order than they were trained
        await school.teaching.promote(EDITOR, model.id)
        school.clock.move(minutes=1)
    assert (await school.teaching.back(EDITOR)).id == second.id
    assert school.swapping.model.name == second.file
    await school.teaching.back(EDITOR)
    assert school.swapping.model == plain
    with pytest.raises(EditError, match="model of the files"):
        await school.teaching.back(EDITOR)
    await school.teaching.promote(EDITOR, first.id)
    assert school.swapping.model.name == first.file
    assert list((await school.states()).values()).count(ModelState.LIVE) == 1


async def test_a_missing_file_leaves_the_running_model(school: School, tmp_path: Path) -> None:
    model = await school.trained()
    (tmp_path / "taught" / model.file).unlink()
    with pytest.raises(EditError, match="gone"):
        await school.teaching.promote(EDITOR, model.id)
    async with school.store.unit() as unit:
        await unit.keep_model(replace(model, state=ModelState.LIVE))
    before = school.swapping.model
    assert await school.teaching.follow() == 0
    assert school.swapping.model == before


async def test_a_model_of_other_files_is_neither_promoted_nor_loaded(school: School) -> None:
    model = replace(await school.trained(), base="older")
    async with school.store.unit() as unit:
        await unit.keep_model(model)
    with pytest.raises(EditError, match="changed since"):
        await school.teaching.promote(EDITOR, model.id)
    async with school.store.unit() as unit:
        await unit.keep_model(replace(model, state=ModelState.LIVE))
    before = school.swapping.model
    assert await school.teaching.follow() == 0
    assert school.swapping.model == before


async def test_examples_of_a_removed_topic_are_not_taught(school: School) -> None:
    await school.teaching.teach(EDITOR, "hpv", "nl", ["iets over hpv"])
    async with school.store.unit() as unit:
        gone = Revision(0, Ref(Kind.TOPIC, "hpv"), None, 0, "ed", "ed", school.clock())
        await unit.publish(gone)
    await school.trained()
    assert school.teacher.lessons[0].examples == {}


async def test_a_question_is_explained(school: School) -> None:
    explained = await school.teaching.explain("wat kost de griepprik", "nl")
    assert (explained.chosen, explained.ranking[0]) == ("flu_jab", Guess("flu_jab", 0.9))
    assert explained.nearest[0].likeness == 0.9
    assert explained.said[0].key == "utter_flu_jab"
    assert explained.flag == ""


async def test_a_danger_is_explained_by_what_saw_it(school: School) -> None:
    explained = await school.teaching.explain("ik wil dood", "nl")
    assert (explained.flag, explained.flag_by, explained.chosen) == ("suicide", "phrases", "")
    with pytest.raises(EditError, match="Type a question"):
        await school.teaching.explain(" ", "nl")


async def test_every_writing_leaves_an_audit_row(school: School, tmp_path: Path) -> None:
    ids = await school.asked("iets nieuws over griep", "asdf")
    await school.teaching.file(EDITOR, ids[:1], "flu_jab")
    await school.teaching.discard(EDITOR, ids[1:])
    await school.teaching.make_topic(EDITOR, "washing", "living", "", "Hulp bij wassen")
    model = await school.trained()
    await school.teaching.promote(EDITOR, model.id)
    await school.teaching.back(EDITOR)
    rows = [(row.what, row.about) for row in await _audits(school)]
    assert {what for what, _ in rows} == {
        "taught examples", "filed questions", "discarded questions", "made a topic", "began a training",
        "training ended", "kept the model of the files", "promoted a model", "replaced a model", "went back a model",
    }  # fmt: skip
    assert all(len(what) <= 40 and "griep" not in about for what, about in rows)
    assert school.clock() - timedelta(minutes=5) < (await _audits(school))[0].at


async def _audits(school: School):
    from bot.store.staff_tables import audit  # noqa: PLC0415

    async with school.store.unit() as unit:
        return list(await unit._connection.execute(audit.select()))
