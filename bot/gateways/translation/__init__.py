"""Machine translation between resident and worker: the only home of deep_translator."""

from bot.gateways.translation.drafts import open_draft_translator
from bot.gateways.translation.open_translator import open_translator
from bot.gateways.translation.service import TranslationService

__all__ = ["TranslationService", "open_draft_translator", "open_translator"]
