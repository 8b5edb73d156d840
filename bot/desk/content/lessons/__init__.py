"""Questions without an answer, new topics, training, and asking it yourself."""
