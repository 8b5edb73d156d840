"""Where residents write: foreign updates become `Incoming`, `Outgoing` becomes messages."""
