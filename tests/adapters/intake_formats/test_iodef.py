import pytest

from adapters.intake_formats.contract import Parsed
from adapters.intake_formats.xml_body import MAX_DEPTH, MAX_ELEMENTS
from domain.signals import Severity, Signal, SignalKind, SignalStatus
from tests.adapters.intake_formats.support import ARRIVED, fixtures, read

ID = '<IncidentID name="csirt.example.org">908</IncidentID>'
BOMB = "<!DOCTYPE a [<!ENTITY a 'aaaaaaaa'>" + "".join(
    f"<!ENTITY {name} '{f'&{before};' * 10}'>" for before, name in zip("abcdefgh", "bcdefghi", strict=True)
)


def document(content: str, version: str = "2.0", attributes: str = "") -> str:
    return (
        f'<IODEF-Document version="{version}0" xmlns="urn:ietf:params:xml:ns:iodef-{version}">'
        f"<Incident {attributes}>{content}</Incident></IODEF-Document>"
    )


def parse(text: str | bytes) -> Parsed:
    return read("iodef", text if isinstance(text, bytes) else text.encode())


def the_signal(content: str, version: str = "2.0", attributes: str = "") -> Signal:
    (signal,) = parse(document(content, version, attributes)).signals
    return signal


def the_refusal(text: str | bytes) -> str:
    parsed = parse(text)
    assert parsed.signals == []
    (rejected,) = parsed.rejected
    assert rejected.item == 0
    return rejected.reason


@pytest.mark.parametrize(
    "declared",
    [
        "<!DOCTYPE IODEF-Document>",
        '<!DOCTYPE IODEF-Document SYSTEM "http://ond.example/x.dtd">',
        '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE a [<!ENTITY % x SYSTEM "http://ond.example/x"> %x;]>',
        BOMB + "]>",
    ],
)
def test_a_document_type_is_refused_by_name_whatever_it_declares(declared: str) -> None:
    assert the_refusal(declared + document(ID + "<Description>&x;</Description>")).startswith("DOCTYPE: ")


def test_an_entity_that_nobody_declared_is_refused_and_not_quoted() -> None:
    reason = the_refusal(document(ID + "<Description>&hemmeligt;</Description>"))
    assert reason == "not XML: undefined entity: line 1, column 149"


def test_elements_are_bounded_in_depth_and_number() -> None:
    deep = MAX_DEPTH - 2
    assert the_signal(ID + "<a>" * deep + "</a>" * deep).source_event_id == "csirt.example.org/908"
    assert f"{MAX_DEPTH} levels" in the_refusal(document("<a>" * (deep + 1) + "</a>" * (deep + 1)))
    assert f"{MAX_DEPTH} levels" in the_refusal(b"<a>" * 300_000)
    assert f"{MAX_ELEMENTS} elements" in the_refusal(document("<a/>" * MAX_ELEMENTS))
    attributes = " ".join(f"b{number}='1'" for number in range(MAX_ELEMENTS))
    assert f"{MAX_ELEMENTS} elements" in the_refusal(f"<a {attributes}/>")


@pytest.mark.parametrize(
    "text",
    [
        "<a></b>",
        "<a",
        "tekst",
        "<a:b/>",
        "<a b=1/>",
        "<?xml version='1.0' encoding='utf-7'?><a/>",
        b"\xff\xfe<\0a\0",
        b"<a>\xe6</a>",
    ],
)
def test_what_is_no_xml_is_refused(text: str | bytes) -> None:
    assert the_refusal(text)


def test_other_encodings_are_read_when_the_document_tells_them() -> None:
    text = "<?xml version='1.0' encoding='{}'?>" + document(ID + "<Description>Lærkeborg</Description>")
    for encoding in ("iso-8859-1", "utf-16", "windows-1252"):
        (signal,) = parse(text.format(encoding).encode(encoding)).signals
        assert signal.title == "Lærkeborg"


@pytest.mark.parametrize(
    "text",
    ["<a/>", document(ID, "3.0"), document(ID).replace("Document", "Dokument"), "<IODEF-Document><Incident/></IODEF-Document>"],
)
def test_another_root_is_refused(text: str) -> None:
    assert "iodef-1.0" in the_refusal(text)


def test_a_document_without_an_incident_is_refused() -> None:
    assert "Incident" in the_refusal(document(ID).replace("<Incident >", "<Other>").replace("</Incident>", "</Other>"))


def test_each_incident_of_a_document_is_kept_on_its_own() -> None:
    body = next(path for path in fixtures("iodef") if "old" in path.name).read_bytes()
    first, second = parse(body).signals
    assert b"908" in first.raw
    assert b"908" not in second.raw
    assert second.raw in {signal.raw for signal in parse(body.replace(b"recon", b"dos")).signals}


