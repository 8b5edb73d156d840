"""Editors come and go by the command line: they have no team, and so no coordinator."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from cryptography.fernet import Fernet

from bot.core.answer import Voice
from bot.core.content import Content
from bot.core.errors import SettingsError
from bot.core.revision import Field, TranslatorLink
from bot.core.served import Served
from bot.core.team import Role
from bot.services.cases.office import Office
from bot.services.invite import PURPOSE, editor_left, invite_coordinator, invite_editor
from bot.services.live import Live
from bot.store.engine import migrate, open_engine
from bot.store.store import SqlStore
from bot.store.vault import Vault
from tests.builders import Clock

ADDRESS = "noor@wijk.nl"


@pytest.fixture
async def office(tmp_path: Path, content: Content) -> AsyncIterator[Office]:
    engine = open_engine(f"sqlite:///{tmp_path / 'staff.db'}")
    await migrate(engine)
    store, secrets = SqlStore(engine, Vault((Fernet.generate_key().decode(),))), iter(f"secret{n}" for n in range(9))
    yield Office(store, Clock(), Live(), Voice(Served(content)), secrets.__next__, "https://desk.example")
    await store.close()


async def test_a_reviewer_is_invited_with_what_they_know(office: Office) -> None:
    link = await invite_editor(office, "Noor", ADDRESS, [Field.MEDICAL], ["nl", "ar"])
    assert link == "https://desk.example/desk/invite/secret0"
    found = await office.store.credentials(ADDRESS)
    assert found is not None
    assert found.worker.roles == {Role.EDITOR, Role.REVIEWER}
    assert (found.worker.fields, found.worker.languages, found.worker.teams) == (("medical",), ("nl", "ar"), ())


async def test_asked_again_an_editor_gets_a_new_link_and_stays_the_same_person(office: Office) -> None:
    await invite_editor(office, "Noor", ADDRESS)
    first = await office.store.credentials(ADDRESS)
    assert (await invite_editor(office, "Noor", ADDRESS, [Field.LANGUAGE], ["tr"])).endswith("/secret1")
    again = await office.store.credentials(ADDRESS)
    assert first is not None
    assert again is not None
    assert again.worker.id == first.worker.id
    assert again.worker.fields == ("language",)
    async with office.store.unit() as unit:
        assert await unit.use_token("secret1", PURPOSE, office.clock()) == (first.worker.id, "")


async def test_who_has_a_team_is_not_made_an_editor_by_the_way(office: Office) -> None:
    await invite_coordinator(office, "Marijke", ADDRESS, "Oost")
    with pytest.raises(SettingsError, match="already"):
        await invite_editor(office, "Marijke", ADDRESS)
    with pytest.raises(SettingsError, match="managed on the desk"):
        await editor_left(office, ADDRESS)


async def test_an_editor_who_left_is_logged_out_and_comes_in_no_more(office: Office) -> None:
    await invite_editor(office, "Noor", ADDRESS)
    found = await office.store.credentials(ADDRESS)
    assert found is not None
    link = TranslatorLink("l1", "tr", "Ayşe", found.worker.id, office.clock().replace(year=2030))
    async with office.store.unit() as unit:
        await unit.open_session("token", found.worker.id, office.clock().replace(year=2030))
        await unit.give_translator_link(link, "secret of the link")
    assert await editor_left(office, ADDRESS) == "Noor"
    assert await office.store.session("token", office.clock()) is None
    assert await office.store.translator_link("secret of the link", office.clock()) is None
    worker = await office.store.worker(found.worker.id)
    assert worker is not None
    assert not worker.active
