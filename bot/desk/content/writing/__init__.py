"""The room in which every text is written, and its moves; answers and all other entries are its two kinds of form."""
