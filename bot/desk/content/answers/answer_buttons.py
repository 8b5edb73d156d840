"""The buttons of an answer's form that ask for more than keeping the draft."""

from __future__ import annotations

from urllib.parse import quote

from bot.desk.forms import Given


def without_dropped(form: Given) -> Given:
    """The form less the section or source whose button for taking it away was pressed."""
    texts = dict(form.texts)
    texts.pop(f"section-{form.text('drop-section')}", None)
    place = form.text("drop-source")
    if place.isdecimal() and place.isascii():
        for name in ("source-name", "source-url", "source-checked"):
            rows = form.all(name)
            texts[name] = [row for number, row in enumerate(rows) if number != int(place)]
    return Given(texts)


def asked_on_the_way(form: Given) -> str:
    """The rest of the page's address, when a field or a picture is looked for or one is not wanted any more; or ""."""
    section, search = form.text("new-section", 40), form.text("find-picture", 60)
    if form.ticked("add-section") and section.replace("_", "").isalnum():
        return f"?section={section}#field-{section}"
    if form.ticked("find"):
        return f"?picture={quote(search)}#pictures"
    if form.ticked("drop-section"):
        return "#sections"
    return "#sources" if form.ticked("drop-source") or form.ticked("add-source") else ""
