"""What a coordinator fills in about a colleague."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import replace
from typing import Final

from bot.core.language import LANGUAGES
from bot.core.team import Role, Worker
from bot.desk.forms import Given, Problems
from bot.desk.people.rights import locks_out
from bot.desk.words import LANGUAGES as SCREENS

_EMAIL: Final = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_OTHER: Final = re.compile(r"[a-z]{2,3}")  # ISO 639 codes of languages that the assistant does not speak
_MOST: Final = 20
_LOCKED_OUT: Final = "You would lock yourself out. Ask another coordinator to do this."


def read_worker(worker: Worker, form: Given, coordinator: Worker, topics: Collection[str]) -> tuple[Worker, Problems]:
    """The colleague as filled in, and what is wrong with that. Teams of others and roles at content stay."""
    problems, email = Problems(), form.text("email").lower()
    own = tuple(team for team in coordinator.teams if team in form.all("team"))
    others = tuple(team for team in worker.teams if team not in coordinator.teams)
    changed = replace(
        worker,
        email=email,
        name=form.text("name", 60),
        title=form.text("title", 60),
        neighbourhood=form.text("neighbourhood", 100),
        language=form.text("language") if form.text("language") in SCREENS else worker.language,
        languages=_languages(form),
        topics=tuple(topic for topic in topics if topic in form.all("topic")),
        roles=_roles(worker, form),
        teams=own + others,
    )
    problems.unless(changed.name, "name", "Give the first name: residents see it.")
    problems.unless(_EMAIL.fullmatch(email), "email", "Give an e-mail address, such as samira@example.nl.")
    problems.unless(changed.teams, "team", "Choose at least one team.")
    problems.unless(changed.languages, "languages", "Choose at least one language.")
    problems.unless(not locks_out(coordinator, changed), "team", _LOCKED_OUT)
    return changed, problems


def _languages(form: Given) -> tuple[str, ...]:
    other = re.split(r"[\s,;]+", form.text("other_languages").lower())
    ticked = [code for code in LANGUAGES if code in form.all("languages")]
    return tuple(dict.fromkeys([*ticked, *(code for code in other if _OTHER.fullmatch(code))]))[:_MOST]


def _roles(worker: Worker, form: Given) -> frozenset[Role]:
    """Coordinators hand out the role of coordinator, and no other: an editor does not see cases by being edited."""
    coordinator = {Role.COORDINATOR} if form.ticked("coordinator") else set()
    return frozenset(coordinator | worker.roles - {Role.COORDINATOR}) or frozenset({Role.WORKER})
