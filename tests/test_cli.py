"""The command as it is installed, run as a program from another folder."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from bot.cli import import_report
from bot.core.entry import Kind, Ref, Words
from bot.core.file_read import FileRead, Missing
from bot.services.editing.content_changes import EntryChange
from bot.services.editing.import_content import Imported

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


def test_help_waits_for_no_library_that_a_command_may_need(tmp_path: Path) -> None:
    code = "import sys, bot.cli; print([name for name in sys.argv[1:] if name in sys.modules])"
    heavy = ["rasa", "tensorflow", "sqlalchemy", "starlette", "telegram", "openpyxl", "bot.app", "bot.services"]
    done = subprocess.run(
        [sys.executable, "-c", code, *heavy], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"


def test_a_file_that_cannot_be_taken_in_is_told_by_its_places_and_changes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATA_DIR", str(tmp_path / "var"))
    file = tmp_path / "texts.yml"
    file.write_text("answers: [\n", encoding="utf-8")
    done = run("content", "import", str(file), cwd=tmp_path)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("line 2: ")
    assert done.stderr.endswith("Nothing was changed: 1 problems.\n")


def test_what_came_in_is_told_with_what_waits_and_what_the_workbook_lacked() -> None:
    flu, gone = Ref(Kind.ANSWER, "utter_flu_jab", "nl"), Ref(Kind.TERM, "griep", "nl")
    body = Words("Een prik.")
    told = import_report.done(
        FileRead({}, (Missing("Facts", 2, 1, ("about",)),)),
        Imported((EntryChange(flu, None, body), EntryChange(gone, body, None)), (EntryChange(flu, None, body),)),
    )
    assert list(told) == [
        "published: answer utter_flu_jab nl",
        "published: term griep nl (taken away)",
        "draft, for a second person: answer utter_flu_jab nl",
        "2 published, 1 drafts, 0 readings.",
        "sheet Facts: 2 rows are missing, 1 cells were emptied, without the columns about. It all stays.",
        "1 wait for a second person: they stand at the desk under Content, Drafts, “In review”",
        "(/desk/content/drafts). Until they are published there, the assistant says what it said before.",
    ]
