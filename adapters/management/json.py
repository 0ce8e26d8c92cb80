"""A report as JSON values and as rows for a spreadsheet: keys are English, values as they were measured."""

from collections.abc import Iterator
from hashlib import sha256
from typing import Any

import orjson

from adapters.management.made import Made
from domain.management.answers import Reason, below_target
from domain.management.facts import Limit, Trace
from domain.management.figures import FIGURE, FIGURES
from domain.management.measuring import Measured, trend
from domain.management.report import Part, Report
from domain.time import rfc3339_utc
from handlers.report_sending import Sending

BEHIND = 50
"""Events that stand by a figure; asking for the figure alone gives all of them."""
COLUMNS = ("service", "figure", "value", "unit", "cases", "before", "before_cases", "trend", "target_met", "singles")


def report_object(made: Made) -> dict[str, Any]:
    """The whole report. `sha256` is over what was measured: not the treatments, which come after, nor Sporlog's version."""
    measured = _measured(made)
    treated = [one._asdict() for one in made.treatments]
    return {**measured, "sha256": _sha256(measured), "sporlog": made.version, "treated": treated}


def _measured(made: Made) -> dict[str, Any]:
    report, facts = made.report, made.report.facts
    return {
        "period": {"name": facts.period.name, "first": str(facts.period.first), "last": str(facts.period.last)},
        "before": facts.period.before.name,
        "administration": made.administration,
        "entity": made.entity,
        "position": facts.position,
        "as_of": rfc3339_utc(facts.now),
        "ledger_root": made.root,
        "in_order": {"verdict": report.verdict.order.value, "reasons": [_reason(one) for one in report.verdict.reasons]},
        "worse": [
            {
                "figure": one.figure.key,
                "service": one.service and str(one.service.id),
                "now": one.trend.now,
                "before": one.trend.before,
            }
            for one in report.worse
        ],
        "decide": [_reason(one) for one in report.decisions],
        "whole": _part(report.whole),
        "services": [_part(part) for part in report.services],
        "deadlines": [
            _limit(one, report) for one in sorted(facts.limits, key=lambda one: (one.due_at, one.reference, one.kind))
        ],
        "recurring": [
            {"cause": one.cause, "cause_key": one.cause_key, "behind": _behind(one.incidents)} for one in facts.recurring
        ],
        "definitions": {
            one.key: {"danish": one.definition, "english": one.definition_en, "unit": one.unit.value} for one in FIGURES
        },
    }


def report_json(made: Made) -> bytes:
    """Its bytes, indented, keys sorted: the same report gives the same."""
    return orjson.dumps(report_object(made), option=orjson.OPT_INDENT_2 | orjson.OPT_SORT_KEYS | orjson.OPT_UTC_Z)


def report_sha256(made: Made) -> str:
    """As the report's own `sha256`, hex."""
    return _sha256(_measured(made))


def _sha256(measured: dict[str, Any]) -> str:
    return sha256(orjson.dumps(measured, option=orjson.OPT_SORT_KEYS | orjson.OPT_UTC_Z)).hexdigest()


def sending_object(sending: Sending) -> dict[str, Any]:
    """A report that went out by mail, and to whom."""
    mails = [{"sent_at": rfc3339_utc(one.at), "recipient": one.recipient} for one in sending.mails]
    return {**sending._asdict(), "mails": mails}


def report_rows(report: Report) -> Iterator[dict[str, Any]]:
    """A row per figure and service, the whole first; `service` is empty for it."""
    for part in (report.whole, *report.services):
        for figure in FIGURES:
            told = _figure(part, figure.key)
            values = {name: told[name] for name in ("value", "unit", "cases", "before", "before_cases", "trend")}
            target = told.get("target_met")
            yield {
                "service": part.service.name if part.service else "",
                "figure": figure.key,
                **values,
                "target_met": target,
                "singles": told["singles"],
            }


def figure_object(made: Made, key: str, part: Part) -> dict[str, Any]:
    """One figure with every event that it rests on."""
    measured = part.now[key]
    behind = [one._asdict() for one in measured.behind]
    return {
        "figure": key,
        "service": part.service and str(part.service.id),
        **_figure(part, key),
        "behind": behind,
        "position": made.report.facts.position,
    }


def _part(part: Part) -> dict[str, Any]:
    service = part.service
    told: dict[str, Any] = {"figures": {key: {**_figure(part, key), "behind": _behind(part.now[key].behind)} for key in FIGURE}}
    told["breakdowns"] = {key: {name: len(traces) for name, traces in parts.items()} for key, parts in part.breakdowns.items()}
    if service is not None:
        told["service"] = {
            "id": str(service.id),
            "name": service.name,
            "class": service.service_class.value,
            "administration": service.administration,
            "availability_target": service.availability_target,
            "tolerable_downtime_minutes": service.tolerable_downtime_minutes,
            "emergency_plan": service.planned,
        }
    return told


def _figure(part: Part, key: str) -> dict[str, Any]:
    figure, now, before = FIGURE[key], part.now[key], part.before[key]
    moved = trend(figure, before, now)
    told = {
        "value": _value(now),
        "unit": figure.unit.value,
        "cases": now.cases,
        "singles": list(now.singles),
        "longest": now.longest,
        "before": _value(before),
        "before_cases": before.cases,
        "trend": None if moved is None else {None: "changed", True: "worse", False: "better"}[moved.worse],
    }
    if key == "availability" and part.service is not None and part.service.availability_target is not None:
        told["target_met"] = not below_target(part.service, part.now)
    return told


def _value(measured: Measured) -> float | int | None:
    value = measured.value
    return int(value) if value is not None and value == int(value) else value


def _behind(traces: tuple[Trace, ...]) -> list[dict[str, Any]]:
    return [one._asdict() for one in traces[:BEHIND]]


def _reason(reason: Reason) -> dict[str, Any]:
    return {"code": reason.code, "named": dict(reason.named), "behind": _behind(reason.behind)}


def _limit(one: Limit, report: Report) -> dict[str, Any]:
    hours = None if one.done_at is None else round((one.done_at - one.started_at).total_seconds() / 3600, 1)
    names = ("kind", "reference", "started_at", "due_at", "done_at", "position")
    late = {"late": one.late, "missed": one.missed_at(report.facts.now), "hours": hours}
    return {**{name: getattr(one, name) for name in names}, **late}
