"""A topic that no model knows yet: what is taught, asked and answered wherever teaching is tried from end to end."""

from __future__ import annotations

from typing import Final

TOPIC: Final = "bike_repair"
LABEL: Final = "Fiets kapot"
EXAMPLES: Final = (
    "wie kan mijn fiets maken",
    "mijn band is lek",
    "is er een fietsenmaker in de wijk",
    "waar kan ik mijn fiets laten repareren",
    "fiets kapot wat nu",
    "de ketting is van mijn fiets gevallen",
    "kan iemand helpen met mijn kapotte fiets",
    "ik heb een lekke band en geen geld voor de fietsenmaker",
    "goedkoop fiets laten maken",
    "mijn fiets remt niet meer",
    "hulp bij fiets plakken",
    "mijn fiets doet het niet meer",
)
QUESTION: Final = "kan iemand mijn fiets repareren"  # not among them
ANSWER: Final = "Is uw fiets kapot? In het buurthuis helpt iemand u. Dat kost niets."
COPIES: Final = (  # a bad topic: examples of flu_jab in nlu/nl/vaccination.yml, with a word more or less
    "wanneer is de griepprik nou",
    "wanneer is de griepprik weer",
    "wat doet de griepprik nou",
    "wat doet de griepprik dan",
    "waar haal ik de griepprik nou",
    "waar haal ik de griepprik dan",
    "krijg je griep van de griepprik dan",
    "krijg je nou griep van de griepprik",
    "griepprik gratis 60 plus hoor",
    "is de griepprik al geweest dit jaar dan",
)
