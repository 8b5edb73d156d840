"""The whole assistant: real Rasa, real database, real HTTP, and on the other side a stand-in for Telegram."""

from __future__ import annotations

import asyncio
import logging
import shutil
import sqlite3
from pathlib import Path

import httpx
import pytest

from bot import log
from bot.app.by_telegram import WEBHOOK
from bot.app.serving import listen, serve, serving
from bot.app.texts import content_for
from bot.bench import telegram_updates as updates
from bot.bench.telegram_faults import Fault
from bot.bench.telegram_stand_in import TelegramStandIn
from bot.core.content import Content
from bot.core.errors import ContentError, SettingsError
from bot.gateways.content_files import load_content
from bot.gateways.rasa.dialogue import RasaDialogue
from bot.settings import ROOT
from tests.settings import settings_in

SECRET = "a-secret-of-letters"
PLANTED = ("zebrapaard7 griepprik kost wat", "قرنبيط9 هل التطعيم اجباري", "ik wil niet meer leven kwartelei3")


async def sent(server: TelegramStandIn, chat: int, count: int) -> list[str]:
    async with asyncio.timeout(20):
        while len(server.sent(chat)) < count:  # noqa: ASYNC110 - the stand-in has no event for this
            await asyncio.sleep(0.02)
    return [call.text for call in server.sent(chat)]


async def test_a_question_on_telegram_gets_its_answer_with_a_picture_and_buttons(
    tmp_path: Path, content: Content, dialogue: RasaDialogue
) -> None:
    async with TelegramStandIn() as server:
        settings = settings_in(
            tmp_path, telegram_token=server.token, telegram_api_url=server.url, serve_unreviewed=True
        )
        async with serving(settings, content, dialogue):
            await server.push(updates.text(5, "moet ik als 63 jarige de griepprik halen"))
            await sent(server, 5, 2)
            answer = server.sent(5)[0]
            assert answer.method == "sendPhoto"
            assert "60" in answer.text
            assert any("Bijwerkingen" in key.label for row in answer.keys for key in row)
            await server.push(updates.text(6, "mijn man ademt niet meer"))
            assert "112" in (await sent(server, 6, 1))[0]


async def test_the_webhook_takes_updates_only_with_its_secret(
    tmp_path: Path, content: Content, dialogue: RasaDialogue
) -> None:
    async with TelegramStandIn() as server:
        settings = settings_in(
            tmp_path,
            telegram_token=server.token,
            telegram_api_url=server.url,
            telegram_webhook_secret=SECRET,
            public_url="https://buurt.example",
            serve_unreviewed=True,
        )
        async with serving(settings, content, dialogue) as whole:
            await server.seen("setWebhook")
            update = {"update_id": 9, **updates.text(5, "hoi")}
            async with httpx.AsyncClient(transport=httpx.ASGITransport(whole.app), base_url="https://b") as web:
                assert (await web.post(WEBHOOK, json=update)).status_code == 403
                wrong = {"X-Telegram-Bot-Api-Secret-Token": SECRET + "x"}
                assert (await web.post(WEBHOOK, json=update, headers=wrong)).status_code == 403
                right = {"X-Telegram-Bot-Api-Secret-Token": SECRET}
                for _ in range(10):
                    assert (await web.post(WEBHOOK, json=update, headers=right)).status_code == 200
                assert (await web.post(WEBHOOK, content=b"<html>", headers=right)).status_code == 200
            assert len(await sent(server, 5, 2)) == 2


async def test_a_token_that_telegram_does_not_know_stops_the_start_with_a_sentence(
    tmp_path: Path, content: Content, dialogue: RasaDialogue
) -> None:
    async with TelegramStandIn() as server:
        server.plan(Fault(401, "Unauthorized"))
        settings = settings_in(tmp_path, telegram_token="1:wrong", telegram_api_url=server.url, serve_unreviewed=True)
        with pytest.raises(SettingsError, match="TELEGRAM_TOKEN"):
            await asyncio.wait_for(serve(settings, content, dialogue, listen("127.0.0.1", 0)), 20)


