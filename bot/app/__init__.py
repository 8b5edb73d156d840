"""The one place that wires everything together."""

from bot.app.assistant import Assistant, assistant, responder
from bot.app.invite import editor_left, invite_coordinator, invite_editor
from bot.app.now import now
from bot.app.serving import Serving, listen, serve, serving
from bot.app.texts import content_for, content_of

__all__ = [
    "Assistant",
    "Serving",
    "assistant",
    "content_for",
    "content_of",
    "editor_left",
    "invite_coordinator",
    "invite_editor",
    "listen",
    "now",
    "responder",
    "serve",
    "serving",
]
