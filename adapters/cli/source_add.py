"""`sporlog source add`: a tool is connected: its token, its settings, and its first message."""

import re
import sys
import time
from typing import TYPE_CHECKING, Annotated, Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import typer

from adapters.cli.language import say
from adapters.cli.office import AsJson, Data, DatabaseUrl, office
from adapters.cli.output import console, notices, print_json, print_json_line
from adapters.cli.source_record import Name, Reason, address, event, new_secret, new_token, record
from adapters.cli.source_show import print_settings
from domain.errors import InvalidInputError
from domain.incident.events import ToldBy
from domain.intake.events import IntakeEvent, SourceSet
from domain.organisation.steps import check_known
from domain.signals import SignalsReceived, SignalsRepeated

if TYPE_CHECKING:
    from adapters.main import Office

WAIT_S = 300
"""How long a person waits for the first message, unless told."""
LOOK_S = 0.3
_UNITS = {"": 1, "m": 1, "h": 60, "t": 60, "d": 1440}


def add(
    *,
    name: Name,
    form: Annotated[
        str, typer.Option("--format", metavar="FORMAT", help=say("Som wazuh; json for alt andet", "As wazuh; json"))
    ],
    reason: Reason,
    channel: Annotated[ToldBy, typer.Option(help=say("Hvordan det, den fortæller, blev opdaget", "How it was discovered"))] = (
        ToldBy.ALARM
    ),
    entity: Annotated[
        str | None,
        typer.Option(metavar=say("ENHED", "ENTITY"), help=say("Hvis hændelser den åbner", "Whose incidents it opens")),
    ] = None,
    zone: Annotated[
        str, typer.Option(metavar="ZONE", help=say("For tider uden zone, som Europe/Copenhagen", "Of times without one"))
    ] = "UTC",
    every: Annotated[
        str | None,
        typer.Option(metavar="60m|24h", help=say("Hvor tit den mindst melder sig; ellers er den tavs", "How often it speaks")),
    ] = None,
    sign: Annotated[
        str | None, typer.Option(metavar="HEADER", help=say("Den underskriver sine kroppe her", "It signs its bodies there"))
    ] = None,
    wait: Annotated[
        int | None,
        typer.Option(min=0, metavar=say("SEKUNDER", "SECONDS"), help=say("Vent på den første besked", "Wait for its first")),
    ] = None,
    data: Data = None,
    database: DatabaseUrl = None,
    as_json: AsJson = False,
) -> None:
    """Store it, print what to set up, wait."""
    from adapters.connecting.tool_settings import Connection

    check_format(form)
    _check_zone(zone)
    proposed = event(
        SourceSet,
        source=name,
        format=form,
        channel=channel,
        entity=entity,
        zone=zone,
        reason=reason,
        expected_minutes=None if every is None else _minutes(every),
        signature_header=sign,
    )
    with office(data, database) as opened:
        organisation = opened.store.organisation()
        if entity is not None and entity not in organisation.prefixes:
            check_known(organisation, entity)
        before, head = opened.store.intake_setup().source(name), opened.store.head()
        token, secret = None, None
        events: list[IntakeEvent] = [proposed]
        if before.token_sha256 is None:
            token, issued = new_token(name, reason)
            events.append(issued)
        if sign is not None and before.secret is None:
            secret, made = new_secret(name, reason)
            events.append(made)
        record(opened, *events)
        connection = Connection(name, form, address(opened.settings, name), token, sign, secret)
        if as_json:
            print_json(connection._asdict())
        else:
            _tell(name, is_new=token is not None)
            print_settings(connection)
        seconds = wait if wait is not None else WAIT_S if sys.stdout.isatty() and not as_json else 0
        if seconds and not _wait(opened, name, head, seconds):
            raise typer.Exit(1)


def check_format(form: str) -> None:
    """Raises `InvalidInputError` naming the formats."""
    from adapters.connecting.mapping import FORMAT_NAMES

    if form not in FORMAT_NAMES:
        known = ", ".join(FORMAT_NAMES)
        raise InvalidInputError(
            say(f"--format: der er intet format {form!r}: brug {known}", f"--format: there is no format {form!r}: use {known}")
        )


def _check_zone(zone: str) -> None:
    try:
        ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        told = say(f"--zone: {zone!r} er ingen tidszone: skriv som", f"--zone: {zone!r} is no time zone: write as")
        raise InvalidInputError(f"{told} Europe/Copenhagen") from error


def _minutes(text: str) -> int:
    found = re.fullmatch(r"(\d{1,5}) ?([mhtd]?)", text.strip().lower())
    if found is None:
        raise InvalidInputError(say(f"--every: {text!r} kan ikke læses: skriv", f"--every: {text!r}: write") + " 60m, 24h, 7d")
    return int(found[1]) * _UNITS[found[2]]


def _tell(name: str, *, is_new: bool) -> None:
    if is_new:
        told = say(
            f"Kilden {name} er klar. Dens token vises kun denne ene gang: sæt det ind i værktøjet nu.",
            f"The source {name} is ready. Its token is shown this once only: put it into the tool now.",
        )
    else:
        told = say(
            f"Kilden {name} er ændret; dens token er det samme. Et nyt: sporlog source token {name}",
            f"The source {name} is changed; its token stays. A new one: sporlog source token {name}",
        )
    console().print(f"{told}\n", soft_wrap=True)


def _wait(opened: "Office", source: str, after: int, seconds: float) -> bool:
    """Look at the store, where other processes write, until the source has spoken; whether it did."""
    told = say(f"Venter på den første besked fra {source} (Ctrl-C standser)", f"Waiting for {source} to speak (Ctrl-C stops)")
    until = time.monotonic() + seconds
    notices().print(told)
    while (found := _spoke(opened, source, after)) is None and time.monotonic() < until:
        time.sleep(LOOK_S)
    if found is None:
        notices().print(
            say(
                f"Der kom intet fra {source}. Kilden er gemt; se senere med sporlog source list.",
                f"Nothing came from {source}. The source is kept; look later with sporlog source list.",
            )
        )
        return False
    _show(opened, source, found)
    return True


def _spoke(opened: "Office", source: str, after: int) -> str | None:
    store = opened.store
    for row in store.rows(after, topics=(SignalsReceived.TOPIC, SignalsRepeated.TOPIC)):
        told: Any = store.mapper.record(row, opened=False).event
        if told.source == source:
            signals = told.signals if isinstance(told, SignalsReceived) else told.repeats
            return str(signals[0].source_event_id)
    return None


def _show(opened: "Office", source: str, event_id: str) -> None:
    from adapters.connecting.signal_fate import FATES, fate_of, shown_signal
    from handlers.intake_unread import PREFIX

    store = opened.store
    print_json_line(shown_signal(store, source, event_id))
    fate = fate_of(store, source, event_id)
    times, place = fate["repeats"], f" {fate['ref']}" if fate["ref"] else ""
    again = "" if not times else say(f", gentagelse {times}", f", repeat {times}")
    rule = "" if fate["rule"] is None else say(f", regel {fate['rule']}", f", rule {fate['rule']}")
    console().print(f"{say(*FATES[fate['disposition']])}{place}{again}{rule}")
    if event_id.startswith(PREFIX):
        console().print(
            say(
                f"Den kunne ikke læses og venter. Sig, hvordan den læses: sporlog source map {source} PRØVE",
                f"It could not be read and waits. Say how it is read: sporlog source map {source} SAMPLE",
            ),
            soft_wrap=True,
        )
