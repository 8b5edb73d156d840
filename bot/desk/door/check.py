"""Whether somebody may come in: the same answer, after the same time, for a wrong password and an unknown address."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from bot.core.team import Worker
from bot.desk.desk import Desk
from bot.desk.door.password import Passwords
from bot.desk.door.second_factor import used_step
from bot.services.case_ports import Credentials
from bot.services.ports import Unit

TRIES: Final = 5
LOCKED: Final = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class Verdict:
    """Who it is, or None for nobody. `new`: they must set up their second factor first."""

    worker: Worker | None
    new: bool = False


REFUSED: Final = Verdict(None)


async def check(desk: Desk, passwords: Passwords, email: str, password: str, code: str) -> Verdict:
    """Checks a log-in; five that fail lock the account for LOCKED, also for the right password."""
    found = await desk.store.credentials(email)
    # Outside the transaction: hashing takes long, and SQLite has one writer.
    right = await passwords.verify(found.password_hash if found else "", password)
    async with desk.store.unit() as unit:
        known, now = await unit.credentials(email), desk.clock()
        if known is None or found is None or not known.worker.active:
            await unit.end_session("")  # a write that changes nothing: it takes as long as counting a failure
            return REFUSED
        if known.locked_until and known.locked_until > now:
            return REFUSED
        step = used_step(known.totp, code, known.totp_last, now) if known.totp else None
        right = right and known.password_hash == found.password_hash
        if not right or (known.totp and not await _used_up(unit, known, step)):
            await count_failure(unit, known, now)
            return REFUSED
        await unit.reset_failures(known.worker.id)
        return Verdict(known.worker, new=not known.totp)


async def _used_up(unit: Unit, known: Credentials, step: int | None) -> bool:
    """Was the code right, and is it ours to use? Another log-in may have been quicker since it was looked at."""
    return step is not None and await unit.use_code(known.worker.id, step)


async def count_failure(unit: Unit, known: Credentials, now: datetime) -> None:
    """One more that failed; the last of TRIES locks. Tries from before the last lock no longer count."""
    before = known.failures
    if known.locked_until and known.locked_until <= now:
        await unit.reset_failures(known.worker.id)
        before = 0
    await unit.count_failure(known.worker.id, now + LOCKED if before + 1 >= TRIES else None)
    await unit.audit(known.worker.id, "log-in refused", "", now)
