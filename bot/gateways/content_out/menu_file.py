"""`responses/menu.yml`: which topics stand behind which choice of the menu."""

from __future__ import annotations

from typing import Final

from bot.core.content import Content, MenuGroup
from bot.gateways.content_out.project_files import ProjectFiles

MENU: Final = "responses/menu.yml"


def menu_of(content: Content) -> tuple[MenuGroup, ...]:
    """The menu as it is shown: topics that were made at the desk last behind their group."""
    return tuple(_with_new(group, content) for group in content.menu)


def _with_new(group: MenuGroup, content: Content) -> MenuGroup:
    new = [] if group.meta else [key for key in content.new_topics if content.topics[key].group == group.key]
    return MenuGroup(group.key, group.emoji, group.pictogram, (*group.topics, *new), group.meta)


def write_menu(files: ProjectFiles, before: tuple[MenuGroup, ...], after: tuple[MenuGroup, ...]) -> None:
    """Makes the file say the menu of after; both have the same groups."""
    for old, new in zip(before, after, strict=True):
        if old.topics != new.topics:
            row = next(row for row in files[MENU]["menu"] if row["key"] == new.key)
            row["topics"] = list(new.topics)


def without_topics(menu: tuple[MenuGroup, ...], content: Content) -> tuple[MenuGroup, ...]:
    """The menu less topics that are not there any more."""
    return tuple(
        MenuGroup(
            group.key, group.emoji, group.pictogram, tuple(key for key in group.topics if key in content.topics),
            group.meta,
        )
        for group in menu
    )  # fmt: skip
