"""The one border where the database's errors become ours: busy (try again) or unusable (needs a person)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from sqlalchemy.exc import DBAPIError, IntegrityError, InterfaceError, OperationalError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from bot.core.errors import StoreBusy, StoreUnusable

# What SQLite's message or PostgreSQL's says, and what a person can do about it.
_NEEDS_A_PERSON: Final = (
    (
        ("readonly", "read-only"),
        "The database is read-only. Give this user the right to write to its file and folder.",
    ),
    (
        ("unable to open",),
        "The database cannot be opened. Does its folder exist, and may this user write there?",
    ),
    (
        ("not a database", "malformed"),
        "The file that DATABASE_URL names is no SQLite database, or it is damaged.",
    ),
    (("is full", "no space left"), "The disk of the database is full. Make room and start again."),
    (
        ("password authentication", "no pg_hba.conf entry", "role "),
        "The database does not know this user or password. Look at DATABASE_URL.",
    ),
    (
        ("permission denied",),
        "This user may not write in the database. Make it the owner of the database in DATABASE_URL.",
    ),
    (
        ("no such table", "no such column", "does not exist"),
        "The database that DATABASE_URL names is not there, or its tables are not ours.",
    ),
)
# Classes of SQLSTATE: connection, rollback (deadlock), resources, lock, operator's hand.
_PASSES_BY_ITSELF: Final = ("08", "40", "53", "55", "57")
_BUSY: Final = "The database is busy or away. It will be tried again."


@contextmanager
def translated() -> Iterator[None]:
    """Errors of the database in the words of this project: StoreBusy or StoreUnusable."""
    try:
        yield
    except SQLAlchemyError as error:
        raise _explained(error) from error
    except OSError as error:  # what the network says before there is a connection, a timeout too
        raise StoreBusy(f"The database cannot be reached now ({type(error).__name__}).") from error


def _explained(error: SQLAlchemyError) -> StoreBusy | StoreUnusable:
    if not isinstance(error, DBAPIError):
        return StoreBusy(_BUSY) if isinstance(error, PoolTimeout) else _refused(error)
    if isinstance(error, IntegrityError):
        return StoreBusy("What a row belongs to has just been erased. It will be tried again.")
    told = str(error.orig).lower()
    for signs, sentence in _NEEDS_A_PERSON:
        if any(sign in told for sign in signs):
            return StoreUnusable(sentence)
    state = str(getattr(error.orig, "sqlstate", None) or "")
    passes = state.startswith(_PASSES_BY_ITSELF) or isinstance(error, OperationalError | InterfaceError)
    return StoreBusy(_BUSY) if passes or error.connection_invalidated else _refused(error)


def _refused(error: SQLAlchemyError) -> StoreUnusable:
    return StoreUnusable(
        f"The database refused what it was asked ({type(error).__name__}). "
        "Was it changed by hand? Restore a backup or take another DATABASE_URL."
    )
