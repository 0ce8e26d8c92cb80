"""Followers work one after the other, and one that is held up holds up no other."""

import asyncio
import threading
import time

import pytest

from adapters.bus.turns import TURN_S, Turns


async def test_one_works_at_a_time_in_the_order_in_which_they_came() -> None:
    turns, at_work, most, order = Turns(), 0, 0, list[int]()

    def work(number: int) -> int:
        nonlocal at_work, most
        at_work += 1
        most = max(most, at_work)
        time.sleep(0.005)
        order.append(number)
        at_work -= 1
        return number

    assert await asyncio.gather(*(turns(lambda n=n: work(n)) for n in range(10))) == list(range(10))  # type: ignore[misc]
    assert (order, most) == (list(range(10)), 1)


async def test_who_waits_for_a_lock_is_not_waited_for() -> None:
    turns, lock = Turns(), threading.Event()
    held_up = asyncio.create_task(turns(lambda: lock.wait(30)))
    await asyncio.sleep(0)
    began = time.monotonic()
    assert await turns(lambda: "done") == "done"
    assert TURN_S / 2 < time.monotonic() - began < 10
    assert not held_up.done()
    lock.set()
    assert await held_up


async def test_what_is_raised_is_raised_to_who_asked_and_the_next_one_has_its_turn() -> None:
    turns = Turns()
    with pytest.raises(ZeroDivisionError):
        await turns(lambda: 1 / 0)
    cancelled = asyncio.create_task(turns(lambda: time.sleep(0.05)))
    await asyncio.sleep(0.01)
    cancelled.cancel()
    assert await turns(lambda: 1) == 1
