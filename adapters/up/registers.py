"""The daily look at other registers, beside everything else."""

from collections.abc import Sequence
from contextlib import AsyncExitStack, closing
from threading import Event, Thread

import structlog

from adapters import main
from adapters.settings import Settings
from handlers.registers import Register, RegisterWatch

log = structlog.get_logger(__name__)

REGISTERS_S = 600.0
"""How often it is looked whether a register's day has passed."""


def run_registers(stack: AsyncExitStack, settings: Settings) -> None:
    """Read those that are configured, until the stack is closed.

    In a thread that nobody waits for at the end: a register may take minutes to answer, and what is remembered of it is one
    write, which is there or is not.
    """
    registers = main.make_registers(settings)
    if registers:
        stopped = Event()
        stack.callback(stopped.set)
        Thread(target=_keep_reading, args=(settings, registers, stopped), name="registers", daemon=True).start()


def _keep_reading(settings: Settings, registers: Sequence[Register], stopped: Event) -> None:
    while not stopped.is_set():
        try:
            with closing(main.open_registers_memory(settings)) as memory:
                RegisterWatch(registers, memory, main.utc_now).look()
        except Exception:
            log.exception("the registers could not be looked at", again_in=REGISTERS_S)
        stopped.wait(REGISTERS_S)
