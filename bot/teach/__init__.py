"""Teaching, as a program of its own (`python -m bot.teach`): trains, then compares the new model with the live one."""
