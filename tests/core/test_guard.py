import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.guard import SLASHES, harmless

LEADERS = st.text(alphabet=SLASHES + " \u200b\u200e\u202e\ufeff\t\n", max_size=12)


@pytest.mark.parametrize(
    "typed", ["/restart", "  /restart", "\u200b/restart", "／restart", "/\u200b/ /restart", "//ask_hpv"]
)
def test_a_typed_command_loses_its_slash(typed: str) -> None:
    assert not harmless(typed).startswith(tuple(SLASHES))
    assert harmless(typed).endswith(("restart", "ask_hpv"))


@given(LEADERS, st.text())
def test_no_typed_text_begins_like_a_command(leader: str, text: str) -> None:
    result = harmless(leader + "/" + text)
    assert not result.startswith(tuple(SLASHES))
    assert result == harmless(result)


def test_a_slash_within_a_text_stays() -> None:
    assert harmless("en/of") == "en/of"
