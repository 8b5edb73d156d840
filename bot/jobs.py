"""What happens by the clock."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import timedelta

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.core.errors import BuurtvraagError

log = structlog.get_logger("jobs")


def schedule(clean_up: Callable[[], Awaitable[int]], every: timedelta = timedelta(hours=1)) -> AsyncIOScheduler:
    """A scheduler, not yet started, that erases what has been kept long enough."""
    scheduler = AsyncIOScheduler(timezone="UTC")
    scheduler.add_job(
        _guarded,
        "interval",
        args=[clean_up],
        seconds=every.total_seconds(),
        id="clean_up",
        max_instances=1,
        coalesce=True,
    )
    return scheduler


async def _guarded(job: Callable[[], Awaitable[int]]) -> None:
    """The border: a job that fails is logged and comes again."""
    try:
        log.info("cleaned up", rows=await job())
    except BuurtvraagError as error:
        log.error("clean-up failed", error=type(error).__name__)
