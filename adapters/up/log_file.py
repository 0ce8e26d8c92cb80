"""Where `sporlog up` logs: to standard error, or to a file where a person looks at that and is told there what to try."""

import sys
from pathlib import Path

from adapters.logging import StandardError, configure
from adapters.settings import Settings

LOG_BYTES = 20_000_000


def log_file(settings: Settings) -> Path | None:
    """The file, on a terminal; None when the log goes to standard error."""
    return settings.data / "sporlog.log" if sys.stderr.isatty() else None


def begin_logging(settings: Settings) -> None:
    """Once at the start. A file that has grown large is put aside first, one is kept."""
    path = log_file(settings)
    if path is None:
        configure(settings.log_level, StandardError())
        return
    settings.data.mkdir(parents=True, exist_ok=True, mode=0o700)
    if path.exists() and path.stat().st_size > LOG_BYTES:
        path.replace(path.with_suffix(".log.1"))
    configure(settings.log_level, path.open("a", encoding="utf-8"))
