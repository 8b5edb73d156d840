"""The examples of the project's files, as the desk shows them."""

from __future__ import annotations

from pathlib import Path

from bot.gateways.example_files import NluExamples

FILE = """
version: "3.1"
nlu:
- intent: ask_flu_jab
  examples: |
    - wat kost de griepprik
    - is de prik in [8911](postcode) gratis
- intent: flag_suicide
  examples: |
    - ik zie het nut niet meer
- lookup: postcode
"""


async def test_examples_are_found_by_key_and_language_and_by_their_words(tmp_path: Path) -> None:
    (tmp_path / "nl").mkdir()
    (tmp_path / "nl" / "care.yml").write_text(FILE, encoding="utf-8")
    files = NluExamples(tmp_path)
    assert await files.of("flu_jab", "nl") == ("wat kost de griepprik", "is de prik in 8911 gratis")
    assert await files.of("flu_jab", "tr") == ()
    assert await files.key_of("Wat kost de griepprik?") == "flu_jab"
    assert await files.key_of("ik zie het nut niet meer") == "flag_suicide"
    assert await files.key_of("iets anders") == ""


async def test_the_real_files_have_examples_of_every_topic_and_meta_key() -> None:
    files = NluExamples(Path(__file__).parents[2] / "nlu")
    assert len(await files.of("flu_jab", "nl")) > 10
    assert len(await files.of("greet", "ar")) > 5
