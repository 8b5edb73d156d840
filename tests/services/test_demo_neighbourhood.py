"""A newcomer's neighbourhood: made once, in every language, with nobody in it who can be called."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from cryptography.fernet import Fernet

from bot.core.case import Author, How, Result, State
from bot.core.content import Content
from bot.core.errors import ContentError
from bot.core.hours import is_open
from bot.core.language import LANGUAGES
from bot.core.neighbourhood import Neighbourhood
from bot.core.postcode import area_named, nearest
from bot.core.pressure import pressure_in
from bot.core.team import Role, Team
from bot.core.triage import Flag, Triage
from bot.gateways.demo_files import read_demo
from bot.services.cases.case_access import visible
from bot.services.cases.demo_neighbourhood import make_demo
from bot.store.engine import migrate, open_engine
from bot.store.store import SqlStore
from bot.store.vault import Vault
from tests.builders import Clock

FOLDER = Path(__file__).parents[2] / "responses" / "demo"
FILE = (FOLDER / "neighbourhood.yml").read_text(encoding="utf-8")
TUESDAY = datetime(2026, 11, 24, 10, tzinfo=UTC)
NEW_YEARS_EVE = datetime(2026, 12, 31, 23, 30, tzinfo=UTC)  # it is 2027 in Leeuwarden


@pytest.fixture
async def store(tmp_path: Path) -> AsyncIterator[SqlStore]:
    engine = open_engine(f"sqlite:///{tmp_path / 'demo.db'}")
    await migrate(engine)
    store = SqlStore(engine, Vault((Fernet.generate_key().decode(),)))
    yield store
    await store.close()


@pytest.fixture(scope="module")
def demo() -> Neighbourhood:
    return read_demo(FOLDER)


@pytest.fixture
async def made(store: SqlStore, demo: Neighbourhood) -> SqlStore:
    assert (await make_demo(store, Clock(TUESDAY), demo)).made
    return store


async def every_case(store: SqlStore) -> dict[State, str]:
    return {case.state: case.id for case in await store.cases(states=tuple(State))}


async def test_it_is_made_once(made: SqlStore, demo: Neighbourhood) -> None:
    before = await made.teams(), await made.workers(), await made.cases(states=tuple(State))
    again = await make_demo(made, Clock(TUESDAY), demo)
    assert not again.made
    assert (await made.teams(), await made.workers(), await made.cases(states=tuple(State))) == before
    for case_id in (await every_case(made)).values():
        file = await made.case_file(case_id) or pytest.fail("no case")
        assert [event.what for event in file.events].count("opened") == 1


async def test_a_neighbourhood_of_ones_own_stays_as_it_is(store: SqlStore, demo: Neighbourhood) -> None:
    async with store.unit() as unit:
        await unit.keep_team(Team("own", "Team Eigen"))
    again = await make_demo(store, Clock(TUESDAY), demo)
    assert (again.made, again.workers) == (False, ())
    assert [team.name for team in await store.teams()] == ["Team Eigen"]
    assert await store.workers() == []


async def test_where_there_is_staff_but_no_team_yet_nothing_is_made(store: SqlStore, demo: Neighbourhood) -> None:
    async with store.unit() as unit:
        await unit.keep_worker(replace(demo.workers[0], id="own", teams=()))
    assert (await make_demo(store, Clock(TUESDAY), demo)).workers == ()
    assert await store.teams() == []


async def test_everybody_of_the_staff_can_be_tried_also_after_a_restart(made: SqlStore, demo: Neighbourhood) -> None:
    again = await make_demo(made, Clock(TUESDAY), demo)
    assert again.workers == tuple(worker.id for worker in demo.workers)
    async with made.unit() as unit:
        await unit.keep_worker(replace(demo.workers[1], active=False))
    left = await make_demo(made, Clock(TUESDAY), demo)
    assert demo.workers[1].id not in left.workers
    assert len(left.workers) == len(demo.workers) - 1


async def test_when_it_goes_wrong_halfway_nothing_is_left(store: SqlStore, demo: Neighbourhood) -> None:
    twice = replace(demo, stories=(demo.stories[0], replace(demo.stories[1], team="nobody")))
    with pytest.raises(KeyError):
        await make_demo(store, Clock(TUESDAY), twice)
    assert await store.teams() == []
    assert await store.cases() == []


async def test_the_team_is_there_in_office_hours_and_one_evening_but_not_on_holidays(made: SqlStore) -> None:
    for team in await made.teams():
        assert is_open(team.hours, TUESDAY)
        evenings = {span.weekday for span in team.hours.spans if span.start.hour >= 18}
        assert len(evenings) == 1
        assert {date(2026, 12, 25), date(2027, 4, 27)} <= team.hours.holidays
        assert not is_open(team.hours, datetime(2026, 12, 25, 10, tzinfo=UTC))


async def test_the_holidays_are_those_of_the_year_it_is_there(store: SqlStore, demo: Neighbourhood) -> None:
    await make_demo(store, Clock(NEW_YEARS_EVE), demo)
    team = (await store.teams())[0]
    assert {day.year for day in team.hours.holidays} == {2027, 2028}


async def test_every_postcode_of_the_town_has_a_team(made: SqlStore) -> None:
    areas = await made.areas()
    town = {*range(8911, 8920), *range(8921, 8928), *range(8931, 8940)}
    assert {int(area.postcode) for area in areas} == town
    assert {area.team for area in areas} == {team.id for team in await made.teams()}
    for area in areas:
        assert area.latitude is not None
        assert area.longitude is not None
        assert nearest((area.latitude, area.longitude), areas) == area
        found = area_named(f"ik woon in {area.name.lower()}", areas)
        assert found
        assert (found.name, found.team) == (area.name, area.team)


async def test_the_staff_speak_the_languages_of_the_neighbourhood(made: SqlStore, content: Content) -> None:
    workers = await made.workers()
    assert {code for worker in workers for code in worker.languages} == {"nl", "en", "ar", "tr", "fy", "ti"}
    assert [worker.name for worker in workers if Role.COORDINATOR in worker.roles] == ["Marijke"]
    assert {worker.name for worker in workers if Role.EDITOR in worker.roles} == {"Noor", "Hilde"}
    assert next(worker.fields for worker in workers if worker.name == "Hilde") == ("medical", "language")
    assert {worker.language for worker in workers} == {"nl", "en"}
    assert {topic for worker in workers for topic in worker.topics} <= content.topics.keys()
    assert all(worker.chat == "" for worker in workers)


async def test_every_template_is_there_in_every_language_and_presses_nobody(made: SqlStore, content: Content) -> None:
    templates = await made.templates()
    assert len(templates) >= 6
    for template in templates:
        assert template.texts.keys() == LANGUAGES.keys()
        for code, text in template.texts.items():
            assert not pressure_in(text, content.pressure[code], "", code), text


async def test_a_red_flag_waits_as_if_it_had_just_come(made: SqlStore, triage: Triage) -> None:
    case_id = (await every_case(made))[State.WAITING]
    file = await made.case_file(case_id) or pytest.fail("no case")
    assert (file.case.flag, file.case.area, file.case.worker) == (Flag.VIOLENCE, "8917", "")
    assert file.case.due_at is not None
    assert file.case.due_at > TUESDAY
    told = {event.worker for event in file.events if event.what == "told"}
    assert told == {"demo-samira", "demo-jelle", "demo-selam"}
    assert [event.what for event in file.events if event.what != "told"] == ["opened", "added"]
    verdicts = [triage.assess(said.text) for said in file.said]
    assert any(verdict and verdict.flag is Flag.VIOLENCE for verdict in verdicts)


async def test_an_arabic_case_is_taken_and_stands_there_in_two_languages(made: SqlStore) -> None:
    case_id = (await every_case(made))[State.CLAIMED]
    file = await made.case_file(case_id) or pytest.fail("no case")
    case = file.case
    assert (case.language, case.worker, case.how) == ("ar", "demo-emine", How.CALL)
    assert file.has_phone
    talk = [said for said in file.said if said.author is not Author.NOTE]
    assert [said.language for said in talk] == ["ar", "nl", "ar"]
    assert all(said.translation and said.translator == case.translator for said in talk)
    assert [said.translation for said in file.said if said.author is Author.NOTE] == [""]
    assert case.resident_at
    assert case.worker_at
    assert case.resident_at > case.worker_at
    assert await made.load() == {"demo-emine": 1}


async def test_a_closed_case_helped_and_opens_again_when_the_resident_writes(made: SqlStore) -> None:
    case_id = (await every_case(made))[State.CLOSED]
    file = await made.case_file(case_id) or pytest.fail("no case")
    assert (file.case.result, file.case.helped, file.case.language) == (Result.HELPED, True, "en")
    assert file.case.can_reopen(TUESDAY)
    assert [event.what for event in file.events][-1] == "closed"


async def test_what_is_in_a_case_happened_in_its_order_and_not_in_the_future(made: SqlStore) -> None:
    for case_id in (await every_case(made)).values():
        file = await made.case_file(case_id) or pytest.fail("no case")
        for moments in ([said.at for said in file.said], [event.at for event in file.events]):
            assert moments == sorted(moments)
            assert file.case.opened_at <= moments[0]
            assert moments[-1] <= TUESDAY


async def test_the_cases_are_seen_by_the_right_workers(made: SqlStore) -> None:
    cases = await made.cases(states=tuple(State))
    seen = {worker.name: {case.state for case in cases if visible(worker, case)} for worker in await made.workers()}
    everything = {State.WAITING, State.CLAIMED, State.CLOSED}
    assert seen == {
        "Samira": {State.WAITING, State.CLOSED},
        "Selam": {State.WAITING, State.CLOSED},
        "Emine": {State.CLAIMED},
        "Jelle": everything,
        "Marijke": everything,
        "Noor": set(),
        "Hilde": set(),
    }


async def test_the_residents_wait_for_no_answer_of_the_assistant(made: SqlStore) -> None:
    assert await made.waiting_inbox() == []
    assert await made.waiting_residents() == []


def test_no_number_in_it_can_ring_and_no_address_can_be_written_to() -> None:
    words = re.sub(r"(?m)#.*", "", FILE)
    numbers = re.findall(r"\+?\d(?:[ ()-]?\d){6,}", words)
    assert numbers
    assert all(re.fullmatch(r"058 000 \d\d \d\d", number) for number in numbers)
    addresses = re.findall(r"\S+@\S+", words)
    assert addresses
    assert all(address.endswith(".example") for address in addresses)


@pytest.mark.parametrize(
    ("right", "wrong", "told"),
    [
        ("postcode: 8912", "postcode: 89", "areas.1.postcode"),
        ("latitude: 53.202", "latitude: 5.202", "areas.1.latitude"),
        ('end: "21:00"', "end: 21:00", "teams.0.hours.1.end"),
        ("{postcode: 8912, name: Oude Haven, team: demo-waterwijk", "{postcode: 8912, name: X, team: demo-x", "demo-x"),
        ("by: demo-emine\n    note", "by: demo-emin\n    note", "demo-emin does not stand in this file"),
        ("area: 8914", "area: 9999", "9999 does not stand in this file"),
        ("email: emine@buurtteam.example", "email: emine@gmail.com", "workers.2.email"),
        ("result: helped", "result: solved", "cases.2.ending.result"),
    ],
)
def test_a_mistake_in_the_file_is_told_with_its_line(tmp_path: Path, right: str, wrong: str, told: str) -> None:
    assert FILE.count(right) == 1
    folder = tmp_path / "demo"
    folder.mkdir()
    (folder / "neighbourhood.yml").write_text(FILE.replace(right, wrong), encoding="utf-8")
    line = FILE[: FILE.index(right)].count("\n") + 1
    with pytest.raises(ContentError) as caught:
        read_demo(folder)
    assert told in str(caught.value)
    assert caught.value.where == f"demo/neighbourhood.yml:{line}"


def test_a_file_that_is_not_there_or_is_no_yaml_is_told(tmp_path: Path) -> None:
    with pytest.raises(ContentError, match="the file is missing"):
        read_demo(tmp_path)
    (tmp_path / "neighbourhood.yml").write_text("teams: [\n", encoding="utf-8")
    with pytest.raises(ContentError, match="not valid YAML"):
        read_demo(tmp_path)
