"""The Rasa graph components that make up the pipeline of `config.yml`, in the order they run."""

from typing import Final

# What the components set on a message, beside Rasa's own attributes.
LANGUAGE: Final = "language"  # of a training example: its folder's name
LANGUAGES: Final = "languages"  # of a message: {code: probability}
FOREIGN: Final = "foreign"  # of a message: the code of a language that is not ours, or ""
NORMALISED: Final = "normalised"  # of a message: core.normalise.normalise of its text
RED_FLAG: Final = "red_flag"  # of a message: {"name", "confidence"}, the second opinion
NEAREST: Final = "nearest"  # of a message: the examples that are most like it, where it was asked to explain
EXPLAIN: Final = "explain"  # in a message's metadata: set NEAREST
FLAG_INTENT: Final = "flag_"  # intents of this prefix teach red flags, never topics
NO_FLAG_INTENT: Final = "flag_none"
