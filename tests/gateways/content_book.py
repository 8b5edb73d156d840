"""Content for tests of files that go out and come in, and workbooks that somebody spoiled."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from io import BytesIO
from typing import Any

from openpyxl import Workbook, load_workbook

from bot.core.content import Answer, Fact, FlagTexts, Pressure, Review, Source, Topic
from bot.core.entry import Body, Examples, Kind, ReadyText, RedFlag, Ref, Words
from bot.core.errors import ImportRefused
from bot.core.triage import Flag, FlagPatterns
from bot.gateways.content_out import from_xlsx, to_xlsx

DAY = date(2026, 11, 21)
RICH = Answer(
    "utter_flu_jab",
    "nl",
    "De prik is gratis.\n\nVanaf {flu_jab_age} jaar. Bel {emergency_number}.",
    "Gratis.",
    {"how": "Zo.", "benefits": "Minder kans op griep. " * 8},
    "syringe",
    (Source("RIVM | prikken", "https://www.rivm.nl", DAY), Source("Thuisarts", "https://thuisarts.nl", DAY)),
    Review("reviewed", "medical", DAY, date(2027, 11, 21)),
    "",
    ({"group": "Turkse vrouwen, 60+", "understood": "yes", "word": "ja | nee", "by": "worker", "on": "2026-11-20"},),
    ("hpv", "covid_jab"),
    ("offer_person",),
)


def every_kind() -> dict[Ref, Body]:
    """One or more entries of every kind, with all of their fields and odd signs in them."""
    flag = FlagTexts(
        Flag.SUICIDE, "nl", "Bel {emergency_number}.", "Wilt u dood?", ("emergency_number",), "phone", Review()
    )
    phrases = FlagPatterns(Flag.SUICIDE, "nl", ("(ik|wij) .. dood", "=dood", "- dood"), ("moe*",), ("lach me dood",))
    return {
        Ref(Kind.ANSWER, "utter_flu_jab", "nl"): RICH,
        Ref(Kind.ANSWER, "utter_flu_jab", "ar"): Answer(
            "utter_flu_jab", "ar", "مجاني 💉.", translates="0123456789012345"
        ),
        Ref(Kind.TOPIC, "flu_jab"): Topic("flu_jab", "vaccination", "V"),
        Ref(Kind.TOPIC, "hpv"): Topic("hpv", "vaccination"),
        Ref(Kind.LABEL, "topics.flu_jab", "nl"): Words("Griepprik"),
        Ref(Kind.LABEL, "buttons.yes", "nl"): Words("Ja"),
        Ref(Kind.LABEL, "sections.how", "nl"): Words("Hoe"),
        Ref(Kind.LABEL, "sections.benefits", "nl"): Words("Wat het helpt"),
        Ref(Kind.FACT, "emergency_number"): Fact("emergency_number", {"": "112"}, "alarm", "https://112.nl", DAY),
        Ref(Kind.FACT, "flu_jab_age"): Fact("flu_jab_age", {"nl": "60", "tr": "60"}, "leeftijd", "", DAY, demo=True),
        Ref(Kind.FLAG, "suicide", "nl"): RedFlag(flag, phrases),
        Ref(Kind.TERM, "huisarts", "nl"): Words("De eerste dokter: 'ja'."),
        Ref(Kind.TERM, "no", "en"): Words("yes"),
        Ref(Kind.PRESSURE, "words", "nl"): Pressure(("u moet", "+dwang"), {"moet": ("hpv", "flu_jab")}, ("moet niet",)),
        Ref(Kind.CARD, "pl"): Words("@ {emergency_number}"),
        Ref(Kind.EXAMPLES, "flu_jab", "nl"): Examples(("=HYPERLINK(1)", "\tprik?", "-5 graden")),
        Ref(Kind.TEMPLATE, "a1b2"): ReadyText("Welkom", {"nl": "Dag {name}", "tr": "Merhaba"}),
    }


def spoiled(entries: dict[Ref, Body], change: Callable[[Any], None], only: str = "") -> bytes:
    """The exported workbook after somebody did something to it."""
    book = load_workbook(BytesIO(to_xlsx(entries, only=only)))
    change(book)
    return saved(book)


def saved(book: Workbook) -> bytes:
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def problems(data: bytes, known: dict[Ref, Body], only: str = "") -> list[tuple[str, str]]:
    """Why a workbook is refused."""
    try:
        from_xlsx(data, known, only)
    except ImportRefused as refused:
        return list(refused.problems)
    return []


def row_of(sheet: Any, *names: str) -> int:
    """In which row a text stands."""
    return next(
        row[0].row for row in sheet.iter_rows() if tuple(str(cell.value) for cell in row[: len(names)]) == names
    )
