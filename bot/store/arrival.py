"""The statements that store a message and find or make the row of who sent it, built once per kind of database."""

from __future__ import annotations

from functools import cache

from sqlalchemy import ColumnElement, Executable, and_, bindparam, case, exists, select

from bot.store.part import insert_into
from bot.store.tables import inbox, residents


@cache
def arrival(dialect: str) -> Executable:
    """Returns id, in_group and stopped of the resident; no row when the update was stored before.

    Its parameters are the columns of residents, and `update_key`. One statement, so that two first messages
    at once make one row, and a repeated update changes nothing.
    """
    update_key = bindparam("update_key", type_=inbox.c.update_key.type)
    channel = bindparam("channel", type_=residents.c.channel.type)
    known = exists().where(inbox.c.channel == channel, inbox.c.update_key == update_key)
    row: list[ColumnElement[object]] = [bindparam(column.name, type_=column.type) for column in residents.c]
    statement = insert_into(residents, dialect).from_select(list(residents.c), select(*row).where(~known))
    new = statement.excluded
    forgotten = and_(residents.c.forget_when_delivered, ~residents.c.in_group)
    return statement.on_conflict_do_update(
        index_elements=["channel", "address_hash"],
        set_={
            "address_sealed": new.address_sealed,  # so a new key comes into use with the next message
            "last_message_at": new.last_message_at,
            "forget_when_delivered": new.forget_when_delivered,
            # Who asked to be forgotten and comes back before the last delivery starts anew.
            "created_at": case((forgotten, new.created_at), else_=residents.c.created_at),
        },
    ).returning(residents.c.id, residents.c.in_group, residents.c.stopped)


@cache
def storing(dialect: str) -> Executable:
    """Returns the id of the new row of the inbox; no row when the update was stored before. Its columns are given."""
    return insert_into(inbox, dialect).on_conflict_do_nothing().returning(inbox.c.id)
