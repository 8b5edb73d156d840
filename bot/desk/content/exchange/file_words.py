"""What is wrong in a file, in the language of the screen.

What reads files says it in English with names filled in. Here are the same sentences with {places},
each with its Dutch.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from babel.numbers import format_decimal

from bot.desk.content.known_sentence import places_in
from bot.desk.content.reasons_told import SENTENCES as REASONS
from bot.desk.words import words

LACKING: Final = "This sheet is missing. Begin from a new export and leave its sheets."
SENTENCES: Final = (
    "This is no XLSX file. Save it in your spreadsheet as “Excel workbook (.xlsx)”.",
    "It is larger than {number} MB. Send a smaller one.",
    "It unpacks into far more than texts can be. Export a new file and begin from that.",
    "It has more than {number} rows. Take out what is no text of ours.",
    "This workbook cannot be read. Open it in your spreadsheet and save it anew.",
    "A sheet cannot be read. Open the file in your spreadsheet and save it anew.",
    "There is no such sheet. The sheets are: {names}. Take it out.",
    LACKING,
    "These cells are merged. Split them into cells of their own.",
    "The first columns must be {names}. Begin from a new export.",
    "The column {name} is there twice. Take one of them out.",
    "This column has no heading. Name its language in the first row, or empty it.",
    "There are only blanks in this cell. Write the text, or empty the cell.",
    "“{name}” is no column of this file, which is for {only} alone. Take it out.",
    "“{name}” is no language of ours and no column of this sheet. Use: {names}.",
    "“{name}” is not one of our languages. Use {names}.",
    "There is a formula in this cell (formula injection). Write the text itself.",
    "There is an error of a formula in this cell (formula injection). Write the text itself.",
    "The column “{name}” is empty here.",
    "“{name}” stands in row {number} as well. Keep one of them.",
    "There is no {kind} “{name}”. Copy the key from a new export.",
    "“{name}” is no part that can be written here. Take this row out.",
    "{name} is not known. Use the placeholders of the Dutch text.",
    "{name} is not known. Add the fact, or use another placeholder.",
    "{key} has no “{name}” here, and cannot do without. Write it.",
    "A danger cannot be taken away. Leave it in the file.",
    "The next topic “{name}” does not exist. Use the key of a topic.",
    "The pictogram “{name}” does not exist. Choose one at the desk.",
    "A phrase cannot be read: {name}.",
    "There is no Dutch text for this. Write the Dutch text first, or with it.",
    "This is not a text in UTF-8. Save it as YAML in UTF-8.",
    "This is not valid YAML: {name}.",
    "The file must begin with “format: {name}”.",
    "There is no list “entries” in the file.",
    "This is no entry. Copy one from a file that was exported.",
    "{name} is in the file twice. Keep one of them.",
    "{name} was published again since you looked. Look at what changes once more.",
    "It changes more than {number} texts. Send fewer at once.",
    "This is too long to be kept. Shorten it.",
    "References (& and *) are not read. Write the text out.",
    "There is a character here that no text has (\\0). Take it out.",
    "Lists within lists go too deep here. Take them out.",
    "The file has too many parts. Split it.",
    "“{name}” has no place here. Take it out.",
    "“{name}” stands twice in one entry. Keep one of them.",
    "A {kind} has no language. Leave it out.",
    "“{name}” cannot be the key of a {kind}. Copy the key from a file that was exported.",
    "Write it as: unreviewed | role | date | date of the next review, with - for none.",
    "Write every source on a line of its own, as: name | https address | 2026-11-21.",
    "Leave this cell as it was exported; readings are recorded at the desk.",
    "There is no text here. Write it.",
    "A value is empty. Fill in the value, or take the language away.",
    "There is no value for Dutch. Fill in the Dutch value, or one for all.",
    "A value cannot stand within a sentence. Write one line of at most {number} characters, without braces.",
    "Nobody can have looked on that day. Fill in the day on which you looked.",
    "It has no name. Give it a name for colleagues.",
    "There is no text. Write it in at least one language.",
    "“{name}” is no name. {advice}",
    "“{quote}” has {number} characters. Shorten it to {most} characters.",
    "“{quote}” is an example of {name}. Keep it in one place.",
    "“{quote}” tells of danger. Phrases see danger, not examples.",
    "You are writing this text yourself. Send your draft to review or throw it away, then send the file again.",
    "This cell is full: a part of its text may be lost. Shorten it.",
    "There is no group “{name}”. Choose a group of the list.",
    "There is no kind “{name}”. Choose vaccination, a worry, or neither.",
    "“{name}” is in use for the talk itself. Choose another name.",
    "The braces of this label are not those that the program fills in. Use: {names}.",
    "It names {name}, which the file takes away. Keep that {kind}.",
    "The file takes its Dutch text away. Take the translation away as well.",
)


def file_teller(language: str) -> Callable[[str], str]:
    """Says one of SENTENCES, or why a text must stay, in a language, its places filled in; "" for any other."""
    say = words(language)

    def told(sentence: str) -> str:
        for known in (*SENTENCES, *REASONS):
            if (found := places_in(sentence, known)) is not None:
                return say(known, **{name: _written(name, value, language) for name, value in found.items()})
        return ""

    return told


def _written(name: str, value: str, language: str) -> str:
    """A number as the language writes it: 20,000 is 20.000 in Dutch."""
    digits = value.replace(",", "")
    return format_decimal(int(digits), locale=language) if name == "number" and digits.isdecimal() else value
