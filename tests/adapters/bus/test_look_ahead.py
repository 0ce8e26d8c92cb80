"""Looking ahead: all of a long line is shown to whoever looks for severe alerts, and the line is told to wait meanwhile."""

import asyncio
from collections.abc import Sequence

from adapters.bus.connection import connect
from adapters.bus.look_ahead import BATCH, STORM, LookAhead
from adapters.bus.publishing import Outgoing, append
from adapters.bus.server import NatsServer
from adapters.bus.streams import ensure
from handlers.ports import Delivery
from tests.support.waiting import until


class Line:
    def __init__(self) -> None:
        self.backlog, self.handed_over = STORM, 0
        self.looked_ahead = asyncio.Event()
        self.looked_ahead.set()


async def test_a_long_line_is_looked_at_to_its_end_and_waits_until_then(nats_server: NatsServer) -> None:
    nc, line = await connect(nats_server.url, "test"), Line()
    await ensure(nc)
    await append(nc, [Outgoing("intake.test", {}, b"%d" % number) for number in range(BATCH + 200)])
    seen, waits = list[bytes](), list[bool]()

    async def look(deliveries: Sequence[Delivery]) -> None:
        seen.extend(delivery.data for delivery in deliveries)
        waits.append(not line.looked_ahead.is_set())

    looking = asyncio.create_task(LookAhead(nc, line, look).run())
    await until(lambda: len(seen) == BATCH + 200)
    assert seen == [b"%d" % number for number in range(BATCH + 200)]
    assert waits == [True, False]
    line.backlog = 0
    await asyncio.sleep(0.3)
    assert line.looked_ahead.is_set()
    looking.cancel()
    await asyncio.gather(looking, return_exceptions=True)
    assert looking.cancelled()
    await nc.close()
