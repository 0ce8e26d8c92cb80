"""A report as a document in one language: the three answers first, then sections of tables and plots. Page and PDF show it."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta

from adapters.catalogue.words import CLASSES
from adapters.management.made import Made
from adapters.management.texts import DECISIONS, ORDER, REASONS, TEXTS
from adapters.reports.plots import Bar, Plot
from adapters.reports.sections import Answer, Document, Line, Section, Table
from adapters.words.value_labels import value_label
from adapters.words.wording import Language
from domain.management.answers import Named, Reason, below_target, most_worse
from domain.management.breakdowns import BREAKDOWN, BREAKDOWNS, UNKNOWN, Breakdown
from domain.management.facts import FEW, Limit, Trace
from domain.management.figures import FIGURE, FIGURES
from domain.management.measuring import OF_NOW, Figure, Measured, Unit, trend
from domain.management.report import Part
from domain.rsit import class_name_da
from domain.time import day_da, day_en, show_da, show_en, show_span_da, show_span_en

LINES = 60
"""Deadlines, and groups of recurring incidents, in print; the workbook and JSON have all."""
BARS = 20
"""Bars of a plot, which must fit on a page with its heading; its table has all."""
NAMES = 6
"""Names in one sentence: the first page answers all three questions."""
REFERENCES = 12
"""References in one line; the figure's own page shows the rest."""
OVERVIEW = ("incidents", "significant", "down", "availability", "attempts")


def document_of(made: Made, language: Language) -> Document:
    """The report in that language. The same report gives the same document."""
    return _Writer(made, language).document()


_DEFINED: tuple[Figure | Breakdown, ...] = (*FIGURES, *BREAKDOWNS)


