"""A process killed at any step of a case: whoever starts it again finds everything, and nobody is told twice.

One message alone may come twice: the one that Telegram accepted while the process died before it could note that.
No sender can tell that from a message that was never accepted; a message twice is better than none.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parent.parent
KILLED, FINISHED = -9, 0
Told = dict[str, Any]

KILLS, PROCESSES = 60, 2


@pytest.fixture(scope="module")
def lives(tmp_path_factory: pytest.TempPathFactory) -> list[Told]:
    """First the case of a process that is never killed, then one for every kill."""
    told: list[Told] = []
    running = [_started(tmp_path_factory.mktemp("kills"), share) for share in range(PROCESSES)]
    for process in running:
        out, err = process.communicate(timeout=300)
        assert process.returncode == 0, err[-2000:]
        whole, *killed = [json.loads(line) for line in out.splitlines()]
        told = [whole, *told[1:], *killed]
    return told


def _started(folder: Path, share: int) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "tests.killed_house", *map(str, (folder, share, PROCESSES, KILLS))]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


@pytest.fixture
def whole(lives: list[Told]) -> Told:
    return lives[0]


@pytest.fixture
def killed(lives: list[Told]) -> list[Told]:
    return lives[1:]


def seen(arrived: Iterable[Told]) -> dict[str, list[tuple[str, str]]]:
    """What stands in every chat, in order, each message once and without the case's own number."""
    chats: dict[str, dict[int, tuple[str, str]]] = defaultdict(dict)
    for line in arrived:
        words = re.sub(r"#[0-9A-F]{6}", "#CASE", line["text"])
        chats[line["chat"]].setdefault(line["id"], (line["key"], words))
    return {chat: list(messages.values()) for chat, messages in chats.items()}


def test_the_process_was_really_killed_at_every_sort_of_moment(whole: Told, killed: list[Told]) -> None:
    assert whole["ends"] == [FINISHED]
    assert [told["ends"] for told in killed] == [[KILLED, FINISHED]] * KILLS, {told["error"] for told in killed}
    sorts = Counter(told["died"] for told in killed)
    assert set(sorts) == {
        "before a transaction", "before a commit", "after a commit", "before a delivery", "after a delivery"
    }  # fmt: skip
    assert min(sorts.values()) >= 3, sorts


def test_every_message_arrives_in_order_and_none_is_lost(whole: Told, killed: list[Told]) -> None:
    expected = seen(whole["arrived"])
    for told in killed:
        assert seen(told["arrived"]) == expected, f"moment {told['moment']}, {told['died']}"
        assert (told["after"]["inbox"], told["after"]["outbox"]) == (0, [])


def test_only_what_was_accepted_and_not_yet_noted_comes_twice(
    killed: list[Told], record_property: Callable[[str, object], None]
) -> None:
    twice = 0
    for told in killed:
        times = Counter(line["id"] for line in told["arrived"])
        doubled = {number for number, count in times.items() if count > 1}
        cut = set(told["between"]["arrived"]) & set(told["between"]["outbox"])
        assert doubled == cut, f"moment {told['moment']}, {told['died']}"
        assert max(times.values()) <= 2
        twice += len(doubled)
    record_property("came_twice", twice)
    assert 0 < twice < len(killed)


def test_no_case_is_ever_without_an_owner_or_a_place_in_the_queue(killed: list[Told]) -> None:
    for told in killed:
        for case in told["between"]["cases"] + told["after"]["cases"]:
            queued = case["state"] == "waiting" and case["due_at"]
            owned = case["state"] in {"claimed", "closed"} and case["worker"]
            assert queued or owned, f"moment {told['moment']}: {case['state']}"


def test_the_case_and_its_log_are_as_if_nothing_had_happened(whole: Told, killed: list[Told]) -> None:
    expected = whole["after"]
    assert expected["log"] == [
        "opened", "told samira", "translation_allowed", "claimed samira", "replied samira", "replied samira",
        "noted samira", "replied samira", "handed_over samira", "told jan", "replied jan", "closed jan", "helped",
    ]  # fmt: skip
    (case,) = expected["cases"]
    assert (case["state"], case["worker"], case["helped"]) == ("closed", "jan", True)
    for told in killed:
        (found,) = told["after"]["cases"]
        differing = {name for name in case if found[name] != case[name]} - {"id", "resident"}
        assert not differing, f"moment {told['moment']}, {told['died']}"
        assert told["after"]["said"] == expected["said"]
        assert told["after"]["log"] == expected["log"]
        begun = told["between"]["log"]
        assert begun == expected["log"][: len(begun)], "a log that was cut off is the beginning of the whole"
