"""What to do with a message that was not understood, or not surely."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher

OFFERED = 3
ENOUGH_TO_OFFER = 0.03  # a guess less likely than this is no help on a button
FAILURES_TO_PERSON = 2
# Never offered behind "Do you mean …?": they are no subject of their own.
NOT_OFFERED = {
    "affirm",
    "deny",
    "out_of_scope",
    "greet",
    "goodbye",
    "thanks",
    "cancel",
    "helpful_yes",
    "helpful_no",
}


class ActionNotUnderstood(Action):  # type: ignore[misc]
    """First "Do you mean …?" with up to three topics, or a request for other words; the second time a person."""

    def name(self) -> str:
        """The name in domain.yml."""
        return "action_not_understood"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[Any]:  # noqa: ARG002
        """Says one key and counts the failure; anything that is understood sets the count to 0."""
        failures = int(tracker.get_slot("failures") or 0) + 1
        topics = offered(tracker.latest_message.get("intent_ranking") or [])
        if failures >= FAILURES_TO_PERSON:
            dispatcher.utter_message(response="utter_not_understood_person", topics=topics)
        elif topics:
            dispatcher.utter_message(response="utter_did_you_mean", topics=topics)
        else:
            dispatcher.utter_message(response="utter_not_understood")
        kept = 0 if failures >= FAILURES_TO_PERSON else failures
        # Without the follow-up Rasa would look for a next step, find none, and come back here. An open form asks
        # again; else it would stay rejected, and not hear the next answer.
        return [SlotSet("failures", kept), FollowupAction(tracker.active_loop_name or "action_listen")]


def offered(ranking: list[dict[str, Any]]) -> list[str]:
    """The keys to offer, likeliest first; none when the likeliest is that the question is not for us."""
    keys = [str(item["name"]).removeprefix("ask_") for item in ranking if item["confidence"] >= ENOUGH_TO_OFFER]
    if keys[:1] == ["out_of_scope"]:
        return []
    return [key for key in keys if key not in NOT_OFFERED][:OFFERED]
