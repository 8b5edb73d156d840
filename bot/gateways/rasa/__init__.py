"""The embedded Rasa agent: the only home of Rasa outside `nlu/`. Importing it keeps Rasa quiet first."""

from bot.gateways.rasa import quiet

quiet.keep_quiet()
