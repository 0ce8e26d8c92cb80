"""Two houses never both go on with a log silently."""

from datetime import timedelta
from uuid import UUID

import pytest

from domain.incident.errors import ReasonMissingError
from domain.primary import Elsewhere, Primacy, PrimaryDeclared, decide, refusal, replay
from tests.support.incidents import REPORTED_AT, meta

HOME, LAPTOP = UUID(int=1), UUID(int=2)


def declared(house: UUID | None, hours: float = 0, label: str = "laptop") -> PrimaryDeclared:
    return PrimaryDeclared(meta=meta(hours), house=house, label=label, from_position=7, reason="Strømsvigt")


def told(house: UUID, hours: float = 0) -> Elsewhere:
    at = REPORTED_AT + timedelta(hours=hours)
    return Elsewhere(log="ab" * 32, house=house, label="laptop", from_position=7, declared_at=at)


@pytest.mark.parametrize(
    ("events", "house", "heard", "may"),
    [
        ((), HOME, None, True),
        ((declared(LAPTOP),), LAPTOP, None, True),
        ((declared(LAPTOP),), HOME, None, False),
        ((declared(LAPTOP), declared(None)), LAPTOP, None, False),
        ((declared(LAPTOP), declared(None)), HOME, None, False),
        ((declared(LAPTOP), declared(None), declared(HOME)), HOME, None, True),
        # The old house, whose own log says nothing of it, is told by a notice; its own is no news to a house.
        ((), HOME, told(LAPTOP), False),
        ((), LAPTOP, told(LAPTOP), True),
        # A person decided between the two after that; what was decided before it settles nothing.
        ((declared(HOME, 2),), HOME, told(LAPTOP, 1), True),
        ((declared(HOME, 1),), HOME, told(LAPTOP, 2), False),
    ],
)
def test_who_may_write(events: tuple[PrimaryDeclared, ...], house: UUID, heard: Elsewhere | None, may: bool) -> None:  # noqa: FBT001 - a column of the table
    assert (refusal(replay(events), house, heard) is None) is may


def test_the_refusal_says_where_the_log_is_and_since_when() -> None:
    assert "from position 7 on laptop" in (refusal(Primacy(), HOME, told(LAPTOP)) or "")
    assert "handed over by laptop" in (refusal(replay([declared(None)]), HOME, None) or "")


def test_a_declaration_says_why() -> None:
    with pytest.raises(ReasonMissingError):
        decide(declared(HOME).model_copy(update={"reason": " "}))
