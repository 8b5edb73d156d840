"""Everything said that is no topic's answer and needs buttons of its own: menus, choices, welcome, danger."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from bot.core.answer import Voice, rows_of
from bot.core.language import LANGUAGES
from bot.core.message import Button, Outgoing
from bot.core.press import Act, Press
from bot.core.triage import Verdict

TELEGRAM: Final = "telegram"


@dataclass(frozen=True, slots=True)
class Host:
    """The person from the neighbourhood behind the assistant, as the settings name them; "" for nobody."""

    name: str = ""
    role: str = ""
    organisation: str = ""


def choose_language(voice: Voice, language: str, *, first: bool = False) -> Outgoing:
    """The languages, each in its own script. The first time there are no other words at all."""
    buttons = [Button(item.name, Press(Act.LANGUAGE, item.code).data) for item in LANGUAGES.values()]
    names = " · ".join(item.name for item in LANGUAGES.values())
    if first:
        return Outgoing(names, language, key="utter_choose_language", buttons=tuple(rows_of(buttons, 2)))
    return voice.phrase("utter_change_language", language, rows_of(buttons, 2))


def menu(voice: Voice, language: str, key: str = "utter_menu") -> Outgoing:
    """A phrase with the six choices of the menu; "utter_menu" itself shows all six pictograms."""
    said = voice.phrase(key, language, menu_rows(voice, language))
    groups = voice.content.menu
    if key != "utter_menu":
        return said
    alt = ", ".join(voice.content.labels[language].menu[group.key] for group in groups)
    pictures = "+".join(group.pictogram for group in groups)
    return Outgoing(said.text, said.language, key, pictures, alt, said.buttons)


def menu_rows(voice: Voice, language: str) -> list[tuple[Button, ...]]:
    """The six choices, two in a row."""
    words = voice.content.labels[language].menu
    return rows_of(
        [
            Button(
                words[group.key],
                (Press(Act.META, group.meta) if group.meta else Press(Act.MENU, group.key)).data,
                group.emoji,
                group.pictogram,
            )
            for group in voice.content.menu
        ],
        2,
    )


def menu_group(voice: Voice, group_key: str, language: str) -> Outgoing | None:
    """The topics behind one choice of the menu, or None when there is no such choice."""
    for group in voice.content.menu:
        if group.key == group_key:
            topics = voice.content.topics
            new = [key for key in voice.content.new_topics if topics[key].group == group.key]
            rows = [(voice.button(Act.TOPIC, topic, language),) for topic in (*group.topics, *new)]
            said = voice.phrase("utter_menu_topics", language, [*rows, (voice.button(Act.MENU, "", language),)])
            return Outgoing(
                said.text,
                said.language,
                said.key,
                group.pictogram,
                voice.alt(group.pictogram, language),
                said.buttons,
            )
    return None


def offer(voice: Voice, key: str, topics: tuple[str, ...], language: str) -> Outgoing:
    """Says "Do you mean …?", or the offer of a person after two failures, with up to three topics."""
    meta = set(voice.content.meta)
    rows: list[tuple[Button, ...]] = [
        (voice.button(Act.META if topic in meta else Act.TOPIC, topic, language),) for topic in topics
    ]
    if key == "utter_did_you_mean":
        return voice.phrase(key, language, [*rows, (voice.button(Act.OTHER, "", language),)])
    if key == "utter_not_understood_person":
        return voice.phrase(
            key,
            language,
            [
                (voice.button(Act.META, "talk_to_person", language),),
                *rows,
                (voice.call("team_phone", language), voice.button(Act.MENU, "", language)),
            ],
        )
    return menu(voice, language, key)


def welcome(voice: Voice, host: Host, channel: str, language: str) -> Outgoing:
    """Who answers here, and what is kept: one sentence each."""
    key = "utter_welcome_person" if host.name else "utter_welcome_no_person"
    who = voice.phrase(key, language, person_name=host.name, person_role=host.role, organisation=host.organisation)
    privacy = [voice.phrase("utter_welcome_privacy", language).text]
    if channel == TELEGRAM:
        privacy.append(voice.phrase("utter_welcome_privacy_telegram", language).text)
    buttons = ((voice.button(Act.LANGUAGE, "", language), voice.button(Act.META, "your_privacy", language)),)
    return Outgoing("\n\n".join([who.text, " ".join(privacy)]), who.language, key, who.pictogram, who.alt, buttons)


def danger(voice: Voice, verdict: Verdict, language: str) -> Outgoing:
    """What is said for a red flag, with its numbers to call."""
    texts = voice.content.flags[verdict.flag, language]
    calls = [voice.call(fact, language) for fact in texts.numbers]
    rows = [(call,) for call in calls]
    words = voice.content.labels[language].buttons["person"]
    person = (Button(words, Press(Act.CASE, "start").data, emoji="🧑‍🤝‍🧑"),)
    return Outgoing(
        text=voice.content.filled(texts.text if verdict.sure else texts.question, language),
        language=language,
        key=f"flag_{verdict.flag}" + ("" if verdict.sure else "_question"),
        pictogram=texts.pictogram,
        alt=voice.alt(texts.pictogram, language),
        buttons=(*rows, person),
        notes=() if texts.reviewed else (voice.note_unreviewed(language),),
        urgent=True,
    )


def foreign_card(voice: Voice, code: str, language: str) -> Outgoing | None:
    """Emergency numbers and the languages there are, in a language that is not ours; None if there is no card."""
    text = voice.content.cards.get(code)
    if text is None:
        return None
    choice = choose_language(voice, language, first=True)
    return Outgoing(voice.content.filled(text, language), code, "card", buttons=choice.buttons, urgent=True)
