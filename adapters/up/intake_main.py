"""The program of the process that `adapters.up.intake_process` starts and ends."""

import os
import signal
import sys
import threading
import time

from adapters.settings import read_settings
from adapters.up.intake_process import STOP_WITHIN
from adapters.up.start import start_parts
from domain.errors import SporlogError

STANDARD_INPUT = 0


def main() -> None:
    """Take in what comes by NATS until told to end, or until the parent is gone."""
    threading.Thread(target=_end_with_parent, daemon=True).start()
    try:
        start_parts(read_settings(), ["intake"])
    except SporlogError as error:
        sys.exit(f"{error.code}: {error}")


def _end_with_parent() -> None:
    # Nothing is ever written there: it ends when the parent closes it, or dies. Not by `sys.stdin`: a thread that waits in it
    # holds a lock that Python wants at its own end.
    while os.read(STANDARD_INPUT, 1):
        pass
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(STOP_WITHIN)
    os._exit(1)  # whatever holds it up: nothing is lost by it, and nobody else would end it now


if __name__ == "__main__":
    main()
