"""With SPORLOG_PROCESSES=2: what comes by NATS is read and stored in a process of its own, which `sporlog up` looks after.

Reading and packing alerts and folding events then share no interpreter. It runs the part `intake` as `sporlog run intake` does,
and nothing of it holds what would be lost: killed, it begins again where its durable consumer stands.
"""

import asyncio
import os
import sys
from contextlib import ExitStack
from typing import ClassVar

import structlog

from adapters.process import end_child, own_group
from adapters.settings import Settings
from adapters.up.log_file import log_file
from domain.errors import SporlogError

log = structlog.get_logger(__name__)

PROGRAM = ("-P", "-m", "adapters.up.intake_main")
STOP_WITHIN = 15.0


class IntakeProcessError(SporlogError):
    """The process ended by itself."""

    code: ClassVar[str] = "intake-process"


async def run_intake_process(settings: Settings, nats: str) -> None:
    """Run it until cancelled, then end it in order. Raises `IntakeProcessError` when it ended by itself: to be begun again.

    It ends when its parent does, however that ends: the pipe to its standard input is closed then.
    """
    # NATS' password goes by the environment, which others on this machine cannot read; a command line they can.
    given = {"DATA": str(settings.data), "KEYRING": str(settings.keyring), "DATABASE": settings.database or "", "NATS": nats}
    with ExitStack() as here:
        log_to = here.enter_context(path.open("ab")) if (path := log_file(settings)) else None
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            *PROGRAM,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.DEVNULL,
            stderr=log_to,
            env={**os.environ, **{f"SPORLOG_{name}": value for name, value in given.items()}},
            **own_group(),
        )
    log.info("intake runs in a process of its own", pid=process.pid)
    try:
        status = await process.wait()
        msg = f"the process for intake ended by itself with status {status}; what it had not acknowledged comes again"
        raise IntakeProcessError(msg)
    finally:
        await end_child(process, STOP_WITHIN)
