"""The services of the large demo besides the story's six, and the systems that all of them share."""

from typing import NamedTuple

from adapters.demo.chapters import cast
from domain.catalogue.classes import ServiceClass


class LargeService(NamedTuple):
    """A service; its systems are named by its short name."""

    name: str
    short: str
    administration: str
    owner: str
    service_class: ServiceClass
    minutes: int
    """Tolerable downtime."""
    criteria: tuple[str, ...]


SHARED = (
    *("Brugerstyring", "Adresseregister", "Borgerregister", "Dokumentarkiv", "Betalinger", "Digital post ud"),
    *("Netværk rådhuset", "Netværk skolerne", "Netværk plejecentrene", "Telefoni", "Serverrum øst", "Serverrum vest"),
)
TECHNICAL = "Teknik og Miljø"
CULTURE = "Kultur og Fritid"

_A, _B, _C, _D = ServiceClass
_MINUTES = {_A: 240, _B: 1440, _C: 4320, _D: 10080}
_OWNERS = {
    cast.CARE_ADMINISTRATION: "rolle:systemejeromsorg",
    cast.CITIZEN_ADMINISTRATION: "rolle:systemejerborger",
    cast.FINANCE_ADMINISTRATION: "rolle:systemejeroekonomi",
    TECHNICAL: "rolle:systemejerteknik",
    CULTURE: "rolle:systemejerkultur",
}
_CRITERIA = {
    cast.CARE_ADMINISTRATION: ("life_and_health", "vulnerable_citizens"),
    cast.CITIZEN_ADMINISTRATION: ("statutory_deadlines",),
    cast.FINANCE_ADMINISTRATION: ("many_services",),
    TECHNICAL: ("supply", "safety"),
    CULTURE: (),
}
_TOLD: dict[str, tuple[tuple[str, str, ServiceClass], ...]] = {
    cast.CARE_ADMINISTRATION: (
        ("Plejecentre og botilbud", "Plejecentre", _A),
        ("Nødkald", "Nødkald", _A),
        ("Madservice", "Madservice", _A),
        ("Hjælpemidler", "Hjælpemidler", _B),
        ("Akutteam", "Akutteam", _A),
        ("Rehabilitering", "Rehabilitering", _C),
        ("Misbrugsbehandling", "Misbrug", _B),
        ("Socialpsykiatri", "Socialpsykiatri", _A),
        ("Visitation", "Visitation", _B),
        ("Sundhedspleje", "Sundhedspleje", _B),
        ("Tandpleje", "Tandpleje", _C),
        ("Kørsel til behandling", "Kørsel", _B),
    ),
    cast.CITIZEN_ADMINISTRATION: (
        ("Børn og unge i udsatte positioner", "Udsatte børn", _A),
        ("Underretninger om børn", "Underretninger", _A),
        ("Sygedagpenge", "Sygedagpenge", _A),
        ("Kontanthjælp", "Kontanthjælp", _A),
        ("Jobcenter", "Jobcenter", _B),
        ("Pas og kørekort", "Pas", _C),
        ("Folkeregister", "Folkeregister", _B),
        ("Boligstøtte og lån", "Boligstøtte", _B),
        ("Dagtilbud og pladsanvisning", "Dagtilbud", _B),
        ("Skolefritidsordning", "SFO", _C),
        ("Pædagogisk psykologi", "PPR", _B),
        ("Valg", "Valg", _B),
        ("Vielser og begravelser", "Vielser", _D),
        ("Integration", "Integration", _C),
    ),
    cast.FINANCE_ADMINISTRATION: (
        ("Løn til ansatte", "Løn", _B),
        ("Regnskab og fakturaer", "Regnskab", _B),
        ("Opkrævning", "Opkrævning", _C),
        ("Sagsbehandling og journal", "Journal", _A),
        ("Byråd og udvalg", "Byråd", _C),
        ("Personale", "Personale", _C),
        ("Indkøb", "Indkøb", _D),
        ("Hjemmeside", "Hjemmeside", _B),
        ("Telefonomstilling", "Omstilling", _B),
        ("Krisestab", "Krisestab", _A),
    ),
    TECHNICAL: (
        ("Vandforsyning", "Vand", _A),
        ("Spildevand", "Spildevand", _A),
        ("Fjernvarme", "Varme", _A),
        ("Affald og genbrug", "Affald", _B),
        ("Vintertjeneste", "Vinter", _B),
        ("Trafiksignaler", "Signaler", _A),
        ("Byggesager", "Byggesager", _C),
        ("Miljøtilsyn", "Miljø", _C),
        ("Parkering", "Parkering", _D),
        ("Kommunens bygninger", "Bygninger", _B),
        ("Adgang og alarmer", "Adgang", _B),
        ("Redningsberedskab", "Beredskab", _A),
    ),
    CULTURE: (
        ("Biblioteker", "Bibliotek", _D),
        ("Idrætshaller", "Haller", _D),
        ("Musikskole", "Musikskole", _D),
        ("Museer og arkiv", "Museum", _D),
        ("Foreninger og tilskud", "Foreninger", _D),
        ("Svømmehaller", "Svømmehal", _C),
    ),
}
SERVICES = tuple(
    LargeService(name, short, administration, _OWNERS[administration], one, _MINUTES[one], _CRITERIA[administration])
    for administration, several in _TOLD.items()
    for name, short, one in several
)
