from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.postcode import area_named, kilometres, nearest, read_postcode
from bot.core.team import Area

LEEUWARDEN = (53.2012, 5.7999)


@pytest.mark.parametrize(
    ("text", "postcode"),
    [
        ("8911", "8911"),
        ("8911 AB", "8911"),
        ("8911ab", "8911"),
        (" 8911. ", "8911"),
        ("postcode is 8911ab", "8911"),
        ("ik woon in 8911", "8911"),
        ("8911 is mijn postcode", "8911"),
        ("8911 ik woon daar met mijn zoon", "8911"),
        ("NL-8911 AB", "8911"),
        ("Kerkstraat 12, 8911 AB Leeuwarden", "8911"),
        ("Kerkstraat 12 8911 Leeuwarden", "8911"),
        ("Kerkstraat 112 8911 AB", "8911"),
        ("٨٩١١", "8911"),
        ("رمزي البريدي ٨٩١١", "8911"),
        ("posta kodum 8911", "8911"),
        ("myn postkoade is 8911", "8911"),
        ("我住在8911", "8911"),
        ("８９１１", "8911"),
        ("8911\u200e AB", "8911"),
        ("ik woon hier sinds 1999 in 8921", "8921"),
        ("vorig jaar van 8911 naar 8923 HB", "8923"),
        ("8911 of 8923", "8911"),
        ("1012 KM", "1012"),
        ("8911 ml", "8911"),
    ],
)
def test_a_dutch_postcode_is_found(text: str, postcode: str) -> None:
    assert read_postcode(text) == postcode


@pytest.mark.parametrize(
    ("text", "postcode"),
    [
        pytest.param("2024", "2024", id="as the whole message"),
        pytest.param("2024 ab", "2024", id="with its letters alone"),
        pytest.param("ik woon in 2024 AB", "2024", id="with its letters in capitals"),
        pytest.param("mijn postcode is 2024", "2024", id="after the word postcode"),
        pytest.param("in 2024", None, id="not after another word"),
        pytest.param("in 2024 ga ik verhuizen", None, id="nor before a word of two letters"),
        pytest.param("ik ben van 1985", None, id="nor as a year of birth"),
        pytest.param("2024'te geldim", None, id="nor with a Turkish ending"),
        pytest.param("1990年", None, id="nor in Chinese"),
    ],
)
def test_a_year_is_a_postcode_only_when_it_is_said_so(text: str, postcode: str | None) -> None:
    assert read_postcode(text) == postcode


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="nothing"),
        pytest.param("ik weet het niet", id="words"),
        pytest.param("891", id="three digits"),
        pytest.param("89111", id="five digits"),
        pytest.param("10115 Berlin", id="German"),
        pytest.param("B-1000", id="Belgian"),
        pytest.param("BE 1000", id="Belgian with a blank"),
        pytest.param("1000 Brussel", id="Brussels"),
        pytest.param("CH-8000", id="Swiss"),
        pytest.param("0123", id="none starts with a nought"),
        pytest.param("06 1234 5678", id="a mobile number"),
        pytest.param("058-2123 456", id="a number in Leeuwarden"),
        pytest.param("+31 6 1234 5678", id="a number with the country"),
        pytest.param("٠٦ ١٢٣٤ ٥٦٧٨", id="a number in Arabic digits"),
        pytest.param("bel 0612 3456 78", id="a number in other groups"),
        pytest.param("€ 1500", id="euros"),
        pytest.param("1500 euro", id="euros in words"),
        pytest.param("1500,50", id="euros and cents"),
        pytest.param("1.500", id="with a point"),
        pytest.param("12-03-1985", id="a date"),
        pytest.param("2000 IE vitamine D", id="a dose"),
        pytest.param("1000 mg", id="a weight"),
        pytest.param("1000mg paracetamol", id="a weight without a blank"),
        pytest.param("5000 stappen", id="steps"),
        pytest.param("1430 uur", id="a time"),
        pytest.param("#1234", id="a case"),
        pytest.param("x8911", id="part of a word"),
        pytest.param("8911xyz", id="three letters"),
    ],
)
def test_what_is_no_dutch_postcode_is_left_alone(text: str) -> None:
    assert read_postcode(text) is None


