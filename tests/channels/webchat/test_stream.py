"""A message is delivered when a page has it, and not before."""

from __future__ import annotations

import asyncio

import pytest

from bot.channels.webchat.stream import WebChat
from bot.core.errors import DeliveryLater
from bot.core.message import Chat, Outgoing

HERE = Chat("web", "here")
HELLO = Outgoing("Hallo", "nl", key="utter_greet")


async def test_a_message_waits_for_the_page_to_say_that_it_has_it() -> None:
    web = WebChat()
    with web.listen("here") as page:
        delivery = asyncio.create_task(web.deliver(HERE, 1, HELLO))
        passing = await page.next()
        assert passing is not None
        assert not delivery.done()
        assert web.acknowledge("here", passing.mark) is HELLO
        await delivery


async def test_a_message_that_no_page_takes_goes_back_to_the_outbox() -> None:
    with pytest.raises(DeliveryLater):
        await WebChat(patience=0.01).deliver(HERE, 1, HELLO)


async def test_a_page_opened_later_gets_what_is_on_its_way() -> None:
    web = WebChat()
    delivery = asyncio.create_task(web.deliver(HERE, 1, HELLO))
    await asyncio.sleep(0)
    with web.listen("here") as page:
        passing = await page.next()
        assert passing is not None
        web.acknowledge("here", passing.mark)
    await delivery


async def test_two_pages_of_one_chat_both_show_the_message() -> None:
    web = WebChat()
    with web.listen("here") as one, web.listen("here") as other:
        delivery = asyncio.create_task(web.deliver(HERE, 1, HELLO))
        first, second = await one.next(), await other.next()
        assert first is second
        assert first is not None
        web.acknowledge("here", first.mark)
        await delivery


async def test_another_chat_can_neither_hear_nor_take_it() -> None:
    web = WebChat()
    with web.listen("here") as page, web.listen("elsewhere") as stranger:
        delivery = asyncio.create_task(web.deliver(HERE, 1, HELLO))
        passing = await page.next()
        assert passing is not None
        assert web.acknowledge("elsewhere", passing.mark) is None
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(stranger.next(), 0.01)
        web.acknowledge("here", passing.mark)
        await delivery


async def test_the_same_number_from_a_new_database_is_another_message() -> None:
    web, marks = WebChat(), []
    for text in ("Hallo", "Dag"):
        with web.listen("here") as page:
            delivery = asyncio.create_task(web.deliver(HERE, 1, Outgoing(text, "nl")))
            passing = await page.next()
            assert passing is not None
            marks.append(passing.mark)
            web.acknowledge("here", passing.mark)
            await delivery
    assert marks[0] != marks[1]


async def test_typing_is_shown_where_somebody_looks_and_never_fails() -> None:
    web = WebChat()
    nobody = asyncio.create_task(web.show_typing(HERE))
    await asyncio.sleep(0)
    nobody.cancel()
    await asyncio.sleep(0)
    with web.listen("here") as page:
        typing = asyncio.create_task(web.show_typing(HERE))
        assert await page.next() is True
        typing.cancel()


async def test_typing_ends_with_a_turn_in_which_nothing_was_said() -> None:
    web = WebChat()
    with web.listen("here") as page:
        typing = asyncio.create_task(web.show_typing(HERE))
        assert await page.next() is True
        typing.cancel()
        assert await page.next() is False
