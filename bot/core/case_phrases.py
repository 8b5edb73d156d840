"""What a resident is said and shown before and during a case: the questions, the card, the honest hours."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from bot.core.answer import Voice, rows_of
from bot.core.case import Draft, How
from bot.core.content import isolated
from bot.core.hours import after_open_time, is_open, next_opening
from bot.core.language import LANGUAGES
from bot.core.message import Button, ButtonStyle, Outgoing
from bot.core.postcode import western_digits
from bot.core.press import Act, Press
from bot.core.team import Area, Team

SHOWN_WORDS: Final = 3000  # characters of the resident's own words on the card
# "14 weeks" is no age.
_NO_AGE: Final = r"(?!\s*(?:wi?k|week|weken|maand|moanne|month|uur|oere|keer|hafta|أسبوع|اسبوع|شهر))"
_YOUNG: Final = re.compile(
    r"\b(?:ik ben|ben|i am|i'm|im|bin|ik bin|yaşım|yasim|عمري)\s+(?:pas\s+|only\s+|mar\s+)?(1[0-5]|[89])\b"
    + _NO_AGE
    + r"|\b(1[0-5]|[89])\s+(?:jaar oud|years old|yaşındayım|yasindayim|jier âld)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Places:
    """The areas and teams that there are; `region` is the team for whom no area tells."""

    areas: tuple[Area, ...] = ()
    teams: tuple[Team, ...] = ()
    region: str = ""

    def team_of(self, postcode: str) -> Team | None:
        """The team of an area, else the region's; None when there is no team at all."""
        by_id = {team.id: team for team in self.teams}
        here = next((area.team for area in self.areas if area.postcode == postcode), "")
        return by_id.get(here) or by_id.get(self.region) or next(iter(self.teams), None)

    def name_of(self, postcode: str) -> str:
        """The neighbourhood's name with its postcode, or the postcode alone."""
        name = next((area.name for area in self.areas if area.postcode == postcode), "")
        return f"{name} ({postcode})" if name else postcode


def word(voice: Voice, label: str, language: str) -> str:
    """One of the short words on buttons and cards."""
    labels = voice.content.labels[language]
    return labels.buttons.get(label) or labels.page[label]


def with_ask(voice: Voice, said: Outgoing) -> Outgoing:
    """With the way back from the person who reads along to the assistant."""
    menu = voice.button(Act.MENU, "", said.language)
    ask = replace(menu, label=word(voice, "ask_assistant", said.language), data=Press(Act.CASE, "ask").data)
    return replace(said, buttons=((ask,),))


def choice(voice: Voice, label: str, subject: str, language: str, part: str = "") -> Button:
    """A button of the case talk."""
    return Button(word(voice, label, language), Press(Act.CASE, subject, part).data)


def ask_area(voice: Voice, language: str) -> Outgoing:
    """Where do you live? It may be skipped."""
    return voice.phrase("utter_ask_case_area", language, here_skip_or_no(voice, language))


def here_skip_or_no(voice: Voice, language: str) -> list[tuple[Button, ...]]:
    """The buttons where an area is asked for: share where I am, skip, or send nothing."""
    here = Button(
        word(voice, "case_here", language),
        "",
        emoji="📍",
        pictogram="geo_location",
        style=ButtonStyle.LOCATION,
        hint=word(voice, "case_here_hint", language),
    )
    return [(here,), (choice(voice, "case_skip", "skip", language), choice(voice, "case_no", "no", language))]


def kept_without_area(voice: Voice, language: str) -> Outgoing:
    """More words are kept, and the area is asked for once more, in few words."""
    kept = voice.phrase("utter_case_kept_words", language, here_skip_or_no(voice, language))
    return replace(kept, text=f"{kept.text}\n\n{voice.phrase('utter_ask_case_area_again', language).text}")


def ask_safe(voice: Voice, language: str) -> Outgoing:
    """Is it safe to write here now? Without a picture: nothing on the screen tells what it is about."""
    row = (choice(voice, "safe_yes", "safe", language, "yes"), choice(voice, "safe_no", "safe", language, "no"))
    return unremarkable(voice.phrase("utter_case_safe_question", language, [row]))


def unremarkable(said: Outgoing) -> Outgoing:
    """The same words without a picture, and not to be forwarded or saved.

    Nor with a button to share a place: that would leave a map in a chat which somebody else may read.
    """
    rows = tuple(tuple(b for b in row if b.style is not ButtonStyle.LOCATION) for row in said.buttons)
    return replace(said, pictogram="", alt="", protect=True, buttons=tuple(row for row in rows if row))


def card(voice: Voice, draft: Draft, team: Team, places: Places, language: str) -> Outgoing:
    """Exactly what will be shared, and with whom; Send, Change, No."""
    said = voice.phrase("utter_ask_case_consent", language, team=team.name)
    before, blank, after = said.text.partition("\n\n")
    lines = "\n".join(f"• {name}: {value}" for name, value in card_lines(voice, draft, places, language))
    rows = [
        (choice(voice, "case_send", "send", language),),
        (choice(voice, "case_change", "change", language), choice(voice, "case_no", "no", language)),
    ]
    text = f"{before}\n\n{lines}{blank}{after}"
    if is_young(draft.words):
        text += "\n\n" + voice.phrase("utter_case_young", language).text
    shown = replace(said, text=text, buttons=tuple(rows))
    return unremarkable(shown) if draft.quiet else shown


