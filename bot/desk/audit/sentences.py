"""What every code of the logs means, as a sentence of the desk: {who} did it."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Final


class Group(StrEnum):
    """What a deed is about, as one may ask for it."""

    CASES = "cases"
    ACCOUNTS = "accounts"
    TEAMS = "teams"
    TEXTS = "texts"
    TEACHING = "teaching"


LABELS: Final[Mapping[Group, str]] = {
    Group.CASES: "Cases",
    Group.ACCOUNTS: "Log-ins and accounts",
    Group.TEAMS: "Teams and people",
    Group.TEXTS: "Texts",
    Group.TEACHING: "Questions and models",
}

SAID: Final[Mapping[Group, Mapping[str, str]]] = {
    Group.CASES: {
        "opened": "A resident asked for a person",
        "added": "The resident wrote more",
        "told": "{who} was told of a case",
        "passed": "{who} did not take a case",
        "claimed": "{who} took a case",
        "replied": "{who} wrote to a resident",
        "noted": "{who} wrote a note in a case",
        "phone": "{who} looked at a resident's telephone number",
        "handed_over": "{who} handed a case over",
        "released": "{who} put a case back in the queue",
        "returned": "A case went back in the queue",
        "closed": "{who} closed a case",
        "reopened": "A case was opened again",
        "withdrawn": "A resident took a case back",
        "blocked": "A resident blocked the assistant",
        "forgotten": "A resident had everything wiped",
        "escalated": "Nobody took a case: more people were told",
        "reminded": "{who} was reminded of a case",
        "follow_up": "A resident was asked whether it helped",
        "flag": "Danger was seen in a case",
        "topic_opened": "A case was shown in the team's Telegram group",
        "helped": "A resident says that it helped",
        "not_helped": "A resident says that it did not help",
        "translation_allowed": "A resident allowed translation",
        "translation_refused": "A resident refused translation",
    },
    Group.ACCOUNTS: {
        "logged in": "{who} logged in",
        "log-in refused": "A log-in as {who} was refused",
        "set up second factor": "{who} tied a telephone to the account, for the code",
        "accepted invitation": "{who} used a link to choose a password",
        "changed password": "{who} chose another password",
        "changed second factor": "{who} took another telephone for the code",
        "asked for Telegram code": "{who} asked for a code to link a Telegram",
        "unlinked Telegram": "{who} unlinked their Telegram",
        "chat_linked": "{who} linked their Telegram",
        "chat_unlinked": "The Telegram of {who} was unlinked",
        "set own language": "{who} chose the language of their screen",
        "set own on_duty": "{who} went on or off duty",
        "set own away_until": "{who} said when they are away",
    },
    Group.TEAMS: {
        "made team": "{who} made a team",
        "changed team": "{who} changed a team",
        "removed team": "{who} removed a team",
        "kept area": "{who} saved an area",
        "removed area": "{who} removed an area",
        "changed hours": "{who} changed opening hours",
        "changed holidays": "{who} changed closed days",
        "kept template": "{who} saved a template",
        "removed template": "{who} removed a template",
        "asked for group code": "{who} asked for a code to link a Telegram group",
        "group_linked": "{who} linked a Telegram group",
        "unlinked group": "{who} unlinked a Telegram group",
        "invited": "{who} invited a colleague",
        "gave new link": "{who} made a new link for a colleague",
        "changed worker": "{who} changed what is known of a colleague",
        "changed teams": "{who} changed the teams of a colleague",
        "set away_until": "{who} set until when a colleague is away",
        "set away_until and active": "{who} let a colleague in again who had left",
        "set active": "{who} noted that a colleague has left",
        "closed account": "{who} closed an account",
    },
    Group.TEXTS: {
        "draft begun": "{who} began a draft",
        "draft saved": "{who} saved a draft",
        "draft taken back": "{who} took a draft back from review",
        "draft sent to review": "{who} sent a draft to review",
        "draft given back": "{who} gave a draft back to its writer",
        "draft thrown away": "{who} threw a draft away",
        "draft by a machine": "{who} had a machine draft a translation",
        "machine's draft read": "{who} read every sentence of a machine's draft",
        "published": "{who} published a text",
        "rolled back": "{who} went back to an earlier version",
        "imported": "{who} published a text from a file",
        "imported as draft": "{who} made a draft from a file",
        "reading recorded": "{who} noted how a text was understood",
        "reading imported": "{who} took in from a file how a text was understood",
        "gave translator link": "{who} gave a translator a link",
        "took back translator link": "{who} took a translator's link back",
        "made a topic": "{who} made a topic",
    },
    Group.TEACHING: {
        "taught examples": "{who} gave examples of questions",
        "filed questions": "{who} filed questions under a topic",
        "discarded questions": "{who} threw questions away",
        "began a training": "{who} began a training",
        "training ended": "A training of {who} ended",
        "promoted a model": "{who} put a new model to work",
        "went back a model": "{who} went back to an earlier model",
        "replaced a model": "{who} took a model out of work",
        "left a model to editors": "{who} left it to editors whether a new model is put to work",
        "must wait for somebody else": "The new model of {who} waits for somebody else to look at it",
        "kept the model of the files": "{who} kept the project's own model to go back to",
    },
}
UNKNOWN: Final = "{who} did something else"
GROUP_OF: Final = {what: group for group, deeds in SAID.items() for what in deeds}
OF_EDITORS: Final = frozenset({*SAID[Group.TEXTS], *SAID[Group.TEACHING]})


def sentence_of(what: str) -> str:
    """The English sentence for a code; a general one for a code that only an older version wrote."""
    return SAID[GROUP_OF[what]][what] if what in GROUP_OF else UNKNOWN
