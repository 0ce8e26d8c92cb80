"""The pack's tables as CSV for a spreadsheet: Danish headings, semicolons, a byte order mark."""

from collections.abc import Iterator, Mapping, Sequence

from adapters.catalogue.words import catalogue_word
from adapters.lists.spreadsheet import SPREADSHEET, csv_bytes
from adapters.pack.survey import clock, reached, supplied
from adapters.words.value_labels import value_label
from handlers.pack_contents import Contents

Rows = Sequence[Mapping[str, object]]


def tables(contents: Contents) -> Iterator[tuple[str, bytes]]:
    """Name and bytes of each."""
    for name, columns, rows in (_services(contents), _systems(contents), _roles(contents), _incidents(contents)):
        yield f"csv/{name}.csv", csv_bytes(columns, rows, *SPREADSHEET["da"])


def _services(contents: Contents) -> tuple[str, Sequence[str], Rows]:
    columns = ("Orden", "Ydelse", "Klasse", "Forvaltning", "Kan undværes, minutter", "Hvem", "Nødplaner", "Står på")
    rows = [
        dict(
            zip(
                columns,
                (
                    one.order,
                    one.name,
                    one.service_class and catalogue_word(one.service_class, "da"),
                    one.administration,
                    one.tolerable_minutes,
                    reached(one.reached, "da"),
                    one.plans,
                    one.systems,
                ),
                strict=True,
            )
        )
        for one in contents.services
    ]
    return "ydelser", columns, rows


def _systems(contents: Contents) -> tuple[str, Sequence[str], Rows]:
    columns = ("Nr.", "System", "Slags", "Bruges af", "Står på", "Hvem", "Leverandør")
    rows = [
        dict(
            zip(
                columns,
                (
                    one.order,
                    one.name,
                    catalogue_word(one.kind, "da"),
                    one.services,
                    one.stands_on,
                    reached(one.reached, "da"),
                    [told for supplier in one.suppliers for told in supplied(supplier, "da")],
                ),
                strict=True,
            )
        )
        for one in contents.systems
    ]
    return "systemer", columns, rows


def _roles(contents: Contents) -> tuple[str, Sequence[str], Rows]:
    columns = ("Enhed", "Forvaltning", "Rolle", "Har rollen", "Stedfortrædere")
    rows = [
        dict(
            zip(
                columns,
                (
                    one.entity,
                    one.administration,
                    value_label("Role", one.role, "da"),
                    reached([one.holder], "da"),
                    [reached([deputy], "da") for deputy in one.deputies],
                ),
                strict=True,
            )
        )
        for one in contents.placed
    ]
    return "roller", columns, rows


def _incidents(contents: Contents) -> tuple[str, Sequence[str], Rows]:
    columns = ("Hændelse", "Titel", "Status", "Alvor", "Ydelser", "Frister")
    rows = [
        dict(
            zip(
                columns,
                (
                    one.reference,
                    one.title,
                    value_label("Status", one.status, "da"),
                    value_label("Severity", one.severity, "da"),
                    one.services,
                    [clock(duty, contents.as_of, "da") for duty in one.duties if duty.owed],
                ),
                strict=True,
            )
        )
        for one in contents.incidents
    ]
    return "haendelser", columns, rows
