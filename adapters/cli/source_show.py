"""Printing of sources: the list, one of them, and what to set up in its tool."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from adapters.cli.language import say, show_time
from adapters.cli.output import console, table
from adapters.cli.words import word
from domain.time import rfc3339_utc

if TYPE_CHECKING:
    from adapters.connecting.tool_settings import Connection

Told = Mapping[str, Any]


def as_json(sources: Sequence[Told]) -> list[dict[str, Any]]:
    """Times as RFC 3339 in UTC."""
    return [{n: rfc3339_utc(v) if isinstance(v, datetime) else v for n, v in one.items()} for one in sources]


def print_sources(sources: Sequence[Told]) -> None:
    """A line a source."""
    if not sources:
        console().print(say("Ingen kilder endnu: sporlog source add", "No sources yet: sporlog source add"))
        return
    shown = table(
        *(say("Kilde", "Source"), "Format", say("Kanal", "Channel"), say("Sidst hørt", "Last heard")),
        *(say("Signaler", "Signals"), say("Gentagelser", "Repeats"), say("Tavs siden", "Silent since")),
    )
    for one in sources:
        silent = "" if one["silent_since"] is None else show_time(one["silent_since"])
        counts = (str(one["signals"]), str(one["repeats"]))
        shown.add_row(one["source"], one["format"], _channel(one), show_time(one["last_at"]), *counts, silent)
    console().print(shown)


def print_source(one: Told) -> None:
    """What is known of one source."""
    shown = table("", "")
    shown.show_header = False
    minutes = one["expected_minutes"]
    for name, value in (
        (say("Kilde", "Source"), one["source"]),
        ("Format", one["format"]),
        (say("Kanal", "Channel"), _channel(one)),
        (say("Enhed", "Entity"), one["entity"]),
        (say("Tidszone", "Time zone"), one["zone"]),
        (say("Forventes", "Expected"), minutes and say(f"mindst hvert {minutes}. minut", f"every {minutes} minutes at least")),
        (say("Underskriver i", "Signs in"), one["signature_header"]),
        (say("Mapping, udgave", "Mapping, version"), one["mapping_number"] or None),
        (say("Sidst hørt", "Last heard"), show_time(one["last_at"])),
        (say("Signaler", "Signals"), one["signals"]),
        (say("Gentagelser", "Repeats"), one["repeats"]),
        (say("TAVS SIDEN", "SILENT SINCE"), one["silent_since"] and show_time(one["silent_since"])),
    ):
        if value is not None:
            shown.add_row(name, str(value))
    console().print(shown)


def print_settings(connection: "Connection") -> None:
    """What to set up in the tool; never wrapped, so that it can be pasted."""
    from adapters.connecting.tool_settings import tool_settings

    console().print(say(*tool_settings(connection)), soft_wrap=True)


def _channel(one: Told) -> str:
    return word(one["channel"], "ToldBy")
