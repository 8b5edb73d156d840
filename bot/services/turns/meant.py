"""What a typed message means in the talk before a case: yes, no, leave, thanks, a question, or words to keep.

Someone who is crying writes "nee ik heb geen geld": that is no "no". Only what is short or sure ends something.
"""

from __future__ import annotations

from enum import Enum
from typing import Final

from bot.core.content import Content
from bot.core.message import Incoming
from bot.core.normalise import normalise
from bot.services.ports import Understanding

YES_WORDS: Final = 3
NO_WORDS: Final = 2
_SURE_OF_YES: Final = 0.8
_SURE_OF_NO: Final = 0.7  # "no" and "never mind" together
_MAYBE_LEAVE: Final = 0.3
# Said to the card, and to the model much like "never mind"; as `normalise` writes it.
_SEND: Final = frozenset(
    {
        "stuur", "stuur maar", "stuur dit", "stuur het", "sturen", "verstuur", "verstuur maar", "versturen",
        "verzend", "stjoer", "stjoer mar", "ferstjoer", "send", "send it", "please send", "send this",
        "gonder", "gonderin", "ارسل", "ارسلي", "ارسلوا", "ارسال",
        "ja stuur maar", "ja stuur", "ja stuur het", "ja stuur het maar", "ja verstuur", "ja verstuur maar",
        "ja stjoer", "ja stjoer mar", "yes send", "yes send it", "yes please send", "evet gonder", "evet gonderin",
        "نعم ارسل", "نعم ارسلي", "ايوه ارسل",
    }
)  # fmt: skip
_SURE_OF_TOPIC: Final = 0.6  # less sure words are for the worker
_OWN_ANSWER: Final = frozenset({"change_language", "forget_me", "my_data", "your_privacy", "who_are_you"})
# To the model much like "no".
_UNSURE: Final = frozenset(
    {
        "weet niet", "weet ik niet", "ik weet het niet", "ik weet niet", "geen idee", "wit net",
        "ik wit it net", "dont know", "i dont know", "no idea", "bilmiyorum", "bilmem", "لا اعرف", "لا ادري",
        "ما بعرف",
    }
)  # fmt: skip


class Meant(Enum):
    """What a message does to the talk."""

    YES = "yes"
    NO = "no"
    LEAVE = "leave"
    UNSURE = "unsure"
    THANKS = "thanks"
    OTHER = "other"


def meant_by(incoming: Incoming, understood: Understanding) -> Meant:
    """Yes, no, "thank you" or "never mind", when it is surely no more than that."""
    words = normalise(incoming.text)
    length, share = len(words.split()), {guess.key: guess.confidence for guess in understood.ranking}
    if incoming.file is not None or not length:
        return Meant.OTHER
    if words in _UNSURE:
        return Meant.UNSURE
    if words in _SEND:
        return Meant.YES
    if understood.chosen == "affirm" and length <= YES_WORDS and share.get("affirm", 0.0) >= _SURE_OF_YES:
        return Meant.YES
    if understood.chosen == "thanks" and length <= YES_WORDS and share.get("thanks", 0.0) >= _SURE_OF_YES:
        return Meant.THANKS
    no, leave = share.get("deny", 0.0), share.get("cancel", 0.0)
    if understood.chosen in {"deny", "cancel"} and (length <= NO_WORDS or no + leave >= _SURE_OF_NO):
        return Meant.LEAVE if leave >= min(no, _MAYBE_LEAVE) else Meant.NO
    return Meant.OTHER


def leads_elsewhere(incoming: Incoming, understood: Understanding, content: Content, *, strictly: bool = False) -> bool:
    """Is it a question that is answered here and now? A worry that is told is for the worker.

    `strictly`: where an answer in free words is waited for, only what has a question mark is a question.
    """
    if _sureness(understood) < _SURE_OF_TOPIC:
        return False
    if understood.chosen in _OWN_ANSWER:
        return True
    asks = any(mark in incoming.text for mark in "?؟")
    topic = content.topics.get(understood.chosen)
    return topic is not None and (asks or (topic.kind != "W" and not strictly))


def _sureness(understood: Understanding) -> float:
    return understood.ranking[0].confidence if understood.ranking else 0.0
