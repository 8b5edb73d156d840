"""The conversation that travels with a page."""

from __future__ import annotations

import secrets
from dataclasses import replace

from cryptography.fernet import Fernet

from bot.channels.webchat.links import FileLinks
from bot.channels.webchat.transcript import FORGOTTEN, MAX_TOKEN, Bubble, Transcript, seal, unseal
from bot.core.message import Button, ButtonStyle, File, Kind, Outgoing
from tests.builders import NOON

CIPHER = Fernet(Fernet.generate_key())
SAID = Outgoing(
    text="Hallo <b>",
    language="ar",
    key="utter_greet",
    pictogram="virus+heart",
    alt="een hart",
    buttons=(
        (Button("Bel 112", "112", style=ButtonStyle.CALL), Button("Menu", "m", "☰")),
        (Button("Lees meer", "https://rivm.nl", style=ButtonStyle.LINK),),
    ),
    notes=("Bron: RIVM",),
    urgent=True,
    file=File("telegram", "f", Kind.VOICE, 9, "spraak.ogg"),
    protect=True,
)
TALK = Transcript("chat", (Bubble(NOON, mine="hoi 🙂\n\ud800"), Bubble(NOON, outgoing=SAID)))


def test_everything_that_was_said_comes_back() -> None:
    kept = Transcript("chat", (Bubble(NOON, mine="hoi 🙂"), Bubble(NOON, outgoing=SAID)))
    assert unseal(seal(kept, CIPHER), CIPHER) == kept


def test_nobody_reads_it_on_the_way() -> None:
    assert "hoi" not in seal(TALK, CIPHER)


def test_what_was_changed_or_sealed_by_another_is_not_taken() -> None:
    assert unseal(seal(TALK, Fernet(Fernet.generate_key())), CIPHER) is None
    link = FileLinks(CIPHER).address("chat", File("web", "f", Kind.PHOTO)).removeprefix("/files/")
    for token in ("", "é", "x" * (MAX_TOKEN + 1), link):
        assert unseal(token, CIPHER) is None


def test_the_oldest_is_left_out_when_it_is_too_much() -> None:
    noise = [Bubble(NOON, mine=secrets.token_hex(9000)) for _ in range(20)]
    kept = unseal(seal(Transcript("chat", (*noise, Bubble(NOON, mine="laatste"))), CIPHER), CIPHER)
    assert kept is not None
    assert 1 < len(kept.bubbles) < 21
    assert kept.bubbles[-1].mine == "laatste"


def test_after_everything_is_gone_nothing_before_it_is_kept() -> None:
    gone = Bubble(NOON, outgoing=replace(SAID, key=FORGOTTEN))
    assert TALK.and_then(gone, Bubble(NOON, mine="dag")).bubbles == (gone, Bubble(NOON, mine="dag"))


def test_a_tapped_button_is_found_by_its_data() -> None:
    assert TALK.label_of("m") == "Menu"
    assert TALK.label_of("t:never_shown") == ""
