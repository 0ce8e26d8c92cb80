import re
from datetime import timedelta
from pathlib import Path

from adapters.demo.chapters import cast
from adapters.demo.chapters.catalogue import CATALOGUE
from adapters.demo.chapters.organisation import ORGANISATION
from adapters.demo.invitation import PRINTER
from adapters.demo.live import live_messages
from adapters.demo.story import STORY
from adapters.demo.times import instant_of
from domain.incident import events as e
from domain.time import add_hours, local
from tests.adapters.demo.conftest import STARTS
from tests.adapters.demo.support import SUNDAY, Told, clock, read, tell

SERVICES = {cast.HOME_CARE, cast.NURSING, cast.CITIZEN_SERVICE, cast.BENEFITS, cast.SCHOOLS, cast.MAIL}
SYSTEMS = {cast.CARE_RECORD, cast.MEDICINE, cast.ROUTES, cast.NATIONAL_LOGIN, cast.SELF_SERVICE} | {
    cast.BENEFIT_SYSTEM,
    cast.SCHOOL_PORTAL,
    cast.MAIL_SYSTEM,
    cast.PRINTING,
}
COMPONENTS = {cast.CARE_SERVER, cast.CARE_STORAGE, cast.CARE_DATABASE, cast.ROUTE_SERVER, cast.TABLETS} | {
    *(cast.LOGIN_ADDRESS, cast.WEB_SERVER, cast.SPARE_WEB_SERVER, cast.BENEFIT_SERVER, cast.SCHOOL_SERVER),
    *(cast.TENANT, cast.MAILBOX, cast.MAIL_FILTER, cast.PRINT_SERVER),
}


def test_references_count_up_in_the_order_of_the_story_anew_in_each_year(told: Told) -> None:
    numbers: dict[int, int] = {}
    for name in STORY:
        year = local(told.streams[name][0].recorded_at).year
        numbers[year] = numbers.get(year, 0) + 1
        assert told.references[name] == f"H-{year}-{numbers[year]:04}"
    assert sum(numbers.values()) == 5


def test_a_story_told_in_january_has_its_two_closed_incidents_in_the_old_year(tmp_path: Path) -> None:
    told = read(tmp_path, tell(tmp_path, STARTS["in January"]))
    assert list(told.references.values()) == ["H-2026-0001", "H-2026-0002", "H-2027-0001", "H-2027-0002", "H-2027-0003"]


def test_everything_is_recorded_when_the_story_says_and_before_the_start(told: Told) -> None:
    times = [recorded.recorded_at for recorded in told.log]
    assert times == sorted(times)
    assert times[-1] < told.start
    chapters = (ORGANISATION, CATALOGUE, *STORY.values())
    assert set(times) == {instant_of(step.at, told.start) for steps in chapters for step in steps}


def test_every_event_says_demo_and_names_a_role_never_a_person(told: Told) -> None:
    assert {recorded.event.meta.demo for recorded in told.log} == {True}
    assert all(re.fullmatch(r"rolle:[a-z]+|source:[a-z]+|system:deadlines", r.event.meta.actor) for r in told.log)


def test_nothing_that_happened_deviates(told: Told) -> None:
    facts = [r.event for r in told.log if isinstance(r.event, e.Fact)]
    assert {event.deviations for event in facts} == {()}
    assert len([event for event in facts if isinstance(event, e.Submission)]) == 5


def test_every_assessment_follows_what_the_guide_recommends(told: Told) -> None:
    assessed = [r.event for r in told.log if isinstance(r.event, e.Assessed)]
    assert len(assessed) == 5
    assert {event.departs for event in assessed} == {False}
    assert {event.recommendation for event in assessed} == {"significant_recommended", "voluntary_possible"}


def test_every_draft_has_what_the_law_wants(told: Told) -> None:
    drafts = [r.event for r in told.log if isinstance(r.event, e.SubmissionDrafted)]
    assert {draft.missing for draft in drafts} == {()}


def test_the_municipality_has_six_services_nine_systems_and_fourteen_components(tmp_path: Path) -> None:
    told = read(tmp_path, tell(tmp_path, SUNDAY))
    services = {service for incident in told.incidents.values() for service in incident.services}
    things = {component for incident in told.incidents.values() for component in incident.components}
    # Two more come while you watch and when you paste the alert.
    things |= {cast.CARE_DATABASE, PRINTER.instance.partition(":")[0], PRINTER.service}
    assert next(live_messages(told.start)).body.count(cast.CARE_DATABASE.encode()) > 0
    assert services == SERVICES
    assert things == SYSTEMS | COMPONENTS
    assert (len(SERVICES), len(SYSTEMS), len(COMPONENTS)) == (6, 9, 14)


def test_on_a_sunday_at_ten_the_clocks_read_as_the_story_tells(tmp_path: Path) -> None:
    told = read(tmp_path, tell(tmp_path, SUNDAY))
    assert clock(told.streams["tablets"][0].recorded_at) == "07:20"
    assert clock(add_hours(told.streams["tablets"][0].recorded_at, 4)) == "11:20"


def test_on_every_day_of_two_years_the_story_is_in_order() -> None:
    for day in range(2 * 366):
        start = SUNDAY + timedelta(days=day)
        for steps in (ORGANISATION, *STORY.values()):
            times = [instant_of(step.at, start) for step in steps]
            assert times[0] == min(times)
            assert times[-1] == max(times) < start
        opened = [instant_of(steps[0].at, start) for steps in STORY.values()]
        assert opened == sorted(opened)
