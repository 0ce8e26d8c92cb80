"""`sporlog catalogue impact NAME` and `findings`: what if this fails, and what is wrong or missing in the catalogue."""

from typing import TYPE_CHECKING, Annotated

import typer

from adapters.cli.as_of import At, Position, read_model_as_of
from adapters.cli.language import ENGLISH, say, show_time
from adapters.cli.office import AsJson, Data, DatabaseUrl, office
from adapters.cli.output import console, print_json, table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from adapters.incident.json import Unseal
    from adapters.words.wording import Language
    from domain.catalogue.impact import ServiceHit
    from domain.catalogue.landscape import Landscape, Node
    from handlers.impact import IncidentImpact, WhatIf

_LANGUAGE: "Language" = "en" if ENGLISH else "da"
SHOWN = 20
"""Incidents that are printed; as JSON up to `LISTED`."""
LISTED = 1000
Limit = Annotated[int, typer.Option(min=1, max=LISTED, metavar="N", help=say("Højst så mange hændelser", "At most so many"))]


def add_impact(app: typer.Typer) -> None:
    """Both commands."""
    app.command(
        "impact",
        help=say(
            "Hvad nu hvis det her fejler? Ydelser, der rammes, og vejen dertil; og de hændelser og alarmer, der har ramt det.",
            "What if this fails? The services that are hit, and by which way; and the incidents and alerts that hit it.",
        ),
    )(impact)
    app.command(
        "findings",
        help=say(
            "Vis, hvad der mangler eller er forkert: enkeltpunkter, kredse, ydelser uden klasse, ejer eller nødplan.",
            "Show what is missing or wrong: single points of failure, cycles, services without class, owner or plan.",
        ),
    )(findings)


def impact(
    name: Annotated[str, typer.Argument(metavar=say("NAVN", "NAME"), help=say("Navn, andet navn eller id", "Name or id"))],
    *,
    limit: Limit = SHOWN,
    at: At = None,
    position: Position = None,
    data: Data = None,
    database: DatabaseUrl = None,
    as_json: AsJson = False,
) -> None:
    """Print what fails with an object."""
    from adapters.catalogue.impact_json import what_if_object
    from adapters.incident.json import incident_object
    from handlers.impact import what_if
    from projections.catalogue import landscape

    with office(data, database) as opened:
        with read_model_as_of(opened, "catalogue", at, position) as (connection, _):
            seen = landscape(connection)
        one = seen.one_named(name)
        with (
            read_model_as_of(opened, "register", at, position) as (incidents, _),
            read_model_as_of(opened, "signals", at, position) as (alerts, _),
        ):
            found = what_if(seen, one, incidents, alerts, limit=limit)
        unseal = opened.desk.history.unseal
        if as_json:
            print_json(what_if_object(found, [incident_object(row, unseal) for row in found.incidents.newest]))
            return
        _print_what_if(found, unseal)


def findings(
    *,
    at: At = None,
    position: Position = None,
    data: Data = None,
    database: DatabaseUrl = None,
    as_json: AsJson = False,
) -> None:
    """Print what is found."""
    from adapters.catalogue.finding_texts import HEADINGS, finding_sentence
    from adapters.catalogue.impact_json import finding_object
    from domain.catalogue.findings import FindingKind
    from handlers.catalogue_findings import find

    with office(data, database) as opened, read_model_as_of(opened, "catalogue", at, position) as (connection, now):
        seen, found = find(connection, now)
    told = [(one, finding_sentence(one, seen, _LANGUAGE)) for one in found]
    if as_json:
        print_json([finding_object(one, seen, sentence) for one, sentence in told])
        return
    out = console()
    if not seen.nodes:
        out.print(say("Kataloget er tomt.", "The catalogue is empty."))
    elif not told:
        out.print(say("Der mangler intet, som kataloget selv kan se.", "Nothing is missing that the catalogue can see itself."))
    for kind in FindingKind:
        if lines := [sentence for one, sentence in told if one.kind is kind]:
            out.print(f"{HEADINGS[kind].to(_LANGUAGE)} ({len(lines)})", style="bold")
            for line in lines:
                out.print(f"  {line}")


