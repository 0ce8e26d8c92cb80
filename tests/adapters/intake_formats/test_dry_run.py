import orjson

from adapters.intake_formats.dry_run import to_dry_run
from adapters.intake_formats.formats import FORMATS
from tests.adapters.intake_formats.support import fixtures, request


def test_a_dry_run_has_the_agreed_keys_and_nothing_else() -> None:
    (signal,) = FORMATS["wazuh"].read(fixtures("wazuh")[-1].read_bytes(), request("wazuh-drift")).signals
    assert orjson.loads(orjson.dumps(to_dry_run(signal))) == {
        "source": "wazuh-drift",
        "source_event_id": "wazuh-01/node02/1772327469.104530",
        "title": "sshd: mange forkerte kodeord",
        "description": "Mar  1 02:11:09 fs01 sshd[77]: Failed password",
        "severity": "high",
        "status": "firing",
        "detected_at": "2026-03-01T01:11:09.123000Z",
        "components": ["fs01"],
        "signal_category": "syslog,sshd",
        "references": ["rule:5763", "mitre:T1110", "https://vt.example/x"],
        "payload_sha256": signal.payload_sha256,
    }


def test_the_keys_come_in_the_agreed_order() -> None:
    (signal,) = FORMATS["alertmanager"].read(fixtures("alertmanager")[-1].read_bytes(), request("alertmanager")).signals
    assert list(to_dry_run(signal)) == [
        "source",
        "source_event_id",
        "title",
        "description",
        "severity",
        "status",
        "detected_at",
        "components",
        "signal_category",
        "references",
        "payload_sha256",
    ]
