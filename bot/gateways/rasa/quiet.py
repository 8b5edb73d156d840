"""Rasa kept silent about what people type; called before anything of Rasa is imported."""

from __future__ import annotations

import logging
import os
import warnings

import structlog

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("RASA_TELEMETRY_ENABLED", "false")
os.environ.setdefault("SQLALCHEMY_SILENCE_UBER_WARNING", "1")
os.environ.setdefault("TF_ENABLE_ONEDNN_OPTS", "0")
# For one sentence a second thread costs more than it brings, and on a busy machine a hundred times more. It is read
# when scikit-learn is imported, which Rasa does before any component is.
os.environ.setdefault("OMP_NUM_THREADS", "1")


def all_cores() -> dict[str, str]:
    """The environment of a process that trains: many sentences are encoded at once there."""
    return {**os.environ, "OMP_NUM_THREADS": str(os.cpu_count() or 1)}


def keep_quiet() -> None:
    """Rasa logs message text at DEBUG through an unconfigured structlog: nothing under WARNING, no text above."""
    warnings.filterwarnings("ignore", module=r"rasa\..*|sanic.*|pkg_resources.*|tensorflow.*")
    warnings.filterwarnings("ignore", category=DeprecationWarning)
    if not structlog.is_configured():
        structlog.configure(
            wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR),
            processors=[_only_the_event, structlog.processors.JSONRenderer()],
        )
    for name in ("rasa", "rasa_sdk", "sanic", "apscheduler", "tensorflow", "matplotlib", "asyncio"):
        logging.getLogger(name).setLevel(logging.ERROR)


def _only_the_event(_: object, __: str, event: structlog.typing.EventDict) -> structlog.typing.EventDict:
    return {"event": event.get("event", "")}
