"""Whether a body can be kept under a ref at all: it is of its kind, and no larger than any text can be."""

from __future__ import annotations

from typing import Final

from bot.core.content import Answer, Fact, Topic
from bot.core.entry import Body, RedFlag, Ref
from bot.core.entry_json import BODIES, to_json
from bot.core.errors import EditError
from bot.core.triage import MOST_PHRASES

LARGEST: Final = 300_000  # characters of an entry as it is kept: no text of ours has a tenth of it
TOO_LARGE: Final = "This is too long to be kept. Shorten it."


def must_fit(ref: Ref, body: Body | None) -> None:
    """Raises EditError for a body that is not of this ref."""
    fits = body is None or isinstance(body, BODIES[ref.kind])
    match body:
        case Answer():
            fits = fits and (body.key, body.language) == (ref.key, ref.language)
        case Topic():
            fits = fits and body.key == ref.key
        case Fact():
            fits = fits and body.name == ref.key
        case RedFlag(texts, patterns):
            named = {(texts.flag, texts.language), (patterns.flag, patterns.language)}
            fits = fits and named == {(ref.key, ref.language)}
    if not fits:
        raise EditError("This text belongs to another page. Open the page again.")


def must_be_kept(ref: Ref, body: Body | None) -> None:
    """Raises EditError for a body that is not of this ref, or larger than any can be."""
    must_fit(ref, body)
    if too_large(body):
        raise EditError(TOO_LARGE)


def too_large(body: Body | None) -> bool:
    """Is this more than an entry can be? A page that shows it would make everybody wait."""
    if isinstance(body, RedFlag):
        lists = (body.patterns.patterns, body.patterns.check_in, body.patterns.exceptions)
        if any(len(phrases) > 2 * MOST_PHRASES for phrases in lists):
            return True
    return body is not None and len(to_json(body)) > LARGEST
