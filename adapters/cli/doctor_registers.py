"""The doctor's look at the other registers that are configured."""

from collections.abc import Iterator
from contextlib import closing

from adapters.cli.findings import Finding, good, warning
from adapters.cli.language import say, show_time
from adapters.settings import Settings
from handlers.registers import Register, RegisterState


def check_registers(settings: Settings) -> Iterator[Finding]:
    """Each with when it was last read and its last error; nothing where none is configured."""
    from adapters import main

    registers = main.make_registers(settings)
    if not registers:
        return
    if settings.database is None and not (settings.data / "registers.db").exists():
        yield from (_finding(register, RegisterState(register.name)) for register in registers)
        return
    with closing(main.open_registers_memory(settings)) as memory:
        yield from [_finding(register, memory.state(register.name)) for register in registers]


def _finding(register: Register, state: RegisterState) -> Finding:
    name = f"{register.name} ({register.where})"
    told = say("er ikke læst endnu", "was not read yet")
    if state.read_at is not None:
        at, count = show_time(state.read_at), len(state.objects)
        told = say(f"læst {at}, {count} objekter", f"read {at}, {count} objects")
    if state.last_error and state.error_at:
        at = show_time(state.error_at)
        told += say(f"; sidste fejl {at}: {state.last_error}", f"; last error {at}: {state.last_error}")
    if state.is_failing:
        advice = say("ret det, og prøv med sporlog catalogue sync", "mend that, and try sporlog catalogue sync")
        return warning("registers", f"{name}: {told}", f"{advice} {register.name}")
    return good("registers", f"{name}: {told}")