def test_the_key_is_the_csirts_name_and_its_number() -> None:
    assert the_signal(ID).source_event_id == "csirt.example.org/908"
    assert the_signal(ID.replace(".org", ".dk")).source_event_id == "csirt.example.dk/908"
    assert the_signal(ID.replace('">', '" instance="2">')).source_event_id == "csirt.example.org/908/2"


@pytest.mark.parametrize("content", ["", "<IncidentID name='a'/>", "<IncidentID name='a'> </IncidentID>"])
def test_without_a_number_the_bytes_are_the_key(content: str) -> None:
    signal = the_signal(content)
    assert signal.source_event_id == f"sha256:{signal.payload_sha256}"
    assert "no-id" in signal.flags


@pytest.mark.parametrize("version", ["1.0", "2.0"])
@pytest.mark.parametrize(
    ("severities", "severity", "flags"),
    [
        (("low",), Severity.LOW, ()),
        (("medium", "high", "low"), Severity.HIGH, ()),
        (("unknown", "medium"), Severity.MEDIUM, ()),
        (("none",), Severity.INFO, ()),
        (("unknown",), Severity.MEDIUM, ("unknown-severity",)),
        ((), Severity.MEDIUM, ("no-severity",)),
    ],
)
def test_the_worst_impact_is_the_severity(
    version: str, severities: tuple[str, ...], severity: Severity, flags: tuple[str, ...]
) -> None:
    name = "Impact" if version == "1.0" else "SystemImpact"
    impacts = "".join(f'<{name} severity="{each}"/>' for each in severities)
    signal = the_signal(f"{ID}<Description>d</Description><EventData><Assessment>{impacts}</Assessment></EventData>", version)
    assert (signal.severity, signal.flags) == (severity, (*flags, "no-time", "no-component"))


@pytest.mark.parametrize(
    ("status", "read_as"),
    [
        ("new", SignalStatus.FIRING),
        ("in-progress", SignalStatus.ACKNOWLEDGED),
        ("forwarded", SignalStatus.FIRING),
        ("resolved", SignalStatus.RESOLVED),
        ("future", SignalStatus.FIRING),
    ],
)
def test_version_2_tells_a_status(status: str, read_as: SignalStatus) -> None:
    assert the_signal(ID, attributes=f'status="{status}"').status is read_as


def test_an_unknown_status_is_firing_and_flagged() -> None:
    signal = the_signal(ID, attributes='status="ext-value" ext-status="slut"')
    assert signal.status is SignalStatus.FIRING
    assert "unknown-status" in signal.flags


@pytest.mark.parametrize(
    ("purpose", "kind"),
    [("reporting", SignalKind.REPORT), ("mitigation", SignalKind.REPORT), ("watch", SignalKind.INTELLIGENCE)],
)
def test_it_is_a_report_of_another_organisation_or_what_it_watches(purpose: str, kind: SignalKind) -> None:
    assert the_signal(ID, attributes=f'purpose="{purpose}"').kind is kind


@pytest.mark.parametrize(
    ("times", "detected", "told"),
    [
        ("<DetectTime>2026-03-01T01:00:00Z</DetectTime><ReportTime>2026-03-01T02:00:00Z</ReportTime>", 1, 2),
        ("<ReportTime>2026-03-01T02:00:00Z</ReportTime><GenerationTime>2026-03-01T03:00:00Z</GenerationTime>", 3, 3),
        ("<ReportTime>2026-03-01T02:00:00Z</ReportTime>", 2, 2),
    ],
)
def test_times_of_detecting_and_of_telling(times: str, detected: int, told: int) -> None:
    signal = the_signal(ID + times)
    assert (signal.detected_at.hour, signal.told_at and signal.told_at.hour) == (detected, told)


def test_without_a_time_the_arrival_counts() -> None:
    signal = the_signal(ID + "<ReportTime>i går</ReportTime>")
    assert (signal.detected_at, signal.told_at) == (ARRIVED, None)


def test_nodes_at_any_depth_are_components_and_targets_come_first() -> None:
    def system(category: str, node: str) -> str:
        return f'<Flow><System category="{category}"><Node>{node}</Node></System></Flow>'

    inner = system("target", "<NodeName>b</NodeName><Address>192.0.2.2</Address>")
    outer = system("source", "<Address>192.0.2.1</Address>")
    signal = the_signal(f"{ID}<EventData>{outer}<EventData>{inner}</EventData><Node><NodeName>c</NodeName></Node></EventData>")
    assert signal.components == ("b", "192.0.2.1", "c")


def test_another_csirts_number_names_the_same_incident() -> None:
    signal = the_signal(f'{ID}<AlternativeID><IncidentID name="csirt.example.dk">7</IncidentID></AlternativeID>')
    assert signal.same_as == ("iodef:csirt.example.org/908", "iodef:csirt.example.dk/7")
    other = the_signal('<IncidentID name="csirt.example.dk">7</IncidentID>')
    assert set(other.same_as) & set(signal.same_as)
