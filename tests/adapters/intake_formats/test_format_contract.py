"""What every format promises. A new format adds its fixtures and a class of two lines at the end."""

import re
from collections.abc import Sequence
from datetime import timedelta
from hashlib import sha256
from typing import Any, ClassVar

import orjson
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from adapters.intake_formats.common import MAX_DESCRIPTION, MAX_ENTRIES, MAX_ID, MAX_NAME, MAX_REFERENCE, MAX_TITLE
from adapters.intake_formats.contract import Format, Parsed
from adapters.intake_formats.dry_run import to_dry_run
from adapters.intake_formats.formats import FORMATS
from domain.signals import Disposition, ReceivedSignal, Severity
from tests.adapters.intake_formats.support import expected, fixtures, request, samples, shown

# One test body runs for each format's class: that is what a shared suite is.
fuzz = settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.differing_executors])

GARBAGE = [
    b"null",
    b"42",
    b'"text"',
    b"{}",
    b"[1]",
    b"<alert/>",
    b"\0",
    b"NaN",
    b'{"a": NaN}',
    b'{"alerts": [',
    b'"\\ud800"',
    b"{]",
    b"[[]]",
]

json_values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**63), 2**64 - 1)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=20),
    lambda children: st.lists(children, max_size=3) | st.dictionaries(st.text(max_size=5), children, max_size=3),
    max_leaves=8,
)


