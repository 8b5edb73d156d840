"""What residents send along in a browser and what is sent to them: kept sealed, and opened by nobody else."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import pytest
from cryptography.fernet import Fernet
from starlette.applications import Starlette

from bot.channels.webchat import WebChat, routes
from bot.channels.webchat.collect import Waits
from bot.channels.webchat.links import FileLinks
from bot.channels.webchat.transcript import Transcript, seal
from bot.core.content import Content
from bot.core.errors import DeliveryLater
from bot.core.message import Button, ButtonStyle, File, Incoming, Kind, Outgoing
from bot.core.served import Served
from bot.gateways.file_vault import FileVault
from bot.gateways.pictures import Pictures
from bot.services.files import MAX_FILE, Cabinet
from tests.builders import Clock

from .house import CIPHER, ROOT

JPEG = b"\xff\xd8\xff\xe0 a photo of a letter"
OGG = b"OggS a voice"
HELLO = Outgoing("Dag!", "nl", key="case_reply")


@dataclass
class Turns:
    """Keeps what comes in and answers each message with `answer`."""

    web: WebChat
    answer: Outgoing = HELLO
    came: list[Incoming] = field(default_factory=list)
    tasks: list[asyncio.Task[object]] = field(default_factory=list)

    async def receive(self, incoming: Incoming) -> str | None:
        if incoming.update_id in [one.update_id for one in self.came]:
            return None
        self.came.append(incoming)
        self.tasks.append(asyncio.create_task(self.web.deliver(incoming.chat, len(self.came), self.answer)))
        return "resident"

    async def idle(self, resident_id: str | None = None) -> None:
        return None


async def lost(_: File) -> bytes | None:
    raise DeliveryLater("Telegram cannot be reached now.")


class Street:
    """A browser without JavaScript, and one with, at the same chat."""

    def __init__(self, client: httpx.AsyncClient, turns: Turns, vault: FileVault, folder: Path) -> None:
        self.client, self.turns, self.vault, self.folder, self.page = client, turns, vault, folder, ""

    async def open(self) -> None:
        self.page = (await self.client.get("/?plain=1")).text

    async def send(self, files: dict[str, tuple[str, bytes, str]], **fields: str) -> httpx.Response:
        """As the form on the page does."""
        hidden = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', self.page))
        response = await self.client.post("/say", data={**hidden, "text": "", **fields}, files=files)
        self.page = response.text
        return response

    async def send_live(self, update: str, files: dict[str, tuple[str, bytes, str]]) -> httpx.Response:
        """As the page's script does."""
        return await self.client.post(
            "/say", data={"id": update, "text": "kijk"}, files=files, headers={"Accept": "application/json"}
        )

    @property
    def links(self) -> list[str]:
        return re.findall(r'href="(/files/[^"]+)"', self.page)

    @property
    def on_disk(self) -> list[Path]:
        return list(self.folder.iterdir()) if self.folder.is_dir() else []


@pytest.fixture
async def street(content: Content, tmp_path: Path) -> AsyncIterator[Street]:
    web = WebChat(patience=2)
    turns, vault = Turns(web), FileVault(tmp_path / "files", (Fernet.generate_key().decode(),))
    app = Starlette(
        routes=routes(
            web=web,
            turns=turns,
            served=Served(content),
            pictures=Pictures(ROOT / "responses" / "pictograms"),
            cipher=CIPHER,
            clock=Clock(),
            demo=False,
            files=Cabinet(vault, {"telegram": lost}),
            waits=Waits(turn=0.5, first=0.5, further=0.05),
        )
    )
    headers = {"Origin": "http://chat", "Accept": "text/html", "Accept-Language": "nl"}
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://chat", headers=headers) as client:
        street = Street(client, turns, vault, tmp_path / "files")
        await street.open()
        yield street
    for task in turns.tasks:
        task.cancel()


