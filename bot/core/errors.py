"""Every error of the project, one tree.

BuurtvraagError
├── SettingsError            the environment is wrong; the message lists every problem and what to do
├── ContentError             a content file is wrong; file, line and reason
├── StoreError
│   ├── StoreBusy            the database is locked or away for a moment: try again
│   └── StoreUnusable        read-only, no such folder, wrong key: needs a person
├── DialogueError            the language model could not choose an answer
├── ModelMissing             there is no trained model where one is needed
├── CaseError                a case cannot be changed so
│   ├── IllegalMove          a case in this state does not go there
│   ├── CaseChanged          somebody else changed it a moment ago: look again
│   └── CaseUnknown          no such case, or not for these eyes
├── EditError                a text cannot be changed so
│   ├── DraftChanged         the same editor saved it elsewhere: look again; nothing is lost
│   ├── EntryChanged         somebody published another version of it meanwhile
│   ├── NotPublishable       findings, roles or an unread machine translation stand in the way
│   └── ImportRefused        a file of content cannot be read in; every problem is told
├── TrainingFailed           a model could not be trained
├── TranslationFailed        the service gave no translation
└── DeliveryError            a message could not be delivered
    ├── DeliveryLater        not now; `after` seconds says when, None leaves it to the sender
    ├── RecipientGone        the resident blocked the assistant or the chat no longer exists
    └── DeliveryRefused      this message will never be accepted
"""

from __future__ import annotations


class BuurtvraagError(Exception):
    """Root of the tree; its message is a sentence for people."""


class SettingsError(BuurtvraagError):
    """The environment is wrong; the message lists every problem at once."""


class ContentError(BuurtvraagError):
    """A content file is wrong. `where` is `file:line`, `reason` a sentence."""

    def __init__(self, where: str, reason: str) -> None:
        super().__init__(f"{where}: {reason}")
        self.where = where
        self.reason = reason


class StoreError(BuurtvraagError):
    """The database did not do what was asked."""


class StoreBusy(StoreError):
    """The database is locked or away for a moment: try again."""


class StoreUnusable(StoreError):
    """The database is read-only, absent or of another key: needs a person."""


class DialogueError(BuurtvraagError):
    """The language model could not choose an answer."""


class ModelMissing(BuurtvraagError):
    """There is no trained model where one is needed."""


class CaseError(BuurtvraagError):
    """A case cannot be changed so."""


class IllegalMove(CaseError):
    """A case in this state does not go there."""

    def __init__(self, state: str, move: str) -> None:
        super().__init__(f"This case is {state}: it cannot be {move}.")
        self.state = state


class CaseChanged(CaseError):
    """Somebody else changed it a moment ago: look again."""


class CaseUnknown(CaseError):
    """No such case, or not for these eyes."""


class EditError(BuurtvraagError):
    """A text cannot be changed so."""


class DraftChanged(EditError):
    """The same editor saved another version of this draft elsewhere: look again."""


class EntryChanged(EditError):
    """Somebody published another version of this entry meanwhile."""


class NotPublishable(EditError):
    """Something stands in the way; `reasons` are English sentences of the desk."""

    def __init__(self, *reasons: str) -> None:
        super().__init__(" ".join(reasons))
        self.reasons = reasons


class ImportRefused(EditError):
    """A file of content cannot be read in, and nothing was changed.

    `problems` are (place, sentence): the place as "sheet answers, row 12, column nl" or "line 40".
    """

    def __init__(self, problems: list[tuple[str, str]]) -> None:
        super().__init__("; ".join(f"{place}: {sentence}" for place, sentence in problems[:5]))
        self.problems = tuple(problems)


class TrainingFailed(BuurtvraagError):
    """A model could not be trained; the message says what was reported."""


class TranslationFailed(BuurtvraagError):
    """The service gave no translation."""


class DeliveryError(BuurtvraagError):
    """A message could not be delivered."""


class DeliveryLater(DeliveryError):
    """Not now. `after` (seconds) is when the other side allows it, None if it did not say."""

    def __init__(self, message: str, after: float | None = None) -> None:
        super().__init__(message)
        self.after = after


class RecipientGone(DeliveryError):
    """The resident blocked the assistant, or the chat no longer exists."""


class DeliveryRefused(DeliveryError):
    """The other side will never accept this message."""
