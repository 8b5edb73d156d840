"""Logs carry ids, keys and durations, never what anybody wrote."""

from __future__ import annotations

import logging
import sys

import structlog

_NAMES = {"event", "level", "timestamp", "logger"}
# What a line may carry. A new field is put here on purpose, or it is dropped.
ALLOWED = _NAMES | {
    "channel", "error", "file", "inbox", "key", "model", "ms", "outbox", "problems", "reason", "refused", "resident",
    "rows", "said", "service",
}  # fmt: skip


def configure(level: str) -> None:
    """One JSON line per event on standard error; fields that are not on the list are dropped."""
    structlog.configure(
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelName(level)),
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            _allowed_only,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=False,
    )
    logging.basicConfig(level=logging.ERROR, format="%(levelname)s %(name)s")
    for name in ("httpx", "httpcore", "telegram", "aiosqlite", "uvicorn.access"):
        logging.getLogger(name).setLevel(logging.CRITICAL)


def _allowed_only(_: object, __: str, event: structlog.typing.EventDict) -> structlog.typing.EventDict:
    if "." in str(event["event"]):  # Rasa's own: they hold what people typed
        raise structlog.DropEvent
    return {name: value for name, value in event.items() if name in ALLOWED}