@given(st.text(st.sampled_from("12890 AaBbéو٨.,-+€/()#\n\u200e年"), max_size=40))
def test_whatever_is_typed_gives_four_digits_or_nothing(text: str) -> None:
    found = read_postcode(text)
    assert found is None or (found.isascii() and found.isdigit() and 1000 <= int(found) <= 9999)


@given(st.integers(1000, 9999))
def test_every_four_digits_alone_are_a_postcode(number: int) -> None:
    assert read_postcode(f"{number}") == read_postcode(f"{number} XZ") == f"{number}"


CENTRE = Area("8911", "Binnenstad", "oost", 53.2012, 5.7999)
BILGAARD = Area("8918", "Bilgaard", "west", 53.2190, 5.7860)
DRACHTEN = Area("9203", "Drachten", "oost", 53.1120, 6.0989)
NO_PLACE = Area("8999", "Nergens", "oost")
AREAS = (DRACHTEN, NO_PLACE, BILGAARD, CENTRE)


@pytest.mark.parametrize(
    ("place", "area"),
    [
        pytest.param((53.2020, 5.8000), CENTRE, id="in the middle of town"),
        pytest.param((53.2250, 5.7800), BILGAARD, id="in the north of town"),
        pytest.param((53.1000, 6.0500), DRACHTEN, id="in the next town"),
        pytest.param((53.2012, 5.5500), None, id="more than 15 km from anywhere"),
        pytest.param((33.5138, 36.2765), None, id="in Damascus"),
        pytest.param((float("nan"), 5.8), None, id="nowhere on earth"),
    ],
)
def test_a_shared_place_belongs_to_the_nearest_area(place: tuple[float, float], area: Area | None) -> None:
    assert nearest(place, AREAS) == area


def test_without_areas_on_the_map_no_place_is_in_one() -> None:
    assert nearest(LEEUWARDEN, [NO_PLACE]) is None


def test_areas_with_the_same_middle_go_by_postcode() -> None:
    twin = Area("8900", "Station", "west", CENTRE.latitude, CENTRE.longitude)
    assert nearest(LEEUWARDEN, [CENTRE, twin]) == twin


def test_from_leeuwarden_to_amsterdam_it_is_about_110_kilometres() -> None:
    assert kilometres(LEEUWARDEN, (52.3731, 4.8926)) == pytest.approx(110.6, abs=0.5)


@given(st.tuples(st.floats(-90, 90), st.floats(-180, 180)))
def test_the_other_side_of_the_earth_is_20015_kilometres_away(place: tuple[float, float]) -> None:
    opposite = (-place[0], place[1] - 180)
    assert kilometres(place, opposite) == pytest.approx(20015.1, abs=0.1)


OOST = Area("8912", "Oost", "oost")
OUD_OOST = Area("8921", "Oud-Oost", "oost")
HEECHTERP = Area("8924", "Heechterp", "oost")
NAMELESS = Area("8900", "  ", "oost")
NEIGHBOURHOODS = (NAMELESS, OOST, OUD_OOST, HEECHTERP, Area("8925", "Heechterp", "oost"))


@pytest.mark.parametrize(
    ("text", "area"),
    [
        pytest.param("ik woon in heechterp!", HEECHTERP, id="in small letters, the lowest postcode of two"),
        pytest.param("OUD OOST", OUD_OOST, id="the longest name, with or without a dash"),
        pytest.param("oost", OOST, id="the shorter name alone"),
        pytest.param("Oostenrijk", None, id="not as part of a word"),
        pytest.param("我住在Heechterp", HEECHTERP, id="without a blank before it in Chinese"),
        pytest.param("أسكن في Heechterp", HEECHTERP, id="between Arabic words"),
        pytest.param("ergens anders", None, id="no name of ours"),
        pytest.param("", None, id="nothing said"),
    ],
)
def test_a_neighbourhood_is_known_by_its_name(text: str, area: Area | None) -> None:
    assert area_named(text, NEIGHBOURHOODS) == area
