"""Rasa's memory of a conversation, as small at the thousandth turn as at the first.

Rasa's own stores keep every event and replay them all at every turn. Conversations here are rules and
forms, for which the slots, the active form and the time of the last message suffice.
"""

from __future__ import annotations

import json
from typing import Any

from rasa.core.tracker_store import TrackerStore
from rasa.shared.core.constants import ACTION_LISTEN_NAME, ACTION_SESSION_START_NAME
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, ActiveLoop, SessionStarted, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

_SESSION_SLOTS = {"session_started_metadata", "requested_slot"}


class OneTurnTrackerStore(TrackerStore):  # type: ignore[misc]
    """Holds snapshots (JSON) in memory: `put` one in before a turn and `take` it out after.

    Named in endpoints.yml too, where nobody takes them out and it simply remembers.
    """

    def __init__(self, domain: Domain | None, event_broker: Any = None, **kwargs: Any) -> None:
        super().__init__(domain, event_broker, **kwargs)
        self.domain = domain
        self._snapshots: dict[str, str] = {}

    def put(self, sender_id: str, snapshot: str) -> None:
        """Before a turn: what is remembered of the conversation, "" for a new one."""
        if snapshot:
            self._snapshots[sender_id] = snapshot

    def take(self, sender_id: str) -> str:
        """After a turn: what to remember, "" when the turn failed before anything was kept."""
        return self._snapshots.pop(sender_id, "")

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Keeps the snapshot of a tracker."""
        self._snapshots[tracker.sender_id] = snapshot_of(tracker)

    async def retrieve(self, sender_id: str) -> DialogueStateTracker | None:
        """A tracker rebuilt from its snapshot, or None."""
        snapshot = self._snapshots.get(sender_id)
        if snapshot is None:
            return None
        tracker = self.init_tracker(sender_id)
        for event in _events(json.loads(snapshot)):
            tracker.update(event, self.domain)
        return tracker

    async def keys(self) -> list[str]:
        """The ids of all conversations that are held now."""
        return list(self._snapshots)


def snapshot_of(tracker: DialogueStateTracker) -> str:
    """Slots that differ from their start, the active form, and when the resident last spoke (Unix time)."""
    last = tracker.get_last_event_for(UserUttered)
    return json.dumps(
        {
            "slots": {
                name: slot.value
                for name, slot in tracker.slots.items()
                if slot.value != slot.initial_value and name not in _SESSION_SLOTS - {"requested_slot"}
            },
            "form": tracker.active_loop_name,
            "at": last.timestamp if last else None,
        }
    )


def _events(snapshot: dict[str, Any]) -> list[Any]:
    at = snapshot["at"]
    events: list[Any] = [
        ActionExecuted(ACTION_SESSION_START_NAME, timestamp=at),
        SessionStarted(timestamp=at),
    ]
    events += [ActionExecuted(ACTION_LISTEN_NAME, timestamp=at)]
    if at is not None:
        events.append(UserUttered("", timestamp=at))
    if snapshot["form"]:
        events += [ActionExecuted(snapshot["form"], timestamp=at), ActiveLoop(snapshot["form"], timestamp=at)]
    events += [SlotSet(name, value, timestamp=at) for name, value in snapshot["slots"].items()]
    return [*events, ActionExecuted(ACTION_LISTEN_NAME, timestamp=at)]
