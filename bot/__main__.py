"""`python -m bot` is the `buurtvraag` command."""

from bot.cli import main

main()
