"""`sporlog rules`: what becomes of alerts, as a file; and what other rules would have made of the last days."""

import asyncio
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from adapters.cli.language import ENGLISH, say, show_time
from adapters.cli.office import AsJson, Data, DatabaseUrl, new_app, office, origin
from adapters.cli.output import console, notices, print_json, table

if TYPE_CHECKING:
    from adapters.words.wording import Language
    from handlers.rule_simulation import Simulated

app = new_app()
RulesFile = Annotated[Path, typer.Argument(metavar=say("FIL", "FILE"), help="TOML")]


@app.callback(
    no_args_is_help=True,
    help=say("Reglerne for, hvad der bliver af en alarm.", "The rules that decide what becomes of an alert."),
)
def _group() -> None:
    pass


@app.command(help=say("Vis reglerne, én sætning hver.", "Show the rules, a sentence each."))
def show(*, data: Data = None, database: DatabaseUrl = None, as_json: AsJson = False) -> None:
    """Print the rules in force."""
    from adapters.connecting.rule_words import sentence
    from adapters.connecting.rules_json import rules_object

    with office(data, database) as opened:
        rules = opened.store.intake_setup().rules
    if as_json:
        print_json(rules_object(rules))
        return
    shown = table(say("Regel", "Rule"), say("Hvad den gør", "What it does"))
    for rule in rules.rules:
        shown.add_row(rule.name, sentence(rule, "en" if ENGLISH else "da"))
    console().print(say(f"Regler nr. {rules.number}", f"Rules no. {rules.number}"), style="bold")
    console().print(shown)


@app.command(help=say("Skriv reglerne som TOML til at rette i.", "Write the rules as TOML, to be edited."))
def export(*, data: Data = None, database: DatabaseUrl = None) -> None:
    """Print the file."""
    from adapters.connecting.rules_file import write_rules

    with office(data, database) as opened:
        rules = opened.store.intake_setup().rules
    typer.echo(write_rules(rules), nl=False)


@app.command("import", help=say("Gør reglerne til dem, filen siger.", "Make the rules those of the file."))
def import_file(
    *,
    file: RulesFile,
    reason: Annotated[str | None, typer.Option(help=say("Hvorfor; skal siges", "Why; must be told"))] = None,
    data: Data = None,
    database: DatabaseUrl = None,
    as_json: AsJson = False,
) -> None:
    """Record the rules, all of them or none."""
    from adapters.connecting.rules_file import read_rules
    from adapters.connecting.rules_json import set_up_object
    from handlers.intake_setup import change
    from handlers.rule_changes import rules_set

    proposed = rules_set(read_rules(file).rules, reason, origin())
    with office(data, database) as opened:
        done = asyncio.run(opened.desk.committer.submit(partial(change, proposed=[proposed])))
    if as_json:
        print_json(set_up_object(done))
    elif done.events:
        number = done.setup.rules.number
        console().print(say(f"Regler nr. {number} gælder fra nu af.", f"Rules no. {number} hold from now on."))
    else:
        console().print(
            say("Intet at ændre: det er de regler, der gælder.", "Nothing to change: these are the rules in force.")
        )


@app.command(
    help=say(
        "Hvad ville reglerne i filen have gjort ved de sidste dages alarmer? Uden fil de regler, der gælder. Intet gemmes.",
        "What would the file's rules have done with the last days' alerts? Without a file those in force. Nothing is stored.",
    )
)
def simulate(
    *,
    file: Annotated[Path | None, typer.Argument(metavar=say("FIL", "FILE"), help="TOML")] = None,
    days: Annotated[int, typer.Option(help=say("Så mange dage tilbage", "So many days back"))] = 30,
    data: Data = None,
    database: DatabaseUrl = None,
    as_json: AsJson = False,
) -> None:
    """Read the log and print the answer."""
    from rich.progress import Progress

    from adapters.connecting.rules_file import read_rules
    from adapters.connecting.rules_json import simulated_object
    from handlers.rule_simulation import simulate as run

    rules = None if file is None else read_rules(file)
    with (
        office(data, database) as opened,
        Progress(console=notices(), transient=True, disable=not notices().is_terminal) as progress,
    ):
        task = progress.add_task(say("Læser loggen", "Reading the log"), total=None)
        found = run(
            opened.store,
            rules,
            days,
            datetime.now(UTC),
            lambda position, aim: progress.update(task, completed=position, total=aim),
        )
    if as_json:
        print_json(simulated_object(found))
    else:
        _print(found)


def _print(found: "Simulated") -> None:
    from adapters.connecting.rule_words import DISPOSITIONS, rule_name
    from adapters.connecting.rules_json import component_objects, outcome_objects
    from domain.signals import Disposition

    language: Language = "en" if ENGLISH else "da"
    out, would, was = console(), say("Ville have", "Would have"), say("Blev", "Was")
    signals = say("signaler fra", "signals from")
    out.print(f"{found.signals} {signals} {show_time(found.begins_at)} {say('til', 'to')} {show_time(found.ends_at)}")
    outcomes = table(say("Regel", "Rule"), say("Udfald", "Outcome"), would, was)
    for one in outcome_objects(found):
        words = DISPOSITIONS[Disposition(one["disposition"])].to(language)
        outcomes.add_row(rule_name(one["rule"], language), words, str(one["would"]), str(one["was"]))
    incidents = say("Hændelser i alt", "Incidents in all")
    outcomes.add_row(incidents, "", str(found.would.incidents), str(found.was.incidents), style="bold")
    out.print(outcomes)
    if components := component_objects(found):
        title = say("\nKomponenter med flest hændelser", "\nComponents with the most incidents")
        shown = table(say("Komponent", "Component"), would, was, title=title)
        for one in components:
            shown.add_row(one["component"], str(one["would"]), str(one["was"]))
        out.print(shown)
