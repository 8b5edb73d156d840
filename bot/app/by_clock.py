"""What happens by the clock."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from bot.app.assistant import Assistant
from bot.app.now import now
from bot.gateways.file_vault import FileVault
from bot.gateways.rasa.taught_files import TaughtFiles
from bot.jobs import Job
from bot.services.cases.tidy_chats import TidyChats
from bot.services.cases.watch_cases import WatchCases
from bot.services.editing import Editing
from bot.services.editing.newsroom import Newsroom
from bot.services.editing.remind import Remind
from bot.services.ports import Channel
from bot.services.teaching import Teaching
from bot.services.teaching.sweep_models import SweepModels
from bot.services.teaching.tell_left_out import TellLeftOut
from bot.settings import Settings

UNSENT_FILES = timedelta(days=2)  # as long a file may wait for the case that it is sent in
LIVE = timedelta(seconds=0.5)  # how soon a process sees what another one published


def jobs_of(
    settings: Settings,
    running: Assistant,
    channels: Mapping[str, Channel],
    files: FileVault,
    newsroom: Newsroom,
    editing: Editing,
    teaching: Teaching,
) -> list[Job]:
    """What happens by the clock: nobody is forgotten, and nothing is kept too long."""
    store, cases = running.store, running.cases
    watch = WatchCases(cases.office, cases.work.tell, store.resident)
    tidy = TidyChats(store, channels, now, store.resident)

    async def clean_up() -> int:
        return await store.clean_up(now(), timedelta(days=settings.keep_days))

    async def sweep() -> int:
        """Photos and voices that no case holds any more: withdrawn, forgotten, or never sent."""
        needed = {file.id for file in await store.files()}
        return await files.sweep(needed, now() - UNSENT_FILES)

    return [
        Job("refresh_content", LIVE, editing.refresh),
        Job("follow_model", LIVE, teaching.follow),
        Job("renew_model", timedelta(seconds=10), teaching.renew),
        Job("recover_trainings", timedelta(seconds=20), teaching.recover),
        Job("tell_left_out", timedelta(minutes=1), TellLeftOut(newsroom, teaching.left_out, running.live.nudge)),
        Job("remind_editors", timedelta(minutes=20), Remind(newsroom, running.live.nudge)),
        Job("sweep_files", timedelta(hours=6), sweep),
        Job("watch_cases", timedelta(minutes=1), watch.watch),
        Job("open_topics", timedelta(minutes=1), running.topics.catch_up),
        Job("tidy_chats", timedelta(minutes=10), tidy.tidy),
        Job("clean_up", timedelta(hours=1), clean_up),
        Job("sweep_models", timedelta(hours=6), SweepModels(store, now, TaughtFiles(settings.taught_models).erase)),
    ]