def card_lines(voice: Voice, draft: Draft, places: Places, language: str) -> list[tuple[str, str]]:
    """(name, value) of everything that goes along with a case."""
    words = " / ".join(draft.words)
    shown = f"“{words}”" if len(words) <= SHOWN_WORDS else f"“{words[: SHOWN_WORDS - 1]}…”"
    if draft.quiet and words:
        shown = word(voice, "case_words_quiet", language)
    lines = [("case_about", voice.label(draft.topic, language))] if draft.topic and not draft.quiet else []
    lines += [("case_words", shown)] if words else []
    lines += [("case_files", str(len(draft.files)))] if draft.files else []
    lines += [("case_urgent", word(voice, "yes", language))] if draft.flag else []
    lines += [("case_area", places.name_of(draft.area) if draft.area else word(voice, "case_area_none", language))]
    lines += [("case_how", _how(voice, draft, places.team_of(draft.area), language))]
    lines += [("case_phone", draft.phone)] if draft.phone else []
    lines += [("case_when", draft.when or word(voice, "case_when_any", language))]
    lines += [("case_language", LANGUAGES[language].name)]
    return [(word(voice, name, language), isolated(value, language)) for name, value in lines]


def _how(voice: Voice, draft: Draft, team: Team | None, language: str) -> str:
    how = word(voice, f"case_how_{draft.how}", language)
    return f"{how} ({team.walk_in})" if draft.how is How.WALK_IN and team and team.walk_in else how


def ask_change(voice: Voice, language: str) -> Outgoing:
    """What should be different?"""
    buttons = [
        choice(voice, "case_chat", "how", language, How.CHAT),
        choice(voice, "case_call", "how", language, How.CALL),
        choice(voice, "case_walk_in", "how", language, How.WALK_IN),
        choice(voice, "case_when", "when", language),
        choice(voice, "case_area", "area", language),
        choice(voice, "case_words", "words", language),
    ]
    return voice.phrase("utter_ask_case_change", language, rows_of(buttons, 2))


def ask_more(voice: Voice, asking: str, language: str) -> Outgoing:
    """On which number ("phone"), or when ("when")? Both may be left."""
    if asking == "phone":
        return voice.phrase("utter_ask_case_phone", language, [in_chat(voice, language)])
    row = (choice(voice, "case_when_any", "when", language, "any"),)
    return voice.phrase("utter_ask_case_when", language, [row])


def in_chat(voice: Voice, language: str) -> tuple[Button, ...]:
    """The button for who gives no number after all."""
    return (choice(voice, "case_chat", "how", language, How.CHAT),)


def hours_line(voice: Voice, team: Team, now: datetime, language: str) -> str:
    """Who reads this, and when: honestly, from the team's hours. "Today" only if it is open for so long today."""
    zone = ZoneInfo(team.hours.zone)
    if is_open(team.hours, now):
        read = after_open_time(team.hours, now, timedelta(minutes=team.answer_minutes))
        if read.astimezone(zone).date() != now.astimezone(zone).date():
            return voice.phrase("utter_case_hours_later", language, team_phone=phone_of(voice, team, language)).text
        return voice.phrase("utter_case_hours_open", language, minutes=str(team.answer_minutes)).text
    opens = next_opening(team.hours, now)
    if opens is None:
        return voice.phrase("utter_case_hours_unknown", language, team_phone=phone_of(voice, team, language)).text
    when = f"{opens.astimezone(zone):%d-%m, %H:%M}"
    return voice.phrase("utter_case_hours_closed", language, when=when, team_phone=phone_of(voice, team, language)).text


def phone_of(voice: Voice, team: Team, language: str) -> str:
    """The team's telephone; the one in the facts when it has none of its own."""
    return team.phone or voice.content.facts["team_phone"].in_language(language)


def sent(voice: Voice, team: Team, now: datetime, language: str, *, quiet: bool) -> Outgoing:
    """It is sent; when it is read; and, unless nothing may come unasked, may we ask later whether it helped?"""
    line = hours_line(voice, team, now, language)
    said = voice.phrase("utter_case_sent", language, team=team.name, hours_line=line)
    if quiet:
        return unremarkable(said)
    row = (
        choice(voice, "follow_up_yes", "later", language, "yes"),
        choice(voice, "follow_up_no", "later", language, "no"),
    )
    question = voice.phrase("utter_case_follow_up_ask", language).text
    return replace(said, text=f"{said.text}\n\n{question}", buttons=(row,))


def ask_translate(voice: Voice, service: str, language: str) -> Outgoing:
    """May this service, named, translate?"""
    row = (
        choice(voice, "translate_yes", "translate", language, "yes"),
        choice(voice, "translate_no", "translate", language, "no"),
    )
    return voice.phrase("utter_case_translate_ask", language, [row], service=service)


def is_young(words: Iterable[str]) -> bool:
    """Does somebody say that they are under 16?"""
    return any(_YOUNG.search(western_digits(text)) for text in words)
