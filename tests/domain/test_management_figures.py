"""Periods, few cases, trends and the answers of the first page: the rules of the management report, without a log."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from domain.catalogue.classes import ServiceClass
from domain.management.answers import Order, Worse, most_worse
from domain.management.breakdowns import BREAKDOWNS, Breakdown
from domain.management.facts import FEW, Act, Board, Case, Facts, Limit, Outage, Service, Trace
from domain.management.figures import FIGURE, FIGURES
from domain.management.measuring import Figure, Measured, Trend, trend
from domain.management.outages import length
from domain.management.period import UnreadablePeriodError, month_of, parse_period, quarter_of
from domain.management.report import Report, make

QUARTER = parse_period("2026-Q4")
NOW = datetime(2027, 1, 10, 12, tzinfo=UTC)
CARE = Service(UUID(int=1), "Hjemmepleje", ServiceClass.SOCIETY_CRITICAL, "Sundhed", 1, 60, 99.5, planned=True)
APPROVED = Board("2026-10-01", changed=False)


def at(hours: float) -> datetime:
    return datetime(2026, 11, 20, 12, tzinfo=UTC) + timedelta(hours=hours)


def case(number: int = 1, **more: object) -> Case:
    empty = dict.fromkeys(Case._fields)
    told = {"reference": f"H-2026-{number:04}", "severity": "high", "kind": "incident"}
    times = {"recorded_at": at(0), "occurred_at": at(0), "detected_at": at(-1), "trace": Trace(f"H-2026-{number:04}", number)}
    lists = {"services": (), "components": (), "suppliers": (), "hit": frozenset({CARE.id}), "third_party": False}
    return Case(**{**empty, **told, **times, **lists, **more})  # type: ignore[arg-type] # all by name


def facts(**more: object) -> Facts:
    told: dict[str, object] = {"services": (CARE,), "board": APPROVED}
    return Facts(QUARTER, NOW, 100, **{**told, **more})  # type: ignore[arg-type] # all by name


def limit(due: float, done: float | None) -> Limit:
    names = ("early_warning", "Tidlig varsling", "Early warning", "H-2026-0001")
    return Limit(*names, at(0), at(due), None if done is None else at(done), frozenset({CARE.id}), 7)


def follow_up(due: datetime) -> Act:
    return Act("follow_up", "H", at(0), None, due, None, late=False, hit=frozenset(), trace=Trace("H", 5))


def report(**more: object) -> Report:
    return make(facts(**more), facts())


@pytest.mark.parametrize(
    ("written", "first", "last", "before"),
    [
        ("2026", "2026-01-01", "2026-12-31", "2025"),
        ("2026-Q1", "2026-01-01", "2026-03-31", "2025-Q4"),
        ("2026-Q3", "2026-07-01", "2026-09-30", "2026-Q2"),
        ("2026-01", "2026-01-01", "2026-01-31", "2025-12"),
        ("2024-02", "2024-02-01", "2024-02-29", "2024-01"),
        ("2026-07-01..2026-07-10", "2026-07-01", "2026-07-10", "2026-06-21..2026-06-30"),
    ],
)
def test_a_period_is_whole_days_and_has_one_before_it(written: str, first: str, last: str, before: str) -> None:
    period = parse_period(written)
    assert (str(period.first), str(period.last), period.before.name) == (first, last, before)
    assert period.before.end == period.start
    assert parse_period(period.before.name) == period.before


@pytest.mark.parametrize(
    "written", ["", "2026-13", "2026-Q5", "Q3", "2026-02-30..2026-03-01", "2026-03-02..2026-03-01", "0000"]
)
def test_what_is_no_period_is_refused_with_an_example(written: str) -> None:
    with pytest.raises(UnreadablePeriodError, match="2026-Q3"):
        parse_period(written)


def test_the_months_of_the_clock_change_are_an_hour_shorter_and_longer() -> None:
    march, october = parse_period("2026-03"), parse_period("2026-10")
    assert march.end - march.start == timedelta(days=31, hours=-1)
    assert october.end - october.start == timedelta(days=31, hours=1)
    gone = [Outage(CARE.id, down=True, start=october.start - timedelta(days=1), until=None, trace=Trace("H", 1))]
    there = Facts(october, NOW, 1, outages=gone, services=(CARE,))
    assert FIGURE["down"].compute(there).value == 745 * 3600
    assert FIGURE["availability"].compute(there).value == 0


def test_an_instant_lies_in_copenhagens_month_and_quarter() -> None:
    midnight = datetime(2026, 9, 30, 22, tzinfo=UTC)
    assert (month_of(midnight).name, quarter_of(midnight).name) == ("2026-10", "2026-Q4")


def test_below_five_cases_single_values_stand_in_place_of_a_median() -> None:
    few = [case(n, handled_at=at(n)) for n in range(1, FEW)]
    measured = FIGURE["contain"].compute(facts(cases=few))
    assert (measured.value, measured.singles) == (None, (7200, 10800, 14400, 18000))
    enough = FIGURE["contain"].compute(facts(cases=[*few, case(9, handled_at=at(99))]))
    assert (enough.value, enough.singles, enough.longest) == (14400, (), 100 * 3600)


def test_below_five_deadlines_there_is_no_percentage() -> None:
    kept = FIGURE["limits_kept"]
    assert kept.compute(facts(limits=[limit(24, 5)] * 4)).value is None
    assert kept.compute(facts(limits=[limit(24, 5)] * 4 + [limit(24, 25)])).value == 80


def test_below_five_cases_on_either_side_there_is_no_trend() -> None:
    figure = FIGURE["incidents"]
    few, many, more = (Measured(n, n, ()) for n in (4, 5, 9))
    assert trend(figure, few, many) is None
    assert trend(figure, many, few) is None
    assert trend(figure, many, more) == Trend(5, 9, worse=True)
    assert trend(figure, more, many) == Trend(9, 5, worse=False)
    assert trend(FIGURE["near_misses"], many, more) == Trend(5, 9, None)


def test_what_stands_now_has_no_trend() -> None:
    assert trend(FIGURE["owed"], Measured(9, 9, ()), Measured(12, 12, ())) is None


def test_overlapping_outages_count_once_and_are_cut_to_the_period() -> None:
    spans = [
        Outage("x", down=True, start=at(a), until=at(b), trace=Trace(None, 1)) for a, b in ((0, 4), (2, 3), (3, 6), (8, 9))
    ]
    assert length(spans, at(1), at(8.5)) == timedelta(hours=5.5)


def test_all_is_in_order_when_nothing_is_wrong() -> None:
    told = report(cases=[case()])
    assert (told.verdict.order, told.verdict.reasons, told.worse, told.decisions) == (Order.IN_ORDER, (), (), ())


def test_a_missed_deadline_is_not_in_order_and_asks_for_a_decision_first() -> None:
    told = report(limits=[limit(24, None)], board=Board(None, changed=False))
    assert told.verdict.order is Order.NOT
    assert [one.code for one in told.verdict.reasons] == ["limits_missed", "never_approved"]
    assert [one.code for one in told.decisions] == ["send", "never_approved"]
    assert told.decisions[0].behind == (Trace("H-2026-0001", 7),)


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"board": Board("2026-01-02", changed=True)}, "list_changed"),
        ({"services": (CARE._replace(planned=False),)}, "no_plan"),
        ({"services": ()}, "no_services"),
        ({"acts": [follow_up(at(1))]}, "follow_ups_overdue"),
        ({"acts": [follow_up(at(1))._replace(act="silent", subject="wazuh")]}, "silent"),
    ],
)
def test_a_gap_asks_for_attention(more: dict[str, object], code: str) -> None:
    told = report(**more)
    assert told.verdict.order is Order.WATCH
    assert [one.code for one in told.verdict.reasons] == [code]


def test_availability_below_target_and_too_long_an_outage_are_not_in_order() -> None:
    gone = [Outage(CARE.id, down=True, start=at(0), until=at(24), trace=Trace("H-2026-0001", 3))]
    told = report(outages=gone)
    assert [one.code for one in told.verdict.reasons] == ["below_target", "too_long"]
    assert told.verdict.order is Order.NOT


def test_what_got_worse_names_the_whole_and_the_service() -> None:
    now, before = [case(n) for n in range(9)], [case(n) for n in range(5)]
    told = make(facts(cases=now), facts(cases=before))
    assert [(one.figure.key, one.service and one.service.name) for one in told.worse] == [
        ("incidents", None),
        ("incidents", "Hjemmepleje"),
    ]


def test_near_misses_and_what_was_none_are_counted_apart() -> None:
    cases = [
        case(1),
        case(2, kind="near_miss"),
        case(3, close_reason="near_miss"),
        case(4, close_reason="not_an_incident"),
        case(5, close_reason="duplicate"),
        case(6, kind="near_miss", close_reason="not_an_incident"),
        case(7, kind="planned_work"),
    ]
    told = report(cases=cases).whole.now
    assert (told["incidents"].value, told["near_misses"].value) == (1, 2)


def test_every_figure_and_breakdown_has_its_own_key_and_says_in_both_languages_what_it_means() -> None:
    defined: list[Figure | Breakdown] = [*FIGURES, *BREAKDOWNS]
    assert len({one.key for one in defined}) == len(defined)
    for one in defined:
        assert all((one.name, one.name_en, one.definition.endswith("."), one.definition_en.endswith(".")))


def test_the_availability_of_very_many_services_over_years() -> None:
    many = tuple(CARE._replace(id=UUID(int=number)) for number in range(1, 101))
    decade = parse_period("2016-01-01..2025-12-31")
    gone = Outage(CARE.id, True, decade.start, decade.end, Trace("H-2016-0001", 1))  # noqa: FBT003 - a field of a tuple
    told = Facts(decade, NOW, 100, services=many, outages=[gone])
    assert FIGURE["availability"].compute(told).value == 99.0


def test_of_many_services_that_were_down_too_long_the_worst_two_are_named_and_the_rest_is_told_together() -> None:
    many = tuple(
        CARE._replace(id=UUID(int=number), name=f"Ydelse {number}", availability_target=None) for number in range(1, 6)
    )
    gone = [Outage(one.id, True, at(0), at(one.id.int + 1), Trace("H", one.id.int)) for one in many]  # noqa: FBT003 - as above
    told = make(facts(services=many, outages=gone), facts(services=many))
    assert [one.named["service"] for one in told.decisions if one.code == "too_long"] == ["Ydelse 5", "Ydelse 4"]
    (more,) = (one for one in told.decisions if one.code == "too_long_more")
    assert more.named == {"count": 3, "services": ("Ydelse 3", "Ydelse 2", "Ydelse 1")}
    (reason,) = (one for one in told.verdict.reasons if one.code == "too_long")
    assert reason.named["count"] == 5
    few = make(facts(services=many[:3], outages=gone[:3]), facts(services=many[:3]))
    assert [one.code for one in few.decisions].count("too_long") == 3, "one that is left is named as well"


def test_the_first_page_names_what_moved_most_of_the_whole_first() -> None:
    moves = [("incidents", None, 10), ("down", None, 90), ("lessons", CARE, 2), ("assess", CARE, 99), ("warn", CARE, 50)]
    worse = [Worse(FIGURE[key], service, Trend(100.0, 100.0 + more, worse=True)) for key, service, more in moves]
    assert [one.figure.key for one in most_worse(worse)] == ["down", "incidents", "assess", "warn"]
