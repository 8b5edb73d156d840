"""The page of what was done: each reader their own part, in sentences, and none of the codes without one."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.core.case import Event
from bot.desk.audit import log
from bot.desk.audit.sentences import GROUP_OF, LABELS, SAID, UNKNOWN, Group
from bot.desk.page import HERE
from bot.desk.words import words
from tests.desk.hall import Browser, Hall, case_of

BOT = Path(__file__).parents[2] / "bot"
# Codes that are put together where they are written: file → all it can write.
PUT_TOGETHER = {
    "desk/account/mine.py": {"set own language", "set own on_duty", "set own away_until"},
    "desk/people/leaving.py": {"set away_until", "set away_until and active", "set active"},
    "services/teaching/asked.py": {"filed questions", "discarded questions"},
}
FLU = "answer utter_flu_jab nl"


async def write(hall: Hall, *deeds: tuple[str, str, str]) -> None:
    """Rows of the audit, a minute apart."""
    for who, what, about in deeds:
        hall.clock.move(minutes=1)
        async with hall.store.unit() as unit:
            await unit.audit(who, what, about, hall.clock())


async def a_case(hall: Hall, team: str, case_id: str, who: str, what: str = "claimed", detail: str = "") -> None:
    async with hall.store.unit() as unit:
        await unit.keep_case(case_of(team, case_id))
        await unit.log_event(case_id, Event(what, hall.clock(), who, detail))


async def read(hall: Hall, name: str, browser: Browser | None = None, **asked: str) -> Browser:
    browser = browser or await hall.visitor(name)
    browser.response = await browser.client.get("/desk/audit", params=asked)
    assert browser.status == 200
    return browser


# ---- who sees what ---------------------------------------------------------------------------------


async def test_a_coordinator_reads_who_did_what_in_their_own_words(hall: Hall) -> None:
    await write(hall, ("samira", "logged in", ""), ("fatma", "invited", "samira"), ("fatma", "kept area", "8911 oost"))
    browser = await read(hall, "fatma")
    for sentence in ("Samira logde in", "Fatma nodigde een collega uit: Samira", "bewaarde een buurt: 8911 Team Oost"):
        assert sentence in browser.words
    assert browser.words.index("bewaarde een buurt") < browser.words.index("Samira logde in"), "newest first"
    assert 'href="/desk/people/workers/samira"' in browser.response.text
    assert 'href="/desk/people/teams/oost/areas"' in browser.response.text
    assert "24 maanden" in browser.words


async def test_it_is_told_in_the_language_of_the_screen(hall: Hall) -> None:
    await hall.change("fatma", language="en")
    await write(hall, ("samira", "logged in", ""))
    assert "Samira logged in" in (await read(hall, "fatma")).words


async def test_a_case_of_the_own_team_can_be_opened_and_one_of_another_is_not_there(hall: Hall) -> None:
    await a_case(hall, "oost", "aaaaaa11", "samira")
    await a_case(hall, "west", "bbbbbb22", "both", "phone")
    browser = await read(hall, "fatma")
    assert "Samira nam een zaak: #AAAAAA" in browser.words
    assert 'href="/desk/cases/aaaaaa11"' in browser.response.text
    assert "BBBBBB" not in browser.words
    assert "telefoonnummer" not in browser.words


async def test_a_case_that_is_gone_is_named_and_leads_nowhere(hall: Hall) -> None:
    async with hall.store.unit() as unit:
        await unit.log_event("cccccc33", Event("closed", hall.clock(), "samira"))
    browser = await read(hall, "fatma")
    assert "Samira sloot een zaak: #CCCCCC" in browser.words
    assert "/desk/cases/" not in browser.response.text.partition("<main")[2]


async def test_to_whom_a_case_went_is_told_by_name(hall: Hall) -> None:
    await a_case(hall, "oost", "aaaaaa11", "samira", "handed_over", "oost both")
    assert "#AAAAAA → Team Oost → Bo" in (await read(hall, "fatma")).words


async def test_the_people_and_teams_of_others_are_not_there(hall: Hall) -> None:
    await write(hall, ("wim", "logged in", ""), ("wim", "changed team", "west"), ("both", "kept area", "8921 west"))
    browser = await read(hall, "fatma")
    assert "Er is nog niets gedaan." in browser.words


@pytest.mark.parametrize("name", ["eva", "rosa"])
async def test_editors_read_of_texts_and_never_of_cases_or_log_ins(hall: Hall, name: str) -> None:
    await hall.change(name, language="nl")
    await a_case(hall, "oost", "aaaaaa11", "samira")
    await write(hall, ("fatma", "published", FLU), ("samira", "logged in", ""), ("eva", "logged in", ""))
    browser = await read(hall, name)
    assert "Fatma publiceerde een tekst" in browser.words
    assert 'href="/desk/content/answers/utter_flu_jab/nl"' in browser.response.text
    assert "AAAAAA" not in browser.response.text
    assert "logde in" not in browser.words
    assert 'value="cases"' not in browser.response.text


async def test_a_coordinator_cannot_follow_a_link_into_the_texts(hall: Hall) -> None:
    await write(hall, ("samira", "reading recorded", FLU))
    browser = await read(hall, "fatma")
    assert "Samira schreef op hoe een tekst werd begrepen" in browser.words
    assert "/desk/content/" not in browser.response.text.partition("<main")[2]


async def test_a_worker_has_no_such_page(hall: Hall) -> None:
    samira = await hall.visitor("samira")
    assert (await samira.get("/desk/audit")).status == 404
    assert "/desk/audit" not in (await samira.get("/desk/account")).response.text
    for name in ("fatma", "eva"):
        assert "/desk/audit" in (await (await hall.visitor(name)).get("/desk/account")).response.text


async def test_who_is_no_worker_has_a_name_too(hall: Hall) -> None:
    await write(
        hall, ("link:7", "imported as draft", FLU), ("clock", "began a training", "m1"), ("x", "published", FLU)
    )
    browser = await read(hall, "eva")
    for who in ("Een vertaler met een link maakte", "De assistent begon", "Iemand die hier niet meer is publiceerde"):
        assert who in browser.words
    await write(hall, ("command line", "invited", "samira"))
    assert "Wie de server beheert nodigde een collega uit: Samira" in (await read(hall, "fatma")).words


async def test_reading_writes_nothing(hall: Hall) -> None:
    before = await hall.store.workers()
    await read(hall, "fatma")
    async with hall.store._engine.connect() as connection:
        assert (await connection.exec_driver_sql("select count(*) from audit")).scalar() == 0
    assert await hall.store.workers() == before


# ---- what is asked for -----------------------------------------------------------------------------


async def test_one_may_ask_for_a_person_a_kind_and_a_day(hall: Hall) -> None:
    await write(hall, ("samira", "logged in", ""), ("fatma", "logged in", ""), ("fatma", "changed team", "oost"))
    day = hall.clock().date()
    browser = await hall.visitor("fatma")

    async def found(**asked: str) -> str:
        """What stands under the form."""
        return (await read(hall, "fatma", browser, **asked)).words.partition("Alles tonen")[2]

    assert "Fatma" not in await found(who="samira")
    assert "logde in" not in await found(kind="teams")
    assert "veranderde een team: Team Oost" in await found(kind="teams", who="fatma", day=str(day))
    assert "Er is niets gevonden." in await found(day=str(day - timedelta(days=1)))
    assert "Er is niets gevonden." in await found(who="wim"), "another team's"


@pytest.mark.parametrize(
    "asked", [{"kind": "?"}, {"day": "x"}, {"day": "9999-12-31"}, {"page": "-1"}, {"page": "9" * 40}, {"who": "'"}]
)
async def test_what_cannot_be_read_in_the_address_is_no_error(hall: Hall, asked: dict[str, str]) -> None:
    await read(hall, "fatma", **asked)


async def test_pages_go_back_in_time_and_keep_what_was_asked_for(hall: Hall, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(log, "ON_A_PAGE", 2)
    await write(hall, *[("samira", "logged in", ""), ("samira", "changed password", "samira")] * 2)
    browser = await read(hall, "fatma", who="samira")
    assert "Nieuwer" not in browser.words
    older = re.search(r'href="([^"]+)" rel="next"', browser.response.text)
    assert older
    await browser.get(older[1].replace("&amp;", "&"))
    assert "Ouder" not in browser.words
    assert browser.words.count("Samira logde in") == 1
    assert 'value="samira" selected' in browser.response.text


async def test_the_same_again_and_again_is_one_line(hall: Hall) -> None:
    await write(hall, *[("eva", "draft saved", FLU)] * 12, ("eva", "published", FLU))
    browser = await read(hall, "eva")
    assert browser.words.count("bewaarde een concept") == 1
    assert "12 keer" in browser.words


async def test_a_code_of_an_older_version_is_told_without_its_code(hall: Hall) -> None:
    await write(hall, ("samira", "did_a_thing", ""))
    browser = await read(hall, "fatma")
    assert "Samira deed iets anders" in browser.words
    assert "did_a_thing" not in browser.words


# ---- every code has its sentence -------------------------------------------------------------------


def modules() -> dict[str, ast.Module]:
    found = {str(path.relative_to(BOT)): path for path in sorted(BOT.rglob("*.py"))}
    return {name: ast.parse(path.read_text(encoding="utf-8")) for name, path in found.items()}


MODULES = modules()


def calls(name: str) -> Iterator[tuple[str, ast.FunctionDef | ast.AsyncFunctionDef, ast.Call]]:
    """(module, function it stands in, call) of every call of something with this name."""
    for module, tree in MODULES.items():
        for function in ast.walk(tree):
            if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
                for node in ast.walk(function):
                    if isinstance(node, ast.Call) and getattr(node.func, "attr", getattr(node.func, "id", "")) == name:
                        yield module, function, node


def values(module: str, function: ast.FunctionDef | ast.AsyncFunctionDef, node: ast.expr) -> set[str]:
    """All that an expression can be: a text, one of two, what a function returns, or what callers give."""
    match node:
        case ast.Constant(value=str(text)):
            return {text}
        case ast.IfExp(body=one, orelse=other):
            return values(module, function, one) | values(module, function, other)
        case ast.Call(func=ast.Name(id=name)):
            inside = [one for one in ast.walk(MODULES[module]) if getattr(one, "name", "") == name]
            back = [one.value for one in ast.walk(inside[0]) if isinstance(one, ast.Return) and one.value]
            return set().union(*(values(module, function, one) for one in back))
        case ast.Name(id=name) if name in (given := [argument.arg for argument in function.args.args]):
            place = given.index(name) - ("self" in given)
            private = function.name.startswith("_")
            every = [one for one in calls(function.name) if not private or one[0] == module]
            return set().union(*(values(where, around, call.args[place]) for where, around, call in every))
        case ast.Name(id=name):
            every_set = [one for one in ast.walk(function) if isinstance(one, ast.Assign)]
            set_to = [one.value for one in every_set if ast.unparse(one.targets[0]) == name]
            return set().union(*(values(module, function, one) for one in set_to))
        case _:
            return PUT_TOGETHER[module]


def written(method: str, place: int) -> set[str]:
    return set().union(*(values(where, around, call.args[place]) for where, around, call in calls(method) if call.args))


def test_every_code_of_the_audit_has_its_sentence_and_no_sentence_is_left_over() -> None:
    told = {what for group, deeds in SAID.items() if group is not Group.CASES for what in deeds}
    assert written("audit", 1) == told


def test_every_code_of_a_cases_log_has_its_sentence() -> None:
    page = (HERE / "inbox" / "templates" / "inbox" / "side.html").read_text(encoding="utf-8")
    happened = re.findall(r'^  "(\w+)": t\(', page, re.MULTILINE)
    assert set(SAID[Group.CASES]) == set(happened)


def test_every_code_belongs_to_one_group() -> None:
    assert len(GROUP_OF) == sum(map(len, SAID.values()))


def test_every_sentence_has_its_dutch_and_names_the_same_person() -> None:
    dutch = words("nl")
    sentences = [sentence for deeds in SAID.values() for sentence in deeds.values()]
    others = [UNKNOWN, *LABELS.values(), *log._NO_PEOPLE.values(), log._NOBODY, log._BY_LINK]
    for sentence in [*sentences, *others]:
        assert dutch(sentence) != sentence
        assert ("{who}" in dutch(sentence)) == ("{who}" in sentence)
