"""The assistant without pages: the database, turns, cases, and what delivers answers."""

from __future__ import annotations

import secrets
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass

from prometheus_client import Histogram

from bot.app.now import now
from bot.core.answer import Voice
from bot.core.case_phrases import Places
from bot.core.content import Content
from bot.core.phrases import Host
from bot.core.served import Served
from bot.gateways.example_files import NluExamples
from bot.gateways.translation import open_translator
from bot.gateways.words import Words
from bot.services.cases import Cases, cases_of
from bot.services.cases.office import Office
from bot.services.cases.team_topics import TeamTopics
from bot.services.live import Live
from bot.services.ports import Channel, Dialogue
from bot.services.translate import Translate, Translator
from bot.services.turns.ask_person import AskPerson, Find
from bot.services.turns.conveyor import Conveyor
from bot.services.turns.deliver import Deliver
from bot.services.turns.keep_asked import KeepAsked
from bot.services.turns.known_words import KnownWords
from bot.services.turns.respond import Respond
from bot.services.turns.take_turn import TakeTurn
from bot.settings import ROOT, Settings, secret_keys
from bot.store.opened import opened
from bot.store.store import SqlStore

TURNS = Histogram("buurtvraag_turn_seconds", "From the stored message to the stored answer", ["outcome"])


@dataclass(frozen=True, slots=True)
class Assistant:
    """A running assistant: give `conveyor.receive` to whatever brings messages."""

    store: SqlStore
    served: Served
    conveyor: Conveyor
    respond: Respond
    cases: Cases
    live: Live
    topics: TeamTopics
    translator: Translator | None
    known_words: KnownWords


async def _nowhere() -> Places:
    """No team: who asks for a person gets the telephone."""
    return Places()


def responder(settings: Settings, served: Served, dialogue: Dialogue, places: Find = _nowhere) -> Respond:
    """What answers one message."""
    voice = Voice(served, serve_unreviewed=settings.says_unreviewed)
    host = Host(settings.host_name, settings.host_role, settings.host_organisation)
    return Respond(voice, dialogue, AskPerson(voice, dialogue, places), host)


@asynccontextmanager
async def assistant(
    settings: Settings, content: Content, dialogue: Dialogue, channels: Mapping[str, Channel]
) -> AsyncIterator[Assistant]:
    """The database opened and brought up to date, what was left taken up, and all of it closed at the end."""
    translator = open_translator(
        settings.translator,
        settings.translator_url,
        settings.translator_key.get_secret_value(),
        settings.processor_agreement,
    )
    try:
        async with opened(settings.database, secret_keys(settings)) as store:
            await store.check_keys()
            running = _assembled(settings, Served(content), dialogue, channels, store, translator)
            await running.conveyor.recover()
            try:
                yield running
            finally:
                await running.topics.stop()
                await running.conveyor.stop()
    finally:
        if translator is not None:
            translator.close()


def _assembled(
    settings: Settings,
    served: Served,
    dialogue: Dialogue,
    channels: Mapping[str, Channel],
    store: SqlStore,
    translator: Translator | None,
) -> Assistant:
    async def places() -> Places:
        return Places(tuple(await store.areas()), tuple(await store.teams()), settings.region_team)

    respond = responder(settings, served, dialogue, places)
    live = Live(lambda chat_id: conveyor.nudge(chat_id), lambda case: topics.changed(case))  # noqa: PLW0108 - both come later
    office = Office(store, now, live, respond.voice, lambda: secrets.token_urlsafe(16), settings.public_url)
    cases = cases_of(office, Translate(translator), settings.region_team)
    known_words = KnownWords(served.content, Words(), NluExamples(ROOT / "nlu").texts)
    take_turn = TakeTurn(store, respond, now, cases, _observe, asked=KeepAsked(known_words))
    conveyor = Conveyor(store, take_turn, Deliver(store, channels, now), channels)
    topics = TeamTopics(office, cases.work.tell, channels, store.resident)
    return Assistant(store, served, conveyor, respond, cases, live, topics, translator, known_words)


def _observe(outcome: str, seconds: float) -> None:
    TURNS.labels(outcome).observe(seconds)
