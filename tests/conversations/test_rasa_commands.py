"""It stays an ordinary Rasa project: Rasa's own commands work from the root, as the README says."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from bot.core.content import Content

ROOT = Path(__file__).parents[2]
RASA = Path(sys.executable).with_name("rasa")


def rasa(*arguments: str, said: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(RASA), *arguments], cwd=ROOT, input=said, capture_output=True, text=True, check=False, timeout=240
    )


def test_the_data_is_valid_to_rasa() -> None:
    done = rasa("data", "validate")
    assert done.returncode == 0, done.stderr[-2000:]
    assert "No story structure conflicts found" in done.stdout + done.stderr


def test_the_conversations_go_as_told(model: Path, tmp_path: Path) -> None:
    stories = str(Path(__file__).with_name("test_stories.yml"))
    done = rasa(
        "test",
        "core",
        "--stories",
        stories,
        "--model",
        str(model),
        "--out",
        str(tmp_path),
        "--fail-on-prediction-errors",
    )
    assert done.returncode == 0, done.stderr[-2000:]
    assert not (tmp_path / "failed_test_stories.yml").read_text(encoding="utf-8").count("story:")


def test_the_shell_answers_with_the_dutch_text(model: Path, content: Content) -> None:
    done = rasa("shell", "--model", str(model), "--port", "5097", said="is een prik verplicht\n/stop\n")
    first_words = content.answers["utter_vaccination_mandatory", "nl"].text[:30]
    assert first_words in done.stdout, done.stderr[-2000:]