async def test_the_page_answers_and_tells_whether_it_is_well(
    tmp_path: Path, content: Content, dialogue: RasaDialogue
) -> None:
    async with (
        serving(settings_in(tmp_path), content, dialogue) as whole,
        httpx.AsyncClient(transport=httpx.ASGITransport(whole.app), base_url="http://127.0.0.1") as web,
    ):
        assert (await web.get("/")).status_code == 200
        assert (await web.get("/healthz")).text == "ok\n"
        assert (await web.get("/readyz")).text == "ready\n"
        assert "buurtvraag_turn_seconds" in (await web.get("/metrics")).text


async def test_nothing_that_anybody_typed_is_printed_or_kept(
    tmp_path: Path, content: Content, dialogue: RasaDialogue, capfd: pytest.CaptureFixture[str]
) -> None:
    log.configure("DEBUG")
    logging.getLogger().setLevel(logging.DEBUG)
    try:
        async with TelegramStandIn() as server:
            settings = settings_in(
                tmp_path, telegram_token=server.token, telegram_api_url=server.url, serve_unreviewed=True
            )
            async with serving(settings, content, dialogue):
                for chat, text in enumerate(PLANTED, 11):
                    await server.push(updates.text(chat, text))
                    await sent(server, chat, 1)
            with sqlite3.connect(tmp_path / "buurtvraag.db") as database:
                assert database.execute("select count(*) from inbox where body_sealed != ''").fetchone() == (0,)
    finally:
        logging.getLogger().setLevel(logging.WARNING)
        log.configure("ERROR")
    printed = "".join(capfd.readouterr())
    files = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())  # noqa: ASYNC240
    for word in ("zebrapaard7", "قرنبيط9", "kwartelei3"):
        assert word not in printed
        assert word.encode() not in files


def test_unread_emergency_texts_stop_a_start_with_telegram(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="SERVE_UNREVIEWED"):
        content_for(settings_in(tmp_path, telegram_token="1:x"))


def test_a_taken_port_is_told() -> None:
    with listen("127.0.0.1", 0) as taken, pytest.raises(SettingsError, match="--port"):
        listen("127.0.0.1", taken.getsockname()[1])


@pytest.mark.parametrize(
    ("file", "change", "told"),
    [
        ("nl/care.yml", ("  utter_gp_how:\n", "  utter_gp_how: [\n"), r"nl/care\.yml:\d+: this is not valid YAML"),
        ("nl/care.yml", ("- text:", "- txet:"), r"nl/care\.yml:\d+: responses\..*"),
        ("nl/care.yml", ("{emergency_number}", "{no_such_fact}"), r"nl/care\.yml:\d+: .*no_such_fact"),
        ("menu.yml", ("pictogram: doctor", "pictogram: dokter"), r"menu\.yml:\d+: .*dokter"),
        ("red_flags/nl.yml", ('    - "', '    - "((( '), r"red_flags/nl\.yml:\d+: "),
    ],
)
def test_a_broken_text_stops_the_start_and_says_where(
    tmp_path: Path, file: str, change: tuple[str, str], told: str
) -> None:
    folder = tmp_path / "responses"
    shutil.copytree(ROOT / "responses", folder)
    path = folder / file
    text = path.read_text(encoding="utf-8")
    assert change[0] in text
    path.write_text(text.replace(*change, 1), encoding="utf-8")
    with pytest.raises(ContentError, match=told):
        load_content(folder)


def test_a_missing_pictogram_stops_the_start_and_names_it(tmp_path: Path) -> None:
    folder = tmp_path / "responses"
    shutil.copytree(ROOT / "responses", folder)
    (folder / "pictograms" / "ambulance.svg").unlink()
    with pytest.raises(ContentError, match="ambulance"):
        load_content(folder)
