"""What editors work with: the newsroom, the use cases on texts, and what teaches the assistant."""

from __future__ import annotations

import secrets

from bot.app.assistant import Assistant
from bot.app.now import now
from bot.core.content import Content
from bot.gateways.example_files import NluExamples
from bot.gateways.likeness import SentenceLikeness
from bot.gateways.rasa.swapping import SwappingDialogue
from bot.gateways.rasa.teacher import Teacher
from bot.gateways.translation import open_draft_translator
from bot.gateways.words import Words
from bot.services.editing import Editing
from bot.services.editing.newsroom import Newsroom
from bot.services.teaching import Teaching, teaching_of
from bot.settings import ROOT, Settings
from nlu.components.sentence_encoder import installed_encoder


def newsroom_of(settings: Settings, running: Assistant, content: Content) -> Newsroom:
    """The newsroom of a running assistant; `content` are the texts of the files."""
    return Newsroom(
        running.store,
        now,
        running.served,
        content,
        Words(),
        lambda: secrets.token_urlsafe(16),
        four_eyes=settings.four_eyes,
        translate=open_draft_translator(settings.draft_translator, running.translator),
        public_url=settings.public_url,
    )


def teaching_room(
    settings: Settings, running: Assistant, newsroom: Newsroom, dialogue: SwappingDialogue, editing: Editing
) -> Teaching:
    """What teaches it. Call it while the model of the project's files answers: what is taught builds on that."""
    base = dialogue.model
    return teaching_of(
        newsroom,
        running.respond,
        dialogue,
        Teacher(ROOT, settings.taught_models, base=lambda: base),
        SentenceLikeness(installed_encoder),
        NluExamples(ROOT / "nlu"),
        base.name.removesuffix(".tar.gz"),
        editing.refresh,
        settings.taught_models,
        running.known_words,
    )
