"""When who has a case has been silent: counted in the team's opening hours, from what was said and done in it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final

from bot.core.case import Author, Case, Event, How, Said
from bot.core.hours import after_open_time
from bot.core.team import Hours

WORKING_DAY: Final = timedelta(hours=8)  # of opening time: then the case goes to somebody else
HALF_A_DAY: Final = WORKING_DAY / 2  # then who has it hears of it once
REMINDED: Final = "reminded"  # in a case's log
_TAKEN: Final = frozenset({"claimed", "handed_over", "reopened"})


def silent_since(case: Case, said: Iterable[Said], events: Iterable[Event]) -> datetime | None:
    """Since when the resident waits for a word of who has the case; None when that worker wrote last.

    From the first message without an answer on: writing again must not make anybody wait longer.
    """
    taken = [event.at for event in events if event.what in _TAKEN]
    since = max(taken) if taken else case.worker_at or case.opened_at
    waiting: datetime | None = since
    for one in said:
        if one.at >= since and one.worker == case.worker and _is_word(one, case):
            waiting = None
        elif waiting is None and one.author is Author.RESIDENT:
            waiting = one.at
    return waiting


def reminded(events: Iterable[Event], since: datetime) -> bool:
    """Was who has the case told of a silence that began then?"""
    return any(event.what == REMINDED and event.at >= since for event in events)


def has_passed(amount: timedelta, since: datetime, now: datetime, hours: Hours) -> bool:
    """Did so much opening time pass? By the clock where a team has no hours: nothing waits for ever."""
    return after_open_time(hours, since, amount) <= now


def _is_word(said: Said, case: Case) -> bool:
    # Who calls or meets the resident writes only a note about it.
    return said.author is Author.WORKER or (said.author is Author.NOTE and case.how is not How.CHAT)
