"""`buurtvraag bench nlu`: the pipeline trained on other people's examples, in whatever language they are."""

from __future__ import annotations

from pathlib import Path

from bot.bench.nlu import bench

EXAMPLES = """text,intent
does the jab hurt my arm,pain
will my arm be sore after the jab,pain
is it painful to get the jab,pain
what does the jab cost,cost
do i have to pay for the jab,cost
how much money is the jab,cost
"""


def test_examples_without_a_language_are_learnt_and_asked(tmp_path: Path) -> None:
    examples = tmp_path / "examples.csv"
    examples.write_text(EXAMPLES, encoding="utf-8")
    figures = bench(Path(__file__).parents[2], [examples], examples)
    assert figures.n == 6
    assert figures.accuracy == 1.0
