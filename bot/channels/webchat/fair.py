"""How much one visitor, and one address on the internet, may send and keep open: enough for people, not for a flood."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final

from starlette.requests import Request

from bot.channels.webchat.visitor import Visitor
from bot.core.home import home_at
from bot.core.pace import Pace
from bot.services.ports import Clock

_ALL: Final = "all"


@dataclass(frozen=True, slots=True)
class Bounds:
    """Burst and so many a minute, of one visitor and of one home; and how many at the same time.

    A home is an address on the internet: a library, or half a town on its telephones, may be one.
    """

    said: tuple[int, int] = (60, 60)
    said_at_home: tuple[int, int] = (1200, 1200)
    files: tuple[int, int] = (30, 6)
    files_at_home: tuple[int, int] = (300, 120)
    open_pages: int = 12
    open_at_home: int = 1000
    forms_at_once: int = 4
    forms_in_all: int = 24  # each may hold a file of 20 MB in memory


class Fair:
    """What may come now, asked by visitor and by home. A home that is not known bounds nobody."""

    def __init__(self, clock: Clock, bounds: Bounds = Bounds()) -> None:
        self._said, self._said_at_home = Pace(*bounds.said, clock), Pace(*bounds.said_at_home, clock)
        self._files, self._files_at_home = Pace(*bounds.files, clock), Pace(*bounds.files_at_home, clock)
        self._bounds = bounds
        self._open: Counter[str] = Counter()
        self._forms: Counter[str] = Counter()

    def said(self, request: Request, visitor: Visitor) -> bool:
        """Counts one more message, if it may come."""
        return _both(self._said, self._said_at_home, visitor.address, home_of(request))

    def sent_file(self, request: Request, visitor: Visitor) -> bool:
        """Counts one more file, if it may come."""
        return _both(self._files, self._files_at_home, visitor.address, home_of(request))

    @contextmanager
    def page(self, request: Request, visitor: Visitor) -> Iterator[bool]:
        """One more page listens as long as the context lasts; False when too many do already."""
        bounds = self._bounds
        most, home = {visitor.address: bounds.open_pages}, home_of(request)
        with _inside(self._open, most | ({home: bounds.open_at_home} if home else {})) as may:
            yield may

    @contextmanager
    def form(self, visitor: Visitor) -> Iterator[bool]:
        """One more form with a file is read as long as the context lasts; False when too many are already."""
        most = {visitor.address: self._bounds.forms_at_once, _ALL: self._bounds.forms_in_all}
        with _inside(self._forms, most) as may:
            yield may


def home_of(request: Request) -> str:
    """The home that a request comes from; "" for one that is not known."""
    return home_at(request.client.host if request.client else "")


def _both(pace: Pace, at_home: Pace, visitor: str, home: str) -> bool:
    """Counts in both or in neither."""
    if home and not at_home.free(home):
        return False
    if not pace.take(visitor):
        return False
    return at_home.take(home) if home else True


@contextmanager
def _inside(counts: Counter[str], most: dict[str, int]) -> Iterator[bool]:
    """Counts one more under every key, if none is at its most yet; False if one is."""
    may = all(counts[key] < limit for key, limit in most.items())
    if may:
        counts.update(most.keys())
    try:
        yield may
    finally:
        if may:
            counts.subtract(most.keys())
            for key in [key for key in most if not counts[key]]:
                del counts[key]
