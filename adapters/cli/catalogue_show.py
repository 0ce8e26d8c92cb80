"""`sporlog catalogue show` and `history`: one object as it stands or stood, and what changed it, who and why."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from rich.padding import Padding

from adapters.cli.as_of import At, Position, read_model_as_of
from adapters.cli.catalogue_options import LANGUAGE, Named
from adapters.cli.incident_show import told_by
from adapters.cli.language import say, show_time
from adapters.cli.office import AsJson, Data, DatabaseUrl, office
from adapters.cli.output import console, print_json, table

if TYPE_CHECKING:
    from uuid import UUID

    from adapters.catalogue.telling import Happened
    from domain.catalogue.landscape import Landscape
    from domain.catalogue.state import CatalogueObject


def show(
    *,
    name: Named,
    at: At = None,
    position: Position = None,
    data: Data = None,
    database: DatabaseUrl = None,
    as_json: AsJson = False,
) -> None:
    """Print its facts, its class with the reason, its ties both ways and its history."""
    from adapters.catalogue.json import class_object, object_json
    from adapters.catalogue.telling import history_told
    from domain.catalogue.state import replay
    from handlers.catalogue_desk import history_of
    from projections import catalogue

    with office(data, database) as opened, read_model_as_of(opened, "catalogue", at, position) as (connection, _):
        seen = catalogue.landscape(connection)
        one = seen.one_named(name)
        row = catalogue.object_row(connection, one)
        events = history_of(opened.desk.history, one, upto=catalogue.position(connection))
    known = replay(one, (each.event for each in events))
    assert row is not None  # noqa: S101 - the landscape is made of these rows
    assert known is not None  # noqa: S101 - the rows are made of these events
    if as_json:
        texts = {"description": known.description, "contact": known.contact}
        print_json({**object_json(row, seen, texts), **class_object(known)})
        return
    _print_object(known, seen)
    console().print(say("\nHistorik", "\nHistory"), style="bold")
    _print_history(history_told(events, _name_in(seen), LANGUAGE))


def history(
    *,
    name: Named,
    at: At = None,
    position: Position = None,
    data: Data = None,
    database: DatabaseUrl = None,
    as_json: AsJson = False,
) -> None:
    """Print each change in its order: what, when, who, why."""
    from adapters.catalogue.json import history_objects
    from adapters.catalogue.telling import history_told
    from handlers.catalogue_desk import history_of
    from projections import catalogue

    with office(data, database) as opened, read_model_as_of(opened, "catalogue", at, position) as (connection, _):
        seen = catalogue.landscape(connection)
        events = history_of(opened.desk.history, seen.one_named(name), upto=catalogue.position(connection))
    if as_json:
        print_json(history_objects(events, _name_in(seen)))
    else:
        _print_history(history_told(events, _name_in(seen), LANGUAGE))


def _name_in(seen: "Landscape") -> "Callable[[UUID], str]":
    return lambda one: seen.nodes[one].name if one in seen.nodes else str(one)


def _print_object(known: "CatalogueObject", seen: "Landscape") -> None:
    from adapters.catalogue.field_words import FIELDS
    from adapters.catalogue.telling import fact_lines
    from adapters.catalogue.words import BACKWARDS, KINDS, catalogue_word

    out = console()
    gone = say(" (ude af brug)", " (out of use)") if known.retired else ""
    out.print(f"{known.facts.name} · {KINDS[known.kind].to(LANGUAGE)}{gone}", style="bold")
    facts = table("", "")
    facts.show_header = False
    for line in fact_lines(known.facts, LANGUAGE):
        facts.add_row(line.label, line.value)
    for text in ("description", "contact"):
        if told := getattr(known, text):
            facts.add_row(FIELDS[text].to(LANGUAGE), told)
    for label, value in _class_lines(known):
        facts.add_row(label, value)
    facts.add_row("Id", f"{known.id}, version {known.version}")
    out.print(facts)
    ties = table("", "")
    ties.show_header = False
    for bond in seen.bonds(known.id):
        ties.add_row(catalogue_word(bond.tie, LANGUAGE), _other(seen, bond.to, bond))
    for source, bond in seen.bonds_to(known.id):
        ties.add_row(BACKWARDS[bond.tie].to(LANGUAGE), _other(seen, source, bond))
    if ties.row_count:
        out.print(say("\nHænger sammen med", "\nBelongs together with"), style="bold")
        out.print(ties)


def _class_lines(known: "CatalogueObject") -> list[tuple[str, str]]:
    from adapters.catalogue.words import catalogue_word

    lines = []
    if held := known.classed:
        why = f": {held.reason}" if held.reason else ""
        lines.append((say("Klasse", "Class"), catalogue_word(held.service_class, LANGUAGE) + why))
        lines.append((say("Godkendt", "Approved"), f"{show_time(held.at)}, {held.by} ({say('nr.', 'no.')} {held.approved})"))
    if waits := known.proposal:
        why = f": {waits.reason}" if waits.reason else ""
        lines.append((say("Foreslået klasse", "Proposed class"), catalogue_word(waits.service_class, LANGUAGE) + why))
        number = say(f"venter, nr. {waits.number}", f"waits, no. {waits.number}")
        lines.append((say("Foreslået af", "Proposed by"), f"{show_time(waits.at)}, {waits.by} ({number})"))
    return lines


def _other(seen: "Landscape", one: "UUID", bond: Any) -> str:  # noqa: ANN401 - a bond
    from adapters.catalogue.words import KINDS, catalogue_word
    from domain.catalogue.ties import Tie

    node = seen.nodes[one]
    gone = say(", ude af brug", ", out of use") if node.retired else ""
    told = f"{node.name} ({KINDS[node.kind].to(LANGUAGE)}{gone})"
    if bond.tie is not Tie.DEPENDS_ON:
        return told
    spare = say(f", reservegruppe {bond.group}", f", group of spares {bond.group}") if bond.group else ""
    return f"{told}: {catalogue_word(bond.need, LANGUAGE)}, {catalogue_word(bond.weight, LANGUAGE)}{spare}"


def _print_history(told: "list[Happened]") -> None:
    out = console()
    for one in told:
        meta = one.recorded.event.meta
        who = told_by(meta.model_dump(exclude_none=True))
        out.print(f"{one.recorded.version:>4}  {show_time(meta.occurred_at)}  {one.heading}, {who}")
        for line in (*one.lines, *([f"{say('Begrundelse', 'Reason')}: {one.reason}"] if one.reason else [])):
            out.print(Padding(line, (0, 0, 0, 6), expand=False))
