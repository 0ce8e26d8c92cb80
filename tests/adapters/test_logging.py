"""The log goes to standard error as it is at the moment, one JSON object a line."""

import io
import json
import sys

import pytest
import structlog

from adapters.logging import StandardError, configure


def test_a_log_line_is_one_json_object_with_time_and_correlation_id(monkeypatch: pytest.MonkeyPatch) -> None:
    written = io.StringIO()
    monkeypatch.setattr(sys, "stderr", written)
    configure("info", StandardError())
    with structlog.contextvars.bound_contextvars(correlation_id="c-1"):
        structlog.get_logger().info("hændelse", reference="H-2026-0001")

    line = json.loads(written.getvalue())
    assert {name: line[name] for name in ("event", "correlation_id", "level")} == {
        "event": "hændelse",
        "correlation_id": "c-1",
        "level": "info",
    }
    assert line["timestamp"].endswith("Z")


def test_who_replaces_standard_error_for_a_while_does_not_break_the_log_afterwards(monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = io.StringIO(), io.StringIO()
    log = structlog.get_logger()
    monkeypatch.setattr(sys, "stderr", first)
    configure("info", StandardError())
    log.info("one")
    first.close()
    monkeypatch.setattr(sys, "stderr", second)
    log.info("two")

    assert json.loads(second.getvalue())["event"] == "two"
