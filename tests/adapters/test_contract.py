"""The contract says all that subscribers rely on, and nothing that is not so."""

from adapters.asyncapi import BUCKETS as DOCUMENTED_BUCKETS
from adapters.asyncapi import asyncapi
from adapters.bus.cloudevents import encode_headers
from adapters.bus.streams import BUCKETS
from adapters.contract import event_contracts
from domain.events import EVENT_TYPES, StoredRow, subject_of
from domain.signals import stream_of


def test_every_event_of_the_domain_has_a_contract() -> None:
    topics = {topic for topic, model in EVENT_TYPES.items() if model.__module__.startswith("domain.")}

    assert topics == {contract.topic for contract in event_contracts()}


def test_every_event_and_bucket_is_in_the_asyncapi_document_with_its_subject() -> None:
    channels = asyncapi()["channels"]

    for contract in event_contracts():
        assert channels[contract.ce_type]["address"] == contract.subject
    for bucket in BUCKETS:
        assert channels[f"kv.{bucket}"]["address"] == f"$KV.{bucket}.>"
    assert set(DOCUMENTED_BUCKETS) == set(BUCKETS)
    assert channels["intake"]["address"] == "intake.{source}"


def test_the_contract_names_the_subject_that_the_relay_publishes_on() -> None:
    stream = stream_of("wazuh")

    for contract in event_contracts():
        assert subject_of(contract.topic, stream) == contract.subject.replace("*", str(stream))


def test_the_documented_headers_are_those_that_the_relay_sends() -> None:
    row = StoredRow(1, 2, stream_of("wazuh"), 1, "signals.received.1", b"{}")
    documented = next(iter(asyncapi()["components"]["messages"].values()))["headers"]["properties"]

    assert set(encode_headers(row)) == set(documented)


def test_no_confidential_field_is_in_a_published_schema() -> None:
    for contract in event_contracts():
        assert not set(contract.confidential) & set(contract.schema["properties"])
        assert "sealed" in contract.schema["properties"]


def test_the_free_text_of_a_report_is_confidential_and_its_reference_is_not() -> None:
    reported = next(contract for contract in event_contracts() if contract.topic == "incident.reported.1")

    assert set(reported.confidential) == {"title", "description", "place"}
    assert "reference" in reported.clear
