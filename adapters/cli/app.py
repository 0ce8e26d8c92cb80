"""`sporlog`: the table of commands. A command's module is imported when it is called, not when it is listed."""

import io
import sys
from importlib import import_module
from importlib.metadata import version
from typing import Annotated, Any, NamedTuple

import typer
from typer.core import TyperCommand, TyperGroup

from adapters.cli.language import ENGLISH, say
from adapters.cli.output import fail
from adapters.setting_error import SettingError
from domain.errors import ConflictError, InvalidInputError, NotFoundError, SporlogError


class Entry(NamedTuple):
    """A command: the module in this folder whose `app` it is, and what it does."""

    module: str
    help: str


COMMANDS = {
    "up": Entry("up", say("Start Sporlog: lager, NATS, handlere og side", "Start Sporlog: store, NATS, handlers and page")),
    "run": Entry("run", say("Kør enkelte dele i en proces for sig", "Run single parts in a process of their own")),
    "intake": Entry("intake", say("Tag alarmer ind fra filer eller stdin", "Take in alerts from files or stdin")),
    "source": Entry("source", say("Kilder: forbind værktøjer, og se, hvem der er tavs", "Sources: connect tools, see silence")),
    "signal": Entry("signal", say("Alarmer: hvad der venter, og hvad de hører til", "Alarms: what waits, what they belong to")),
    "incident": Entry("incident", say("Hændelser: list, vis og alle skridt", "Incidents: list, show and every step")),
    "evidence": Entry("evidence", say("Beviser: gem, hent og prøv filer efter", "Evidence: keep, fetch and check files")),
    "records": Entry("records", say("Dokumenter: mærk, aktindsigt, ESDH", "Documents: mark, access, records system")),
    "deadlines": Entry("deadlines", say("Beregn lovens frister", "The legal calculator")),
    "lists": Entry("lists", say("Lister: vurderinger, brud, opgaver og mere", "Lists: judgements, breaches, tasks and more")),
    "organisation": Entry("organisation", say("Enheder, roller, indsendere, kontakter", "Entities, roles, filers, contacts")),
    "catalogue": Entry("catalogue", say("Katalog: ydelser, systemer, leverandører, planer", "Catalogue: services, systems")),
    "emergency-lists": Entry("emergency_lists", say("Nødlister: er de der, når det gælder?", "Emergency lists of systems")),
    "access": Entry("access", say("Hvem der må læse med eget token", "Who may read with a token of their own")),
    "retention": Entry("retention", say("Hvor længe hvad gemmes, og hvad der er for gammelt", "How long what is kept")),
    "privacy": Entry("privacy", say("Hvor der er noget om personer", "Where something of persons is kept")),
    "rules": Entry("rules", say("Regler for alarmer, og en simulator", "Rules for alerts, and a simulator")),
    "maintenance": Entry("maintenance", say("Varslet vedligehold", "Announced maintenance")),
    "action-cards": Entry("action_cards", say("Handlingskort til hver rolle, som PDF", "Action cards for each role, as PDF")),
    "replay": Entry("replay", say("Vis en hændelse skridt for skridt", "Show an incident step by step")),
    "report": Entry("report", say("Ledelsesrapporten over en periode", "The management report of a period")),
    "audit": Entry("audit", say("Regnskabet: underskrifter og beviser", "The ledger: signatures and proofs")),
    "rebuild": Entry("rebuild", say("Byg læsemodeller igen af loggen", "Make read models again from the log")),
    "deadletter": Entry("deadletter", say("Det, der ikke kunne behandles", "What could not be processed")),
    "erase": Entry("erase", say("Slet for altid: én tekst eller en hændelse", "Erase for good: one text or an incident")),
    "pack": Entry("pack", say("Nødpakken: alt, hvad der skal bruges uden strøm og net", "The offline emergency pack")),
    "primary": Entry("primary", say("Hvem der fører loggen, når den er fortsat et andet sted", "Who keeps the log")),
    "backup": Entry("backup", say("Tag en sikkerhedskopi", "Take a backup")),
    "restore": Entry("restore", say("Indlæs en sikkerhedskopi", "Restore a backup")),
    "contract": Entry("contract", say("Kontrakten med abonnenter, som JSON", "The contract with subscribers, as JSON")),
    "doctor": Entry("doctor", say("Undersøg, om alt er i orden", "Check that all is well")),
}


