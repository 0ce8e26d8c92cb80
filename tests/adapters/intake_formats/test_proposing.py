"""A mapping proposed from one sample reads that sample."""

from datetime import UTC, datetime

import orjson
import pytest

from adapters.intake_formats.contract import Request
from adapters.intake_formats.mapped import check_mapping, mapped
from adapters.intake_formats.proposing import propose
from domain.intake.mapping import Mapping
from domain.signals import Severity, Signal, SignalStatus

NOW = datetime(2026, 11, 20, 14, 5, tzinfo=UTC)


def read(sample: object) -> tuple[Mapping, Signal]:
    mapping = check_mapping(propose(sample))
    parsed = mapped(mapping).read(orjson.dumps(sample), Request("forti", NOW))
    assert parsed.rejected == []
    return mapping, parsed.signals[0]


def test_english_names_are_found_flat_and_nested() -> None:
    mapping, signal = read(
        {
            "alert_id": "41",
            "rule": {"name": "Brute force", "level": "critical"},
            "message": "40 fejlede logins",
            "host": {"name": "fs01", "ip": "10.0.0.4"},
            "@timestamp": "2026-03-01T02:11:09+01:00",
            "url": "https://forti.example/41",
        }
    )
    assert (signal.source_event_id, signal.severity, signal.components) == ("41", Severity.CRITICAL, ("fs01",))
    assert (signal.title, signal.references) == ("40 fejlede logins", ("https://forti.example/41",))
    assert signal.detected_at == datetime(2026, 3, 1, 1, 11, 9, tzinfo=UTC)
    assert mapping.detected_at == ('"@timestamp"',)


def test_danish_names_and_words_are_found() -> None:
    _, signal = read(
        {
            "Sagsnummer": "S-7",
            "Emne": "Brand i lageret",
            "Alvor": "Høj",
            "Tilstand": "løst",
            "Enhed": "lager-1",
            "Kategori": "fysisk",
        }
    )
    assert (signal.source_event_id, signal.title, signal.components) == ("S-7", "Brand i lageret", ("lager-1",))
    assert (signal.severity, signal.status, signal.signal_category) == (Severity.HIGH, SignalStatus.RESOLVED, "fysisk")
    assert "unknown-severity" not in signal.flags


def test_the_list_of_alerts_is_found_by_its_name_or_when_it_is_all_there_is() -> None:
    assert read({"version": 1, "alerts": [{"id": "a", "title": "A"}]})[0].items == "alerts"
    assert read({"noget-andet": [{"id": "a", "title": "A"}]})[0].items == '"noget-andet"'
    assert read([{"id": "a", "title": "A"}])[0].items is None
    assert read({"id": "a", "title": "A", "observables": [{"id": "o"}]})[1].source_event_id == "a"


def test_what_names_a_host_is_not_what_names_the_alert() -> None:
    mapping, _ = read({"device": {"id": "d-1", "name": "fs01"}, "event": {"guid": "e-1"}})
    assert (mapping.key, mapping.title, mapping.components) == (("event.guid",), (), ("device.name",))


@pytest.mark.parametrize("sample", [{}, {"alerts": []}, {'a"\\b': {"id": "1"}}, {"a": {"b": {"c": {"d": {"e": {"id": "1"}}}}}}])
def test_a_sample_that_tells_little_gives_a_mapping_that_can_be_read(sample: object) -> None:
    check_mapping(propose(sample))


@pytest.mark.parametrize("sample", [[], 17, "x", None, [17]])
def test_what_is_no_object_gives_an_empty_mapping(sample: object) -> None:
    assert propose(sample) == Mapping()
