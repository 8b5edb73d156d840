"""The pictogram of a button that brings none: people who read with difficulty go by the pictures."""

from __future__ import annotations

from typing import Final

from bot.core.answer import SIMPLE
from bot.core.message import Button, ButtonStyle
from bot.core.press import Act, read_press

CALL: Final = "phone"
_ACTS: Final = {Act.MENU: "ui_menu_grid", Act.OTHER: "question"}
_SUBJECTS: Final = {
    (Act.META, "talk_to_person"): "people",
    (Act.META, "your_privacy"): "ui_secure",
    (Act.META, "change_language"): "globe",
    (Act.META, "forget_me"): "ui_folder",
    (Act.META, "help"): "info",
    (Act.FORGET, "yes"): "ok",
    (Act.FORGET, "no"): "stop",
    (Act.LANGUAGE, ""): "globe",
}
_PARTS: Final = {
    SIMPLE: "health_literacy",
    "benefits": "happy",
    "side_effects": "thermometer",
    "unknown": "question_circle",
    "choice": "justice",
    "how": "i_exam_multiple_choice",
    "who": "people",
    "when": "calendar",
    "costs": "coins",
    "help": "contact_support",
    "facts": "info",
}


def sign_of(button: Button) -> str:
    """The id of the picture on a button, or "" for none."""
    if button.pictogram:
        return button.pictogram
    if button.style is ButtonStyle.CALL:
        return CALL
    press = read_press(button.data)
    if press is None:
        return ""
    if press.part:
        return _PARTS.get(press.part, "")
    return _SUBJECTS.get((press.act, press.subject)) or _ACTS.get(press.act, "")


def language_on(button: Button) -> str:
    """The code of the language whose name the button carries, or ""."""
    press = read_press(button.data)
    return press.subject if press is not None and press.act is Act.LANGUAGE else ""
