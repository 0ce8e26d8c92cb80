"""The rules of correlation as one TOML file: read with every mistake named by rule and key, written with Danish comments.

What is written and read again are the same rules. Why they change is no part of them: it is told with the import.
"""

import json
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, ClassVar

from pydantic import ValidationError

from adapters.toml_values import pair
from domain.errors import InvalidInputError
from domain.intake.rules import Rule, Rules

KEYS: Mapping[str, str] = {
    "name": "Reglens navn, ét ord: det står ved hver alarm, som reglen har afgjort. Skal stå der, og kun én gang",
    "sources": 'Kun fra disse kilder: ["wazuh", "zabbix*"]; * er hvad som helst, ? er ét tegn, store og små bogstaver er ens',
    "kinds": 'Kun disse slags: "alert" (et værktøj), "ticket" (en sag i et sagssystem), "intelligence" (trusselsviden)',
    "severity": 'Kun så alvorlige eller værre: "critical", "high", "medium", "low" eller "info"',
    "components": 'Kun når en af disse komponenter er nævnt: ["db-*"]',
    "services": 'Kun når en af disse tjenester er nævnt: ["*portal*"]',
    "categories": 'Kun i disse kategorier, som værktøjet skriver dem: ["availability*"]',
    "in_maintenance": "true: kun det, der er dækket af varslet vedligehold",
    "count": "Først fra så mange forskellige alarmer i samme gruppe, den aktuelle talt med",
    "minutes": "inden for så mange minutter (højst 1440, et døgn); count og minutes hører sammen",
    "then": "Hvad der sker. Skal stå der:\n"
    '#       "open"      føjes til gruppens åbne hændelse; er der ingen, åbnes der en\n'
    '#       "attach"    føjes til gruppens åbne hændelse; er der ingen, tælles den kun\n'
    '#       "count"     tælles kun\n'
    '#       "suppress"  tælles og mærkes; kun sammen med in_maintenance = true',
    "group": 'Hvad der hører sammen: "component" (ellers dette), "source" (kilden) eller "rule" (alt, reglen afgør)',
    "opens_as": 'Alvoren på en hændelse, som reglen åbner; ellers er den alarmens egen. Kun med then = "open"',
}
"""Every key of a rule (a test keeps it complete)."""
HEAD = (
    """\
# Reglerne for, hvad der bliver af en alarm. Ret filen, og indlæs den med: sporlog rules import FIL --reason "..."
# Prøv den først af på den sidste måneds alarmer: sporlog rules simulate FIL --days 30
# Reglerne læses oppefra, og den første, der passer, afgør alarmen. Passer ingen, bliver den kun talt.
# Tre ting gælder før alle regler: det, som et menneske har skrevet, og det, som ingen kunne læse, går til et menneske;
# og en alarm, der ikke længere er aktiv, åbner ingen hændelse.
#
# Nøglerne i en regel. Alt, der står, skal passe; i en liste er ét nok. Kun name og then skal stå der:
"""
    + "\n".join(f"#   {key:14}  {text}" for key, text in KEYS.items())
    + """
#
# Et eksempel: når ti forskellige alarmer fra firewallen er set inden for fem minutter, bliver de til én alvorlig hændelse.
# [[rules]]
# name = "firewall-mange"
# sources = ["forti*"]
# severity = "medium"
# count = 10
# minutes = 5
# then = "open"
# group = "source"
# opens_as = "high"
"""
)


class UnreadableRulesError(InvalidInputError):
    """The file is no TOML, or holds rules that mean nothing; the message names file, rule and key."""

    code: ClassVar[str] = "unreadable-rules"


def read_rules(path: Path) -> Rules:
    """Read the file, all of it or nothing. Raises `UnreadableRulesError` naming each mistake."""
    try:
        told = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        msg = f"{path} is no TOML file in UTF-8: {error}"
        raise UnreadableRulesError(msg) from error
    except OSError as error:
        msg = f"{path} cannot be read: {error.strerror}"
        raise UnreadableRulesError(msg) from error
    if strange := [key for key in told if key != "rules"]:
        msg = f"{path}: {', '.join(strange)}: there is no such key, each rule begins with [[rules]]"
        raise UnreadableRulesError(msg)
    try:
        # By way of JSON: a strict reading of it takes lists and names as they are written, and a "4" is no number.
        return Rules.model_validate_json(json.dumps(told, default=str), strict=True)
    except ValidationError as error:
        wrong = "; ".join(_told(told, one["loc"], one["type"], one["msg"]) for one in error.errors(include_url=False))
        msg = f"{path}: {wrong}"
        raise UnreadableRulesError(msg) from error


def write_rules(rules: Rules) -> str:
    """The file's text."""
    return (
        HEAD + "\n" + "\n\n".join("\n".join(_lines(rule)) for rule in rules.rules) + ("\n" if rules.rules else "rules = []\n")
    )


def _lines(rule: Rule) -> Iterator[str]:
    yield "[[rules]]"
    shown = rule.model_dump(exclude_defaults=True)
    yield from (pair(key, shown[key]) for key in KEYS if key in shown)


def _told(told: Mapping[str, Any], place: tuple[int | str, ...], kind: str, message: str) -> str:
    match place:
        case ("rules", int(index), *rest):
            rule = told["rules"][index]
            name = rule.get("name") if isinstance(rule, dict) else None
            where = f"rule {index + 1}" + (f" ({name})" if isinstance(name, str) else "")
            key = ".".join(f"{part + 1}" if isinstance(part, int) else part for part in rest)
        case _:
            where, key = "rules", ""
    if kind == "extra_forbidden":
        message = f"there is no such key, possible are {', '.join(Rule.model_fields)}"
    return ": ".join(part for part in (where, key, message.removeprefix("Value error, ")) if part)
