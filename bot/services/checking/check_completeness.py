"""What every language must have: the most asked topics, the talk around them, labels and terms."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from bot.core.content import PLACEHOLDER, Answer, Content
from bot.core.finding import BLOCK, Finding, about
from bot.core.language import LANGUAGES, SOURCE
from bot.core.plain_language import words as words_of

MOST_ASKED: Final = (
    "vaccination_why",
    "vaccine_safety",
    "vaccine_ingredients",
    "vaccine_side_effects",
    "vaccination_mandatory",
    "vaccination_schedule",
    "vaccination_where",
    "vaccination_costs",
    "vaccination_privacy",
    "vaccination_catch_up",
    "vaccination_pregnancy",
    "measles_mmr",
    "flu_jab",
    "covid_jab",
    "hpv",
    "child_fever",
    "gp_how",
    "gp_out_of_hours",
    "emergency_112",
    "interpreter",
    "health_insurance",
    "loneliness",
    "low_mood",
    "money_worries",
    "learn_dutch",
)
LONGEST_TOPIC_LABEL: Final = 32
LONGEST_SECTION_LABEL: Final = 24
FEWEST_WORDS_EXPLAINED: Final = 5
MOST_WORDS_EXPLAINED: Final = 25
NEW_WORDS_EXPLAINED: Final = 3


def check_keys(content: Content) -> Iterator[Finding]:
    """The 25 most asked topics, every meta key and every system key, in every language."""
    system = [key for key, language in content.answers if language == SOURCE and _is_talk(key, content)]
    wanted = dict.fromkeys([*(f"utter_{key}" for key in (*MOST_ASKED, *content.meta)), *system])
    for language in LANGUAGES:
        for key in wanted:
            if (key, language) not in content.answers:
                where = f"responses/{language}"
                yield Finding(where, key, language, "missing_answer", BLOCK, f"{key} is missing", "Write this text.")


def _is_talk(key: str, content: Content) -> bool:
    return key.removeprefix("utter_") not in content.topics


def check_placeholders(answer: Answer, content: Content) -> Iterator[Finding]:
    """The same facts as the Dutch text."""
    source = content.answers.get((answer.key, SOURCE))
    if source is None:
        return
    here, there = _placeholders(answer), _placeholders(source)
    for name in sorted(here ^ there):
        wrong = "is not in the Dutch text" if name in here else "is in the Dutch text and not here"
        yield about(answer, "placeholders", f"{{{name}}} {wrong}", "Use the same placeholders as the Dutch text.")


def _placeholders(answer: Answer) -> set[str]:
    return {
        name for text in (answer.text, answer.simple, *answer.sections.values()) for name in PLACEHOLDER.findall(text)
    }


def check_labels(content: Content) -> Iterator[Finding]:
    """A label for every topic, section and menu choice, short enough for a button."""
    used = dict.fromkeys(name for answer in content.answers.values() for name in answer.sections)
    for language in LANGUAGES:
        where = f"responses/labels/{language}.yml"
        labels = content.labels.get(language)
        if labels is None:
            yield Finding(where, "labels", language, "no_label", BLOCK, "there are no labels", "Write this file.")
            continue
        wanted = [("topics", key, labels.topics, LONGEST_TOPIC_LABEL) for key in content.topics]
        wanted += [("sections", key, labels.sections, LONGEST_SECTION_LABEL) for key in used]
        wanted += [("menu", group.key, labels.menu, LONGEST_SECTION_LABEL) for group in content.menu]
        for kind, key, words, most in wanted:
            label = words.get(key, "")
            if not label:
                told, advice = f"{kind} has no label for {key}", "Write a short label."
                yield Finding(where, f"{kind}.{key}", language, "no_label", BLOCK, told, advice)
            elif len(label) > most:
                told, advice = f"“{label}” has {len(label)} characters", f"Shorten it to {most} characters."
                yield Finding(where, f"{kind}.{key}", language, "long_label", BLOCK, told, advice)


def check_lists(content: Content) -> Iterator[Finding]:
    """A glossary and a list of words of pressure: without them two rules would not be held."""
    for language in LANGUAGES:
        for name, lists in (("glossary", content.glossary), ("pressure", content.pressure)):
            if language not in lists:
                where = f"responses/{name}/{language}.yml"
                yield Finding(where, name, language, "no_list", BLOCK, "this file is missing", "Write it.")


def check_glossary(content: Content) -> Iterator[Finding]:
    """An explanation explains: 5 to 25 words that say more than the term itself."""
    for language, terms in content.glossary.items():
        where = f"responses/glossary/{language}.yml"
        for term, told in terms.items():
            found = [word.lower() for word in words_of(told)]
            own = {word.lower() for word in words_of(term)}
            new = {word for word in found if word not in own and not any(word in part for part in own)}
            if len(found) < FEWEST_WORDS_EXPLAINED or len(new) < NEW_WORDS_EXPLAINED:
                wrong = f"“{told}” does not explain “{term}”"
                yield Finding(where, term, language, "empty_term", BLOCK, wrong, "Say what it is, in plain words.")
            if len(found) > MOST_WORDS_EXPLAINED:
                wrong = f"{len(found)} words for “{term}”"
                yield Finding(
                    where,
                    term,
                    language,
                    "long_term",
                    BLOCK,
                    wrong,
                    f"Shorten it to {MOST_WORDS_EXPLAINED} words.",
                )
