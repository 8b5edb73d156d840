"""One transaction of the Store port, in SQL: the statements on all nouns together."""

from __future__ import annotations

from bot.store.asked import AskedRows
from bot.store.case_log import CaseLogRows
from bot.store.clean_up import OldRows
from bot.store.conversations import ConversationRows
from bot.store.deeds import DeedRows
from bot.store.drafts import DraftRows
from bot.store.forget import ForgetRows
from bot.store.inbox import InboxRows
from bot.store.keys import KeyRows
from bot.store.log_ins import LogInRows
from bot.store.models import ModelRows
from bot.store.outbox import OutboxRows
from bot.store.readings import ReadingRows
from bot.store.revisions import RevisionRows
from bot.store.sent_messages import SentRows
from bot.store.sessions import SessionRows
from bot.store.teams import TeamRows
from bot.store.translator_links import TranslatorLinkRows


class SqlUnit(
    InboxRows,
    OutboxRows,
    ConversationRows,
    ForgetRows,
    CaseLogRows,
    SentRows,
    TeamRows,
    LogInRows,
    SessionRows,
    DeedRows,
    DraftRows,
    RevisionRows,
    ReadingRows,
    AskedRows,
    ModelRows,
    TranslatorLinkRows,
    OldRows,
    KeyRows,
):
    """See `services.ports.Unit`."""
