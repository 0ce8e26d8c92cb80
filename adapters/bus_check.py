"""How the bus is, without changing anything about it: for the doctor."""

from collections.abc import Mapping
from pathlib import Path

from nats.errors import Error as NatsError

from adapters.bus.connection import connect
from adapters.bus.errors import StreamConfigurationError
from adapters.bus.server_files import LOOPBACK, bundled_binary, check_version, credentials
from adapters.bus.streams import compare, definitions, stream_info


def server_version() -> str:
    """The version of the nats-server that `up` would start. Raises `NatsServerError` when there is none or it is too old."""
    return check_version(bundled_binary())


def own_url(folder: Path) -> str | None:
    """Where the nats-server that keeps its files in `folder` was started last, credentials included; None if it never was."""
    port = folder / "port"
    if not port.is_file():
        return None
    user, password = credentials(folder)
    return f"nats://{user}:{password}@{LOOPBACK}:{port.read_text(encoding='utf-8').strip()}"


async def check_streams(url: str, *, replicas: int, intake_max_bytes: int) -> Mapping[str, str | None]:
    """Every stream by name: None when it is as declared, else what is wrong with it. Makes and changes none.

    Raises `BusUnavailableError` when nobody answers.
    """
    nc = await connect(url, "sporlog-doctor")
    found = dict[str, str | None]()
    try:
        for name, wanted in definitions(replicas=replicas, intake_max_bytes=intake_max_bytes).items():
            try:
                info = await stream_info(nc, name)
                if info is None:
                    found[name] = f"stream {name} is missing: `sporlog up` makes it"
                    continue
                compare(name, wanted, info["config"])
                found[name] = None
            except (StreamConfigurationError, NatsError) as error:
                found[name] = str(error)
    finally:
        await nc.close()
    return found
