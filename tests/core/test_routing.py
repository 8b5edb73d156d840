from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from itertools import permutations

import pytest

from bot.core.case import Case, Result, State
from bot.core.case_phrases import Places
from bot.core.routing import Level, choose, fits, next_due, order, waited
from bot.core.team import Area, Hours, Role, Span, Team, Worker
from bot.core.triage import Flag

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)  # ten o'clock in the Netherlands
OFFICE = Hours(tuple(Span(day, time(9), time(17)) for day in range(5)))
OOST = Team("oost", "Wijkteam Oost", OFFICE, answer_minutes=60)
WEST = Team("west", "Wijkteam West", OFFICE)
TEAMS = (OOST, WEST)
AREAS = (Area("8911", "Binnenstad", "oost"), Area("8921", "Bilgaard", "west"), Area("8999", "Nergens", "gone"))
BOTH = frozenset({Role.WORKER, Role.COORDINATOR})
COORDINATOR = frozenset({Role.COORDINATOR})


def case(**more: object) -> Case:
    fields: dict[str, object] = {"topic": "flu_jab", "opened_at": MONDAY, "changed_at": MONDAY, "id": "c1"} | more
    return Case(resident="r", team="oost", language="ar", **fields)  # type: ignore[arg-type]


def worker(name: str, **more: object) -> Worker:
    fields: dict[str, object] = {"teams": ("oost",)} | more
    return Worker(name, f"{name}@wijk.example", name.title(), **fields)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("postcode", "region", "expected"),
    [
        pytest.param("8921", "oost", WEST, id="an area goes to its team"),
        pytest.param("9999", "oost", OOST, id="an area of nobody goes to the region's team"),
        pytest.param("", "oost", OOST, id="and so does a resident who gave no area"),
        pytest.param("8999", "oost", OOST, id="and an area whose team is gone"),
        pytest.param("9999", "west", WEST, id="whichever that is"),
        pytest.param("9999", "", OOST, id="without a region's team the first one takes it"),
        pytest.param("9999", "gone", OOST, id="and so with one that is gone"),
    ],
)
def test_which_team_a_case_goes_to(postcode: str, region: str, expected: Team) -> None:
    assert Places(AREAS, TEAMS, region).team_of(postcode) == expected


def test_without_any_team_a_case_goes_to_none() -> None:
    assert Places(AREAS, (), "oost").team_of("8911") is None


ALI = worker("ali", languages=("nl", "ar"))
BEA = worker("bea", topics=("flu_jab",))
CAS = worker("cas")
DEE = worker("dee")
EVA = worker("eva", languages=("nl", "ar"), topics=("flu_jab",))
FEM = worker("fem", languages=("ar",), on_duty=False)
GUS = worker("gus", languages=("ar",), away_until=MONDAY + timedelta(days=1))
HAN = worker("han", languages=("ar",), active=False)
INA = worker("ina", languages=("ar",), teams=("west",))
JET = worker("jet", roles=COORDINATOR)
KEA = worker("kea", roles=COORDINATOR, teams=("west",))
LEO = worker("leo", roles=frozenset({Role.EDITOR}), languages=("ar",))
EVERYBODY = (ALI, BEA, CAS, DEE, EVA, FEM, GUS, HAN, INA, JET, KEA, LEO)
URGENT = {"flag": Flag.DANGER_TO_LIFE}


@pytest.mark.parametrize(
    ("more", "workers", "tell", "level"),
    [
        pytest.param({}, EVERYBODY, "eva ali", 0, id="those on duty who speak the language, the topic's own first"),
        pytest.param({"topic": ""}, EVERYBODY, "ali eva", 0, id="without a topic the language decides"),
        pytest.param({}, (BEA, CAS, DEE), "bea cas dee", 0, id="nobody speaks it: who knows the topic comes first"),
        pytest.param({}, (CAS, DEE, BEA, worker("abe")), "bea abe cas", 0, id="three at the most hear of it first"),
        pytest.param(URGENT, EVERYBODY, "eva ali bea cas dee", 0, id="of a red flag everybody on duty, at once"),
        pytest.param({"step": 1}, EVERYBODY, "eva ali fem bea cas dee", 1, id="then everybody who works today"),
        pytest.param({"step": 2}, EVERYBODY, "jet", 2, id="then the team's coordinator"),
        pytest.param({"step": 2}, (ALI, KEA), "kea", 2, id="or one of another team"),
        pytest.param({"step": 3}, EVERYBODY, "", 3, id="then nobody: the resident is told"),
        pytest.param({"step": 9}, EVERYBODY, "", 3, id="and so it stays"),
        pytest.param({}, (FEM, JET), "fem", 1, id="nobody on duty: the whole team at once"),
        pytest.param({}, (GUS, HAN, INA, JET), "jet", 2, id="nobody in the team: its coordinator at once"),
        pytest.param(URGENT, (GUS, HAN, INA, LEO), "", 3, id="who is ill, left, elsewhere or an editor is not told"),
        pytest.param({}, (), "", 3, id="nobody at all: the resident is told at once"),
        pytest.param({}, (worker("mo", roles=BOTH),), "mo", 0, id="a coordinator who works too is a worker"),
    ],
)
def test_who_hears_of_a_case(more: dict[str, object], workers: tuple[Worker, ...], tell: str, level: int) -> None:
    routing = choose(case(**more), OOST, workers, {}, MONDAY)
    assert (" ".join(routing.tell), routing.level) == (tell, level)


