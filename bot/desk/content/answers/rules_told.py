"""The rules of `content check` in the words of the desk."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from bot.core.finding import Finding


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule: its name, what it says of one place ({number}, {name} and {quote} filled in), and what to do.

    `other` is said instead where the finding's own words hold `when`.
    """

    name: str
    says: str
    advice: str
    when: str = ""
    other: str = ""

    def title(self, finding: Finding) -> str:
        """What to say of this finding."""
        return self.other if self.when and self.when in finding.text else self.says


TOLD: Final = {
    "long_sentence": Rule(
        "Long sentence",
        "This sentence has {number} words.",
        "Make two sentences of it, of at most 15 words each.",
    ),
    "average_sentence": Rule(
        "Sentences too long on average",
        "The sentences have {number} words on average.",
        "Shorten them to 10 words on average.",
    ),
    "too_long": Rule(
        "Text too long",
        "This is too long: {number} words or characters.",
        "Leave out what matters least, or move it to a section.",
    ),
    "exclamation": Rule("Exclamation mark", "There is an exclamation mark.", "End the sentence with a full stop."),
    "pressure": Rule(
        "Words of pressure",
        "“{quote}” presses, blames, frightens or flatters.",
        "Say it without pressure: what there is, and that the choice is free.",
    ),
    "hard_word": Rule(
        "Hard word",
        "“{quote}” is a hard word.",
        "Use a more common word, or explain it in the list of words.",
    ),
    "abbreviation": Rule(
        "Abbreviation",
        "“{quote}” is an abbreviation without its meaning.",
        "Write it out, explain it in brackets, or explain it in the list of words.",
    ),
    "placeholders": Rule(
        "Facts not as in the Dutch text",
        "{name} is not in the Dutch text.",
        "Use the same facts as the Dutch text.",
        when="is in the Dutch text and not here",
        other="{name} is in the Dutch text and not here.",
    ),
    "unknown_fact": Rule(
        "Unknown fact",
        "There is no fact with the name {name}.",
        "Choose one from the list of facts, or add it under Facts first.",
    ),
    "no_text": Rule("No text", "There is no text.", "Write the short answer: the most important thing first."),
    "unknown_topic": Rule("Unknown topic", "There is no such topic yet.", "Publish the topic first."),
    "no_label": Rule(
        "A section without a name",
        "This section has no name in this language.",
        "Write under Words what its button says.",
    ),
    "no_simple": Rule("No simple text", "There is no simple text.", "Say the same in at most 25 words."),
    "no_balance": Rule(
        "A section is missing",
        "This section must be there and is empty.",
        "A text on a vaccination tells both sides, what is not known, and that the choice is free.",
    ),
    "one_sided": Rule(
        "One-sided",
        "The side effects are told much shorter than the benefits.",
        "Tell at least half as much about side effects as about benefits.",
    ),
    "no_pictogram": Rule("No picture", "There is no such picture.", "Choose a picture from the list."),
    "no_alt_text": Rule(
        "Picture without words",
        "The picture has no words in this language, for who cannot see it.",
        "Write under Words what it shows.",
    ),
    "no_source": Rule("No source", "There is no source.", "Name a public body, its page and the day you looked."),
    "poor_source": Rule(
        "Source not complete",
        "A source lacks a name, an https address or a date.",
        "Fill in all three; the address begins with https://.",
    ),
    "review_status": Rule("Review", "The review cannot be right.", "Publish the text again."),
    "review_by_nobody": Rule(
        "Review", "It counts as reviewed, but not by whom or when.", "Have it read by somebody who knows the field."
    ),
    "stale": Rule(
        "Older than the Dutch text",
        "The Dutch text changed since this was translated.",
        "Compare it with the Dutch text, and publish it again.",
    ),
    "too_many_next": Rule("Too many next topics", "There are more than three next topics.", "Keep three."),
    "unknown_next": Rule("Unknown topic", "A next topic does not exist.", "Choose another one."),
    "unknown_effect": Rule("Unknown effect", "“{quote}” does not exist here.", "Take the tick away."),
    "too_large": Rule("Far too long", "This is too long to be kept.", "Shorten it."),
    "no_person": Rule("No person offered", "This is a worry, and no person is offered.", "Tick “Offer a person”."),
}
