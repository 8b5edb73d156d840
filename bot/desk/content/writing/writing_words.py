"""What is said after a move: English sentences of the desk."""

from __future__ import annotations

from typing import Final

GONE: Final = "Your draft was published or thrown away meanwhile. Your text stands below: save it to begin a new draft."
NOT_THERE: Final = "gone"
DID: Final = {
    "saved": "Saved.",
    "submitted": "Sent to review.",
    "given-back": "Given back to the author.",
    "discarded": "Your draft was thrown away.",
    "rebased": "Your text stands on top of what was published.",
    NOT_THERE: "That draft is not there any more: it was published or thrown away.",
}
