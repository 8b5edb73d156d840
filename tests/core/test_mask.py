from __future__ import annotations

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.core.mask import Masked, mask


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        pytest.param("Bel 06 12345678 maar", "Bel XQ1X maar", id="a mobile number"),
        pytest.param("Bel +31 (0)58 - 212 34 56!", "Bel XQ1X!", id="a number with the country"),
        pytest.param("رقمي ٠٦١٢٣٤٥٦٧٨", "رقمي XQ1X", id="a number in Arabic digits"),
        pytest.param("mail a.b@wijk.example.", "mail XQ1X.", id="an e-mail address"),
        pytest.param("zie https://wijk.example/x?a=1.", "zie XQ1X.", id="a web address"),
        pytest.param("www.wijk.example of t.me/samira", "XQ1X of XQ2X", id="a web address without its scheme"),
        pytest.param("app @samira_b", "app XQ1X", id="a name on Telegram"),
        pytest.param("in 8911 AB en 8921ab", "in XQ1X en XQ2X", id="a postcode with its letters"),
        pytest.param("Kerkstraat 12a, daar", "XQ1X, daar", id="a street and a number"),
        pytest.param("op Prins van der Hendrikstraat 3-5", "op XQ1X", id="a street of several words"),
        pytest.param("op de kerkstrjitte 12", "op de XQ1X", id="a street in Frisian"),
        pytest.param("Nieuwe Weg 3", "XQ1X", id="a street in two words"),
        pytest.param("أسكن في شارع كيرك ١٢", "أسكن في XQ1X", id="a street in Arabic"),
        pytest.param("Kerkstraat 112 8911 AB", "XQ1X XQ2X", id="a whole address"),
        pytest.param("IBAN NL91 ABNA 0417 1643 00 dank", "IBAN XQ1X dank", id="a bank account"),
        pytest.param("bsn 123456782 of 1234.56.782", "bsn XQ1X of XQ2X", id="a citizen's number"),
        pytest.param("geboren 12-03-1985", "geboren XQ1X", id="a date of birth"),
        pytest.param("dossier 12345", "dossier XQ1X", id="a number of five digits"),
        pytest.param("Samira belt, SAMIRA's zus ook", "XQ1X belt, XQ2X's zus ook", id="a first name, in any letters"),
        pytest.param("Samirastraat is er niet", "Samirastraat is er niet", id="not as part of a word"),
        pytest.param("Jo zei jo", "XQ1X zei jo", id="a very short name only as it is written"),
        pytest.param(
            "De prik kost niets in 2024 en is 2 keer.", "De prik kost niets in 2024 en is 2 keer.", id="words"
        ),
        pytest.param("Bel 112 of 113", "Bel 112 of 113", id="not the numbers for danger"),
    ],
)
def test_what_tells_who_or_where_is_masked(text: str, masked: str) -> None:
    hidden = mask(text, ["Samira", "Jo", " ", ""])
    assert hidden.text == masked
    assert hidden.restore(hidden.text) == text


def test_the_longest_of_two_names_is_masked() -> None:
    assert mask("Anna Maria komt", ["Anna", "Anna Maria"]).parts == ("Anna Maria",)


@pytest.mark.parametrize(
    ("translated", "restored"),
    [
        pytest.param("Call XQ1X or XQ2X", "Call 0612345678 or a@b.nl", id="kept"),
        pytest.param("XQ2X or XQ1X", "a@b.nl or 0612345678", id="in another order"),
        pytest.param("Call xq1x or Xq 2 X", "Call 0612345678 or a@b.nl", id="in small letters and with blanks"),
        pytest.param("Звони хq1х, XQ2X", "Звони 0612345678, a@b.nl", id="with Russian letters"),
        pytest.param("اتصل XQ١X أو XQ٢X", "اتصل 0612345678 أو a@b.nl", id="with Arabic digits"),
        pytest.param("Call XQ1X, XQ1X or XQ2X", "Call 0612345678, 0612345678 or a@b.nl", id="said twice"),
        pytest.param("Call or XQ2X", "Call or a@b.nl [0612345678]", id="a lost one stands at the end"),
        pytest.param("Call", "Call [0612345678] [a@b.nl]", id="all that are lost do"),
        pytest.param("XQ1X XQ2X XQ7X", "0612345678 a@b.nl XQ7X", id="one that never was is left as it is"),
    ],
)
def test_what_was_masked_is_put_back(translated: str, restored: str) -> None:
    assert mask("Bel 0612345678 of a@b.nl").restore(translated) == restored


def test_a_text_with_nothing_to_mask_stays_as_it_is() -> None:
    assert mask("Ik maak me zorgen.") == Masked("Ik maak me zorgen.")


PIECES = (
    *("06 12345678", "+31612345678", "a@b.nl", "https://x.nl/y", "8911 AB", "Kerkstraat 12a", "NL91ABNA0417164300"),
    *("Samira", "samira", "XQ1X", "xq", "x q 1", "X", "Q", "1", "12 345", " ", "\n", ", ", "-", "(", "word", "х"),
)
typed = st.text(st.sampled_from("xXqQх0123456789 .-()@ab\n٠١"))
texts = st.text() | typed | st.lists(st.sampled_from(PIECES), max_size=12).map("".join)


@given(texts)
@example("XQ1" + "XQ1X")
@example("xq 0612345678x")
@example("XQ1Xq1x0612345678")
def test_masking_and_putting_back_changes_nothing(text: str) -> None:
    hidden = mask(text, ["Samira"])
    assert hidden.restore(hidden.text) == text


@given(texts)
def test_no_long_number_is_left_in_a_masked_text(text: str) -> None:
    left = mask(text, ["Samira"]).text
    assert not re.search(r"\d{5,}|\d(?:[ .()-]{0,3}\d){6,}", left)


@given(
    st.lists(st.sampled_from(["ik", "bel", "Kerkstraat", "xq", "of", "maar", "2 keer", "is"]), max_size=6),
    st.from_regex(r"(?:06|\+316|058)[ -]?[1-9]\d{2}[ -]?\d{2}[ -]?\d{3}", fullmatch=True),
    st.lists(st.sampled_from(["graag", "a.u.b.", "xq1x", "op maandag"]), max_size=4),
)
def test_a_telephone_number_never_leaves_the_house(before: list[str], number: str, after: list[str]) -> None:
    text = " ".join([*before, number, *after])
    hidden = mask(text)
    assert number not in hidden.text
    assert number[-3:] not in hidden.text
    assert hidden.restore(hidden.text) == text
