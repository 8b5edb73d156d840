import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.triage import Flag, FlagPatterns, PatternError, Triage, Verdict, compile_phrase


def triage(*patterns: str, check_in: tuple[str, ...] = (), exceptions: tuple[str, ...] = ()) -> Triage:
    return Triage([FlagPatterns(Flag.SUICIDE, "nl", patterns, check_in, exceptions)])


SURE = Verdict(Flag.SUICIDE, sure=True, language="nl")
DOUBT = Verdict(Flag.SUICIDE, sure=False, language="nl")


@pytest.mark.parametrize(
    ("phrase", "text"),
    [
        ("wil dood", "Ik WIL, dóód!!"),
        ("wil dood", "ik wil d\u200bood"),
        ("wil dood", "ik wil doooood"),
        ("zelfmoord*", "zelfmoordgedachten"),
        ("*moord", "zelfmoord"),
        ("wil .. dood", "ik wil eigenlijk gewoon echt dood"),
        ("wil (dood|niet meer leven)", "ik wil niet meer leven"),
        ("wil (echt|) dood", "ik wil dood"),
        ("help", "heeeeeelp"),
    ],
)
def test_a_phrase_is_found_in_what_people_type(phrase: str, text: str) -> None:
    assert triage(phrase).assess(text) == SURE


@pytest.mark.parametrize(
    ("phrase", "text"),
    [
        ("dood", "doodmoe"),
        ("wil .. dood", "wil een twee drie vier vijf dood"),
        ("wil dood", "hij wil. of dood?x"),
    ],
)
def test_a_phrase_is_not_found_where_it_does_not_stand(phrase: str, text: str) -> None:
    assert triage(phrase).assess(text) is None


def test_an_innocent_phrase_covers_only_itself() -> None:
    watch = triage("dood", exceptions=("lach me dood",))
    assert watch.assess("ik lach me dood") is None
    assert watch.assess("ik lach me dood maar eigenlijk wil ik dood") == SURE


def test_a_cry_that_overlaps_an_innocent_phrase_is_still_heard() -> None:
    watch = triage("is dood", "dood .. wil .. dood", exceptions=("man is dood",))
    assert watch.assess("mijn man is dood") is None
    assert triage("(is|wil) .. dood", exceptions=("man is dood",)).assess("mijn man is dood en ik wil ook dood") == SURE


@pytest.mark.parametrize("but", ["but", "maar", "mar", "ama", "لكن", "ولكنه"])
def test_what_follows_a_but_is_no_longer_excused(but: str) -> None:
    watch = triage("hits me", exceptions=("therapy .. hits", "hits .. long ago"))
    assert watch.assess("he told his therapy he hits me") is None
    assert watch.assess(f"he was in therapy {but} hits me") == SURE
    assert watch.assess(f"he hits me {but} that was long ago") is None


def test_doubt_gives_a_check_in_and_certainty_wins() -> None:
    watch = triage("wil dood", check_in=("geen zin meer",))
    assert watch.assess("ik heb geen zin meer") == DOUBT
    assert watch.assess("geen zin meer ik wil dood") == SURE


def test_the_most_urgent_of_two_flags_is_raised() -> None:
    both = Triage(
        [
            FlagPatterns(Flag.POISONING, "nl", ("bleek gedronken",), (), ()),
            FlagPatterns(Flag.DANGER_TO_LIFE, "nl", ("ademt niet",), (), ()),
        ]
    )
    verdict = both.assess("ze heeft bleek gedronken en ademt niet")
    assert verdict is not None
    assert verdict.flag is Flag.DANGER_TO_LIFE


@pytest.mark.parametrize("phrase", ["", "(a", "a)", "a|b", "(a|)", "..", "?!"])
def test_a_phrase_that_cannot_be_read_or_matches_anything_is_refused(phrase: str) -> None:
    with pytest.raises(PatternError):
        compile_phrase(phrase)


@given(st.text(max_size=300))
def test_no_text_breaks_triage(text: str) -> None:
    assert triage("wil .. (dood|weg*)").assess(text) in {None, SURE}
