"""The chat in a browser: a page, its live messages, and the same page without JavaScript."""

from bot.channels.webchat.routes import routes
from bot.channels.webchat.stream import WebChat

__all__ = ["WebChat", "routes"]
