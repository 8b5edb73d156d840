"""What happens by the clock."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable
from datetime import timedelta
from typing import NamedTuple

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler

log = structlog.get_logger("jobs")


class Job(NamedTuple):
    """Something to do again and again. `run` returns how much was done."""

    name: str
    every: timedelta
    run: Callable[[], Awaitable[int]]


def schedule(jobs: Iterable[Job]) -> AsyncIOScheduler:
    """A scheduler, not yet started. A job that takes longer than its time is not started beside itself."""
    scheduler = AsyncIOScheduler(timezone="UTC")
    for job in jobs:
        scheduler.add_job(
            _guarded,
            "interval",
            args=[job],
            seconds=job.every.total_seconds(),
            id=job.name,
            max_instances=1,
            coalesce=True,
            misfire_grace_time=None,  # a busy loop makes it late, never leaves it out
        )
    return scheduler


async def _guarded(job: Job) -> None:
    """The border: a job that fails is logged and comes again."""
    try:
        done = await job.run()
    except Exception as error:  # noqa: BLE001 - APScheduler would log the whole error, and with it what was typed
        log.error("job failed", key=job.name, error=type(error).__name__)
    else:
        if done:
            log.info("job done", key=job.name, rows=done)