def test_who_has_fewest_cases_is_told_first() -> None:
    routing = choose(case(), OOST, (CAS, DEE, worker("abe"), worker("bo")), {"abe": 3, "cas": 1, "dee": 2}, MONDAY)
    assert routing.tell == ("bo", "cas", "dee")


def test_a_full_hand_does_not_outweigh_the_language() -> None:
    assert choose(case(), OOST, (ALI, BEA), {"ali": 20}, MONDAY).tell == ("ali",)


def test_who_was_away_is_told_again_from_the_hour_they_are_back() -> None:
    assert choose(case(), OOST, (GUS,), {}, MONDAY + timedelta(days=1)).tell == ("gus",)


def test_the_order_in_which_workers_are_known_changes_nothing() -> None:
    first = choose(case(), OOST, (ALI, BEA, CAS, EVA), {"ali": 1}, MONDAY)
    assert all(choose(case(), OOST, some, {"ali": 1}, MONDAY) == first for some in permutations((ALI, BEA, CAS, EVA)))


@pytest.mark.parametrize(
    ("who", "score"),
    [
        pytest.param(EVA, 3, id="language and topic"),
        pytest.param(ALI, 2, id="the language alone"),
        pytest.param(BEA, 1, id="the topic alone"),
        pytest.param(CAS, 0, id="neither"),
    ],
)
def test_the_language_counts_more_than_the_topic(who: Worker, score: int) -> None:
    assert fits(case(), who) == score


@pytest.mark.parametrize(
    ("more", "team", "now", "due"),
    [
        pytest.param({}, OOST, MONDAY, timedelta(hours=1), id="after the team's time"),
        pytest.param({}, OOST, MONDAY + timedelta(hours=6.5), timedelta(hours=17), id="counted in opening hours"),
        pytest.param(URGENT, OOST, MONDAY, timedelta(minutes=15), id="a red flag after a quarter of it"),
        pytest.param(URGENT, OOST, MONDAY - timedelta(hours=8), timedelta(minutes=15), id="also at night"),
        pytest.param({}, Team("x", "X"), MONDAY, timedelta(hours=1), id="by the clock where no hours are known"),
        pytest.param({}, replace(OOST, answer_minutes=0), MONDAY, timedelta(minutes=1), id="never at once"),
        pytest.param(URGENT, replace(OOST, answer_minutes=1), MONDAY, timedelta(minutes=1), id="not even a red flag"),
    ],
)
def test_when_the_next_step_comes(more: dict[str, object], team: Team, now: datetime, due: timedelta) -> None:
    assert next_due(case(**more), team, now) == now + due


def minutes(number: float) -> datetime:
    return MONDAY + timedelta(minutes=number)


NOW = minutes(60)


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        pytest.param({}, 60, id="since it was opened"),
        pytest.param({"resident_at": minutes(50)}, 60, id="writing again does not send one to the end of the queue"),
        pytest.param({"state": State.CLAIMED, "worker_at": minutes(20)}, 60, id="a claim is no answer"),
        pytest.param({"state": State.CLAIMED, "answered_at": minutes(9), "worker_at": minutes(9)}, 0, id="answered"),
        pytest.param(
            {"state": State.CLAIMED, "answered_at": minutes(9), "worker_at": minutes(9), "resident_at": minutes(40)},
            20,
            id="since the resident wrote again",
        ),
        pytest.param(
            {"answered_at": minutes(9), "worker_at": minutes(30), "resident_at": minutes(8)},
            30,
            id="back in the queue: since a worker last had it",
        ),
        pytest.param({"state": State.CLOSED, "result": Result.HELPED}, 0, id="nobody waits for a closed case"),
        pytest.param({"opened_at": minutes(61)}, 0, id="never less than nothing"),
    ],
)
def test_how_long_a_resident_has_waited(more: dict[str, object], expected: int) -> None:
    assert waited(case(**more), NOW) == timedelta(minutes=expected)


def test_red_flags_come_first_then_who_has_waited_longest() -> None:
    cases = [
        case(id="new", opened_at=minutes(50)),
        case(id="old", opened_at=minutes(10)),
        case(id="answered", state=State.CLAIMED, answered_at=minutes(2), worker_at=minutes(2)),
        case(id="flag", opened_at=minutes(59), flag=Flag.SUICIDE),
        case(id="older flag", opened_at=minutes(55), flag=Flag.POISONING),
        case(id="a twin", opened_at=minutes(50)),
    ]
    expected = ["older flag", "flag", "old", "a twin", "new", "answered"]
    assert all([one.id for one in order(some, NOW)] == expected for some in permutations(cases))


def test_levels_are_the_steps_of_a_case() -> None:
    assert [int(level) for level in Level] == [0, 1, 2, 3]