class _Writer:
    def __init__(self, made: Made, language: Language) -> None:
        self._made, self._report, self._language = made, made.report, language

    def document(self) -> Document:
        period, day = self._report.facts.period, day_en if self._language == "en" else day_da
        who = self._made.administration or self._say("whole")
        return Document(
            self._language,
            self._say("title", period=period.name),
            self._say("of", who=who, first=day(period.first), last=day(period.last)),
            self._summary(),
            tuple(self._answers()),
            (
                self._whole(),
                self._overview(),
                *(self._service(part) for part in self._report.services),
                self._limits(),
                self._divided("sent", "submission_kinds"),
                self._causes(),
                *self._treated(),
                self._definitions(),
                self._origin(),
            ),
        )

    def _summary(self) -> str:
        waiting = self._say("to-decide", count=len(self._report.decisions))
        return f"{ORDER[self._report.verdict.order].to(self._language)} {waiting}"

    def _answers(self) -> Iterable[Answer]:
        verdict, before = self._report.verdict, self._report.facts.period.before.name
        tone = {"in_order": "good", "watch": "warn", "not": "bad"}[verdict.order.value]
        decisions = tuple(self._sentence(DECISIONS, one) for one in self._report.decisions)
        said = "" if decisions else self._say("nothing-to-decide")
        yield Answer(self._say("decide"), said, "warn" if decisions else "good", decisions)
        reasons = tuple(self._sentence(REASONS, one) for one in verdict.reasons)
        yield Answer(self._say("order"), ORDER[verdict.order].to(self._language), tone, reasons)
        worse = tuple(
            Line(
                (
                    self._say(
                        "worse-line",
                        figure=self._name(one.figure),
                        where=f", {one.service.name}" if one.service else "",
                        now=self._value(one.figure, one.trend.now),
                        before=self._value(one.figure, one.trend.before),
                    ),
                ),
                figure=one.figure.key,
                service=str(one.service.id) if one.service else None,
            )
            for one in most_worse(self._report.worse)
        )
        if left := len(self._report.worse) - len(worse):
            worse += (Line((self._say("worse-more", count=left),)),)
        said = "" if worse else self._say("nothing-worse", before=before)
        yield Answer(self._say("worse"), said, "warn" if worse else "good", worse)

    def _sentence(self, sentences: Mapping[str, object], reason: Reason) -> Line:
        named = {name: self._named(name, value) for name, value in reason.named.items()}
        if "key" in reason.named:
            named["cause"] = str(reason.named["key"]) or self._part(BREAKDOWN["cause"], str(reason.named["cause"]))
        words = sentences[reason.code]
        told = getattr(words, self._language).format(**named)
        return Line((told,), _references(reason.behind))

    def _named(self, name: str, value: Named) -> str:
        match value:
            case datetime():
                return self._when(value)
            case tuple() if name == "notice":
                return value[1 if self._language == "en" else 0].lower()
            case tuple():
                return ", ".join(value[:NAMES]) + (" …" if len(value) > NAMES else "")
            case int() if name in {"span", "tolerable"}:
                return self._span(value)
            case float():
                return self._decimal(value)
            case _:
                return str(value)

    def _whole(self) -> Section:
        part = self._report.whole
        plot = self._plot(
            "severity",
            self._say("severity-plot"),
            [
                (self._part(BREAKDOWN["severity"], name), float(len(traces)), str(len(traces)))
                for name, traces in part.breakdowns["severity"].items()
            ],
        )
        return Section(
            "whole", self._say("in-short"), 2, None, (self._figures(part, FIGURES), self._breakdown(part, "severity")), plot
        )

    def _figures(self, part: Part, figures: Sequence[Figure]) -> Table:
        before = self._say("before", name=self._report.facts.period.before.name)
        service = str(part.service.id) if part.service else None
        lines = tuple(
            Line((self._name(one), *self._sides(one, part)), figure=one.key, service=service)
            for one in figures
            if part.service is None or one.key not in {"limits_kept", "lessons"}
        )
        return Table(
            part.service.name if part.service else self._say("in-short"),
            (self._say("figure"), self._say("now"), before, self._say("trend")),
            lines,
        )

    def _sides(self, figure: Figure, part: Part) -> tuple[str, str, str]:
        now, before = part.now[figure.key], part.before[figure.key]
        moved = trend(figure, before, now)
        if moved is None:
            said = self._say("none")
        elif moved.now == moved.before:
            said = self._say("unchanged")
        else:
            said = self._say({None: "other", True: "worse-word", False: "better-word"}[moved.worse])
        earlier = self._say("none") if figure.key in OF_NOW else self._measured(figure, before)
        return self._measured(figure, now), earlier, said

    def _overview(self) -> Section:
        if not self._report.services:
            return Section("services", self._say("services"), 2, self._say("no-services"))
        figures = [FIGURE[key] for key in OVERVIEW]
        columns = (
            self._say("service"),
            self._say("class"),
            *(self._name(one) for one in figures),
            self._say("target"),
            self._say("plan"),
        )
        lines = tuple(
            Line(
                (
                    part.service.name,
                    CLASSES[part.service.service_class].to(self._language),
                    *(self._measured(one, part.now[one.key]) for one in figures),
                    self._target(part),
                    self._say("yes" if part.service.planned else "no"),
                )
            )
            for part in self._report.services
            if part.service
        )
        plots = (
            *self._plot(
                "down",
                self._say("down-plot"),
                [
                    (p.service.name, p.now["down"].value or 0, self._value(FIGURE["down"], p.now["down"].value or 0))
                    for p in self._report.services
                    if p.service
                ],
            ),
            *self._plot(
                "attempts",
                self._say("attempts-plot"),
                [
                    (p.service.name, p.now["attempts"].value or 0, str(p.now["attempts"].cases))
                    for p in self._report.services
                    if p.service
                ],
            ),
        )
        return Section("services", self._say("services"), 2, None, (Table(self._say("services"), columns, lines),), plots)

    def _target(self, part: Part) -> str:
        if part.service is None or part.service.availability_target is None:
            return self._say("none")
        met = self._say("not-met" if below_target(part.service, part.now) else "met")
        return f"{self._decimal(part.service.availability_target)} %: {met}"

    def _service(self, part: Part) -> Section:
        assert part.service is not None  # noqa: S101 - a part of `services` is one's
        tables = (self._figures(part, FIGURES), self._breakdown(part, "severity"), self._breakdown(part, "class"))
        return Section(f"s-{part.service.id}", part.service.name, 3, None, tuple(one for one in tables if one.lines))

    def _limits(self) -> Section:
        every = self._report.facts.limits
        if not every:
            return Section("limits", self._say("limits"), 2, self._say("no-limits"))
        limits = sorted(sorted(every, key=self._telling)[:LINES], key=lambda one: (one.due_at, one.reference, one.kind))
        columns = tuple(map(self._say, ("reference", "duty", "started", "due", "sent", "hours", "outcome")))
        lines = tuple(
            Line(
                (
                    one.reference,
                    one.name_en if self._language == "en" else one.name,
                    self._when(one.started_at),
                    self._when(one.due_at),
                    self._when(one.done_at) if one.done_at else self._say("none"),
                    self._hours(one),
                    self._outcome(one),
                ),
                (one.reference,),
            )
            for one in limits
        )
        said = self._say("some-limits", shown=len(lines), count=len(every)) if len(lines) < len(every) else None
        return Section("limits", self._say("limits"), 2, said, (Table(self._say("limits"), columns, lines),))

    def _telling(self, one: Limit) -> tuple[object, ...]:
        """What is missing goes before what came late, before what runs, before what was in time; then the newest first."""
        missed = one.missed_at(self._report.facts.now)
        return not missed, not one.late, one.done_at is not None, -one.due_at.timestamp(), one.reference, one.kind

    def _hours(self, one: Limit) -> str:
        return (
            self._decimal(round((one.done_at - one.started_at) / timedelta(hours=1), 1)) if one.done_at else self._say("none")
        )

    def _outcome(self, one: Limit) -> str:
        if one.done_at is not None:
            return self._say("late" if one.late else "kept")
        return self._say("missed" if one.missed_at(self._report.facts.now) else "running")

    def _divided(self, key: str, *breakdowns: str) -> Section:
        tables = [self._breakdown(self._report.whole, one) for one in breakdowns]
        heading = BREAKDOWN[breakdowns[0]]
        return Section(
            key,
            heading.name_en if self._language == "en" else heading.name,
            2,
            None if any(t.lines for t in tables) else self._say("none"),
            tuple(t for t in tables if t.lines),
        )

    def _causes(self) -> Section:
        tables = [self._breakdown(self._report.whole, one) for one in ("cause", "class", "supplier", "silent")]
        again = tuple(
            Line(
                (
                    one.cause_key or self._part(BREAKDOWN["cause"], one.cause or UNKNOWN),
                    str(len(one.incidents)),
                    ", ".join(_references(one.incidents)[:REFERENCES]),
                ),
                _references(one.incidents),
            )
            for one in self._report.facts.recurring[:LINES]
        )
        tables.append(Table(self._say("recurring"), (self._say("cause"), self._say("count"), self._say("incidents")), again))
        shown = tuple(one for one in tables if one.lines)
        return Section("causes", self._name_of(BREAKDOWN["cause"]), 2, None if shown else self._say("none"), shown)

    def _treated(self) -> Iterable[Section]:
        if self._made.treatments:
            columns = tuple(map(self._say, ("treated-on", "period", "position", "case-number", "decisions")))
            lines = tuple(
                Line(
                    (
                        one.treated_on,
                        one.period + (f", {one.administration}" if one.administration else ""),
                        str(one.position),
                        one.case_number or self._say("none"),
                        one.decisions or self._say("none"),
                    )
                )
                for one in self._made.treatments
            )
            yield Section("treated", self._say("treated"), 2, None, (Table(self._say("treated"), columns, lines),))

    def _definitions(self) -> Section:
        columns = (self._say("figure"), self._say("definition"))
        lines = tuple(
            Line((self._name_of(one), one.definition_en if self._language == "en" else one.definition)) for one in _DEFINED
        )
        return Section(
            "definitions",
            self._say("definitions"),
            2,
            self._say("few-rule"),
            (Table(self._say("definitions"), columns, lines),),
        )

    def _origin(self) -> Section:
        facts = self._report.facts
        told = self._say(
            "origin-line",
            position=facts.position,
            at=self._when(facts.now),
            version=self._made.version,
            root=self._made.root or self._say("none"),
        )
        return Section("origin", self._say("origin"), 2, told)

    def _breakdown(self, part: Part, key: str) -> Table:
        breakdown = BREAKDOWN[key]
        lines = tuple(
            Line((self._part(breakdown, name), str(len(traces))), _references(traces))
            for name, traces in part.breakdowns[key].items()
        )
        return Table(self._name_of(breakdown), (self._say("part"), self._say("count")), lines)

    def _part(self, breakdown: Breakdown, name: str) -> str:
        if name == UNKNOWN:
            return self._say("unknown")
        if breakdown.values == "rsit":
            return class_name_da(name) if self._language == "da" else name
        return value_label(breakdown.values, name, self._language)

    def _plot(self, key: str, title: str, bars: Sequence[tuple[str, float, str]]) -> tuple[Plot, ...]:
        if len(bars) > BARS:
            bars = sorted(bars, key=lambda bar: -bar[1])[:BARS]
            title = self._say("largest", title=title, count=BARS)
        return (Plot(key, title, tuple(Bar(*bar) for bar in bars)),) if any(value for _, value, _ in bars) else ()

    def _measured(self, figure: Figure, measured: Measured) -> str:
        if measured.value is not None:
            return self._value(figure, measured.value)
        if measured.singles:
            ends = dict.fromkeys(self._span(one) for one in (measured.singles[0], measured.singles[-1]))
            return f"{self._say('to').join(ends)} ({self._say('few')})"
        return self._say("few") if 0 < measured.cases < FEW else self._say("none")

    def _value(self, figure: Figure, value: float) -> str:
        match figure.unit:
            case Unit.COUNT:
                return str(int(value))
            case Unit.SECONDS:
                return self._span(value) if value else self._say("none")
            case Unit.PERCENT:
                return f"{self._decimal(value)} %"

    def _name(self, figure: Figure) -> str:
        return self._name_of(figure)

    def _name_of(self, one: Figure | Breakdown) -> str:
        return one.name_en if self._language == "en" else one.name

    def _span(self, seconds: float) -> str:
        span = timedelta(seconds=seconds)
        told = show_span_en(span) if self._language == "en" else show_span_da(span)
        return f"-{told}" if seconds < 0 else told

    def _when(self, instant: datetime) -> str:
        return show_en(instant) if self._language == "en" else show_da(instant)

    def _decimal(self, value: float) -> str:
        text = f"{value:g}" if value != int(value) else str(int(value))
        return text if self._language == "en" else text.replace(".", ",")

    def _say(self, key: str, **named: object) -> str:
        return TEXTS[key].to(self._language).format(**named)


def _references(behind: Sequence[Trace]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one.reference for one in behind if one.reference))
