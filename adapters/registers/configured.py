"""Which registers the settings name."""

from collections.abc import Callable
from datetime import datetime

from adapters.register_settings import RegistersSettings
from adapters.registers.os2compliance import OS2Compliance
from adapters.registers.os2kitos import OS2Kitos
from adapters.registers.servicenow import ServiceNow
from handlers.registers import Register


def registers(at: RegistersSettings, clock: Callable[[], datetime]) -> tuple[Register, ...]:
    """Those that are configured."""
    made: list[Register | None] = [
        at.os2kitos and OS2Kitos(at.os2kitos, clock),
        at.servicenow and ServiceNow(at.servicenow),
        at.os2compliance and OS2Compliance(at.os2compliance),
    ]
    return tuple(one for one in made if one is not None)
