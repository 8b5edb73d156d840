"""The command as it is installed, run as a program from another folder."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

COMMAND = Path(sys.executable).with_name("buurtvraag")


def run(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run([str(COMMAND), *arguments], cwd=cwd, capture_output=True, text=True, check=False, timeout=120)


def test_ask_answers_in_json(tmp_path: Path, model: Path) -> None:
    done = run("ask", "moet ik als 63 jarige de griepprik halen", "--json", cwd=tmp_path)
    assert done.stderr == ""
    answer = json.loads(done.stdout)
    assert (answer["language"], answer["topic"], answer["red_flag"]) == ("nl", "flu_jab", None)
    assert answer["confidence"] > 0.5
    assert {"topic", "confidence"} == set(answer["alternatives"][0])
    assert "60" in answer["messages"][0]["text"]


def test_ask_tells_of_danger(tmp_path: Path, model: Path) -> None:
    answer = json.loads(run("ask", "ik wil niet meer leven", "--json", cwd=tmp_path).stdout)
    assert answer["red_flag"] == "suicide"


@pytest.mark.parametrize(
    ("arguments", "text", "told"),
    [
        ([], "tekst,taal\nhoi,nl\n", "must name the columns text, language, topic"),
        (["--red-flags"], "text,language,topic\nhoi,nl,greet\n", "must name the columns text, language, flag"),
        ([], "text,language,topic\nhoi\n", "fewer columns"),
    ],
)
def test_a_wrong_evaluation_file_is_told_in_a_sentence(
    tmp_path: Path, model: Path, arguments: list[str], text: str, told: str
) -> None:
    file = tmp_path / "questions.csv"
    file.write_text(text, encoding="utf-8")
    done = run("evaluate", str(file), *arguments, cwd=tmp_path)
    assert done.returncode == 1
    assert told in " ".join(done.stderr.split())
    assert "Traceback" not in done.stderr


def test_evaluate_gives_the_figures_that_were_agreed(tmp_path: Path, model: Path) -> None:
    file = tmp_path / "questions.csv"
    file.write_text(
        "text,language,topic,also_ok\nwat kost de griepprik,nl,flu_jab,vaccination_costs\nhoi,nl,greet,\n",
        encoding="utf-8",
    )
    figures = json.loads(run("evaluate", str(file), "--json", cwd=tmp_path).stdout)
    assert set(figures) == {
        "n", "top1", "top3", "fallback_rate", "wrong_confident", "language_accuracy", "per_language",
        "confusions", "ms_p50", "ms_p95",
    }  # fmt: skip
    assert figures["n"] == 2
    assert figures["per_language"]["nl"]["n"] == 2
