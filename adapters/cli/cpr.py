"""Whoever types a CPR number is warned in one line, and asked, before it is recorded."""

import sys
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Annotated, Any

import typer

from adapters.cli.language import say
from adapters.cli.output import notices
from domain.cpr import fields_with_cpr
from domain.errors import InvalidInputError
from domain.time import local

CprOk = Annotated[
    bool,
    typer.Option(
        "--cpr-ok",
        help=say(
            "Registrér, selv om noget ligner et CPR-nummer; i scripts",
            "Record although something reads as a CPR number; in scripts",
        ),
    ),
]


def confirm_cpr(fields: Mapping[str, Any], *, cpr_ok: bool) -> None:
    """Ask in a terminal. Raises `typer.Exit` on a no, `InvalidInputError` where nobody can be asked; nothing is recorded."""
    found = () if cpr_ok else fields_with_cpr(fields, local(datetime.now(UTC)).date())
    if not found:
        return
    where = ", ".join(f"--{name.replace('_', '-')}" for name in found)
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        raise InvalidInputError(
            say(
                f"{where}: ligner et CPR-nummer, intet er registreret: fjern det, eller brug --cpr-ok",
                f"{where}: reads as a CPR number, nothing was recorded: take it out, or use --cpr-ok",
            )
        )
    notices().print(say(f"{where}: ligner et CPR-nummer.", f"{where}: reads as a CPR number."), style="yellow")
    if not typer.confirm(say("Registrér alligevel?", "Record it anyway?"), err=True):
        raise typer.Exit(1)
