"""An update does not unteach: the clock trains again what was left out, and editors hear when it cannot."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.core.errors import EditError
from bot.core.message import Chat
from bot.core.taught import BY_CLOCK, TAUGHT, Comparison, Model, ModelState, Shift
from bot.core.team import Role, Worker
from bot.services.teaching.renew_model import WORSE
from bot.services.teaching.tell_left_out import TellLeftOut
from bot.services.teaching.train_model import RUNNING, STOPPED
from tests.builders import incoming
from tests.services.school import EDITOR, School

WORSE_NOW = Shift("is de griepprik gratis", "nl", "flu_jab", "flu_jab", "? hpv", better=False, file=TAUGHT)
OLD, NEW = "is de griepprik gratis", "wanneer is de griepprik"


async def taught(school: School) -> Model:
    """A live model that learnt one example."""
    await school.teaching.teach(EDITOR, "flu_jab", "nl", [OLD])
    model = await school.trained()
    await school.teaching.promote(EDITOR, model.id)
    school.clock.move(minutes=1)
    return model


async def updated(school: School) -> None:
    """The program stops, and comes again with other files."""
    await school.teaching.stop()
    school.updated("newer")
    await school.teaching.recover()
    await school.teaching.follow()


async def tried(school: School) -> Model:
    """What the clock trained."""
    assert await school.teaching.renew() == 1
    row = next(row for row in await school.teaching.models() if row.by == BY_CLOCK)
    return await school.ended(row.id)


async def test_after_an_update_the_same_is_taught_again_and_promoted_by_the_clock(school: School) -> None:
    model = await taught(school)
    await updated(school)
    left = await school.teaching.left_out()
    assert left is not None
    assert left.model.id == model.id
    assert school.swapping.model.name == "newer.tar.gz", "until then the model of the files answers"
    again = await tried(school)
    assert (again.by, again.base, again.state) == (BY_CLOCK, "newer", ModelState.READY)
    assert school.teacher.lessons[-1].examples == {"nl": {"flu_jab": (OLD,)}}
    assert school.teacher.lessons[-1].left_out == school.folder / "taught" / model.file
    assert await school.teaching.renew() == 1
    assert school.swapping.model.name == again.file
    assert await school.states() | {again.id: ModelState.LIVE, model.id: ModelState.PAST} == await school.states()
    assert (await school.teaching.left_out(), await school.teaching.renew()) == (None, 0)
    assert await school.teaching.waiting() == 0
    assert [what for who, what, _ in await school.audits() if who == BY_CLOCK] == [
        "began a training", "training ended", "kept the model of the files", "replaced a model", "promoted a model",
    ]  # fmt: skip
    await school.teaching.back(EDITOR)
    assert school.swapping.model.name == "newer.tar.gz"
    assert await school.teaching.renew() == 0, "who goes back is not overruled"


async def test_only_what_the_model_knew_is_taught_again_and_nothing_that_was_taken_away(school: School) -> None:
    await school.teaching.teach(EDITOR, "hpv", "nl", ["iets over hpv"])
    model = await taught(school)
    await school.teaching.teach(EDITOR, "flu_jab", "nl", [NEW])
    await school.take_away("hpv")
    await updated(school)
    again = await tried(school)
    assert school.teacher.lessons[-1].examples == {"nl": {"flu_jab": (OLD,)}}
    assert again.revision == model.revision
    await school.teaching.renew()
    assert await school.teaching.waiting() == 1, "the other example waits for a person"


@pytest.mark.parametrize(
    ("comparison", "state", "why"),
    [
        pytest.param(Comparison(shifts=(WORSE_NOW,)), ModelState.READY, WORSE, id="worse"),
        pytest.param(Comparison(refused=("Too many.",)), ModelState.REFUSED, "Too many.", id="below the floors"),
    ],
)
async def test_a_model_that_is_worse_is_left_to_editors_and_tried_once(
    school: School, comparison: Comparison, state: ModelState, why: str
) -> None:
    await taught(school)
    await updated(school)
    school.teacher.comparison = comparison
    again = await tried(school)
    for _ in range(3):
        await school.teaching.renew()
    row = await school.store.model(again.id)
    assert row is not None
    assert (row.state, row.why) == (state, why)
    assert len(school.teacher.lessons) == 2
    assert school.swapping.model.name == "newer.tar.gz"
    left = await school.teaching.left_out()
    assert left is not None
    assert left.in_vain == row


async def test_an_editor_may_let_a_model_answer_that_the_clock_would_not(school: School) -> None:
    await taught(school)
    await updated(school)
    school.teacher.comparison = Comparison(shifts=(WORSE_NOW,))
    again = await tried(school)
    await school.teaching.renew()
    assert (await school.teaching.promote(EDITOR, again.id)).state is ModelState.LIVE
    assert await school.teaching.left_out() is None


async def test_a_training_that_fails_by_itself_is_not_tried_again(school: School) -> None:
    await taught(school)
    await updated(school)
    school.teacher.fails = "There is no room on the disk."
    assert (await tried(school)).state is ModelState.FAILED
    assert [await school.teaching.renew() for _ in range(3)] == [0, 0, 0]
    await updated(school)
    assert await school.teaching.renew() == 0, "nor when the program starts again"


async def test_a_training_that_the_end_of_the_program_broke_off_is_tried_three_times(school: School) -> None:
    await taught(school)
    school.teacher.go.clear()
    for _ in range(3):
        await updated(school)
        school.clock.move(minutes=1)
        assert await school.teaching.renew() == 1
        school.teacher.told.clear()
        await school.teacher.told.wait()
    await updated(school)
    assert await school.teaching.renew() == 0
    left = await school.teaching.left_out()
    assert left is not None
    assert left.in_vain is not None
    assert left.in_vain.why == STOPPED


async def test_never_two_trainings_at_once(school: School) -> None:
    await taught(school)
    await updated(school)
    school.teacher.go.clear()
    await school.teaching.train(EDITOR)
    assert await school.teaching.renew() == 0
    await school.teaching.stop()
    await school.teaching.renew()
    with pytest.raises(EditError, match=RUNNING):
        await school.teaching.train(EDITOR)


async def test_a_program_that_is_overtaken_by_a_newer_one_takes_nothing_back(school: School) -> None:
    old = school.teaching
    model = await taught(school)
    plain = school.swapping.model
    newer = school.updated("newer")
    await tried(school)
    await newer.renew()
    school.clock.move(minutes=1)
    assert await old.follow() == 1
    left = await old.left_out()
    assert left is not None
    assert left.beside
    assert await old.renew() == 0
    assert plain.name == model.file
    await old.stop()


async def test_without_a_model_that_was_left_out_the_clock_does_nothing(school: School) -> None:
    assert await school.teaching.renew() == 0
    await taught(school)
    assert await school.teaching.renew() == 0


async def test_a_file_that_is_gone_is_left_to_editors(school: School) -> None:
    await taught(school)
    await updated(school)
    again = await tried(school)
    (school.folder / "taught" / again.file).unlink()
    await school.teaching.renew()
    row = await school.store.model(again.id)
    assert row is not None
    assert (row.state, row.why) == (ModelState.FAILED, "The file of this model is gone. Train again.")


async def test_who_teaches_and_who_coordinates_hear_once_that_it_could_not_be_mended(school: School) -> None:
    people = {
        "ed": EDITOR,
        "co": Worker("co", "co@wijk.example", "Co", frozenset({Role.COORDINATOR})),
        "wo": Worker("wo", "wo@wijk.example", "Wo"),
    }
    chats = {name: await linked(school, worker) for name, worker in people.items()}
    nudged: list[str] = []
    newsroom = replace(school.newsroom, public_url="https://desk.example")
    tell = TellLeftOut(newsroom, lambda: school.teaching.left_out(), nudged.append)  # noqa: PLW0108 - it is another later
    await taught(school)
    await updated(school)
    assert await tell() == 0, "the clock may still mend it"
    school.teacher.fails = "There is no room on the disk."
    await tried(school)
    night, day = school.clock.now.replace(hour=2), school.clock.now
    school.clock.now = night
    assert await tell() == 0
    school.clock.now = day
    assert await tell() == 2
    again = TellLeftOut(newsroom, lambda: school.teaching.left_out(), nudged.append)  # noqa: PLW0108 - the same
    assert (await tell(), await again()) == (0, 0)
    assert sorted(nudged) == sorted((chats["ed"], chats["co"]))
    [told] = [one.outgoing for one in await school.store.due_deliveries(chats["ed"], school.clock())]
    assert "Na een update kent de assistent niet meer wat op de werkplek is geleerd." in told.text
    assert told.buttons[0][0].data == "https://desk.example/desk/content/teach"
    [plain] = [one.outgoing for one in await school.store.due_deliveries(chats["co"], school.clock())]
    assert plain.buttons == ()


async def linked(school: School, worker: Worker) -> str:
    """The chat of somebody who works here."""
    async with school.store.unit() as unit:
        await unit.keep_worker(worker)
        received = await unit.receive(incoming(chat=Chat("telegram", worker.id)))
        assert received is not None
        await unit.finish(received.id)
        await unit.link_chat(worker.id, received.resident.id)
        return received.resident.id
