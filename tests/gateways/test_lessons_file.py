"""What goes to the training program comes back as it was; `nlu.lessons` reads the same file."""

from __future__ import annotations

from pathlib import Path

from bot.core.content import Content, Topic
from bot.core.entry import Kind, RedFlag, Ref, Words
from bot.core.overlay import changes_between, overlaid
from bot.core.triage import Flag
from bot.gateways.rasa.lessons_file import read_lessons, write_lessons
from bot.services.content_ports import Lessons
from nlu.lessons import Lessons as LearntFrom


def test_lessons_with_what_was_published_come_back_as_they_were(content: Content, tmp_path: Path) -> None:
    patterns = next(one for one in content.patterns if (one.flag, one.language) == (Flag.SUICIDE, "nl"))
    published = {
        Ref(Kind.TOPIC, "bike_repair"): Topic("bike_repair", "living"),
        Ref(Kind.LABEL, "topics.bike_repair", "nl"): Words("Fiets kapot"),
        Ref(Kind.TOPIC, "hpv"): None,
        Ref(Kind.FLAG, "suicide", "nl"): RedFlag(content.flags[Flag.SUICIDE, "nl"], patterns),
    }
    given = Lessons(("bike_repair",), {"ar": {"greet": ("أهلا",)}}, 7, published, tmp_path / "old.tar.gz")
    write_lessons(tmp_path / "lessons.json", given)
    assert read_lessons(tmp_path / "lessons.json") == given
    assert LearntFrom.read(tmp_path / "lessons.json").topics == ("bike_repair",)


def test_what_lies_between_two_contents_makes_the_one_of_the_other(content: Content) -> None:
    new = Ref(Kind.TOPIC, "bike_repair")
    changes = {new: Topic("bike_repair", "living"), Ref(Kind.ANSWER, "utter_hpv", "tr"): None}
    assert changes_between(content, overlaid(content, changes.items())) == changes
    assert changes_between(content, content) == {}
