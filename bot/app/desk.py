"""The desk of staff; in a demonstration with a neighbourhood in it."""

from __future__ import annotations

from datetime import timedelta

from bot.app.assistant import Assistant
from bot.app.now import now
from bot.channels import telegram
from bot.core.errors import SettingsError
from bot.desk.desk import Desk, OidcSettings
from bot.gateways.content_out import from_file, to_xlsx, to_yaml
from bot.gateways.demo_files import read_demo
from bot.services.cases.demo_neighbourhood import make_demo
from bot.services.editing import Editing
from bot.services.editing.exchange import exchange_of
from bot.services.editing.newsroom import Newsroom
from bot.services.files import Cabinet
from bot.services.teaching import Teaching
from bot.settings import ROOT, Settings

DEMO_IDS = "demo-"


async def desk_of(
    settings: Settings,
    running: Assistant,
    newsroom: Newsroom,
    editing: Editing,
    teaching: Teaching,
    files: Cabinet,
    bot: telegram.Bot | None,
    *,
    at_home: bool,
) -> Desk:
    """The desk; in a demonstration with a neighbourhood in it, whose workers anybody may be."""
    demo: tuple[str, ...] = ()
    if not settings.demo and any(team.id.startswith(DEMO_IDS) for team in await running.store.teams(removed=True)):
        raise SettingsError(
            "There is a demo neighbourhood in this database, and TELEGRAM_TOKEN is set: residents would write to "
            "people who do not exist. Set DATA_DIR or DATABASE_URL to an empty place."
        )
    if settings.demo and at_home and not settings.public_url:
        neighbourhood = await make_demo(running.store, now, read_demo(ROOT / "responses" / "demo"))
        demo = neighbourhood.workers
    oidc = OidcSettings(settings.oidc_issuer, settings.oidc_client_id, settings.oidc_client_secret.get_secret_value())
    return Desk(
        running.store,
        now,
        running.served,
        running.cases.work.for_desk,
        running.live,
        editing,
        teaching,
        files,
        serve_unreviewed=settings.says_unreviewed,
        public_url=settings.public_url,
        bot_name=(lambda: telegram.name_of(bot)) if bot else str,
        demo=demo,
        oidc=oidc if settings.oidc_issuer else None,
        base=newsroom.base,
        idle=timedelta(minutes=settings.idle_minutes),
        exchange=exchange_of(
            newsroom,
            editing.refresh,
            to_xlsx=lambda entries, only: to_xlsx(entries, only=only),
            to_yaml=to_yaml,
            read=from_file,
        ),
    )
