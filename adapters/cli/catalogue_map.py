"""`sporlog catalogue map`: what stands on what as a picture, also while page and network are down."""

from pathlib import Path
from typing import Annotated

import typer

from adapters.cli.as_of import At, Position, read_model_as_of
from adapters.cli.catalogue_options import LANGUAGE, NAME
from adapters.cli.language import say
from adapters.cli.office import Data, DatabaseUrl, office
from adapters.cli.papers import put
from domain.errors import InvalidInputError

Out = Annotated[
    Path | None,
    typer.Option(
        "--out",
        metavar=say("FIL.svg|.pdf", "FILE.svg|.pdf"),
        help=say("Skriv til filen; uden den kommer SVG på stdout", "Write to the file; without it SVG goes to stdout"),
    ),
]


def draw_map(
    *,
    name: Annotated[
        str | None,
        typer.Argument(
            metavar=f"[{NAME}]",
            help=say(
                "Navn, andet navn eller id; uden: alle samfundskritiske ydelser", "Name, other name or id; none: all critical"
            ),
            show_default=False,
        ),
    ] = None,
    out: Out = None,
    depth: Annotated[
        int | None, typer.Option(min=1, metavar="N", help=say("Så mange led ud; uden: alle", "So many steps out; none: all"))
    ] = None,
    at: At = None,
    position: Position = None,
    data: Data = None,
    database: DatabaseUrl = None,
) -> None:
    """Print or write the map."""
    from adapters.maps.incidents import open_incidents
    from adapters.maps.making import map_of, svg_of
    from projections.catalogue import landscape

    suffix = ".svg" if out is None else out.suffix.lower()
    if suffix not in {".svg", ".pdf"}:
        raise InvalidInputError(say(f"--out {out}: slut med .svg eller .pdf", f"--out {out}: end it with .svg or .pdf"))
    with office(data, database) as opened:
        with read_model_as_of(opened, "catalogue", at, position) as (connection, now):
            seen = landscape(connection)
        with read_model_as_of(opened, "register", at, position) as (connection, _):
            incidents = open_incidents(connection)
        one = seen.one_named(name) if name else None
        found = map_of(seen, one, incidents, LANGUAGE, depth=depth)
        if suffix == ".svg":
            put(svg_of(found).encode(), out)
            return
        from adapters.maps.paper import map_pdf, map_stamp

        upto = opened.store.head() if position is None else min(position, opened.store.head())
        if at is not None:
            upto = opened.store.position_at(now)
        put(map_pdf(found, map_stamp(opened.desk, upto, now)), out)
