"""Buurtvraag: health and vaccination answers in a chat. `bot.app` wires it together, `bot.cli` starts it."""
