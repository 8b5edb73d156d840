"""A taught model is refused when it answers worse, misses danger, or was taught another topic's examples."""

from __future__ import annotations

from bot.core.taught import TAUGHT
from bot.services.content_ports import Near
from bot.services.evaluate import FlagQuestion, Heard, Outcome, Question, judged
from bot.services.teaching import compare as comparing
from bot.services.teaching.compare import TaughtExample, compare

TOPICS = {"flu_jab", "hpv"}


def outcome(answered: str, language: str = "nl", number: int = 0) -> Outcome:
    question = Question(f"vraag {number}", language, "flu_jab")
    return judged(question, Heard(answered, (), language, ""), TOPICS)


def made(right: int, wrong: int = 0, seen: int = 10, missed: int = 0, alarms: int = 0) -> comparing.Tested:
    answers = ["flu_jab"] * right + ["hpv"] * wrong
    flags = [(FlagQuestion("help", "nl", "suicide"), flag) for flag in ["suicide"] * seen + [""] * missed]
    calm = [(FlagQuestion("hoi", "nl", ""), flag) for flag in ["suicide"] * alarms + [""] * (10 - alarms)]
    return comparing.Tested([outcome(said, number=n) for n, said in enumerate(answers)], flags + calm)


def example(likeness: float, key: str = "bad", near: str = "flu_jab") -> TaughtExample:
    return TaughtExample("wat kost de griepprik nou", key, [Near("wat kost de griepprik", near, "nl", likeness)])


def test_the_same_answers_are_no_shift_and_nothing_refuses() -> None:
    found = compare(made(20), made(20), [])
    assert (found.shifts, found.refused) == ((), ())


def test_a_language_that_is_understood_less_is_named_with_its_figures_and_the_question_shown() -> None:
    found = compare(made(20), made(19, 1), [])
    (sentence,) = found.refused
    assert sentence.startswith("Questions in Dutch are answered rightly less often: 95.0%, and it was 100.0%.")
    (shift,) = found.shifts
    assert (shift.before, shift.after, shift.better) == ("flu_jab", "hpv", False)


def test_a_missed_danger_refuses_however_few() -> None:
    found = compare(made(20, seen=100), made(20, seen=99, missed=1), [])
    assert "Danger is seen less often" in found.refused[0]
    assert [(shift.file, shift.better) for shift in found.shifts] == [("red_flags", False)]


def test_more_false_alarms_refuse() -> None:
    found = compare(made(20), made(20, alarms=1), [])
    assert "where there is none" in found.refused[0]
    limit = next(figure for figure in found.figures if figure.name == "false_alarms")
    assert (limit.before, limit.floor) == (0.0, 0.01)


def test_a_topic_taught_with_anothers_examples_is_refused_and_both_are_named() -> None:
    found = compare(made(20), made(20), [example(0.9) for _ in range(12)])
    assert len(found.collisions) == 12
    assert found.refused[0].startswith("Examples of bad collide with flu_jab: 12 of 12")


def test_a_few_likenesses_are_shown_and_refuse_nothing() -> None:
    found = compare(made(20), made(20), [example(0.9), example(0.9)] + [example(0.2)] * 10)
    assert (len(found.collisions), found.refused) == (2, ())


def test_what_was_out_of_scope_may_become_a_topic() -> None:
    found = compare(made(20), made(20), [example(1.0, near="out_of_scope")] * 12)
    assert (found.collisions, found.refused) == ((), ())


def test_nothing_to_ask_is_nothing_to_refuse() -> None:
    assert compare(comparing.Tested([], []), comparing.Tested([], []), []).refused == ()


def test_what_editors_taught_and_is_answered_worse_is_shown_and_what_was_wrong_before_is_not() -> None:
    before = comparing.Tested([], [], [outcome("flu_jab"), outcome("hpv", number=1)])
    after = comparing.Tested([], [], [outcome(""), outcome("hpv", number=1)])
    [shift] = compare(before, after, []).shifts
    assert (shift.file, shift.text, shift.before, shift.better) == (TAUGHT, "vraag 0", "flu_jab", False)


def test_a_model_that_could_not_be_asked_counts_as_one_that_knew_everything() -> None:
    after = comparing.Tested([], [], [outcome("hpv"), outcome("flu_jab", number=1)])
    [shift] = compare(comparing.Tested([], []), after, []).shifts
    assert (shift.text, shift.before, shift.after) == ("vraag 0", "flu_jab", "hpv")
