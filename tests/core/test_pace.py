"""A burst may come at once, then so many a minute; one key does not stand in another's way."""

from __future__ import annotations

from bot.core import pace
from bot.core.pace import Pace
from tests.builders import Clock


def test_a_burst_comes_at_once_and_then_so_many_a_minute() -> None:
    clock = Clock()
    messages = Pace(3, 6, clock)
    assert [messages.take("a") for _ in range(4)] == [True, True, True, False]
    clock.move(seconds=9)
    assert not messages.take("a")
    clock.move(seconds=1)
    assert [messages.take("a") for _ in range(2)] == [True, False]


def test_who_was_quiet_has_the_whole_burst_again_and_no_more() -> None:
    clock = Clock()
    messages = Pace(2, 6, clock)
    assert [messages.take("a") for _ in range(3)] == [True, True, False]
    clock.move(hours=5)
    assert [messages.take("a") for _ in range(3)] == [True, True, False]


def test_what_was_refused_is_not_counted_and_asking_counts_nothing() -> None:
    clock = Clock()
    messages = Pace(1, 1, clock)
    assert all(messages.free("a") for _ in range(5))
    assert messages.take("a")
    assert not any(messages.take("a") for _ in range(50))
    clock.move(minutes=1)
    assert messages.take("a")


def test_one_does_not_stand_in_anothers_way() -> None:
    messages = Pace(1, 1, Clock())
    assert messages.take("a")
    assert messages.take("b")


def test_of_very_many_the_one_that_was_quiet_longest_is_forgotten_first(monkeypatch) -> None:
    monkeypatch.setattr(pace, "MOST_PLACES", 2)
    messages = Pace(2, 1, Clock())
    assert [messages.take(key) for key in ("a", "a", "b", "a", "c")] == [True, True, True, False, True]
    assert messages.take("a"), "a was forgotten, so it begins anew"
    assert messages.take("c")
    assert not messages.take("c")
