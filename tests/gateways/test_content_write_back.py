"""What editors published goes back into the files of git, and nothing else in them changes by a byte."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import UTC, date, datetime
from difflib import ndiff
from pathlib import Path

import pytest
import yaml

from bot.core.content import Answer, Content, Fact, Review, Source, Topic
from bot.core.entry import Body, Examples, Kind, ReadyText, RedFlag, Ref, Words
from bot.core.errors import ContentError
from bot.core.overlay import entries_of, overlaid
from bot.core.revision import Change
from bot.core.source_change import SourceChange
from bot.gateways.content_files import load_content
from bot.gateways.content_out import write_back
from bot.gateways.content_out.menu_file import menu_of

ROOT = Path(__file__).parent.parent.parent
DAY = date(2026, 11, 22)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """The files that an export may change, elsewhere."""
    shutil.copytree(ROOT / "responses", tmp_path / "responses")
    for folder in (ROOT / "nlu").iterdir():
        if folder.is_dir() and folder.name not in {"components", "__pycache__"}:
            shutil.copytree(folder, tmp_path / "nlu" / folder.name)
    shutil.copy(ROOT / "domain.yml", tmp_path)
    return tmp_path


def answer(key: str, language: str = "nl") -> Ref:
    return Ref(Kind.ANSWER, key, language)


def edited(content: Content) -> dict[Ref, Body | None]:
    """A change of every kind that has a file."""
    entries = entries_of(content)
    flu, fact = entries[answer("utter_flu_jab")], entries[Ref(Kind.FACT, "flu_jab_age")]
    flag, pressure = entries[Ref(Kind.FLAG, "suicide", "tr")], content.pressure["nl"]
    assert isinstance(flu, Answer)
    assert isinstance(flag, RedFlag)
    assert isinstance(fact, Fact)
    return {
        answer("utter_flu_jab"): replace(
            flu,
            text=f"{flu.text} Nog iets.",
            sections={**flu.sections, "how": "Bel {emergency_number}."},
            review=Review("reviewed", "medical", DAY, date(2027, 11, 22)),
            tested_with=({"group": "60+", "understood": "yes", "word": "", "by": "worker", "on": "2026-11-22"},),
            effects=("offer_person",),
        ),
        Ref(Kind.TOPIC, "new_thing"): Topic("new_thing", "feeling", "W"),
        answer("utter_new_thing"): Answer(
            "utter_new_thing",
            "nl",
            "Een nieuw antwoord.\n\nMet een tweede alinea.",
            "Kort.",
            pictogram="home",
            sources=(Source("RIVM: nieuws", "https://www.rivm.nl", DAY),),
            next=("hpv",),
        ),
        answer("utter_new_thing", "ar"): Answer("utter_new_thing", "ar", "هذا نص جديد.", translates="1234567890123456"),
        answer("utter_hpv", "fy"): None,
        Ref(Kind.LABEL, "topics.new_thing", "nl"): Words("Nieuw: iets"),
        Ref(Kind.FACT, "flu_jab_age"): replace(fact, values={"": "65"}),
        Ref(Kind.FACT, "new_fact"): Fact("new_fact", {"nl": "a, b", "tr": "c"}, "iets", "https://x.nl", DAY),
        Ref(Kind.TERM, "huisarts", "nl"): Words("De huisarts is de dokter. " * 5 + "Ja."),
        Ref(Kind.TERM, "no", "en"): Words("yes"),
        Ref(Kind.CARD, "pl"): Words("Zadzwoń: {emergency_number}"),
        Ref(Kind.PRESSURE, "words", "nl"): replace(pressure, words=(*pressure.words[1:], "zomaar")),
        Ref(Kind.FLAG, "suicide", "tr"): RedFlag(
            replace(flag.texts, question=f"{flag.texts.question} X."),
            replace(flag.patterns, patterns=(*flag.patterns.patterns, 'yeni (a|b) .. "c"')),
        ),
        Ref(Kind.EXAMPLES, "new_thing", "nl"): Examples(("wat is nieuw", "Wat is nieuw?", "is er iets nieuws")),
        Ref(Kind.EXAMPLES, "greet", "tr"): Examples(("merhabalar dostum",)),
        Ref(Kind.TEMPLATE, "a1"): ReadyText("Welkom", {"nl": "Dag"}),
    }


def test_the_files_say_afterwards_what_was_served(project: Path) -> None:
    content = load_content(project / "responses")
    changes = edited(content)
    write_back(project, {**entries_of(content), **changes})
    wanted = overlaid(content, changes.items())
    assert load_content(project / "responses") == replace(wanted, menu=menu_of(wanted))


def test_only_lines_of_what_changed_are_touched(project: Path) -> None:
    path = project / "responses" / "nl" / "diseases.yml"
    before = path.read_text().splitlines()
    content = load_content(project / "responses")
    write_back(project, {**entries_of(content), **edited(content)})
    lines = [line for line in ndiff(before, path.read_text().splitlines()) if line[0] in "+-"]
    assert [line[1:].strip() for line in lines if line[0] == "+"] == [
        "Nog iets.",
        'how: "Bel {emergency_number}."',
        "review: {status: reviewed, role: medical, date: 2026-11-22, due: 2027-11-22}",
        "tested_with:",
        '- {group: "60+", understood: "yes", word: "", by: worker, "on": "2026-11-22"}',
        "effects: [offer_person]",
    ]


def test_comments_stay(project: Path) -> None:
    names = [
        "responses/ready_messages.yml",
        "responses/facts.yml",
        "responses/topics.yml",
        "responses/pressure/nl.yml",
        "domain.yml",
    ]

    def comments() -> dict[str, list[str]]:
        lines = {name: (project / name).read_text().splitlines() for name in names}
        return {name: [line for line in lines[name] if line.lstrip().startswith("#")] for name in names}

    before, content = comments(), load_content(project / "responses")
    write_back(project, {**entries_of(content), **edited(content)})
    assert comments() == before


def test_nothing_published_changes_no_file(project: Path) -> None:
    content = load_content(project / "responses")
    before = {path: path.read_bytes() for path in project.rglob("*.yml")}
    assert write_back(project, dict(entries_of(content))) == []
    assert {path: path.read_bytes() for path in project.rglob("*.yml")} == before


def test_a_second_export_has_nothing_to_do(project: Path) -> None:
    content = load_content(project / "responses")
    entries = {**entries_of(content), **edited(content)}
    assert write_back(project, entries)
    assert write_back(project, entries) == []


def test_a_new_topic_gets_an_intent_an_action_a_rule_and_its_questions(project: Path) -> None:
    content = load_content(project / "responses")
    changed = write_back(project, {**entries_of(content), **edited(content)})
    domain = yaml.safe_load((project / "domain.yml").read_text())
    assert domain["intents"].index("ask_new_thing") < domain["intents"].index("greet")
    assert "utter_new_thing" in domain["actions"]
    rules = yaml.safe_load((project / "nlu" / "rules" / "feeling.yml").read_text())["rules"]
    assert {"rule": "new_thing", "steps": [{"intent": "ask_new_thing"}, {"action": "utter_new_thing"}]} in rules
    taught = yaml.safe_load((project / "nlu" / "nl" / "taught.yml").read_text())
    assert taught["nlu"] == [{"intent": "ask_new_thing", "examples": "- wat is nieuw\n- is er iets nieuws\n"}]
    assert "utter_new_thing" in (project / "responses" / "ar" / "feeling.yml").read_text()
    assert project / "nlu" / "tr" / "taught.yml" in changed


def test_a_removed_topic_leaves_nothing_that_looks_for_it(project: Path) -> None:
    content = load_content(project / "responses")
    gone: dict[Ref, Body | None] = {Ref(Kind.TOPIC, "mpox"): None}
    gone |= {ref: None for ref in entries_of(content) if ref.key in {"utter_mpox", "topics.mpox"}}
    links = {
        ref: replace(body, next=tuple(topic for topic in body.next if topic != "mpox"))
        for ref, body in entries_of(content).items()
        if isinstance(body, Answer) and "mpox" in body.next
    }
    write_back(project, {**entries_of(content), **links, **gone})
    assert "mpox" not in load_content(project / "responses").topics
    for path in [project / "domain.yml", *(project / "nlu").rglob("*.yml")]:
        assert not [line for line in path.read_text().splitlines() if line.endswith(("ask_mpox", "utter_mpox"))], path


def test_a_new_topic_stands_last_behind_its_group(project: Path) -> None:
    path = project / "responses" / "menu.yml"
    before = path.read_text().splitlines()
    content = load_content(project / "responses")
    write_back(project, {**entries_of(content), **edited(content)})
    lines = [line for line in ndiff(before, path.read_text().splitlines()) if line[0] in "+-"]
    assert [line[2:] for line in lines] == [
        '- {key: feeling, emoji: "💛", pictogram: heart, topics: [low_mood, loneliness, money_worries]}',
        '- {key: feeling, emoji: "💛", pictogram: heart, topics: [low_mood, loneliness, money_worries, new_thing]}',
    ]


def test_a_ready_made_message_has_a_file_from_the_first_export_to_its_removal(project: Path) -> None:
    entries, ref = entries_of(load_content(project / "responses")), Ref(Kind.TEMPLATE, "a1")
    for body in (ReadyText("Welkom", {"tr": "Merhaba: evet", "nl": "Dag,\n\ntot morgen.\n"}), ReadyText("no"), None):
        write_back(project, {**entries, ref: body})
        assert entries_of(load_content(project / "responses")).get(ref) == body
        assert write_back(project, {**entries, ref: body}) == []


def test_how_a_dutch_text_changed_is_kept_until_the_text_goes(project: Path) -> None:
    entries = entries_of(load_content(project / "responses"))
    at = datetime(2026, 11, 22, 9, 30, 15, tzinfo=UTC)
    told = (SourceChange("0123456789abcdef", "1e10000000000000", Change.SAFETY, at),)
    told += (SourceChange("1e10000000000000", "a" * 16, None, None),)
    changed = write_back(project, dict(entries), {"utter_hpv": told, "utter_nothing": told})
    assert changed == [project / "responses" / "changes.yml"]
    assert load_content(project / "responses").changes == {"utter_hpv": told}
    assert write_back(project, dict(entries), {"utter_hpv": told}) == []


def test_windows_line_ends_stay(project: Path) -> None:
    path = project / "responses" / "facts.yml"
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    content = load_content(project / "responses")
    write_back(project, {**entries_of(content), **edited(content)})
    assert path.read_bytes().count(b"\n") == path.read_bytes().count(b"\r\n")


def test_what_cannot_be_served_changes_no_file(project: Path) -> None:
    content = load_content(project / "responses")
    before = {path: path.read_bytes() for path in project.rglob("*.yml")}
    with pytest.raises(ContentError):
        write_back(project, {**entries_of(content), answer("utter_greet"): Answer("utter_greet", "nl", "{nobody}")})
    assert {path: path.read_bytes() for path in project.rglob("*.yml")} == before
