from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from bot.core.case import REOPEN, Case, Result, State
from bot.core.errors import CaseError, IllegalMove
from bot.core.triage import Flag

OPENED = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
LATER = OPENED + timedelta(minutes=5)
Move = Callable[[Case], Case]

MOVES: dict[str, tuple[Move, State, set[State]]] = {
    "claimed": (lambda case: case.claimed("samira", LATER), State.CLAIMED, {State.WAITING}),
    "put back in the queue": (lambda case: case.returned(LATER), State.WAITING, {State.CLAIMED}),
    "handed to a colleague": (
        lambda case: case.handed_over("oost", "piet", LATER),
        State.CLAIMED,
        {State.WAITING, State.CLAIMED},
    ),
    "handed to a team": (
        lambda case: case.handed_over("west", "", LATER),
        State.WAITING,
        {State.WAITING, State.CLAIMED},
    ),
    "closed": (lambda case: case.closed(Result.HELPED, LATER), State.CLOSED, {State.CLAIMED}),
    "reopened": (lambda case: case.reopened(LATER, worker_free=True), State.CLAIMED, {State.CLOSED}),
    "reopened without its worker": (
        lambda case: case.reopened(LATER, worker_free=False),
        State.WAITING,
        {State.CLOSED},
    ),
    "withdrawn": (lambda case: case.withdrawn(LATER), State.WITHDRAWN, {State.WAITING, State.CLAIMED}),
}


def case(state: State = State.WAITING, **more: object) -> Case:
    """A case in a state, with what belongs to it."""
    fields: dict[str, object] = {"state": state, "step": 2, "due_at": LATER}
    if state in {State.CLAIMED, State.CLOSED}:
        fields["worker"] = "samira"
    if state is State.CLOSED:
        fields |= {"closed_at": OPENED, "result": Result.OTHER, "helped": True}
    return Case("3f9a1c77", "resident", "oost", "ar", OPENED, OPENED, **fields | more)  # type: ignore[arg-type]


LEGAL = [
    pytest.param(state, move, after, id=f"a {state} case can be {name}")
    for name, (move, after, allowed) in MOVES.items()
    for state in sorted(allowed)
]
ILLEGAL = [
    pytest.param(state, move, id=f"a {state} case cannot be {name}")
    for name, (move, _, allowed) in MOVES.items()
    for state in sorted(set(State) - allowed)
]


@pytest.mark.parametrize(("state", "move", "after"), LEGAL)
def test_a_legal_move_makes_the_next_version(state: State, move: Move, after: State) -> None:
    before = case(state)
    moved = move(before)
    assert (moved.state, moved.version, moved.changed_at) == (after, before.version + 1, LATER)
    assert (moved.id, moved.resident, moved.language, moved.opened_at) == ("3f9a1c77", "resident", "ar", OPENED)


@pytest.mark.parametrize(("state", "move", "after"), LEGAL)
def test_only_who_claims_or_closes_is_its_worker(state: State, move: Move, after: State) -> None:
    assert bool(move(case(state)).worker) is (after in {State.CLAIMED, State.CLOSED})


@pytest.mark.parametrize(("state", "move", "after"), LEGAL)
def test_only_a_case_that_waits_has_a_next_step(state: State, move: Move, after: State) -> None:
    moved = move(case(state))
    if after is State.WAITING:
        assert (moved.due_at, moved.step) == (LATER, 0)
    elif state is not State.CLOSED:
        assert moved.due_at is None


@pytest.mark.parametrize(("state", "move"), ILLEGAL)
def test_an_illegal_move_is_refused_in_a_sentence(state: State, move: Move) -> None:
    with pytest.raises(IllegalMove, match=rf"^This case is {state}: it cannot be .+\.$") as refused:
        move(case(state))
    assert refused.value.state == state
    assert isinstance(refused.value, CaseError)


def test_a_case_changed_by_a_move_is_another_one() -> None:
    waiting = case()
    waiting.claimed("samira", LATER)
    assert (waiting.state, waiting.worker, waiting.version) == (State.WAITING, "", 1)


def test_handing_over_changes_team_and_worker() -> None:
    moved = case(State.CLAIMED).handed_over("west", "piet", LATER)
    assert (moved.team, moved.worker, moved.worker_at) == ("west", "piet", LATER)


def test_a_reopened_case_goes_back_to_its_worker_and_forgets_how_it_ended() -> None:
    moved = case(State.CLOSED).reopened(LATER, worker_free=True)
    assert (moved.worker, moved.result, moved.closed_at, moved.helped) == ("samira", None, None, None)


def test_a_closed_case_that_nobody_had_is_reopened_in_the_queue() -> None:
    assert case(State.CLOSED, worker="").reopened(LATER, worker_free=True).state is State.WAITING


@pytest.mark.parametrize(
    ("after", "possible"),
    [
        pytest.param(timedelta(), True, id="at once"),
        pytest.param(REOPEN - timedelta(seconds=1), True, id="a second before a week is over"),
        pytest.param(REOPEN, False, id="not after a week"),
        pytest.param(REOPEN * 10, False, id="not after ten weeks"),
    ],
)
def test_a_case_is_reopened_within_a_week(after: timedelta, *, possible: bool) -> None:
    closed = case(State.CLOSED)
    assert closed.can_reopen(OPENED + after) is possible
    if not possible:
        with pytest.raises(IllegalMove):
            closed.reopened(OPENED + after, worker_free=True)


@pytest.mark.parametrize("state", State)
def test_only_a_closed_case_can_be_reopened(state: State) -> None:
    assert case(state).can_reopen(LATER) is (state is State.CLOSED)


def test_a_withdrawn_case_keeps_nothing_in_the_residents_words() -> None:
    moved = case(State.CLAIMED, when="na het avondeten").withdrawn(LATER)
    assert (moved.when, moved.closed_at) == ("", LATER)


@pytest.mark.parametrize(
    ("state", "is_open"),
    [(State.WAITING, True), (State.CLAIMED, True), (State.CLOSED, False), (State.WITHDRAWN, False)],
)
def test_a_case_is_open_while_somebody_waits_or_is_helped(state: State, *, is_open: bool) -> None:
    assert case(state).open is is_open


def test_people_call_a_case_by_a_short_number() -> None:
    assert case().number == "#3F9A1C"


@pytest.mark.parametrize(
    ("more", "quiet"),
    [
        pytest.param({"flag": Flag.VIOLENCE}, True, id="violence"),
        pytest.param({"flag": Flag.CHILD_DANGER}, True, id="a child in danger"),
        pytest.param({"topic": "domestic_violence"}, True, id="a question about violence at home"),
        pytest.param({"flag": Flag.SUICIDE}, False, id="not for suicide: there somebody writes first"),
        pytest.param({"topic": "flu_jab"}, False, id="not for a jab"),
    ],
)
def test_a_case_is_quiet_where_somebody_may_read_along(more: dict[str, object], *, quiet: bool) -> None:
    assert case(**more).quiet is quiet  # type: ignore[arg-type]
