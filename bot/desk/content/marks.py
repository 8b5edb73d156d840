"""The marks of a text on the overview: a sign and words for each, the worst first."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from bot.core.overview import Mark
from bot.desk.words import Words

# The worst comes first: it gives a cell its look.
SIGNS: Final[Mapping[Mark, str]] = {
    Mark.WITHDRAWN: "✕",
    Mark.MISSING: "—",
    Mark.STALE: "↻",
    Mark.REVIEW_DUE: "◔",
    Mark.IN_REVIEW: "»",
    Mark.DRAFT: "✎",
    Mark.UNREVIEWED: "○",
    Mark.UNTESTED: "◇",
    Mark.PUBLISHED: "✓",
}


def mark_words(t: Words) -> Mapping[Mark, str]:
    """The marks in words."""
    return {
        Mark.WITHDRAWN: t("withdrawn"),
        Mark.MISSING: t("missing"),
        Mark.STALE: t("behind the Dutch text"),
        Mark.REVIEW_DUE: t("review due"),
        Mark.IN_REVIEW: t("in review"),
        Mark.DRAFT: t("draft"),
        Mark.UNREVIEWED: t("unreviewed"),
        Mark.UNTESTED: t("never read with people"),
        Mark.PUBLISHED: t("published"),
    }


def mark_meanings(t: Words) -> Mapping[Mark, str]:
    """What each mark means to residents or asks of an editor, in a sentence."""
    return {
        Mark.WITHDRAWN: t("The translation is not said any more. Compare it with the Dutch text and publish it again."),
        Mark.MISSING: t("There is no text yet. Residents get the Dutch one, or hear that there is none."),
        Mark.STALE: t("The Dutch text changed. The translation is said with a line that it is being renewed."),
        Mark.REVIEW_DUE: t("It is time that somebody who knows the field looks at it again."),
        Mark.IN_REVIEW: t("Somebody asks for a look."),
        Mark.DRAFT: t("Somebody is writing. Residents do not see it yet."),
        Mark.UNREVIEWED: t("Nobody who knows the field has read it."),
        Mark.UNTESTED: t("It was never read aloud with somebody it is for."),
        Mark.PUBLISHED: t("It is said."),
    }
