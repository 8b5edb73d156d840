"""What happens by the clock comes again and again, one at a time, and survives what goes wrong."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, Iterator
from datetime import timedelta

import pytest
import structlog
from apscheduler.job import Job as Scheduled
from structlog.testing import CapturingLoggerFactory

from bot.core.errors import StoreBusy
from bot.jobs import Job, schedule
from bot.log import configure

Lines = Callable[[], list[dict[str, object]]]


async def nothing() -> int:
    return 0


async def three() -> int:
    return 3


def broken(error: Exception) -> Callable[[], Awaitable[int]]:
    async def run() -> int:
        raise error

    return run


def scheduled(*jobs: Job) -> list[Scheduled]:
    return list(schedule(jobs).get_jobs())


async def run(job: Job) -> None:
    """As the scheduler runs it."""
    (found,) = scheduled(job)
    await found.func(*found.args)


@pytest.fixture
def lines() -> Iterator[Lines]:
    """What a running assistant's log says, since it was last looked at."""
    before, factory = structlog.get_config(), CapturingLoggerFactory()
    configure("INFO")
    structlog.configure(logger_factory=factory)
    calls = factory.logger.calls
    yield lambda: [json.loads(calls.pop(0).args[0]) for _ in range(len(calls))]
    structlog.configure(**before)


def test_every_job_comes_at_its_own_time_and_never_beside_itself() -> None:
    found = scheduled(Job("watch", timedelta(minutes=1), nothing), Job("clean_up", timedelta(hours=1), nothing))
    assert [(job.id, job.trigger.interval) for job in found] == [
        ("watch", timedelta(minutes=1)),
        ("clean_up", timedelta(hours=1)),
    ]
    assert all(job.max_instances == 1 and job.coalesce and job.misfire_grace_time is None for job in found)


def test_nothing_runs_before_the_scheduler_is_started() -> None:
    assert not schedule([Job("watch", timedelta(minutes=1), nothing)]).running


async def test_the_log_says_how_much_was_done_and_nothing_of_idle_minutes(lines: Lines) -> None:
    await run(Job("clean_up", timedelta(hours=1), three))
    (line,) = lines()
    assert (line["event"], line["key"], line["rows"]) == ("job done", "clean_up", 3)
    await run(Job("clean_up", timedelta(hours=1), nothing))
    assert not lines()


@pytest.mark.parametrize("error", [StoreBusy("locked"), KeyError("ik ben Jan")])
async def test_a_job_that_fails_is_logged_without_a_word_of_the_error_and_comes_again(
    lines: Lines, error: Exception
) -> None:
    await run(Job("watch", timedelta(minutes=1), broken(error)))
    (line,) = lines()
    assert (line["event"], line["key"], line["error"]) == ("job failed", "watch", type(error).__name__)
    assert "Jan" not in str(line)