OF_THE_CASE = (
    *("domain.incident.", "domain.guide.", "domain.organisation.", "domain.submissions.", "domain.rsit"),
    *(
        "domain.intake.",
        "domain.ledger.",
        "domain.retention.",
        "domain.catalogue.",
        "domain.emergency_lists.",
        "domain.management.",
        "adapters.importing.",
        "handlers.registers",
        "handlers.management",
        "domain.records.",
        "handlers.evidence",
        "handlers.exporting",
        "handlers.from_paper",
        "adapters.bundle",
        "adapters.catalogue",
        "handlers.plans",
        "adapters.records.extract",
        "adapters.new_files",
        "adapters.pack.",
        "adapters.primary.",
        "domain.primary",
        "domain.time",
        "domain.reference",
        "adapters.lists.kinds",
    ),
)
"""Where the errors come from that speak of the case, and of what people wrote, and not of the machine."""


class LazyGroup(TyperGroup):
    """Lists commands from the table above; imports one only to run it."""

    def list_commands(self, ctx: typer.Context) -> list[str]:  # type: ignore[override]  # noqa: ARG002 - typer's signature
        """In the table's order."""
        return list(COMMANDS)

    def get_command(self, ctx: typer.Context, cmd_name: str) -> TyperCommand | None:  # type: ignore[override]  # noqa: ARG002
        """Enough of a command to be listed."""
        entry = COMMANDS.get(cmd_name)
        return TyperCommand(cmd_name, help=entry.help) if entry else None

    def resolve_command(self, ctx: typer.Context, args: list[str]) -> Any:  # type: ignore[override]  # noqa: ANN401 - typer's own
        """The command itself, about to run."""
        name, _, rest = super().resolve_command(ctx, args)
        command = typer.main.get_command(import_module(f"adapters.cli.{COMMANDS[str(name)].module}").app)
        command.name = name
        return name, command, rest

    def invoke(self, ctx: typer.Context) -> Any:  # type: ignore[override]  # noqa: ANN401 - typer's signature
        """Run; what Sporlog refuses is one line on standard error. Exit code 2: what was asked cannot be meant; 1: all else."""
        try:
            return super().invoke(ctx)
        except (SporlogError, OSError) as error:
            if isinstance(error, BrokenPipeError):
                raise
            fail(_told(error))
            raise typer.Exit(2 if isinstance(error, InvalidInputError) else 1) from error


def _told(error: SporlogError | OSError) -> str:
    """Of a refusal that concerns the case in Danish first what it means and what to do, then what was refused, where."""
    # An option's name is put before what its value's error says: the words are those of the value's error.
    cause = error.__cause__ if type(error) is InvalidInputError and error.__cause__ else error
    of_the_case = isinstance(cause, NotFoundError | ConflictError) or type(cause).__module__.startswith(OF_THE_CASE)
    if isinstance(error, SettingError):
        return say(error.danish, str(error))
    if ENGLISH or not isinstance(cause, SporlogError) or not of_the_case:
        return str(error)
    from adapters.words.error_texts import ERRORS

    words = ERRORS.get(cause.code)
    return str(error) if words is None else f"{words.da} ({error})"


app = typer.Typer(
    cls=LazyGroup,
    no_args_is_help=True,
    add_completion=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    help=say(
        "Sporlog: hændelseslog for NIS2, hvor hvert skridt er en hændelse. Kommandoerne arbejder direkte på lageret, også når"
        " alt andet er nede. Indstillinger læses fra SPORLOG_*; SPORLOG_LANG=en giver engelsk.",
        "Sporlog: an incident log for NIS2 in which every step is an event. Commands work on the store itself, also while all"
        " else is down. Settings are read from SPORLOG_*; SPORLOG_LANG=en gives English.",
    ),
)


def _print_version(asked: bool) -> None:
    if asked:
        typer.echo(f"sporlog {version('sporlog')}")
        raise typer.Exit


@app.callback()
def _root(
    *,
    _version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help=say("Vis versionen", "Show the version"))
    ] = False,
) -> None:
    pass


def main() -> None:
    """The entry point. Never shows a traceback; Ctrl-C ends quietly with 130."""
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # Windows pipes speak an old code page, in which Danish dashes cannot be written.
            stream.reconfigure(encoding="utf-8", errors="surrogateescape" if stream is sys.stdin else "replace")
    try:
        typer.main.get_command(app)(prog_name="sporlog")
    except Exception as error:  # noqa: BLE001 - the last line of defence: told in one line
        fail(say("uventet: ", "unexpected: ") + f"{type(error).__name__}: {error}")
        sys.exit(1)
