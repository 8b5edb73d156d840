"""What somebody of the staff did, as the logs keep it: ids and keys, never a word of anybody."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Deed:
    """One row of a log. `by` is a worker's id, or names who is none: "command line", "link:…", "" for the clock.

    `case` is the case it was done in, or ""; `team` the team of that case while it is kept. `about` is an id,
    a key, or several.
    """

    at: datetime
    by: str
    what: str
    about: str = ""
    case: str = ""
    team: str = ""


@dataclass(frozen=True, slots=True)
class Sight:
    """Whose deeds somebody sees. `people` and `teams`: their own, what was done to them, and the cases of the teams.

    `whats` are deeds that they see whoever did them. What names one of `hidden`, ids of others' people and
    teams, is seen only so.
    """

    people: frozenset[str] = frozenset()
    teams: frozenset[str] = frozenset()
    whats: frozenset[str] = frozenset()
    hidden: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for: somebody's, of some kinds, from one moment until before another."""

    by: str = ""
    whats: frozenset[str] | None = None
    since: datetime | None = None
    until: datetime | None = None
