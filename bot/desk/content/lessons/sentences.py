"""What the use cases of teaching say when something cannot be done, in the language of the screen.

They say it in English with names and texts filled in. Here are the same sentences with {places}, each with its Dutch.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from bot.core.errors import BuurtvraagError, NotPublishable
from bot.desk.content.known_sentence import places_in
from bot.desk.words import words

SENTENCES: Final = (
    "A key has 3 to 40 small letters and underscores, such as “flu_jab”.",
    "There is something called “{key}” already. Choose another key.",
    "Give the topic a Dutch name of at most {number} characters.",
    "The topic “{label}” is there already ({key}). Add your examples to that one.",
    "There is no such topic. Choose one of the list, or make a new one.",
    "The assistant does not speak this language: {languages}.",
    "These are {number} examples. Add at most {most} at once.",
    "This is longer than {number} characters. Make it shorter: “{text}…”.",
    "This tells of danger: “{text}”. Dangers are seen by their own phrases, not by topics.",
    "This is an example of “{name}” ({key}) already: “{text}”.",
    "These questions are no longer in the list. Somebody dealt with them, or they are too old.",
    "Only editors and reviewers can teach the assistant. Ask a coordinator for that role.",
    "The program stopped while the model was trained. Train again.",
    "The training ended with an unexpected error. Train again; if it stays so, ask who keeps the program.",
    "A model is being trained already. Wait until it is ready.",
    "This model is still being trained.",
    "This model may not be promoted.",
    "This model is live already.",
    "There is no model before this one: it is the model of the files.",
    "There is no such model. Load the page again.",
    "The program changed since this model was trained. Train again.",
    "The file of this model is gone. Train again.",
    "The file of this model is damaged. Train again.",
    "You began the training of this model, so somebody else must let it answer. Ask an editor or reviewer.",
    (
        "Some questions that editors taught are answered worse than before the update. Look at them: you may let this "
        "model answer, or teach more examples and train again."
    ),
    (
        "Nothing is left of a question once names, numbers and addresses are taken out. Write it in other words, or "
        "untick it."
    ),
    "These use it: {names}. Change them first.",
    "Learning the examples",
    "Asking the test questions",
    "Asking the model that answers now",
    "Danger is seen where there is none more often: {now}, and it was {was}.",
    "Danger is seen less often: {now}, and it was {was}. At least {floor} is needed.",
    "Questions in {language} are answered rightly less often: {now}, and it was {was}. At least {floor} is needed.",
    (
        "Examples of {key} collide with {named}: {count} of {all} mean nearly the same, such as “{text}” and “{other}”."
        " Take them out, or teach them to {again}."
    ),
    "There is no model of the project's files to build on. Run `buurtvraag train`.",
    "Training took longer than {number} minutes.",
    "Training ended without a comparison: try again.",
)


def reasons(error: BuurtvraagError) -> tuple[str, ...]:
    """Why something could not be done, in English sentences of the desk."""
    return error.reasons if isinstance(error, NotPublishable) else (str(error),)


def teller(language: str, named: Callable[[str], str] = str) -> Callable[[str], str]:
    """Says one of SENTENCES, its places filled in, in a language; any other sentence as the desk's words have it.

    `named` tells a topic of which the sentence has no more than the key.
    """
    say = words(language)

    def told(sentence: str) -> str:
        for known in SENTENCES:
            if (found := places_in(sentence, known)) is not None:
                places = _in_words(found, named)
                return say(known, **places | {name: say(places[name]) for name in places.keys() & {"language"}})
        return say(sentence)

    return told


def _in_words(places: dict[str, str], named: Callable[[str], str]) -> dict[str, str]:
    """The places with names for the keys of topics, in the sentence that has keys alone."""
    if "again" not in places:
        return places
    keys = {place: " / ".join(map(named, places[place].split(" and "))) for place in ("key", "named", "again")}
    return places | keys