@pytest.mark.parametrize(
    ("name", "data", "declared", "kind"),
    [
        ("brief.jpg", JPEG, "image/jpeg", Kind.PHOTO),
        ("opname.ogg", OGG, "audio/ogg", Kind.VOICE),
        ("opname.m4a", b"\0\0\0\x18ftypM4A x", "audio/mp4", Kind.VOICE),
        ("film.mp4", b"\0\0\0\x18ftypisom", "video/mp4", Kind.VIDEO),
        ("liegt.txt", JPEG, "text/plain", Kind.PHOTO),
    ],
)
async def test_a_photo_or_voice_comes_along_with_the_words(
    street: Street, name: str, data: bytes, declared: str, kind: Kind
) -> None:
    response = await street.send({"file": (name, data, declared)}, text="deze brief")
    came = street.turns.came[-1]
    assert response.status_code == 200
    assert (came.kind, came.text) == (kind, "deze brief")
    assert came.file is not None
    assert (came.file.channel, came.file.kind, came.file.size, came.file.name) == ("web", kind, len(data), name)
    assert await street.vault.open(came.file) == data
    assert f"deze brief\n📎 {name}" in street.page


async def test_nobody_reads_a_kept_file_on_the_disk(street: Street) -> None:
    await street.send({"file": ("brief.jpg", JPEG, "image/jpeg")})
    (path,) = street.on_disk
    assert b"letter" not in path.read_bytes()
    assert "brief" not in path.name
    assert path.stat().st_mode & 0o077 == 0


async def test_a_form_without_a_chosen_file_is_a_message_as_ever(street: Street) -> None:
    await street.send({"file": ("", b"", "application/octet-stream")}, text="hoi")
    came = street.turns.came[-1]
    assert (came.kind, came.text, came.file) == (Kind.TEXT, "hoi", None)


@pytest.mark.parametrize("size", [MAX_FILE + 1, 60_000_000])
async def test_a_file_that_is_too_big_is_told_and_the_words_and_the_talk_stay(
    street: Street, content: Content, size: int
) -> None:
    await street.send({"file": ("brief.jpg", JPEG, "image/jpeg")}, text="eerste")
    response = await street.send({"file": ("groot.jpg", JPEG + bytes(size), "image/jpeg")}, text="mijn vraag")
    assert response.status_code == 413
    assert content.labels["nl"].page["file_too_big"] in street.page
    assert ">mijn vraag</textarea>" in street.page
    assert "eerste" in street.page
    assert [one.text for one in street.turns.came[1:]] == ["eerste"]
    assert len(street.on_disk) == 1
    live = await street.send_live("a" * 16, {"file": ("groot.jpg", JPEG + bytes(size), "image/jpeg")})
    assert live.status_code == 413


async def test_far_more_than_that_is_refused_unread(street: Street) -> None:
    response = await street.send({"file": ("groot.jpg", bytes(6 * MAX_FILE), "image/jpeg")})
    assert response.status_code == 413
    assert street.on_disk == []


@pytest.mark.parametrize("data", [b"<html><script>alert(1)</script>", b"%PDF-1.7", b"MZ"])
async def test_what_is_no_photo_or_sound_is_told_whatever_it_calls_itself(
    street: Street, content: Content, data: bytes
) -> None:
    response = await street.send({"file": ("foto.jpg", data, "image/jpeg")}, text="mijn vraag")
    assert response.status_code == 415
    assert content.labels["nl"].page["file_wrong"] in street.page
    assert street.on_disk == []
    assert (await street.send_live("b" * 16, {"file": ("foto.jpg", data, "image/jpeg")})).status_code == 415


async def test_a_double_tap_keeps_the_file_once(street: Street) -> None:
    files = {"file": ("brief.jpg", JPEG, "image/jpeg")}
    answers = await asyncio.gather(*(street.send_live("c" * 16, files) for _ in range(5)))
    assert {answer.status_code for answer in answers} == {202}
    assert len(street.on_disk) == 1
    assert len([one for one in street.turns.came if one.file]) == 1