def print_incident_impact(found: "IncidentImpact") -> None:
    """What an incident hits, below its facts."""
    from adapters.catalogue.impact_words import (
        ASSUMED,
        EMPTY,
        HEADING,
        NOBODY,
        NOTHING_NAMED,
        recommendation,
        unknown_in_words,
    )

    out = console()
    out.print("\n" + HEADING.to(_LANGUAGE), style="bold")
    if found.empty:
        out.print(f"  {EMPTY.to(_LANGUAGE)} sporlog catalogue --help")
        return
    if found.services:
        out.print(f"  {recommendation(found, _LANGUAGE)}", style="yellow" if found.differs else None)
        _print_services(found.services, found.landscape)
        out.print(f"  {ASSUMED.to(_LANGUAGE)}", style="dim")
    elif not found.unknown:
        out.print(f"  {(NOBODY if found.named else NOTHING_NAMED).to(_LANGUAGE)}")
    if unknown := unknown_in_words(found, _LANGUAGE):
        out.print(f"  {unknown}")


def _print_services(services: "Sequence[ServiceHit]", seen: "Landscape") -> None:
    from adapters.catalogue.impact_words import class_in_words, path_in_words
    from adapters.catalogue.words import catalogue_word
    from adapters.cli.words import word

    columns = (say("Ydelse", "Service"), say("Klasse", "Class"), say("Rammes", "Effect"))
    shown = table(*columns, say("Alvor", "Severity"), say("Hvorfor", "Why"))
    for one in services:
        shown.add_row(
            one.node.name,
            class_in_words(one, _LANGUAGE),
            catalogue_word(one.effect, _LANGUAGE),
            word(one.severity, "Severity"),
            path_in_words(one.path, seen, _LANGUAGE),
        )
    console().print(shown)


def _print_what_if(found: "WhatIf", unseal: "Unseal") -> None:
    from adapters.catalogue.words import catalogue_word
    from adapters.cli.words import word
    from adapters.incident.json import title_of

    out, node = console(), found.node
    gone = say(" (ude af brug: intet afhænger af det)", " (out of use: nothing depends on it)") if node.retired else ""
    out.print(f"{node.name}  {catalogue_word(node.kind, _LANGUAGE)}{gone}", style="bold")
    out.print("\n" + say("Fejler det, rammes", "If it fails, these are hit"), style="bold")
    if found.services:
        _print_services(found.services, found.landscape)
    else:
        out.print(say("  Ingen ydelse.", "  No service."))
    if found.others:
        out.print(say("  Desuden: ", "  Besides: ") + _names(found.others))
    out.print("\n" + say("Det står på", "It stands on"), style="bold")
    out.print("  " + (_names(found.stands_on) or say("intet, der er sagt", "nothing that was told")))
    out.print("\n" + say("Har ramt det: hændelser", "Has hit it: incidents") + f" ({found.incidents.total})", style="bold")
    for row in found.incidents.newest:
        stamp = say("ØVELSE: ", "EXERCISE: ") if row["exercise"] else ""
        title = title_of(row, unseal) or say("(slettet)", "(erased)")
        told = f"{word(row['severity'], 'Severity')}, {word(row['status'], 'Status')}, {show_time(row['occurred_at'])}"
        out.print(f"  {row['reference']}  {stamp}{title}  ({told})")
    out.print("\n" + say("Alarmer og angrebsforsøg", "Alerts and attack attempts"), style="bold")
    for row in found.alerts:
        span = f"{show_time(row['first_at'])} – {show_time(row['last_at'])}"
        out.print(f"  {row['component']}: {row['signals']} ({span})")
    if not found.alerts:
        out.print(say("  Ingen.", "  None."))


def _names(nodes: "Sequence[Node]") -> str:
    return ", ".join(node.name for node in nodes)
