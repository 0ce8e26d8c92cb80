"""The AsyncAPI document: made by FastStream from the same catalogue that the relay publishes by, completed with the KV buckets.

FastStream knows neither the relay's own publishes nor key-value buckets: the first are declared to it as publishers that only
document, the second are added to its document.
"""

from functools import cache
from typing import Any

from faststream import AsyncAPI
from faststream.nats import NatsBroker

from adapters.contract import PROMISE_EN, EventContract, event_contracts

BUCKETS = {
    "register": "One document per incident, key = incident id: reference, status, category, clocks, services",
    "deadlines": "One document per incident, key = incident id: every clock with due_at and when it was met",
    "services": "One document per service: open incidents and worst severity",
    "reporting": "Counts and times per month, service and severity",
}
TITLE = "Sporlog"
HEADERS = {
    "type": "object",
    "required": ["ce-id", "ce-source", "ce-specversion", "ce-type", "Sporlog-Position", "Sporlog-Recorded-At"],
    "properties": {
        "ce-id": {"type": "string", "description": "<aggregate id>/<version>"},
        "ce-source": {"type": "string"},
        "ce-specversion": {"const": "1.0"},
        "ce-type": {"type": "string", "description": "dk.sporlog.<aggregate>.<event>.v<version>"},
        "Sporlog-Position": {
            "type": "string",
            "description": "Dense from 1: a subscriber that stores it misses and doubles nothing",
        },
        "Sporlog-Recorded-At": {"type": "string", "description": "Microseconds since 1970, UTC"},
    },
}


@cache
def asyncapi() -> dict[str, Any]:
    """AsyncAPI 3.0, as JSON values: every event version, intake subjects, dead letters, checkpoints and KV buckets."""
    broker = NatsBroker()
    for contract in event_contracts():
        broker.publisher(
            contract.subject, schema=contract.model, title=contract.ce_type, description=_description(contract), stream="EVENTS"
        )
    specification = AsyncAPI(
        broker,
        title=TITLE,
        version="1",
        description=f"Events are CloudEvents 1.0 in binary mode on the JetStream stream EVENTS. {PROMISE_EN}",
    )
    document: dict[str, Any] = specification.to_specification().to_jsonable()
    document["servers"] = {
        "nats": {"host": "127.0.0.1", "protocol": "nats", "description": "See `sporlog up` for port and user"}
    }
    for channel in document["channels"].values():
        channel["servers"] = [{"$ref": "#/servers/nats"}]
    for message in document["components"]["messages"].values():
        # CloudEvents travel in headers; the correlation id is the event's own, not FastStream's.
        message["headers"] = HEADERS
        message["correlationId"] = {"location": "$message.payload#/meta/correlation_id"}
    for name, meaning in BUCKETS.items():
        document["channels"][f"kv.{name}"] = _channel(f"$KV.{name}.>", f"JetStream KV bucket `{name}`", meaning)
        document["operations"][f"kv.{name}.watch"] = _operation("send", f"kv.{name}")
    intake = "One alert body of the source's own format; acknowledged by JetStream when durable"
    document["channels"]["intake"] = _channel("intake.{source}", "Automatic intake, stream INTAKE", intake)
    document["channels"]["intake"]["parameters"] = {"source": {"description": "Source instance, e.g. wazuh"}}
    document["operations"]["intake.take"] = _operation("receive", "intake")
    dead = "What could not be processed, with its reason in the headers; stream DEADLETTER"
    document["channels"]["deadletter"] = _channel("deadletter.>", "Dead letters", dead)
    signed = "The ledger's checkpoints, C2SP signed notes, the newest last; stream CHECKPOINTS"
    document["channels"]["checkpoint"] = _channel("checkpoint.signed", "Checkpoints", signed, "text/plain", "string")
    document["operations"]["checkpoint.put"] = _operation("send", "checkpoint")
    document["operations"]["deadletter.put"] = _operation("send", "deadletter")
    # FastStream keeps its publishers in a set: sorted, the same catalogue gives the same bytes.
    return {key: dict(sorted(part.items())) if key in {"channels", "operations"} else part for key, part in document.items()}


def _description(contract: EventContract) -> str:
    sealed = f" Sealed: {', '.join(contract.confidential)}." if contract.confidential else ""
    return f"{contract.meaning}\n\nTopic `{contract.topic}`. In clear: {', '.join(contract.clear)}.{sealed}"


def _channel(
    address: str, title: str, description: str, content_type: str = "application/json", payload: str = "object"
) -> dict[str, Any]:
    return {
        "address": address,
        "title": title,
        "description": description,
        "messages": {"message": {"contentType": content_type, "payload": {"type": payload}}},
    }


def _operation(action: str, channel: str) -> dict[str, Any]:
    return {"action": action, "channel": {"$ref": f"#/channels/{channel}"}}
