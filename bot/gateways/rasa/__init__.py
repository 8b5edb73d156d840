"""The embedded Rasa agent: the only home of Rasa beside `nlu`."""
