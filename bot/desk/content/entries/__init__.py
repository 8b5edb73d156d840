"""The pages of everything else that can be edited: facts, words, dangers, ready-made messages."""
