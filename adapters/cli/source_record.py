"""What every command that changes a source shares: who did it and why, one transaction, and secrets that are shown once."""

import asyncio
import secrets
from functools import partial
from hashlib import sha256
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

import typer
from pydantic import ValidationError

from adapters.cli.language import say
from adapters.cli.office import origin
from domain.events import Meta
from domain.intake.errors import UnknownSourceError
from domain.intake.events import IntakeChange, IntakeEvent, SecretSet, TokenIssued
from domain.intake.state import Source
from handlers.requests import InvalidFieldsError

if TYPE_CHECKING:
    from adapters.main import Office
    from adapters.settings import Settings
    from handlers.intake_setup import SetUp

SECRET_BYTES = 32
"""256 bits."""
WRONG_NAME = say(
    "en kildes navn er små bogstaver a-z, tal, - og _, højst 40 tegn: skriv som forti-drift",
    "a source's name is lower-case letters a-z, digits, - and _, at most 40: write as forti-drift",
)

E = TypeVar("E", bound=IntakeChange)
Name = Annotated[str, typer.Argument(metavar=say("NAVN", "NAME"), help=say("Kildens navn, som forti-drift", "As forti-drift"))]
Reason = Annotated[str, typer.Option("--reason", metavar=say("TEKST", "TEXT"), help=say("Hvorfor; føres i loggen", "Why"))]


def event(kind: type[E], **fields: Any) -> E:  # noqa: ANN401 - the event's own fields
    """One change by whoever runs this, now. Raises `InvalidFieldsError` naming each field that is wrong."""
    asked = origin()
    meta = Meta(
        actor=asked.actor,
        channel=asked.channel,
        os_user=asked.os_user,
        occurred_at=asked.now,
        correlation_id=asked.correlation_id,
    )
    try:
        return kind(meta=meta, **fields)
    except ValidationError as error:
        if any(e["loc"] == ("source",) for e in error.errors(include_url=False)):
            raise InvalidFieldsError(WRONG_NAME) from error
        wrong = "; ".join(f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in error.errors(include_url=False))
        raise InvalidFieldsError(wrong) from error


def record(opened: "Office", *proposed: IntakeEvent) -> "SetUp":
    """All of it or none, durable on return. Raises the domain's named refusals."""
    from handlers.intake_setup import change

    return asyncio.run(opened.desk.committer.submit(partial(change, proposed=proposed)))


def new_token(source: str, reason: str | None) -> tuple[str, TokenIssued]:
    """A random token, and the event that makes it the source's: it holds the hash alone."""
    token = secrets.token_urlsafe(SECRET_BYTES)
    return token, event(TokenIssued, source=source, token_sha256=sha256(token.encode()).hexdigest(), reason=reason)


def new_secret(source: str, reason: str | None) -> tuple[str, SecretSet]:
    """A random secret to sign with, and the event that holds it, sealed."""
    secret = secrets.token_urlsafe(SECRET_BYTES)
    return secret, event(SecretSet, source=source, secret=secret, reason=reason)


def known(opened: "Office", name: str) -> Source:
    """The source that was added. Raises `UnknownSourceError`."""
    found = opened.store.intake_setup().sources.get(name)
    if found is None:
        raise UnknownSourceError(
            say(
                f"der er ingen kilde {name!r}: tilføj den med `sporlog source add`, eller se `sporlog source list`",
                f"there is no source {name!r}: add it with `sporlog source add`, or see `sporlog source list`",
            )
        )
    return found


def address(settings: "Settings", name: str) -> str:
    """Where its tool sends: the public address, or where `sporlog up` listens."""
    base = settings.public_url or f"http://{settings.http_host}:{settings.http_port}"
    return f"{base.rstrip('/')}/intake/{name}"
