"""`sporlog report`: the management report of a period, who got it, and that the executive board treated it."""

import asyncio
from pathlib import Path
from typing import Annotated

import typer

from adapters.cli.language import ENGLISH, say
from adapters.cli.office import AsJson, Data, DatabaseUrl, new_app, office, origin
from adapters.cli.output import console, print_json
from adapters.cli.papers import put
from adapters.cli.report_options import Administration, PeriodOption, house_of
from adapters.cli.report_send import add_sending
from adapters.management.formats import ReportFormat

app = new_app()
Position = Annotated[
    int | None, typer.Option("--position", min=1, help=say("Som loggen stod dér", "As the log stood there"), show_default=False)
]


@app.callback(no_args_is_help=True, help=say("Ledelsesrapporten: er vi i orden?", "The management report: are we in order?"))
def _group() -> None:
    pass


@app.command(help=say("Lav rapporten over en periode.", "Make the report of a period."))
def management(
    *,
    period: PeriodOption,
    administration: Administration = None,
    format_: Annotated[ReportFormat, typer.Option("--format", help="pdf, html, csv, xlsx, json")] = ReportFormat.PDF,
    out: Annotated[
        Path | None,
        typer.Option("--out", metavar="FILE", help=say("Filen; ellers stdout", "The file; else stdout")),
    ] = None,
    position: Position = None,
    data: Data = None,
    database: DatabaseUrl = None,
) -> None:
    """Write the report."""
    from adapters.management.files import report_file
    from adapters.management.making import made
    from domain.management.period import parse_period
    from handlers.management import Wanted

    wanted = Wanted(parse_period(period), administration, position)
    with office(data, database) as opened, house_of(opened) as house:
        content = report_file(made(house, wanted), format_, "en" if ENGLISH else "da").content
    put(content, out)


@app.command(
    help=say(
        "Registrér, at direktionen har behandlet rapporten, og hvad den besluttede.",
        "Record that the executive board treated the report, and what it decided.",
    )
)
def treated(
    *,
    period: PeriodOption,
    position: Annotated[int, typer.Option("--position", min=1, help=say("Rapportens logpost", "The report's position"))],
    on: Annotated[
        str, typer.Option("--on", metavar=say("DAG", "DAY"), help=say("Mødets dag, 2026-11-20", "The meeting's day"))
    ],
    administration: Administration = None,
    decisions: Annotated[
        str | None, typer.Option("--decisions", help=say("Hvad der blev besluttet", "What was decided"))
    ] = None,
    case: Annotated[str | None, typer.Option("--case", help=say("Sagsnummer i ESDH", "Case number"))] = None,
    actor: Annotated[str | None, typer.Option("--actor", help=say("Hvem registrerer det", "Who records it"))] = None,
    role: Annotated[str | None, typer.Option("--role", help=say("I hvilken rolle", "In which role"))] = None,
    data: Data = None,
    database: DatabaseUrl = None,
    as_json: AsJson = False,
) -> None:
    """Make the report again, and record that it was treated."""
    from adapters.management.json import report_sha256
    from adapters.management.making import made
    from domain.management.period import parse_period
    from handlers.management import Wanted
    from handlers.management_treated import parse_treated, record_treated

    wanted = Wanted(parse_period(period), administration, position)
    with office(data, database) as opened, house_of(opened) as house:
        sha256 = report_sha256(made(house, wanted))
        told = {"period": wanted.period.name, "administration": administration, "report_position": position}
        told |= {"report_sha256": sha256, "treated_on": on, "case_number": case, "decisions": decisions}
        request = parse_treated({**told, "actor": actor, "role": role})
        event, recorded = asyncio.run(record_treated(opened.desk, request, origin()))
    if as_json:
        print_json({"position": recorded, "report_sha256": event.report_sha256, "treated_on": str(event.treated_on)})
    else:
        console().print(say(f"Registreret som logpost {recorded}.", f"Recorded at position {recorded}."))


add_sending(app)
