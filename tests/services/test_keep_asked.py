"""What is kept of a message that was not understood, and what never is: whole turns on a real SQLite file."""

from __future__ import annotations

import itertools
import uuid
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from cryptography.fernet import Fernet

from bot.core.case_phrases import Places
from bot.core.content import Content
from bot.core.conversation import Conversation
from bot.core.message import Chat, Incoming, Kind, Outgoing
from bot.gateways.example_files import NluExamples
from bot.gateways.words import Words
from bot.services.cases import cases_of
from bot.services.cases.office import Office
from bot.services.ports import Guess
from bot.services.translate import Translate
from bot.services.turns.keep_asked import KeepAsked
from bot.services.turns.known_words import KnownWords
from bot.services.turns.take_turn import TakeTurn
from bot.store.engine import migrate, open_engine
from bot.store.store import SqlStore
from bot.store.vault import Vault
from tests.builders import Clock, FakeDialogue, responding
from tests.fake_cases import FakeSignals
from tests.services.street import CENTRE

ROOT = Path(__file__).parents[2]
_updates = itertools.count(1)


@dataclass
class Chatting:
    """A resident who was welcomed in Dutch, and the editors' list."""

    store: SqlStore
    take: TakeTurn
    dialogue: FakeDialogue
    clock: Clock
    welcomed: bool = False

    async def says(self, text: str, kind: Kind = Kind.TEXT, *, in_group: bool = False) -> list[Outgoing]:
        chat = Chat("telegram", "-7" if in_group else "7")
        number, first = f"asked {next(_updates)}", not in_group and not self.welcomed
        async with self.store.unit() as unit:
            received = await unit.receive(Incoming(chat, number, kind, self.clock(), text, in_group=in_group))
            assert received is not None
            if first:
                known = Conversation(chosen="nl", welcomed=True)
                await unit.keep_conversation(received.resident.id, known, self.clock())
                self.welcomed = True
        await self.take(received.id)
        due = await self.store.due_deliveries(received.resident.id, self.clock())
        return [delivery.outgoing for delivery in due]

    async def kept(self) -> list[str]:
        return [one.text for one in await self.store.asked()]


@pytest.fixture(scope="module")
def known(content: Content) -> KnownWords:
    return KnownWords(content, Words(), NluExamples(ROOT / "nlu").texts)


@pytest.fixture
async def chatting(tmp_path: Path, content: Content, known: KnownWords) -> AsyncIterator[Chatting]:
    engine = open_engine(f"sqlite:///{tmp_path / 'asked.db'}")
    await migrate(engine)
    store = SqlStore(engine, Vault((Fernet.generate_key().decode(),)))
    clock, dialogue = Clock(), FakeDialogue({"wat kost de griepprik": "flu_jab", "een mens graag": "talk_to_person"})

    async def places() -> Places:
        return Places((), (CENTRE,), CENTRE.id)

    respond = responding(content, dialogue, places=places)
    office = Office(store, clock, FakeSignals(), respond.voice, lambda: uuid.uuid4().hex, "https://buurt.example")
    take = TakeTurn(store, respond, clock, cases_of(office, Translate(None)), asked=KeepAsked(known))
    yield Chatting(store, take, dialogue, clock)
    await store.close()


async def test_a_question_on_something_else_is_kept_for_a_new_topic(chatting: Chatting) -> None:
    chatting.dialogue.script["wanneer gaat het zwembad open"] = "out_of_scope"
    await chatting.says("wanneer gaat het zwembad open")
    assert await chatting.kept() == ["wanneer gaat het zwembad open"]


async def test_a_question_that_was_not_understood_is_kept_scrubbed_with_what_was_offered(chatting: Chatting) -> None:
    await chatting.says("Ik heet Sjoukje, wat is vitiligo? Bel 0612345678")
    (kept,) = await chatting.store.asked()
    assert kept.text == "Ik heet …, wat is vitiligo? Bel …"
    assert (kept.language, kept.offered) == ("nl", ("hpv", "flu_jab"))


async def test_the_second_question_that_is_not_understood_is_kept_too(chatting: Chatting) -> None:
    await chatting.says("wat is vitiligo")
    await chatting.says("ik bedoel witte vlekken")
    assert await chatting.kept() == ["ik bedoel witte vlekken", "wat is vitiligo"]


@pytest.mark.parametrize("text", ["wat kost de griepprik", "ik wil dood", "Sjoukje Terpstra", "0612345678", "👍"])
async def test_what_was_understood_is_dangerous_or_only_a_name_is_not_kept(chatting: Chatting, text: str) -> None:
    said = await chatting.says(text)
    assert said
    assert await chatting.kept() == []


async def test_what_is_said_in_a_group_is_not_kept(chatting: Chatting) -> None:
    await chatting.says("/vraag wat is vitiligo", in_group=True)
    assert await chatting.kept() == []


async def test_what_is_said_while_a_case_is_being_made_is_not_kept(chatting: Chatting) -> None:
    await chatting.says("een mens graag")
    await chatting.says("ik ben mijn baan kwijt en nu")
    assert await chatting.kept() == []


async def test_words_under_a_photo_and_a_foreign_language_are_not_kept(chatting: Chatting) -> None:
    await chatting.says("wat is dit voor vlek", Kind.PHOTO)
    chatting.dialogue.foreign = "pl"
    await chatting.says("gdzie jest lekarz")
    assert await chatting.kept() == []


async def test_danger_that_only_the_examples_see_is_not_kept(chatting: Chatting) -> None:
    chatting.dialogue.flag = Guess("violence", 0.9)
    await chatting.says("hij doet het weer")
    assert await chatting.kept() == []


async def test_a_scrubbing_that_fails_leaves_the_answer_as_it_is(chatting: Chatting) -> None:
    def broken(word: str) -> bool:
        raise OSError(word)

    chatting.take._asked = KeepAsked(broken)  # type: ignore[arg-type]
    said = await chatting.says("wat is vitiligo")
    assert [message.key for message in said] == ["utter_did_you_mean"]
    assert await chatting.kept() == []


async def test_a_model_that_is_broken_leaves_no_question(chatting: Chatting) -> None:
    chatting.dialogue.broken = True
    await chatting.says("wat is vitiligo")
    assert await chatting.kept() == []


def test_a_list_is_the_same_for_a_word_in_any_letters(known: KnownWords) -> None:
    assert known("griepprik")
    assert known("Griepprik")
    assert known("huisarts")
    assert not known("Terpstra")
    assert not known("abimbola")
