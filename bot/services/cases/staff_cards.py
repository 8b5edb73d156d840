"""Messages about a case to a worker: without the resident's words, unless the team allows them in Telegram."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from bot.core.case import Author, Case, Said, State
from bot.core.message import Button, ButtonStyle, Outgoing
from bot.core.press import Act, Press
from bot.core.staff_words import FALLBACK
from bot.core.team import Team, Worker
from bot.services.cases.case_words import CaseWords
from bot.services.cases.office import Office
from bot.services.ports import Unit

LOGIN_LASTS: Final = timedelta(minutes=15)
_WAITING: Final = (("claim", "pass"),)
_MINE: Final = (("close", "hand_over"), ("note", "template"), ("release",))

Rows = tuple[tuple[Button, ...], ...]


class StaffCards:
    """Makes cards. A link to the desk is a secret, and is kept in the unit that is given."""

    def __init__(self, office: Office) -> None:
        self._office = office

    async def of(self, unit: Unit, case: Case, team: Team, worker: Worker, now: datetime, title: str = "") -> Outgoing:
        """A case as a worker may see it in Telegram; `title` is the first line when it is not the usual one."""
        words = CaseWords(self._office, worker.language)
        if team.id not in worker.teams:
            text = words("card_elsewhere", number=case.number, team=team.name, phone=team.phone or "-")
            return Outgoing(text, words.language, key="staff_card_elsewhere", urgent=case.flag is not None)
        said = await _last_said(unit, case) if team.text_in_telegram else None
        link = await self._link(unit, case, team, worker, now)
        blocks = [
            "\n".join([*_title(words, case, title), *words.facts(case, await unit.areas(), now)]),
            words.said(said) if said else _at_desk(words, team, link),
            words("card_reply") if case.worker == worker.id else "",
        ]
        return _card("staff_card", words, case, blocks, (*_actions(words, case, worker), *link), said)

    async def said(self, unit: Unit, case: Case, team: Team, worker: Worker, said: Said, now: datetime) -> Outgoing:
        """A new message of the resident, to who has the case."""
        words = CaseWords(self._office, worker.language)
        link = await self._link(unit, case, team, worker, now)
        shown = said if team.text_in_telegram else None
        blocks = [
            words("said_new", number=case.number),
            words.said(shown) if shown else _at_desk(words, team, link),
        ]
        return _card("staff_said", words, case, blocks, link, shown)

    async def in_topic(self, unit: Unit, case: Case, team: Team, now: datetime) -> Outgoing:
        """A case for the team's group, where nobody is logged in by a tap."""
        words, link = CaseWords(self._office, FALLBACK), self._page(case, FALLBACK)
        said = await _last_said(unit, case) if team.text_in_telegram else None
        blocks = [
            "\n".join([*_title(words, case, ""), *words.facts(case, await unit.areas(), now)]),
            words.said(said) if said else words("card_no_desk"),
            words("topic_reply"),
        ]
        verbs = ("claim",) if case.state is State.WAITING else ()
        claim = tuple((Button(words(verb), Press(Act.STAFF, verb, case.id).data),) for verb in verbs)
        return _card("topic_card", words, case, blocks, (*claim, *link), said)

    def said_in_topic(self, case: Case, team: Team, said: Said) -> Outgoing:
        """A new message of the resident, for the team's group."""
        words = CaseWords(self._office, FALLBACK)
        shown = said if team.text_in_telegram else None
        blocks = [
            words("urgent") if case.flag else "",
            words("said_new", number=case.number),
            words.said(shown) if shown else "",
        ]
        return _card("topic_said", words, case, blocks, self._page(case, FALLBACK), shown)

    async def _link(self, unit: Unit, case: Case, team: Team, worker: Worker, now: datetime) -> Rows:
        """The way to the desk: where the words may not stand in Telegram it logs in, once, to this case alone."""
        address = self._office.public_url
        if not address or team.text_in_telegram:
            return self._page(case, worker.language)
        token = self._office.secret()
        await unit.give_token(token, "login", worker.id, now + LOGIN_LASTS, case.id)
        return self._to(f"{address}/desk/in/{token}", worker.language)

    def _page(self, case: Case, language: str) -> Rows:
        """The way to the desk for who logs in there."""
        address = self._office.public_url
        return self._to(f"{address}/desk/cases/{case.id}", language) if address else ()

    def _to(self, page: str, language: str) -> Rows:
        return ((Button(self._office.words("open_desk", language), page, style=ButtonStyle.LINK),),)


def _card(key: str, words: CaseWords, case: Case, blocks: list[str], rows: Rows, shown: Said | None) -> Outgoing:
    return Outgoing(
        "\n\n".join(block for block in blocks if block),
        words.language,
        key,
        buttons=rows,
        urgent=case.flag is not None,
        case=case.id,
        file=shown.file if shown else None,
        protect=shown is not None,
    )


def _title(words: CaseWords, case: Case, title: str) -> list[str]:
    key = title or ("card_urgent" if case.flag else "card_new")
    urgent = [words("urgent")] if title and case.flag else []
    return [*urgent, words(key, number=case.number)]


def _at_desk(words: CaseWords, team: Team, link: Rows) -> str:
    if team.text_in_telegram:
        return ""
    return words("card_at_desk" if link else "card_no_desk")


def _actions(words: CaseWords, case: Case, worker: Worker) -> Rows:
    mine = case.state is State.CLAIMED and case.worker == worker.id
    verbs = _WAITING if case.state is State.WAITING else _MINE if mine else ()
    return tuple(tuple(Button(words(verb), Press(Act.STAFF, verb, case.id).data) for verb in row) for row in verbs)


async def _last_said(unit: Unit, case: Case) -> Said | None:
    found = await unit.case_file(case.id)
    theirs = [said for said in found.said if said.author is Author.RESIDENT] if found else []
    return theirs[-1] if theirs else None
