"""structlog: one JSON object a line, times in UTC, correlation ids from the context."""

import io
import logging
import sys
from typing import TextIO, cast

import structlog


class StandardError(io.TextIOBase):
    """Whatever standard error is at the moment of writing: who replaces it for a while must not break the log afterwards."""

    def write(self, text: str) -> int:
        """To the current standard error."""
        return sys.stderr.write(text)

    def flush(self) -> None:
        """The current standard error."""
        sys.stderr.flush()


def configure(level: str, stream: TextIO | StandardError) -> None:
    """Set up logging for the process; call once, before anything logs."""
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelNamesMapping()[level.upper()]),
        logger_factory=structlog.WriteLoggerFactory(cast("TextIO", stream)),
        cache_logger_on_first_use=True,
    )
