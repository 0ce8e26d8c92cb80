"""What is on record of emergency packs, and when the house has none that is fresh."""

from datetime import timedelta
from typing import Any

import pytest

from domain.incident.errors import ReasonMissingError
from domain.pack import OVERDUE_AFTER, PackMade, PackMissed, PackProblem, PackReleased, decide, problem_of, replay
from tests.support.incidents import REPORTED_AT, meta

MADE = PackMade(
    meta=meta(),
    name="2026-11-20T0600",
    manifest_sha256="ab" * 32,
    position=7,
    files=3,
    bytes=10,
    encrypted=False,
    with_backup=True,
)


def missed(problem: PackProblem = PackProblem.TOO_OLD) -> PackMissed:
    return PackMissed(meta=meta(), problem=problem, since=REPORTED_AT)


def released(**told: Any) -> PackReleased:  # noqa: ANN401 - as the fields of the event
    return PackReleased(meta=meta(), name=MADE.name, manifest_sha256=MADE.manifest_sha256, **told)


def test_a_lapse_is_noted_once_and_again_after_a_pack_was_made() -> None:
    before = replay([])
    assert decide(before, missed()) == (missed(),)
    assert decide(replay([missed()]), missed()) == ()
    assert decide(replay([missed()]), missed(PackProblem.DRIVE_MISSING)) == (missed(PackProblem.DRIVE_MISSING),)
    assert decide(replay([missed(), MADE]), missed()) == (missed(),)


@pytest.mark.parametrize(
    "told", [{}, {"recipient": "Beredskabet"}, {"reason": "Strømsvigt"}, {"recipient": " ", "reason": "x"}]
)
def test_a_release_says_to_whom_and_why(told: dict[str, str]) -> None:
    with pytest.raises(ReasonMissingError):
        decide(replay([MADE]), released(**told))


def test_a_release_of_a_pack_that_the_log_does_not_know_is_recorded_all_the_same() -> None:
    given = released(recipient="Beredskabet", reason="Strømsvigt")
    assert decide(replay([]), given) == (given,)


def test_a_pack_is_fresh_for_twenty_six_hours() -> None:
    at = REPORTED_AT
    assert problem_of(at, at + OVERDUE_AFTER, drive=True) is None
    assert problem_of(at, at + OVERDUE_AFTER + timedelta(seconds=1), drive=True) is PackProblem.TOO_OLD
    assert problem_of(None, at, drive=True) is PackProblem.TOO_OLD
    assert problem_of(at, at, drive=False) is PackProblem.DRIVE_MISSING
