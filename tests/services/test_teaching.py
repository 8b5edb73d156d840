"""What an editor teaches: examples, questions, topics, and from a training to the model that answers."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path

import pytest

from bot.core.asked import Filed
from bot.core.content import Content, Topic
from bot.core.entry import Examples, Kind, RedFlag, Ref, Words
from bot.core.errors import EditError, ModelMissing, NotPublishable
from bot.core.revision import Revision
from bot.core.taught import Collision, Comparison, Model, ModelState
from bot.core.triage import Flag
from bot.services.ports import Guess
from bot.services.teaching import teaching_of
from bot.services.teaching.train_model import RUNNING, STOPPED
from tests.builders import FakeDialogue, responding
from tests.services.school import (
    BASE,
    EDITOR,
    REVIEWER,
    WORKER,
    FakeFiles,
    FakeSwapping,
    FirstWords,
    School,
    open_school,
)


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
    assert await school.teaching.file(EDITOR, [*ids, *english], "flu_jab", {}) == 3
    assert await school.body(Kind.EXAMPLES, "flu_jab", "nl") == Examples(("mijn zoon wil de griepprik",))
    assert await school.body(Kind.EXAMPLES, "flu_jab", "en") == Examples(("how much is the flu shot",))
    assert await school.teaching.groups() == []
    assert {one.topic for one in await school.store.asked(Filed.FILED)} == {"flu_jab"}
    with pytest.raises(EditError, match="no longer in the list"):
        await school.teaching.file(EDITOR, ids, "hpv", {})


async def test_a_question_that_belongs_elsewhere_stays_in_the_list(school: School) -> None:
    ids = await school.asked("iets nieuws", "wat kost de griepprik")
    with pytest.raises(NotPublishable):
        await school.teaching.file(EDITOR, ids, "hpv", {})
    assert len(await school.store.asked()) == 2
    assert await school.body(Kind.EXAMPLES, "hpv", "nl") is None


async def test_a_question_is_filed_in_the_words_that_an_editor_made_of_it(school: School) -> None:
    ids = await school.asked("wat kst de griepprk voor …", "griepprik waar")
    assert await school.teaching.file(EDITOR, ids, "flu_jab", {ids[0]: "wat kost de prik voor opa", 999: "x"}) == 2
    taught = await school.body(Kind.EXAMPLES, "flu_jab", "nl")
    assert isinstance(taught, Examples)
    assert set(taught.texts) == {"wat kost de prik voor opa", "griepprik waar"}
    assert await school.teaching.groups() == [], "what was asked left the list"


async def test_what_was_mended_loses_names_and_numbers_once_more(school: School) -> None:
    ids = await school.asked("griepprik voor mij")
    await school.teaching.file(EDITOR, ids, "flu_jab", {ids[0]: "mag ik de griepprik, bel 06 12345678 of Annelies"})
    assert await school.body(Kind.EXAMPLES, "flu_jab", "nl") == Examples(("mag ik de griepprik, bel of",))


@pytest.mark.parametrize(
    ("words", "told"), [("06 12345678", "Nothing is left"), ("", "Nothing is left"), ("ik wil dood", "danger")]
)
async def test_a_mended_question_that_cannot_be_an_example_stays_in_the_list(
    school: School, words: str, told: str
) -> None:
    ids = await school.asked("griepprik voor mij")
    with pytest.raises(EditError, match=told):
        await school.teaching.file(EDITOR, ids, "flu_jab", {ids[0]: words})
    assert len(await school.store.asked()) == 1


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


async def test_the_teacher_gets_what_is_served_otherwise_than_the_files_say(school: School, content: Content) -> None:
    suicide = Ref(Kind.FLAG, "suicide", "nl")
    before = next(one for one in content.patterns if (one.flag, one.language) == (Flag.SUICIDE, "nl"))
    phrases = replace(before, patterns=(*before.patterns, "het hoeft niet meer voor mij"))
    await school.published(
        (suicide, RedFlag(content.flags[Flag.SUICIDE, "nl"], phrases)), (Ref(Kind.TOPIC, "hpv"), None)
    )
    await school.trained()
    assert school.teacher.lessons[0].published == {
        suicide: RedFlag(content.flags[Flag.SUICIDE, "nl"], phrases),
        Ref(Kind.TOPIC, "hpv"): None,
    }


async def test_where_two_people_must_see_it_somebody_else_lets_a_model_answer(tmp_path: Path, content: Content) -> None:
    async with open_school(tmp_path, content, four_eyes=True) as school:
        model = await school.trained()
        assert not school.teaching.may_promote(EDITOR, model)
        assert school.teaching.may_promote(REVIEWER, model)
        with pytest.raises(EditError, match="somebody else must let it answer"):
            await school.teaching.promote(EDITOR, model.id)
        assert await school.states() == {model.id: ModelState.READY}
        await school.teaching.promote(REVIEWER, model.id)
        school.clock.move(minutes=1)
        await school.teaching.back(EDITOR)  # who goes back brings nothing new
        with pytest.raises(EditError, match="somebody else"):
            await school.teaching.promote(EDITOR, model.id)
        rows = await school.audits()
    assert (EDITOR.id, "must wait for somebody else", model.id) in rows
    assert [who for who, what, _ in rows if what == "promoted a model"] == [REVIEWER.id]


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
    school.teacher.train = _later(school, school.teacher.train)  # type: ignore[assignment, method-assign]
    second = await school.teaching.train(EDITOR)
    await school.teacher.told.wait()
    row = await school.store.model(second.id)
    assert row is not None
    assert (row.progress, row.step) == (0.5, "Learning the examples")


def _later(school: School, train: Callable[..., Awaitable[object]]) -> Callable[..., Awaitable[object]]:
    async def later(*args: object) -> object:
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


async def test_a_model_whose_file_is_cut_short_does_not_become_live(
    school: School, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain, model = school.swapping.model, await school.trained()

    async def cut_short(path: Path) -> None:
        raise ModelMissing(path.name)

    with monkeypatch.context() as patch:
        patch.setattr(school.swapping, "load", cut_short)
        with pytest.raises(EditError, match="damaged"):
            await school.teaching.promote(EDITOR, model.id)
    assert (await school.states())[model.id] is ModelState.READY
    assert await school.teaching.follow() == 0
    assert school.swapping.model == plain


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
    await school.teaching.file(EDITOR, ids[:1], "flu_jab", {})
    await school.teaching.discard(EDITOR, ids[1:])
    await school.teaching.make_topic(EDITOR, "washing", "living", "", "Hulp bij wassen")
    model = await school.trained()
    await school.teaching.promote(EDITOR, model.id)
    await school.teaching.back(EDITOR)
    rows = await school.audits()
    assert {what for _, what, _ in rows} == {
        "taught examples", "filed questions", "discarded questions", "made a topic", "began a training",
        "training ended", "kept the model of the files", "promoted a model", "replaced a model", "went back a model",
    }  # fmt: skip
    assert all(len(what) <= 40 and "griep" not in about and by == EDITOR.id for by, what, about in rows)
