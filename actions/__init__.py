"""Rasa's custom actions: they read the tracker and name keys, without SQL or network."""
