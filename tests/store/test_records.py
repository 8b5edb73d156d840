"""Whatever a message holds, it comes back the same."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from bot.core.message import MAX_BUTTON_DATA, Button, ButtonStyle, Chat, Incoming, Kind, Outgoing
from bot.store.records import incoming_from_json, incoming_to_json, outgoing_from_json, outgoing_to_json
from bot.store.vault import Vault
from tests.store.residents import KEY

ANY_TEXT = st.text(st.characters(), max_size=80)  # halves of surrogate pairs included
MOMENTS = st.datetimes(timezones=st.timezones() | st.just(UTC), allow_imaginary=False)
DATA = st.text(max_size=16).filter(lambda data: len(data.encode()) <= MAX_BUTTON_DATA)
BUTTONS = st.builds(Button, ANY_TEXT, DATA, ANY_TEXT, ANY_TEXT, st.sampled_from(ButtonStyle))
INCOMING = st.builds(
    Incoming, st.builds(Chat, ANY_TEXT, ANY_TEXT), ANY_TEXT, st.sampled_from(Kind), MOMENTS, ANY_TEXT,
    ANY_TEXT, ANY_TEXT, ANY_TEXT, st.booleans(),
)  # fmt: skip
OUTGOING = st.builds(
    Outgoing, ANY_TEXT, ANY_TEXT, ANY_TEXT, ANY_TEXT, ANY_TEXT,
    st.lists(st.lists(BUTTONS, max_size=3).map(tuple), max_size=3).map(tuple),
    st.lists(ANY_TEXT, max_size=3).map(tuple), st.booleans(),
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


def test_the_address_is_not_repeated_in_the_body() -> None:
    incoming = Incoming(Chat("telegram", "31612345678"), "u-77", Kind.TEXT, datetime(2026, 1, 1, tzinfo=UTC))
    stored = incoming_to_json(incoming)
    assert "31612345678" not in stored
    assert "u-77" not in stored
    assert not {"chat", "update_id"} & set(json.loads(stored))
