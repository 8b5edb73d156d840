from bot.core.language import LanguagePrior, decide_language


def test_a_new_resident_is_answered_in_the_language_they_type() -> None:
    assert decide_language({"nl": 0.1, "fy": 0.8, "en": 0.1}, 5, LanguagePrior()) == "fy"


def test_one_word_never_switches_the_language() -> None:
    assert decide_language({"nl": 0.99, "ar": 0.01}, 1, LanguagePrior(chosen="ar")) == "ar"
    assert decide_language({"nl": 0.99}, 1, LanguagePrior(spoken="tr")) == "tr"


def test_a_clear_sentence_in_another_language_does() -> None:
    assert decide_language({"nl": 0.999, "ar": 0.0001}, 6, LanguagePrior(chosen="ar")) == "nl"


def test_a_doubtful_one_does_not() -> None:
    assert decide_language({"nl": 0.6, "fy": 0.4}, 4, LanguagePrior(spoken="fy")) == "fy"


def test_the_phones_language_tips_a_balance() -> None:
    assert decide_language({"tr": 0.5, "en": 0.4}, 1, LanguagePrior(hint="en")) == "en"


def test_what_could_be_dutch_or_frisian_is_dutch_until_more_is_known() -> None:
    assert decide_language({"nl": 0.4, "fy": 0.6}, 4, LanguagePrior()) == "nl"
    assert decide_language({"nl": 0.4, "fy": 0.6}, 4, LanguagePrior(spoken="fy")) == "fy"


def test_nothing_known_is_dutch() -> None:
    assert decide_language({}, 0, LanguagePrior()) == "nl"
    assert decide_language({}, 0, LanguagePrior(hint="pl")) == "nl"
