"""One YAML document holds all content: out and in again it is the same, and what is wrong is told with its line."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.core.content import Answer, Content
from bot.core.entry import Body, Kind, Ref
from bot.core.errors import ImportRefused
from bot.core.overlay import entries_of
from bot.core.revision import Change
from bot.core.source_change import SourceChange
from bot.gateways.content_out import from_file, from_yaml, to_yaml
from tests.gateways.content_book import every_kind

HEAD = "format: buurtvraag-content/1\nentries:\n"
STEP = "  - {before: '', after: 1e10000000000000, change: safety, at: '2026-11-22T09:30:15+00:00'}\n"
CHANGES = "format: buurtvraag-content/1\nentries: []\nchanges:\n  utter_hpv:\n"
GREET = "- entry: answer\n  key: utter_greet\n  language: nl\n  text: Hallo.\n"


def refused(text: str | bytes) -> list[tuple[str, str]]:
    with pytest.raises(ImportRefused) as caught:
        from_yaml(text if isinstance(text, bytes) else text.encode())
    return list(caught.value.problems)


def test_all_real_content_comes_back_exactly_and_is_written_in_the_same_bytes(content: Content) -> None:
    entries = entries_of(content)
    written = to_yaml(entries)
    read = from_yaml(written)
    assert read == entries
    assert to_yaml(read) == written


def test_every_field_of_every_kind_comes_back() -> None:
    entries = every_kind()
    assert {ref.kind for ref in entries} == set(Kind)
    assert from_yaml(to_yaml(entries)) == entries


def test_the_order_in_which_entries_are_given_does_not_show() -> None:
    entries = every_kind()
    assert to_yaml(dict(reversed(entries.items()))) == to_yaml(entries)


def test_an_entry_that_was_removed_stays_removed() -> None:
    entries: dict[Ref, Body | None] = {Ref(Kind.ANSWER, "utter_greet", "tr"): None}
    assert from_yaml(to_yaml(entries)) == entries


def test_how_dutch_answers_changed_comes_back_in_the_same_bytes() -> None:
    at = datetime(2026, 11, 22, 9, 30, 15, 1250, tzinfo=UTC)
    told: tuple[SourceChange, ...] = (SourceChange("0123456789012345", "1e10000000000000", Change.SAFETY, at),)
    told += (SourceChange("1e10000000000000", "", None, None),)
    history = {"utter_hpv": told, "utter_flu_jab": told[:1]}
    written = to_yaml(every_kind(), history)
    read = from_file(written, {})
    assert (read.entries, read.history) == (every_kind(), history)
    assert to_yaml(read.entries, read.history) == written


def test_a_document_without_history_is_as_it_was() -> None:
    assert to_yaml(every_kind(), {}) == to_yaml(every_kind())
    assert from_file(to_yaml(every_kind()), {}).history == {}


def test_people_can_read_a_long_text_as_it_is() -> None:
    text = to_yaml(every_kind()).decode()
    assert "  text: |-\n    De prik is gratis.\n\n    Vanaf {flu_jab_age} jaar." in text
    assert "مجاني 💉." in text


_ANY = st.text(
    st.characters(exclude_categories=["Cs", "Cc", "Cn"]) | st.sampled_from("\n\t:-#&*!|>'\"%@`{}[] \x85\u2028")
)


@settings(max_examples=150, deadline=None)
@given(_ANY.filter(bool), st.dictionaries(_ANY, _ANY, max_size=3))
def test_any_text_comes_back(text: str, sections: dict[str, str]) -> None:
    ref = Ref(Kind.ANSWER, "utter_greet", "nl")
    entries: dict[Ref, Body] = {ref: Answer("utter_greet", "nl", text, sections=sections)}
    assert from_yaml(to_yaml(entries)) == entries


@pytest.mark.parametrize(
    ("text", "place", "sentence"),
    [
        ("entries: []", "line 1", "must begin with"),
        ("hallo", "line 1", "must begin with"),
        ("a: [", "line 2", "not valid YAML"),
        (b"\xff\xfe", "the file", "UTF-8"),
        (HEAD + GREET + GREET, "line 7", "twice"),
        (HEAD + GREET + "  text: Dag.\n", "line 7", "stands twice"),
        (HEAD + GREET + "  colour: red\n", "line 7", "colour"),
        (HEAD + GREET.replace("nl", "xx"), "line 3", "not one of our languages"),
        (HEAD + GREET.replace("answer", "song"), "line 3", "no entry"),
        (HEAD + GREET.replace("utter_greet", "../../etc"), "line 3", "cannot be the key"),
        (HEAD + GREET.replace("Hallo.", "''"), "line 6", "at least 1 character"),
        (HEAD + "- 5\n", "line 3", "no entry"),
        (HEAD + GREET + "more: 1\n", "line 7", "no place"),
        (HEAD + "- &a {entry: answer}\n- *a\n", "line 3", "References"),
        ("[" * 50_000, "line 1", "too deep"),
        (HEAD + GREET + "  review: {status: perfect}\n", "line 7", "review.status"),
        (HEAD + GREET + "  review: {date: [a]}\n", "line 7", "review.date"),
        (HEAD + "- {entry: [a], key: b}\n", "line 3", "no entry"),
        (HEAD + GREET + HEAD.partition("\n")[2], "line 7", "entries is in the file twice"),
        (CHANGES + STEP + "  utter_hpv: []\n", "line 6", "stands twice"),
        (CHANGES.partition("  ")[0] + "- 5\n", "line 4", "no entry"),
        (CHANGES.replace("utter_hpv", "hpv") + STEP, "line 5", "cannot be the key"),
        (CHANGES + STEP + "  - 5\n", "line 6", "changes utter_hpv.1"),
        (CHANGES + STEP + STEP.replace("safety", "danger"), "line 6", "'wording', 'meaning' or 'safety'"),
        (CHANGES + STEP.replace("safety", "null"), "line 5", "change and at belong together"),
        (CHANGES + STEP.replace("+00:00", ""), "line 5", "at: Input should have timezone"),
        (CHANGES + STEP.replace("2026", "9999"), "line 5", "at: Input should be less than"),
        (CHANGES + STEP.replace("1e1", "xyz"), "line 5", "after"),
        (CHANGES + STEP.replace("after", "later"), "line 5", "after"),
        (HEAD + "- entry: fact\n  key: age\n  value: 60\n  checked: soon\n", "line 6", "checked"),
    ],
)
def test_what_is_wrong_is_told_with_its_line(text: str | bytes, place: str, sentence: str) -> None:
    found = refused(text)
    assert found[0][0] == place
    assert sentence in found[0][1]


def test_all_problems_are_told_at_once_up_to_two_hundred() -> None:
    assert len(refused(HEAD + GREET + "- 5\n- 6\n")) == 2
    assert len(refused(HEAD + "- 5\n" * 5_000)) == 200


def test_a_flood_is_refused() -> None:
    assert "MB" in refused(b" " * 20_000_001)[0][1]
    assert "too many parts" in refused(HEAD + "- a: 1\n" * 1_000_000)[0][1]
