"""What an organisation lacks is said in both languages, under a key that stays the same, and refuses nothing."""

from datetime import UTC, datetime

import pytest

from domain.organisation import events as e
from domain.organisation.state import Organisation, replay
from domain.organisation.warnings import warnings
from domain.roles import EVERY_TRACK_ROLE, Role
from tests.support.incidents import NOW, meta
from tests.support.organisations import (
    ENTITY,
    OTHER_CVR,
    WATER,
    contact,
    named,
    organisation,
    placed,
    registered,
    tried,
    vacated,
)

CONTACTS = [contact(which) for which in (e.Contact.VIRK, e.Contact.FALLBACK, e.Contact.CSIRT)]
TRACK_B = (Role.ASSESSOR, Role.NOTIFIER, Role.DOCUMENTATION_LEAD, Role.DECISION_MAKER)
ROLES = [placed(role, f"u-{role}", "u-deputy") for role in Role if role in EVERY_TRACK_ROLE]
READY: tuple[e.OrganisationEvent, ...] = (registered(), *ROLES, named(), tried("u-1", 24 * 80), *CONTACTS)


def keys(*events: e.OrganisationEvent, now: datetime = NOW) -> list[str]:
    return [warning.key for warning in warnings(organisation(*events), now=now)]


def test_an_organisation_that_is_ready_has_no_warning() -> None:
    assert keys(*READY) == []


def test_without_any_organisation_that_is_the_warning_and_contacts_are_missing_too() -> None:
    empty = warnings(Organisation(given={ENTITY: "H"}), now=NOW)
    assert [warning.key for warning in empty] == [
        "no-organisation", "contact-empty/virk", "contact-empty/fallback", "contact-empty/csirt",
    ]  # fmt: skip
    assert empty[1].danish == "Der mangler en kontakt: adressen på selvbetjeningsløsningen på virk.dk."


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ([vacated(Role.NOTIFIER)], ["role-not-placed/laerkeborg/notifier"]),
        ([placed(Role.NOTIFIER)], ["no-deputy/laerkeborg/notifier"]),
        ([placed(Role.NOTIFIER, administration="Sundhed")], ["no-deputy/laerkeborg/Sundhed/notifier"]),
        ([placed(Role.DPO, "dpo")], []),
        ([placed(role, "u-9", "u-8") for role in TRACK_B], ["one-holds-track-b/laerkeborg/u-9"]),
        ([placed(role, "u-9", "u-8") for role in sorted(EVERY_TRACK_ROLE - {Role.NOTIFIER})[:4]], []),
        (
            [placed(role, "u-9", "u-8") for role in EVERY_TRACK_ROLE - {Role.NOTIFIER, Role.ASSESSOR}],
            ["one-holds-many/laerkeborg/u-9"],
        ),
        ([e.FilerRemoved(meta=meta(), entity=ENTITY, who="u-1")], ["nobody-files/laerkeborg"]),
        ([contact(e.Contact.CSIRT, None)], ["contact-empty/csirt"]),
        ([contact(e.Contact.DATA_PROTECTION_AUTHORITY, None)], []),
    ],
)
def test_each_lack_is_a_warning_of_its_own(more: list[e.OrganisationEvent], expected: list[str]) -> None:
    assert keys(*READY, *more) == expected


def test_an_organisation_without_the_logs_own_entity_says_so() -> None:
    state = replay(READY, Organisation(given={ENTITY: "H", WATER: "VA"}))
    assert [warning.key for warning in warnings(state, now=NOW)] == ["own-entity-missing/vand"]


def test_a_warning_names_entity_and_role_in_both_languages() -> None:
    (warning,) = warnings(organisation(*READY, vacated(Role.NOTIFIER)), now=NOW)
    assert warning.danish == "laerkeborg: Rollen Underretningsansvarlig er ikke placeret."
    assert warning.english == "laerkeborg: The role Notification lead is not placed."


def test_every_entity_is_looked_at_for_itself() -> None:
    found = keys(*READY, registered(WATER, cvr=OTHER_CVR, prefix="VA"))
    assert found == [f"role-not-placed/vand/{role}" for role in Role if role in EVERY_TRACK_ROLE] + ["nobody-files/vand"]


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        (datetime(2026, 8, 31, 8, 0, tzinfo=UTC), []),
        (datetime(2027, 2, 28, 8, 59, tzinfo=UTC), []),
        (datetime(2027, 2, 28, 9, 1, tzinfo=UTC), ["filing-not-tested/laerkeborg"]),
    ],
)
def test_filing_is_to_be_tested_every_six_calendar_months_in_danish_time(now: datetime, expected: list[str]) -> None:
    in_august = meta().model_copy(update={"occurred_at": datetime(2026, 8, 31, 8, 0, tzinfo=UTC)})
    tested = e.FilerTested(meta=in_august, entity=ENTITY, who="u-2")
    assert keys(registered(), *ROLES, named("u-2"), tested, named("u-3"), *CONTACTS, now=now) == expected


def test_filing_that_was_never_tested_says_so() -> None:
    (warning,) = warnings(organisation(registered(), *ROLES, named(), *CONTACTS), now=NOW)
    assert warning.key == "filing-not-tested/laerkeborg"
    assert "aldrig afprøvet" in warning.danish
