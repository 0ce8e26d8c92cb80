"""Standing warnings: what the organisation lacks to be ready. They refuse nothing; nobody is kept from acting."""

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from domain.organisation.events import Contact
from domain.organisation.state import Organisation, Place
from domain.roles import EVERY_TRACK_ROLE, ROLES, Role, Track
from domain.time import add_months, show_da, show_en

TEST_MONTHS = 6
"""Calendar months in which filing should have been tried out: MitID rights lapse without a word."""
MANY_ROLES = 5
"""So many of the eight roles in one hand are more than half of them."""

_TRACK_ROLES = tuple(role for role in Role if role in EVERY_TRACK_ROLE)
_TRACK_B = frozenset(role for role in _TRACK_ROLES if ROLES[role].track is Track.B)
_NEEDED = {
    Contact.VIRK: ("adressen på selvbetjeningsløsningen på virk.dk", "the address of the self-service solution on virk.dk"),
    Contact.FALLBACK: ("myndighedens alternative kanal", "the authority's alternative channel"),
    Contact.CSIRT: ("kontakten til CSIRT'en", "the contact of the CSIRT"),
}


class StandingWarning(NamedTuple):
    """`key` is stable: as long as what it warns of lasts, it is the same."""

    key: str
    danish: str
    english: str


def warnings(organisation: Organisation, *, now: datetime) -> tuple[StandingWarning, ...]:
    """All that hold now, in a fixed order: by entity, then the contacts."""
    found: list[StandingWarning] = []
    if not organisation.entities:
        found.append(
            StandingWarning(
                "no-organisation",
                "Organisationen er ikke registreret: ingen roller er placeret, og standardreglerne gælder.",
                "The organisation is not on record: no role is placed, and the default policy holds.",
            )
        )
    else:
        found += _of_own(organisation)
    for entity in organisation.entities:
        found += _of_roles(organisation, entity)
        found += _of_holders(organisation, entity)
        found += _of_filing(organisation, entity, now)
    for contact, (danish, english) in _NEEDED.items():
        if contact not in organisation.contacts:
            da, en = f"Der mangler en kontakt: {danish}.", f"A contact is missing: {english}."
            found.append(StandingWarning(f"contact-empty/{contact}", da, en))
    return tuple(found)


def _of_own(organisation: Organisation) -> Iterator[StandingWarning]:
    for entity in organisation.given:
        if entity not in organisation.entities:
            yield StandingWarning(
                f"own-entity-missing/{entity}",
                f"{entity}: Hændelser registreres for enheden, men den er ikke med i organisationen.",
                f"{entity}: Incidents are recorded for the entity, but it is not in the organisation.",
            )


def _of_roles(organisation: Organisation, entity: str) -> Iterator[StandingWarning]:
    for role in _TRACK_ROLES:
        if Place(entity, None, role) not in organisation.placings:
            yield StandingWarning(
                f"role-not-placed/{entity}/{role}",
                f"{entity}: Rollen {ROLES[role].danish} er ikke placeret.",
                f"{entity}: The role {ROLES[role].english} is not placed.",
            )
    for place, placing in organisation.placings.items():
        if place.entity == entity and place.role in EVERY_TRACK_ROLE and not placing.deputies:
            where = f"{entity}, {place.administration}" if place.administration else entity
            yield StandingWarning(
                "/".join(("no-deputy", *filter(None, place))),
                f"{where}: Rollen {ROLES[place.role].danish} har ingen stedfortræder.",
                f"{where}: The role {ROLES[place.role].english} has no deputy.",
            )


def _of_holders(organisation: Organisation, entity: str) -> Iterator[StandingWarning]:
    held: dict[str, set[Role]] = {}
    for place, placing in organisation.placings.items():
        if place.entity == entity and place.administration is None and place.role in EVERY_TRACK_ROLE:
            held.setdefault(placing.holder, set()).add(place.role)
    for holder, roles in held.items():
        if roles >= _TRACK_B:
            yield StandingWarning(
                f"one-holds-track-b/{entity}/{holder}",
                f"{entity}: {holder} har alle roller i spor B: vurdering, underretning, dokumentation og beslutning.",
                f"{entity}: {holder} holds every role of track B: assessment, notification, documentation and decision.",
            )
        if len(roles) >= MANY_ROLES:
            yield StandingWarning(
                f"one-holds-many/{entity}/{holder}",
                f"{entity}: {holder} har {len(roles)} af de {len(_TRACK_ROLES)} roller: organisationen hviler på én.",
                f"{entity}: {holder} holds {len(roles)} of the {len(_TRACK_ROLES)} roles: the organisation rests on one.",
            )


def _of_filing(organisation: Organisation, entity: str, now: datetime) -> Iterator[StandingWarning]:
    filers = organisation.filers.get(entity, {})
    if not filers:
        yield StandingWarning(
            f"nobody-files/{entity}",
            f"{entity}: Ingen er registreret som den, der kan indsende på virk.dk med MitID.",
            f"{entity}: Nobody is on record who can file on virk.dk with MitID.",
        )
        return
    last = max((tested for tested in filers.values() if tested is not None), default=None)
    if last is None or add_months(last, TEST_MONTHS) < now:
        danish = "aldrig afprøvet" if last is None else f"sidst afprøvet {show_da(last)}"
        english = "never tested" if last is None else f"last tested {show_en(last)}"
        yield StandingWarning(
            f"filing-not-tested/{entity}",
            f"{entity}: Indsendelse på virk.dk er {danish}. Afprøv den hver {TEST_MONTHS}. måned.",
            f"{entity}: Filing on virk.dk was {english}. Test it every {TEST_MONTHS} months.",
        )
