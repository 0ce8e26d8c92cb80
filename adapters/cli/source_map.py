"""`sporlog source map`: how the JSON of a tool without a format is read, made from one sample."""

import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from pydantic import ValidationError

from adapters.cli.language import say
from adapters.cli.office import AsJson, Data, DatabaseUrl, office
from adapters.cli.output import console, notices, print_json, print_json_line, table
from adapters.cli.source_record import Name, event, known, record
from domain.errors import InvalidInputError
from domain.incident.errors import ReasonMissingError
from domain.intake.events import MappingSaved
from domain.intake.mapping import Mapping
from handlers.requests import InvalidFieldsError

if TYPE_CHECKING:
    from adapters.connecting.mapping import Tried
    from adapters.main import Office

STDIN = Path("-")
FIELDS = tuple(name for name in Mapping.model_fields if name not in {"items", "severities", "statuses"})
Pairs = list[str] | None


def map_sample(
    *,
    name: Name,
    sample: Annotated[Path, typer.Argument(metavar=say("PRØVE", "SAMPLE"), help=say("En fil med JSON, eller -", "JSON, or -"))],
    to_set: Annotated[
        Pairs,
        typer.Option(
            "--set", metavar=say("FELT=STI", "FIELD=PATH"), help=f"{', '.join(FIELDS)}; {say('flere: gentag', 'repeat')}"
        ),
    ] = None,
    severity: Annotated[
        Pairs, typer.Option(metavar=say("ORD=ALVOR", "WORD=LEVEL"), help="critical, high, medium, low, info")
    ] = None,
    status: Annotated[
        Pairs, typer.Option(metavar=say("ORD=STATUS", "WORD=STATUS"), help="firing, resolved, acknowledged")
    ] = None,
    items: Annotated[
        str | None, typer.Option(metavar=say("STI", "PATH"), help=say("Hvor listen af alarmer står", "Where the alerts are"))
    ] = None,
    save: Annotated[
        bool, typer.Option("--save", help=say("Gem den: sådan læses kilden herefter", "Keep it from now on"))
    ] = False,
    reason: Annotated[str | None, typer.Option(metavar=say("TEKST", "TEXT"), help=say("Hvorfor, med --save", "Why"))] = None,
    data: Data = None,
    database: DatabaseUrl = None,
    as_json: AsJson = False,
) -> None:
    """Propose, show, and keep if told to."""
    from adapters.connecting.mapping import propose_mapping, try_mapping

    if save and not (reason or "").strip():
        raise ReasonMissingError(say("--reason: skriv hvorfor, når der gemmes", "--reason: say why when it is kept"))
    if sample != STDIN and not sample.is_file():
        raise InvalidInputError(say(f"der er ingen fil {sample}", f"there is no file {sample}"))
    body = sys.stdin.buffer.read() if sample == STDIN else sample.read_bytes()
    mapping = _corrected(propose_mapping(body), to_set or [], severity or [], status or [], items)
    told: dict[str, Any] = {"source": name, "mapping": mapping.model_dump(mode="json", exclude_defaults=True), "saved": save}
    with office(data, database) as opened:
        zone = _json_source(opened, name)
        tried = try_mapping(mapping, body, name, zone, datetime.now(UTC))
        if save:
            record(opened, event(MappingSaved, source=name, mapping=mapping, reason=reason))
            told["readable"], told["waiting"] = _waiting(opened, name)
    if as_json:
        rejected = [{"item": one.item, "reason": one.reason} for one in tried.rejected]
        print_json({**told, "signals": tried.signals, "rejected": rejected, "doubts": tried.flags})
    else:
        _print(mapping, tried)
        _tell(name, told)


def _json_source(opened: "Office", name: str) -> str:
    """Its zone. Raises `InvalidInputError` for a source that has a format of its own."""
    from adapters.connecting.mapping import MAPPED_FORMAT

    source = known(opened, name)
    if source.format != MAPPED_FORMAT:
        raise InvalidInputError(
            say(
                f"kilden {name} læses som {source.format}: en mapping er for kilder med --format {MAPPED_FORMAT}",
                f"the source {name} is read as {source.format}: a mapping is for sources with --format {MAPPED_FORMAT}",
            )
        )
    return source.zone


def _corrected(proposed: Mapping, to_set: list[str], severity: list[str], status: list[str], items: str | None) -> Mapping:
    fields: dict[str, Any] = proposed.model_dump()
    own: dict[str, list[str]] = {}
    for field, path in map(_pair, to_set):
        if field not in FIELDS:
            raise InvalidInputError(
                say(f"--set: der er intet felt {field!r}: brug", f"--set: no field {field!r}: use") + f" {FIELDS}"
            )
        own.setdefault(field, []).append(path)
    fields |= {name: paths[-1] if name == "kind" else tuple(path for path in paths if path) for name, paths in own.items()}
    fields["severities"] |= dict(map(_pair, severity))
    fields["statuses"] |= dict(map(_pair, status))
    fields["items"] = items or fields["items"]
    try:
        return Mapping.model_validate(fields)
    except ValidationError as error:
        wrong = "; ".join(f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in error.errors(include_url=False))
        raise InvalidFieldsError(wrong) from error


def _pair(text: str) -> tuple[str, str]:
    name, found, value = text.partition("=")
    if not found or not name.strip():
        raise InvalidInputError(say(f"{text!r} kan ikke læses: skriv", f"{text!r} cannot be read: write") + " key=alert.id")
    return name.strip(), value.strip()


def _waiting(opened: "Office", name: str) -> tuple[int, int]:
    from adapters.connecting.mapping import current_parse
    from handlers.reprocess import readable

    return readable(opened.store, current_parse(opened.store), name)


def _print(mapping: Mapping, tried: "Tried") -> None:
    rows = table(say("Felt", "Field"), say("Sti", "Path"))
    for field, value in mapping.model_dump(mode="json").items():
        shown = "; ".join(f"{k}={v}" for k, v in value.items()) if isinstance(value, dict) else value
        rows.add_row(field, (", ".join(shown) if isinstance(shown, list) else str(shown or "")) or "–")
    notices().print(rows)
    for signal in tried.signals:
        print_json_line(signal)
    for one in tried.rejected:
        notices().print(f"{say('nr.', 'item')} {one.item}: {one.reason}")
    if tried.flags:
        notices().print(say("Tvivl: ", "Doubts: ") + ", ".join(tried.flags))


def _tell(name: str, told: dict[str, Any]) -> None:
    if not told["saved"]:
        notices().print(
            say("Intet er gemt: gem med --save --reason '...'", "Nothing is kept: keep it with --save --reason '...'")
        )
        return
    console().print(say("Gemt: sådan læses kilden herefter.", "Kept: this is how the source is read from now on."))
    if told["waiting"]:
        console().print(
            say(
                f"{told['readable']} af {told['waiting']}, der venter, kan læses nu: sporlog intake reprocess --source {name}",
                f"{told['readable']} of {told['waiting']} that wait can be read now: sporlog intake reprocess --source {name}",
            ),
            soft_wrap=True,
        )