def paths_of(value: Any, path: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:  # noqa: ANN401 - any JSON
    entries: list[tuple[str | int, Any]] = []
    if isinstance(value, dict):
        entries = list(value.items())
    elif isinstance(value, list):
        entries = list(enumerate(value))
    return [path, *(deeper for key, child in entries for deeper in paths_of(child, (*path, key)))]


def replaced(value: Any, path: tuple[str | int, ...], new: Any) -> Any:  # noqa: ANN401 - any JSON
    if not path:
        return new
    entries: Any = dict(value) if isinstance(value, dict) else list(value)
    entries[path[0]] = replaced(value[path[0]], path[1:], new)
    return entries


def is_sound(parsed: Parsed) -> None:
    """Whatever came in, what goes on can be stored, shown and sent on."""
    for signal in parsed.signals:
        assert signal.payload_sha256 == sha256(signal.raw).hexdigest()
        assert signal.detected_at.utcoffset() == timedelta(0)
        assert 0 < len(signal.source_event_id) <= MAX_ID
        assert 0 < len(signal.title) <= MAX_TITLE
        assert len(signal.description) <= MAX_DESCRIPTION
        assert len(signal.components) <= MAX_ENTRIES
        assert all(0 < len(name) <= MAX_NAME for name in signal.components)
        assert all(0 < len(reference) <= MAX_REFERENCE for reference in signal.references)
        assert all(0 < len(name) <= MAX_NAME for name in signal.services)
        assert all(0 < len(name) <= MAX_ID for name in (*signal.same_as, signal.episode or "none"))
        assert signal.told_at is None or signal.told_at.utcoffset() == timedelta(0)
        texts = (
            signal.source_event_id,
            signal.title,
            signal.description,
            signal.signal_category,
            *signal.components,
            *signal.references,
            *signal.services,
            *signal.same_as,
            signal.episode,
        )
        assert not any(re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]", text) for text in texts)
        orjson.dumps(to_dry_run(signal))
        clear = {name: value for name, value in signal._asdict().items() if name in ReceivedSignal.model_fields}
        ReceivedSignal(**clear, disposition=Disposition.COUNTED)
    for rejected in parsed.rejected:
        assert rejected.item >= 0
        assert rejected.reason
    items = [rejected.item for rejected in parsed.rejected]
    assert items == [0] or items == sorted({*items} - {0})
    assert not (parsed.signals and items == [0])


class FormatContract:
    """Every format, whatever its bodies are made of."""

    name: ClassVar[str]
    refused: ClassVar[frozenset[str]] = frozenset()
    """Names of real tools' files that hold no alert of this format, each for a reason that its own tests give."""
    silent: ClassVar[frozenset[str]] = frozenset()
    """Names of real tools' files that are understood and hold nothing for Sporlog."""
    garbage: ClassVar[Sequence[bytes]] = GARBAGE

    @property
    def format(self) -> Format:
        return FORMATS[self.name]

    def take(self, body: bytes) -> Parsed:
        parsed = self.format.read(body, request(self.name))
        is_sound(parsed)
        return parsed

    def body(self) -> bytes:
        return fixtures(self.name)[0].read_bytes()

    def one(self) -> bytes:
        return next(path for path in fixtures(self.name) if path.stem.endswith("-one")).read_bytes()

    def test_the_fixtures_give_the_signals_written_beside_them(self) -> None:
        assert fixtures(self.name)
        for fixture in fixtures(self.name):
            parsed = self.take(fixture.read_bytes())
            assert parsed.rejected == []
            assert [shown(signal) for signal in parsed.signals] == expected(fixture)

    def test_the_source_is_the_instance_that_was_asked_for(self) -> None:
        assert {signal.source for signal in self.format.read(self.body(), request("drift")).signals} == {"drift"}

    def test_bodies_of_real_tools_are_taken_or_refused_with_a_reason(self) -> None:
        for path in [*fixtures(self.name), *samples(self.name)]:
            parsed = self.take(self.format.redact(path.read_bytes()))
            assert bool(parsed.signals) != (path.name in self.refused | self.silent), path.name
            assert bool(parsed.rejected) == (path.name in self.refused), path.name

    def test_a_body_of_one_item_is_kept_byte_for_byte(self) -> None:
        body = self.one() + b" \n"
        assert [signal.raw for signal in self.take(body).signals] == [body]

    def test_a_look_at_the_bytes_misses_nothing_severe(self) -> None:
        severe = self.format.severe or re.compile(b"")
        for path in (*fixtures(self.name), *samples(self.name)):
            body = path.read_bytes()
            if any(signal.severity in {Severity.CRITICAL, Severity.HIGH} for signal in self.take(body).signals):
                assert severe.search(body.lower()), path.name

    def test_the_same_bytes_give_the_same_answer(self) -> None:
        assert self.take(self.body()) == self.take(self.body())

    @pytest.mark.parametrize("body", [b"", b" \n", b"\xef\xbb\xbf"])
    def test_an_empty_body_is_refused(self, body: bytes) -> None:
        parsed = self.take(body)
        assert parsed.signals == []
        assert [(rejected.item, "empty" in rejected.reason) for rejected in parsed.rejected] == [(0, True)]

    def test_a_body_at_the_limit_is_taken_and_one_byte_more_is_refused(self) -> None:
        limit = self.format.limit
        full = self.body().ljust(limit)
        assert len(self.take(full).signals) == len(self.take(self.body()).signals)
        over = self.take(full + b" ")
        assert over.signals == []
        assert [(rejected.item, str(limit) in rejected.reason) for rejected in over.rejected] == [(0, True)]

    def test_garbage_is_refused_with_a_reason(self) -> None:
        for body in self.garbage:
            parsed = self.take(body)
            assert parsed.signals == [], body
            assert parsed.rejected, body

    def test_a_reason_never_quotes_the_body(self) -> None:
        for body in (b'{"cpr": "hemmeligt', b'[{"id": "hemmeligt"}]', b'{"alerts": "hemmeligt", "rule": "hemmeligt"}'):
            assert not any("hemmeligt" in rejected.reason for rejected in self.take(body).rejected)

    @given(st.binary(max_size=200))
    @fuzz
    def test_any_bytes_at_all_are_answered(self, body: bytes) -> None:
        self.take(body)

    @given(st.data())
    @fuzz
    def test_a_valid_body_with_broken_bytes_is_answered(self, data: st.DataObject) -> None:
        body = bytearray(data.draw(st.sampled_from(fixtures(self.name))).read_bytes())
        for _ in range(data.draw(st.integers(1, 4))):
            start = data.draw(st.integers(0, len(body)))
            body[start : start + data.draw(st.integers(0, 8))] = data.draw(st.binary(max_size=4))
        self.take(self.format.redact(bytes(body)))


class JsonFormatContract(FormatContract):
    """A format whose bodies are JSON, or lines of it."""

    @pytest.mark.parametrize("opening", [b"[", b'{"data":', b'[{"alerts":'])
    @pytest.mark.parametrize("depth", [65, 1_000, 100_000])
    def test_deep_nesting_is_refused(self, opening: bytes, depth: int) -> None:
        parsed = self.take(opening * depth)
        closed = self.take(
            opening * depth + b"1" + b"".join({91: b"]", 123: b"}"}[c] for c in reversed(opening) if c in b"[{") * depth
        )
        for each in (parsed, closed):
            assert each.signals == []
            assert each.rejected

    def test_a_byte_order_mark_is_tolerated(self) -> None:
        assert len(self.take(b"\xef\xbb\xbf" + self.body()).signals) == len(self.take(self.body()).signals)

    @pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32"])
    def test_another_unicode_encoding_is_refused_by_name(self, encoding: str) -> None:
        parsed = self.take(self.body().decode().encode(encoding))
        assert parsed.signals == []
        assert all("UTF-8" in rejected.reason for rejected in parsed.rejected)
        assert parsed.rejected

    def test_danish_letters_in_latin_1_are_refused_with_the_byte(self) -> None:
        parsed = self.take('{"title": "Lærkeborg"}'.encode("latin-1"))
        assert parsed.signals == []
        assert [rejected.reason.split(":")[0] for rejected in parsed.rejected] == [
            "byte 12 is not UTF-8 (ISO-8859-1 or Windows-1252?)"
        ]

    @given(json_values)
    @fuzz
    def test_any_json_at_all_is_answered(self, value: object) -> None:
        self.take(orjson.dumps(value))

    @given(st.data())
    @fuzz
    def test_a_valid_body_with_any_value_exchanged_is_answered(self, data: st.DataObject) -> None:
        value = orjson.loads(self.one())
        path = data.draw(st.sampled_from(paths_of(value)))
        changed = replaced(value, path, data.draw(json_values))
        self.take(orjson.dumps(changed))


def leaves(suite: type[FormatContract]) -> set[type[FormatContract]]:
    deeper = {leaf for each in suite.__subclasses__() for leaf in leaves(each)}
    return deeper or {suite}


def test_every_format_passes_this_suite() -> None:
    assert {suite.name for suite in leaves(FormatContract)} == set(FORMATS)


class TestAlertmanager(JsonFormatContract):
    name = "alertmanager"


class TestCef(FormatContract):
    name = "cef"


class TestCloudEvents(JsonFormatContract):
    name = "cloudevents"
    refused = frozenset({"cloudevents_schema.json"})  # describes events and is none


class TestCsv(FormatContract):
    name = "csv"


class TestDefender(JsonFormatContract):
    name = "defender"


class TestElastic(JsonFormatContract):
    name = "elastic"


class TestEmail(FormatContract):
    name = "email"


class TestGrafana(JsonFormatContract):
    name = "grafana"


class TestIcinga2(JsonFormatContract):
    name = "icinga2"
    silent = frozenset({"statechange_host.json"})  # a soft state


class TestIodef(FormatContract):
    name = "iodef"
    refused = frozenset({"iodef-1.0.xsd"})  # describes documents and is none


class TestLeef(FormatContract):
    name = "leef"


class TestMisp(JsonFormatContract):
    name = "misp"
    refused = frozenset({"event_obj_attr_tag.json", "simple.json"})  # parts of events, that tell neither uuid nor info


class TestOcsf(JsonFormatContract):
    name = "ocsf"
    silent = frozenset({"detection_finding_prowler.json"})  # a check that passed
    refused = frozenset(  # describe findings and are none
        {"schema_detection_finding.json", "schema_finding.json", "schema_finding_info.json", "schema_incident_finding.json"}
    )


class TestSentinel(JsonFormatContract):
    name = "sentinel"


class TestServiceNow(JsonFormatContract):
    name = "servicenow"


class TestStix(JsonFormatContract):
    name = "stix"


class TestSuricata(JsonFormatContract):
    name = "suricata"
    refused = frozenset({"schema.json"})  # describes events and is none


class TestTheHive(JsonFormatContract):
    name = "thehive"


class TestUptimeKuma(JsonFormatContract):
    name = "uptime-kuma"


class TestWazuh(JsonFormatContract):
    name = "wazuh"


class TestZabbix(JsonFormatContract):
    name = "zabbix"