async def test_a_form_that_is_none_is_refused(street: Street) -> None:
    headers = {"Content-Type": "multipart/form-data; boundary=x"}
    for body in (b"", b"--x\r\nnonsense", b"\x00" * 100):
        assert (await street.client.post("/say", content=body, headers=headers)).status_code in {400, 413}


async def test_a_file_from_a_worker_is_opened_by_its_resident_alone(street: Street) -> None:
    sent = await street.vault.keep(OGG, Kind.VOICE, "antwoord.ogg")
    street.turns.answer = Outgoing("Luister.", "nl", key="case_reply", file=sent)
    await street.send({}, text="hoi")
    (link,) = street.links
    assert ">antwoord.ogg</a>" in street.page
    response = await street.client.get(link)
    assert (response.content, response.headers["content-type"]) == (OGG, "audio/ogg")
    assert response.headers["cache-control"] == "no-store"
    street.client.cookies.clear()
    assert (await street.client.get(link)).status_code == 404
    await street.open()
    assert (await street.client.get(link)).status_code == 404


async def test_the_link_stays_with_the_conversation_and_opens_nothing_when_it_is_changed(street: Street) -> None:
    sent = await street.vault.keep(JPEG, Kind.PHOTO, "")
    street.turns.answer = Outgoing("", "nl", key="case_reply", file=sent)
    await street.send({}, text="hoi")
    street.turns.answer = HELLO
    await street.send({}, text="dank u")
    (link,) = street.links
    assert (await street.client.get(link)).content == JPEG
    for wrong in (link[:-4] + "AAAA", "/files/x", "/files/é"):
        assert (await street.client.get(wrong)).status_code == 404


async def test_a_page_that_hides_in_a_file_is_saved_and_never_shown(street: Street) -> None:
    sent = await street.vault.keep(b"<script>alert(1)</script>", Kind.DOCUMENT, "brief.html")
    street.turns.answer = Outgoing("", "nl", file=sent)
    await street.send({}, text="hoi")
    response = await street.client.get(street.links[0])
    assert response.headers["content-disposition"].startswith("attachment;")
    assert response.headers["content-type"] == "application/octet-stream"
    assert response.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize("file", [File("web", "gone", Kind.PHOTO), File("telegram", "f", Kind.PHOTO)])
async def test_a_file_that_cannot_be_had_is_not_there(street: Street, file: File, content: Content) -> None:
    link = FileLinks(CIPHER).address(street.client.cookies["chat"], file)
    response = await street.client.get(link)
    assert response.status_code == 404
    assert content.labels["nl"].page["not_here"] in response.text


async def test_a_transcript_is_no_address_of_a_file(street: Street) -> None:
    response = await street.client.get(f"/files/{seal(Transcript('chat'), CIPHER)}")
    assert response.status_code == 404


async def test_a_link_opens_a_page_of_its_own_and_leads_nowhere_else(street: Street) -> None:
    rows = ((Button("Lees meer", "https://rivm.nl/?a=1&b", style=ButtonStyle.LINK),),
            (Button("Kwaad", "javascript:alert(1)", style=ButtonStyle.LINK),))  # fmt: skip
    street.turns.answer = Outgoing("Kijk", "nl", buttons=rows)
    await street.send({}, text="hoi")
    link = r'<a class="choice" href="https://rivm.nl/\?a=1&amp;b" target="_blank" rel="noopener">\s*<span>Lees meer<'
    assert re.search(link, street.page)
    assert 'href="javascript' not in street.page
    assert "Kwaad: javascript:alert(1)" in street.page


async def test_where_it_may_be_unsafe_the_way_out_and_the_wiping_stand_side_by_side(
    street: Street, content: Content
) -> None:
    street.turns.answer = Outgoing("Dag.", "nl", key="case_reply", protect=True)
    await street.send({}, text="hoi")
    page = content.labels["nl"].page
    pair = (
        rf'form="leave">{page["leave"]}</button>\s*<button [^>]*name="command" value="forget"[^>]*>{page["new_chat"]}<'
    )
    assert re.search(pair, street.page)
