"""Whatever a message holds, it comes back the same."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

from hypothesis import given
from hypothesis import strategies as st

from bot.core.message import MAX_BUTTON_DATA, Button, ButtonStyle, Chat, File, Incoming, Kind, Outgoing
from bot.store.records import (
    incoming_from_json,
    incoming_to_json,
    outgoing_from_json,
    outgoing_to_json,
    words_from_json,
    words_to_json,
)
from bot.store.vault import Vault
from tests.store.residents import KEY

ANY_TEXT = st.text(st.characters(), max_size=80)  # halves of surrogate pairs included
# With the offset alone, as it is kept: Python calls an hour that a clock shows twice unlike any other.
MOMENTS = st.datetimes(timezones=st.timezones() | st.just(UTC), allow_imaginary=False).map(
    lambda at: at.replace(tzinfo=timezone(at.utcoffset() or timedelta()))
)
DATA = st.text(max_size=16).filter(lambda data: len(data.encode()) <= MAX_BUTTON_DATA)
FILES = st.none() | st.builds(File, ANY_TEXT, ANY_TEXT, st.sampled_from(Kind), st.integers(0, 2**40), ANY_TEXT)
PLACES = st.none() | st.tuples(st.floats(-90, 90), st.floats(-180, 180))
BUTTONS = st.builds(Button, ANY_TEXT, DATA, ANY_TEXT, ANY_TEXT, st.sampled_from(ButtonStyle))
INCOMING = st.builds(
    Incoming, st.builds(Chat, ANY_TEXT, ANY_TEXT), ANY_TEXT, st.sampled_from(Kind), MOMENTS, ANY_TEXT,
    ANY_TEXT, ANY_TEXT, ANY_TEXT, st.booleans(), ANY_TEXT, ANY_TEXT, FILES, PLACES,
)  # fmt: skip
OUTGOING = st.builds(
    Outgoing, ANY_TEXT, ANY_TEXT, ANY_TEXT, ANY_TEXT, ANY_TEXT,
    st.lists(st.lists(BUTTONS, max_size=3).map(tuple), max_size=3).map(tuple),
    st.lists(ANY_TEXT, max_size=3).map(tuple), st.booleans(), ANY_TEXT, FILES, st.booleans(),
)  # fmt: skip
VAULT = Vault((KEY,))


@given(INCOMING)
def test_what_came_in_comes_back_less_its_update_id(incoming: Incoming) -> None:
    sealed = VAULT.seal(incoming_to_json(incoming))
    again = incoming_from_json(VAULT.open(sealed), incoming.chat)
    assert again == replace(incoming, update_id="")
    assert isinstance(again.kind, Kind)


@given(OUTGOING)
def test_what_goes_out_comes_back(outgoing: Outgoing) -> None:
    again = outgoing_from_json(VAULT.open(VAULT.seal(outgoing_to_json(outgoing))))
    assert again == outgoing
    assert all(isinstance(button.style, ButtonStyle) for row in again.buttons for button in row)


def test_what_an_older_version_wrote_is_read() -> None:
    incoming = Incoming(Chat("telegram", "1"), "", Kind.TEXT, datetime(2026, 1, 1, tzinfo=UTC), "hoi")
    outgoing = Outgoing("dag", "nl")
    old_incoming, old_outgoing = json.loads(incoming_to_json(incoming)), json.loads(outgoing_to_json(outgoing))
    for name in ("reply_to", "payload", "file", "place"):
        del old_incoming[name]
    for name in ("case", "file", "protect"):
        del old_outgoing[name]
    assert incoming_from_json(json.dumps(old_incoming), incoming.chat) == incoming
    assert outgoing_from_json(json.dumps(old_outgoing)) == outgoing


@given(ANY_TEXT, FILES)
def test_what_is_said_in_a_case_comes_back(text: str, file: File | None) -> None:
    assert words_from_json(VAULT.open(VAULT.seal(words_to_json(text, file)))) == (text, file)


@given(ANY_TEXT)
def test_the_vault_gives_back_any_text(text: str) -> None:
    assert VAULT.open(VAULT.seal(text)) == text
    assert VAULT.fingerprint(text) == VAULT.fingerprint(text)


def test_the_address_is_not_repeated_in_the_body() -> None:
    incoming = Incoming(Chat("telegram", "31612345678"), "u-77", Kind.TEXT, datetime(2026, 1, 1, tzinfo=UTC))
    stored = incoming_to_json(incoming)
    assert "31612345678" not in stored
    assert "u-77" not in stored
    assert not {"chat", "update_id"} & set(json.loads(stored))
