"""What happens with one message: from the inbox to the outbox."""
