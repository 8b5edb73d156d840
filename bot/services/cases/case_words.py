"""A case in words for a worker: the facts that may always be told, and what the resident wrote."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final

from bot.core.case import Case, Said, State
from bot.core.language import LANGUAGES
from bot.core.routing import waited
from bot.core.team import Area
from bot.services.cases.office import Office
from bot.services.translate import FAILED

LONGEST: Final = 1500  # characters of one message of a resident on a card; the whole stands on the desk
_UNITS: Final = ((timedelta(days=1), "time_days"), (timedelta(hours=1), "time_hours"))


class CaseWords:
    """In one of the staff's languages."""

    def __init__(self, office: Office, language: str) -> None:
        self._voice, self._texts = office.voice, office.words
        self.language = office.words.language(language)

    def __call__(self, key: str, /, **more: str) -> str:
        """A text of the staff's."""
        return self._texts(key, self.language, **more)

    def facts(self, case: Case, areas: Iterable[Area], now: datetime) -> list[str]:
        """Area, language and topic, and for how long a case waits: all that a card may carry before consent."""
        names = {area.postcode: area.name for area in areas}
        topic = self._voice.label(case.topic, self.language) if case.topic else self("unknown_topic")
        spoken = LANGUAGES[case.language].name if case.language in LANGUAGES else case.language
        lines = [
            self("card_area", area=names.get(case.area, case.area) or self("unknown_area")),
            self("card_language", spoken=spoken),
            self("card_topic", topic=topic),
        ]
        if case.state is State.WAITING:
            lines.append(self("card_waiting", time=self.time(waited(case, now))))
        return lines

    def time(self, time: timedelta) -> str:
        """How long, in the largest unit of which there are two."""
        for unit, key in _UNITS:
            if time >= 2 * unit:
                return self(key, count=str(time // unit))
        minutes = time // timedelta(minutes=1)
        return self("time_minutes", count=str(minutes)) if minutes else self("time_now")

    def said(self, said: Said) -> str:
        """A resident's words: translated by a computer first, labelled, and always the original."""
        original = shortened(said.text)
        if said.file and not original:
            return self("card_file")
        if said.translator == FAILED:
            return f"{self('card_words')}\n{original}\n\n{self('said_failed')}"
        if not said.translation:
            return f"{self('card_words')}\n{original}"
        machine = self("said_machine", service=said.translator)
        return f"{machine}\n{shortened(said.translation)}\n\n{self('said_original')}\n{original}"


def shortened(text: str) -> str:
    """The text, or its beginning when it is too long for a card."""
    return text if len(text) <= LONGEST else text[:LONGEST] + " …"
