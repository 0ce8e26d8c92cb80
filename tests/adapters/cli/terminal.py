"""Typing at a command in a real pseudo-terminal."""

import os
import select
import subprocess
import time
from collections.abc import Sequence

from tests.adapters.cli.conftest import COMMAND, Sporlog


def in_terminal(sporlog: Sporlog, *arguments: str, replies: Sequence[tuple[str, str]]) -> tuple[int, str]:
    """Type each reply once its prompt is seen; exit code and all that the terminal showed."""
    import pty  # noqa: PLC0415 - not on Windows

    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [*COMMAND, *arguments],
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        env=sporlog.environment,
        preexec_fn=lambda: os.login_tty(theirs),  # noqa: PLW1509 - Ctrl-C reaches only a process whose terminal it is
    )
    os.close(theirs)
    shown, waiting = "", list(replies)
    seen, until = 0, time.monotonic() + 120
    while time.monotonic() < until and select.select([ours], [], [], 120)[0]:
        try:
            chunk = os.read(ours, 65536)
        except OSError:
            break
        if not chunk:
            break
        shown += chunk.decode()
        while waiting and waiting[0][0] in shown[seen:]:
            prompt, reply = waiting.pop(0)
            seen = shown.index(prompt, seen) + len(prompt)
            os.write(ours, reply.encode())
    os.close(ours)
    return process.wait(10), shown
