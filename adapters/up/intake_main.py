"""The program of the process that `adapters.up.intake_process` starts and ends."""

import os
import signal
import sys
import threading

from adapters.settings import read_settings
from adapters.up.start import start_parts
from domain.errors import SporlogError


def main() -> None:
    """Take in what comes by NATS until told to end, or until the parent is gone."""
    threading.Thread(target=_end_with_parent, daemon=True).start()
    try:
        start_parts(read_settings(), ["intake"])
    except SporlogError as error:
        sys.exit(f"{error.code}: {error}")


def _end_with_parent() -> None:
    sys.stdin.buffer.read()  # nothing is ever written there: this returns when the parent closes it, or dies
    os.kill(os.getpid(), signal.SIGTERM)


if __name__ == "__main__":
    main()
