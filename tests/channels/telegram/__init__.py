"""The Telegram channel, against a stand-in for Telegram."""
