"""The end of the talk before a case: sent, or left. Either way nothing of it stays in a slot."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

SLOTS = ("case_area", "case_consent", "requested_slot")


class ActionCaseSend(Action):  # type: ignore[misc]
    """Says that the case is sent; whoever reads that key opens it."""

    def name(self) -> str:
        """The name in domain.yml."""
        return "action_case_send"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[Any]:  # noqa: ARG002
        """Only for a consent that was given in this form."""
        agreed = tracker.get_slot("case_consent") == "yes"
        dispatcher.utter_message(response="utter_case_sent" if agreed else "utter_case_not_sent")
        return [SlotSet(name, None) for name in SLOTS]


class ActionCaseLeave(Action):  # type: ignore[misc]
    """Says that nothing was sent."""

    def name(self) -> str:
        """The name in domain.yml."""
        return "action_case_leave"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[Any]:  # noqa: ARG002
        """Wipes what was told."""
        dispatcher.utter_message(response="utter_case_not_sent")
        return [SlotSet(name, None) for name in SLOTS]
