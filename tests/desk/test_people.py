"""The coordinators' room: their own teams and people, and nobody else's."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time, timedelta

import pyotp
import pytest
from sqlalchemy import select

from bot.core.message import Chat
from bot.core.team import Role, Span
from bot.desk import routes
from bot.store.staff_tables import audit
from tests.desk.hall import Browser, Hall, case_of

OOST = "/desk/people/teams/oost"


@pytest.fixture
async def fatma(hall: Hall) -> Browser:
    return await hall.visitor("fatma")


async def audited(hall: Hall) -> list[tuple[str, str, str]]:
    async with hall.store._engine.connect() as connection:
        rows = (await connection.execute(select(audit).order_by(audit.c.id))).all()
    return [(row.worker_id, row.what, row.about) for row in rows]


async def team_of(hall: Hall, name: str = "oost"):
    return next(team for team in await hall.store.teams() if team.id == name)


async def test_a_coordinator_sees_their_own_teams_and_people(fatma: Browser) -> None:
    await fatma.get("/desk/people")
    for word in ("Team Oost", "Samira", "Bo"):
        assert word in fatma.words
    assert "Team West" not in fatma.words
    assert "Wim" not in fatma.words


@pytest.mark.parametrize(
    "address",
    ["", "/hours", "/areas", "/templates", "/templates/new", "/templates/west"],
    ids=lambda part: part or "team",
)
async def test_the_pages_of_another_team_are_not_there(hall: Hall, fatma: Browser, address: str) -> None:
    assert (await fatma.get(f"/desk/people/teams/west{address}")).status == 404


@pytest.mark.parametrize(
    ("form", "target"),
    [
        (OOST, "/desk/people/teams/west"),
        (f"{OOST}/hours", "/desk/people/teams/west/hours"),
        (f"{OOST}/areas", "/desk/people/teams/west/areas"),
        (f"{OOST}/templates/new", "/desk/people/teams/west/templates/new"),
        (f"{OOST}/templates/hello", f"{OOST}/templates/west"),
        ("/desk/people/workers/samira", "/desk/people/workers/wim"),
        ("/desk/people/workers/samira", "/desk/people/workers/both"),
        ("/desk/people/workers/samira", "/desk/people/workers/both/link"),
        ("/desk/people/workers/samira", "/desk/people/workers/both/left"),
        ("/desk/people/workers/samira", "/desk/people/workers/wim/away"),
    ],
)
async def test_what_is_of_another_team_cannot_be_changed(hall: Hall, fatma: Browser, form: str, target: str) -> None:
    before = [
        await hall.store.teams(),
        await hall.store.areas(),
        await hall.store.templates(),
        await hall.store.workers(),
    ]
    await fatma.get(form)
    fields = fatma.forms[form] | {"name": "Gekaapt", "postcode": "9999", "text-nl": "x", "until": "2027-01-01"}
    assert (await fatma.client.post(target, data=fields)).status_code == 404
    after = [
        await hall.store.teams(),
        await hall.store.areas(),
        await hall.store.templates(),
        await hall.store.workers(),
    ]
    assert before == after


async def test_a_team_is_changed_and_the_change_is_written_down(hall: Hall, fatma: Browser) -> None:
    await fatma.get(OOST)
    await fatma.fill(OOST, name="Oost en Noord", phone="058-1234567", answer_minutes="30", text_in_telegram="yes")
    assert "Bewaard." in fatma.words
    team = await team_of(hall)
    assert (team.name, team.answer_minutes, team.text_in_telegram) == ("Oost en Noord", 30, True)
    assert ("fatma", "changed team", "oost") in await audited(hall)


@pytest.mark.parametrize("minutes", ["0", "-5", "veel", "99999", "٣", ""])
async def test_a_waiting_time_that_is_none_gets_a_clear_message(hall: Hall, fatma: Browser, minutes: str) -> None:
    await fatma.get(OOST)
    await fatma.fill(OOST, answer_minutes=minutes)
    assert fatma.status == 422
    assert "Geef een aantal minuten" in fatma.words
    assert (await team_of(hall)).answer_minutes == 60


async def test_a_new_team_has_its_maker_in_it(hall: Hall, fatma: Browser) -> None:
    await fatma.get("/desk/people")
    await fatma.fill("/desk/people/teams", name="Noord")
    assert "Noord" in fatma.words
    worker = await hall.store.worker("fatma")
    assert worker is not None
    assert len(worker.teams) == 2


async def test_hours_are_typed_as_people_write_them(hall: Hall, fatma: Browser) -> None:
    await fatma.get(f"{OOST}/hours")
    await fatma.fill(f"{OOST}/hours", day0="9-12.30 en 13:00 - 17", day1="", day5="10:00-24:00")
    spans = (await team_of(hall)).hours.spans
    assert Span(0, time(9), time(12, 30)) in spans
    assert Span(0, time(13), time(17)) in spans
    assert not [span for span in spans if span.weekday == 1]
    assert Span(5, time(10), time(0)) in spans
    assert 'value="10:00-24:00"' in fatma.response.text


async def test_hours_that_cannot_be_read_stay_on_the_page_with_what_is_wrong(hall: Hall, fatma: Browser) -> None:
    before = await team_of(hall)
    await fatma.get(f"{OOST}/hours")
    await fatma.fill(f"{OOST}/hours", day2="van negen tot vijf")
    assert fatma.status == 422
    assert 'value="van negen tot vijf"' in fatma.response.text
    assert "Schrijf het als 9:00-12:30" in fatma.words
    assert await team_of(hall) == before


async def test_closed_days_come_and_go(hall: Hall, fatma: Browser) -> None:
    await fatma.get(f"{OOST}/hours")
    await fatma.fill(f"{OOST}/close-day", day="2027-03-01")
    assert (await team_of(hall)).hours.holidays == {date(2027, 3, 1)}
    await fatma.fill(f"{OOST}/public-holidays")
    closed = (await team_of(hall)).hours.holidays
    assert {date(2026, 12, 25), date(2027, 4, 27)} < closed
    assert "Koningsdag" in fatma.words
    response = await fatma.client.post(
        f"{OOST}/open-day", data={"csrf": fatma.forms[f"{OOST}/close-day"]["csrf"], "day": "2027-04-27"}
    )
    assert response.status_code == 200
    assert (await team_of(hall)).hours.holidays == closed - {date(2027, 4, 27)}


async def test_an_area_is_added_and_removed(hall: Hall, fatma: Browser) -> None:
    await fatma.get(f"{OOST}/areas")
    await fatma.fill(f"{OOST}/areas", postcode="8912", name="Oud-Oost", latitude="53,2", longitude="5.8")
    assert "Oud-Oost" in fatma.words
    await fatma.fill(f"{OOST}/remove-area", postcode="8912")
    assert [area.postcode for area in await hall.store.areas()] == ["8911", "8921"]


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"postcode": "8921"}, "van een ander team"),
        ({"postcode": "0911"}, "vier cijfers"),
        ({"postcode": "٨٩١٢"}, "vier cijfers"),
        ({"name": ""}, "naam die bewoners gebruiken"),
        ({"latitude": "5.8", "longitude": "53.2"}, "graden in Nederland"),
        ({"latitude": "nan", "longitude": "5.8"}, "graden in Nederland"),
        ({"latitude": "53.2"}, "allebei"),
    ],
)
async def test_an_area_that_cannot_be_gets_a_clear_message(
    hall: Hall, fatma: Browser, fields: dict[str, str], said: str
) -> None:
    await fatma.get(f"{OOST}/areas")
    await fatma.fill(f"{OOST}/areas", **({"postcode": "8912", "name": "Oud-Oost"} | fields))
    assert fatma.status == 422
    assert said in fatma.words
    assert len(await hall.store.areas()) == 2


async def test_the_area_of_another_team_cannot_be_removed(hall: Hall, fatma: Browser) -> None:
    await fatma.get(f"{OOST}/areas")
    await fatma.fill(f"{OOST}/remove-area", postcode="8921")
    assert [area.postcode for area in await hall.store.areas()] == ["8911", "8921"]


async def test_a_template_is_written_in_several_languages_changed_and_removed(hall: Hall, fatma: Browser) -> None:
    new = f"{OOST}/templates/new"
    await fatma.get(new)
    await fatma.fill(new, **{"name": "Morgen", "text-nl": "Tot morgen.", "text-ar": "إلى الغد."})
    template = next(one for one in await hall.store.templates() if one.name == "Morgen")
    assert (template.team, template.texts) == ("oost", {"nl": "Tot morgen.", "ar": "إلى الغد."})
    own = f"{OOST}/templates/{template.id}"
    await fatma.get(own)
    await fatma.fill(own, name="")
    assert "Geef het sjabloon een naam" in fatma.words
    await fatma.get(own)
    await fatma.fill(f"{own}/remove")
    assert "Weggehaald." in fatma.words
    assert template not in await hall.store.templates()


async def test_an_invited_colleague_comes_in_by_the_link_that_is_shown(hall: Hall, fatma: Browser) -> None:
    form = "/desk/people/workers"
    await fatma.get(form)
    await fatma.fill(form, name="Nour", email="Nour@wijk.nl", languages=["nl", "ar"], other_languages="ti, so x1")
    link = fatma.words.partition("http://desk")[2].split()[0]
    made = next(worker for worker in await hall.store.workers() if worker.name == "Nour")
    assert (made.email, made.teams, made.languages) == ("nour@wijk.nl", ("oost",), ("nl", "ar", "ti", "so"))
    assert made.roles == {Role.WORKER}
    nour = await hall.browser().get(link)
    code = pyotp.TOTP(nour.forms[link]["secret"][0]).at(hall.clock.now)
    await nour.fill(link, password="een lang wachtwoord", repeated="een lang wachtwoord", code=code)
    assert nour.at == "/desk/"
    assert ("fatma", "invited", made.id) in await audited(hall)


async def test_an_address_has_one_account(hall: Hall, fatma: Browser) -> None:
    await fatma.get("/desk/people/workers")
    await fatma.fill("/desk/people/workers", name="Nog een", email="wim@wijk.nl")
    assert "al iemand met dit e-mailadres" in fatma.words
    assert len(await hall.store.workers()) == 6


async def test_a_new_link_ends_the_old_password_and_sessions(hall: Hall, fatma: Browser) -> None:
    samira = await hall.log_in("samira")
    page = "/desk/people/workers/samira"
    await fatma.get(page)
    await fatma.fill(f"{page}/link")
    link = fatma.words.partition("http://desk")[2].split()[0]
    new = await hall.browser().get(link)
    code = pyotp.TOTP(new.forms[link]["secret"][0]).at(hall.clock.now)
    await new.fill(link, password="een lang wachtwoord", repeated="een lang wachtwoord", code=code)
    assert (await samira.get("/desk/account")).at == "/desk/log-in"
    hall.clock.move(minutes=2)
    assert (await hall.log_in("samira")).status == 401


async def test_a_coordinator_gives_no_roles_or_teams_that_are_not_theirs(hall: Hall, fatma: Browser) -> None:
    page = "/desk/people/workers/samira"
    await fatma.get(page)
    await fatma.fill(page, team=["oost", "west"], role=["editor"], roles=["reviewer"])
    samira = await hall.store.worker("samira")
    assert samira is not None
    assert (samira.teams, samira.roles) == (("oost",), {Role.WORKER})


@pytest.mark.parametrize(
    ("roles", "ticked", "after"),
    [
        ({Role.EDITOR}, [], {Role.EDITOR}),
        ({Role.REVIEWER, Role.WORKER}, [], {Role.REVIEWER, Role.WORKER}),
        ({Role.REVIEWER, Role.COORDINATOR}, [], {Role.REVIEWER}),
        ({Role.EDITOR, Role.REVIEWER}, ["yes"], {Role.EDITOR, Role.REVIEWER, Role.COORDINATOR}),
        ({Role.COORDINATOR}, [], {Role.WORKER}),
    ],
)
async def test_a_coordinators_edit_leaves_what_somebody_does_with_texts(
    hall: Hall, fatma: Browser, roles: set[Role], ticked: list[str], after: set[Role]
) -> None:
    """Nor does an editor see cases because their address was corrected."""
    await hall.change("samira", roles=frozenset(roles), fields=("medical", "language"))
    page = "/desk/people/workers/samira"
    await fatma.get(page)
    await fatma.fill(page, title="redacteur", coordinator=ticked, role=["editor"], fields=["medical"])
    samira = await hall.store.worker("samira")
    assert samira is not None
    assert (samira.title, samira.roles, samira.fields) == ("redacteur", after, ("medical", "language"))
    for move in ("away", "back", "left", "again"):
        await fatma.get(page)
        await fatma.fill(f"{page}/{move}", until="2026-11-27") if f"{page}/{move}" in fatma.forms else None
        samira = await hall.store.worker("samira")
        assert samira is not None
        assert (samira.roles, samira.fields) == (after, ("medical", "language")), move


async def test_who_is_away_has_no_open_cases(hall: Hall, fatma: Browser) -> None:
    page = "/desk/people/workers/samira"
    await fatma.get(page)
    await fatma.fill(f"{page}/away", until="2026-11-27")
    assert "open zaken gaan naar collega" in fatma.words
    assert "weg tot" in fatma.words
    samira = await hall.store.worker("samira")
    assert samira is not None
    assert not samira.available(hall.clock.now)
    assert samira.available(hall.clock.now + timedelta(days=8))
    assert hall.moves.of == ["samira"]
    await fatma.get(page)
    await fatma.fill(f"{page}/back")
    samira = await hall.store.worker("samira")
    assert samira is not None
    assert samira.available(hall.clock.now)


async def test_a_day_that_is_over_or_none_is_no_leave(hall: Hall, fatma: Browser) -> None:
    page = "/desk/people/workers/samira"
    for day in ("2026-11-20", "9999-12-31", "morgen", ""):
        await fatma.get(page)
        await fatma.fill(f"{page}/away", until=day)
    assert hall.moves.of == []


async def test_who_left_is_out_at_once_and_their_cases_move(hall: Hall, fatma: Browser) -> None:
    samira = await hall.log_in("samira")
    page = "/desk/people/workers/samira"
    await fatma.get(page)
    await fatma.fill(f"{page}/left")
    assert hall.moves.of == ["samira"]
    assert (await samira.get("/desk/")).at == "/desk/log-in"
    await fatma.get(page)
    await fatma.fill(f"{page}/again")
    worker = await hall.store.worker("samira")
    assert worker is not None
    assert worker.active


async def test_somebody_of_two_teams_is_only_set_away_or_taken_out_of_ones_own(hall: Hall, fatma: Browser) -> None:
    page = "/desk/people/workers/both"
    await fatma.get(page)
    assert "both@wijk.nl" not in fatma.response.text
    await fatma.fill(f"{page}/teams", team=[])
    worker = await hall.store.worker("both")
    assert worker is not None
    assert worker.teams == ("west",)
    assert (await fatma.get(page)).status == 404


@pytest.mark.parametrize("changes", [{"coordinator": []}, {"team": []}])
async def test_a_coordinator_cannot_lock_out_themself(
    hall: Hall, fatma: Browser, changes: dict[str, list[str]]
) -> None:
    page = "/desk/people/workers/fatma"
    await fatma.get(page)
    await fatma.fill(page, **changes)
    assert fatma.status == 422
    await fatma.get(page)
    await fatma.fill(f"{page}/left")
    assert "buitensluiten" in fatma.words
    assert await hall.store.worker("fatma") == next(one for one in await hall.store.workers() if one.id == "fatma")
    assert (await fatma.get("/desk/people")).status == 200
    assert hall.moves.of == []


async def test_times_to_the_first_answer_stand_on_the_page_of_the_team(hall: Hall, fatma: Browser) -> None:
    friday = hall.clock.now - timedelta(days=1)  # at 13:00 in the Netherlands
    async with hall.store.unit() as unit:
        for number in range(6):
            answered = friday + timedelta(minutes=10 * (number + 1))
            case = case_of("oost", f"c{number}", opened_at=friday, answered_at=answered)
            await unit.keep_case(case)
    await fatma.get(OOST)
    assert "eerste antwoorden 6" in fatma.words
    assert "de helft binnen 30 min" in fatma.words
    assert "negen van de tien binnen 1 u 0 min" in fatma.words


async def test_a_coordinator_gets_a_code_for_the_teams_group_and_can_unlink_it(hall: Hall, fatma: Browser) -> None:
    await fatma.get(OOST)
    await fatma.fill(f"{OOST}/group")
    assert "/link@buurt_bot " in fatma.words
    code = fatma.words.split("/link@buurt_bot ")[1].split()[0]
    async with hall.store.unit() as unit:
        assert await unit.use_token(code, "group", hall.clock()) == ("fatma", "oost")
        group = await unit.group_at(Chat("telegram", "-100"), hall.clock())
        await unit.keep_team(replace(await team_of(hall), group=group))
    await fatma.get(OOST)
    await fatma.fill(f"{OOST}/group/unlink")
    assert (await team_of(hall)).group == ""
    assert [what for _, what, _ in await audited(hall)][-2:] == ["asked for group code", "unlinked group"]


async def test_where_there_is_no_telegram_no_group_is_offered(hall: Hall, fatma: Browser) -> None:
    hall.app.router.routes[:] = routes(replace(hall.desk, bot_name=str))
    await fatma.get(OOST)
    assert f"{OOST}/group" not in fatma.forms
