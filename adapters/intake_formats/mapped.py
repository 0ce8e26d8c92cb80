"""Any JSON, read by a saved mapping: `domain/intake/mapping.py` says what a mapping is.

A path that finds nothing is no error: tools leave out what they do not know. A key that finds nothing, or no key at all, is the
SHA-256 of the item's bytes. What cannot be read at all, and every body while there is no mapping, waits for a person.
"""

from collections.abc import Sequence
from datetime import datetime, tzinfo
from hashlib import sha256
from typing import Any, ClassVar

import jmespath
from jmespath.exceptions import JMESPathError

from adapters.intake_formats.common import (
    as_text,
    as_texts,
    build_signal,
    read_epoch,
    read_severity,
    read_status,
    read_time,
)
from adapters.intake_formats.contract import Format, Parsed, Request, UnreadableError, take_each
from adapters.intake_formats.json_body import canonical, read_json, read_lines, read_list
from domain.errors import InvalidInputError
from domain.intake.mapping import Mapping, Path
from domain.signals import Severity, Signal, SignalStatus

MAPPED = "json"
"""The name of this format: each source that has it needs a mapping of its own."""
NO_MAPPING = "no mapping yet: it waits, and is read once `sporlog source map` has saved one"


class UnreadablePathError(InvalidInputError):
    """A path of a mapping is no JMESPath expression."""

    code: ClassVar[str] = "unreadable-path"


def mapped(mapping: Mapping | None) -> Format:
    """The format that reads by this mapping."""

    def parse(body: bytes, request: Request) -> Parsed:
        if mapping is None:
            read_json(body)
            raise UnreadableError(NO_MAPPING)
        try:
            value = read_json(body)
        except UnreadableError:
            if lines := read_lines(body):
                return take_each(lines, lambda line: _signal(mapping, read_json(line), line, request))
            raise
        items = value if mapping.items is None else _find(mapping.items, value)
        if not isinstance(items, list):
            if mapping.items is not None:
                raise UnreadableError(f"{mapping.items}: no list of alerts is there: correct the mapping")
            return take_each([items], lambda item: _signal(mapping, item, body, request))
        if not read_list(items, "the items"):
            raise UnreadableError("the list is empty, there is nothing to take")
        alone = len(items) == 1
        return take_each(items, lambda item: _signal(mapping, item, body if alone else canonical(item), request))

    return Format(parse)


def check_mapping(mapping: Mapping) -> Mapping:
    """The mapping, if every path can be read. Raises `UnreadablePathError` naming the field, the path and where it breaks."""
    for name, value in mapping:
        for path in (value,) if name == "items" else value if isinstance(value, tuple) else ():
            if path is None:
                continue
            try:
                jmespath.compile(path)
            except JMESPathError as error:
                reason = " ".join(str(error).split())
                msg = f"{name}: {path!r} is no JMESPath expression: {reason}"
                raise UnreadablePathError(msg) from error
    return mapping


def _signal(mapping: Mapping, item: object, raw: bytes, request: Request) -> Signal:
    if not isinstance(item, dict):
        raise UnreadableError("the alert: a JSON object is expected")
    flags: list[str] = []
    severity, status = _first(mapping.severity, item), _first(mapping.status, item)
    return build_signal(
        request,
        raw,
        event_id=_key(mapping.key, item, raw, flags),
        title=_first(mapping.title, item),
        description=_first(mapping.description, item),
        severity=_severity(mapping, severity, flags),
        status=_status(mapping, status, flags),
        detected_at=_time(mapping.detected_at, item, request.zone),
        components=_all(mapping.components, item),
        services=_all(mapping.services, item),
        signal_category=_first(mapping.category, item),
        references=_all(mapping.references, item),
        flags=flags,
        kind=mapping.kind,
    )


def _key(paths: Sequence[Path], item: object, raw: bytes, flags: list[str]) -> str:
    parts = [as_text(_find(path, item)) for path in paths]
    if any(parts):
        # A part may be missing; its place stays, so that two different alerts do not get one key.
        return "/".join(parts)
    if paths:
        flags.append("no-id")
    return "sha256:" + sha256(raw).hexdigest()


def _severity(mapping: Mapping, word: str, flags: list[str]) -> Severity:
    own = {told.casefold(): severity for told, severity in mapping.severities.items()}
    return own.get(word.strip().casefold()) or read_severity(word, flags)


def _status(mapping: Mapping, word: str, flags: list[str]) -> SignalStatus:
    own = {told.casefold(): status for told, status in mapping.statuses.items()}
    return own.get(word.strip().casefold()) or read_status(word, flags)


def _time(paths: Sequence[Path], item: object, zone: tzinfo) -> datetime | None:
    for path in paths:
        found = _find(path, item)
        if (at := read_time(found, zone) or read_epoch(found)) is not None:
            return at
    return None


def _first(paths: Sequence[Path], item: object) -> str:
    return next((text for path in paths for text in as_texts(_find(path, item))), "")


def _all(paths: Sequence[Path], item: object) -> list[str]:
    return [text for path in paths for text in as_texts(_find(path, item))]


def _find(path: Path, value: object) -> Any:  # noqa: ANN401 - any JSON
    try:
        return jmespath.search(path, value)
    except (JMESPathError, TypeError, ValueError, ArithmeticError, AttributeError) as error:
        # A function in a path that meets a value of another kind; the library lets some of Python's own errors out.
        raise UnreadableError(f"{path}: cannot be applied to this body: correct the mapping") from error
