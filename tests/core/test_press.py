import pytest

from bot.core.message import Button
from bot.core.press import Act, Press, read_press


@pytest.mark.parametrize(
    "press",
    [
        Press(Act.TOPIC, "hpv"),
        Press(Act.TOPIC, "hpv", "simple"),
        Press(Act.MENU),
        Press(Act.LANGUAGE, "ar"),
        Press(Act.OTHER),
    ],
)
def test_what_is_written_on_a_button_is_read_back(press: Press) -> None:
    assert read_press(press.data) == press


@pytest.mark.parametrize("data", ["", "x", "/restart", "t:a:b:c", "ask_hpv", "\u200b"])
def test_data_that_no_button_ever_carried_means_nothing(data: str) -> None:
    assert read_press(data) is None


def test_a_button_of_more_than_64_bytes_is_refused() -> None:
    with pytest.raises(ValueError, match="64 bytes"):
        Button("x", "t:" + "é" * 32)
