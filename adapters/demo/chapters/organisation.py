"""The organisation of the invented municipality: placed well before its first incident, and not quite complete."""

from adapters.data_directory import PAGE_USER
from adapters.demo.chapters import cast
from adapters.demo.steps import FilingTested, Organise, Step, Who
from adapters.demo.times import Clock
from domain.organisation.configuration import Configuration, WantedEntity, WantedFiler, WantedRole
from domain.organisation.events import Contact
from domain.policy import Policy
from domain.roles import Role

CVR = "12345674"
"""The check digit fits, and nobody takes it for a real one."""
FILER, SPARE_FILER = "bruger:0417", "bruger:0388"
"""MitID belongs to a person, so these are users and no mailboxes; which ones is known by their ids only."""


def _placed(who: Who, *deputies: str) -> WantedRole:
    # Whoever tries the demo stands in for everybody: there is one token, and the page would refuse them otherwise.
    return WantedRole(role=who.role, holder=who.actor, deputies=(*deputies, PAGE_USER))


def _owner(administration: str, holder: str) -> WantedRole:
    return WantedRole(role=Role.SYSTEM_OWNER, administration=administration, holder=holder, deputies=(PAGE_USER,))


ROLES = (
    _placed(cast.PHONE, cast.DESK.actor),
    _placed(cast.TECHNICAL, cast.RESTORING.actor),
    _placed(cast.SUPPLIERS, cast.RESTORING.actor),
    # Without a deputy on purpose: the page and `sporlog organisation warnings` say so.
    WantedRole(role=cast.RESTORING.role, holder=cast.RESTORING.actor),
    _placed(cast.ASSESSING, cast.DOCUMENTING.actor),
    _placed(cast.NOTIFYING, cast.ASSESSING.actor),
    _placed(cast.DOCUMENTING, cast.NOTIFYING.actor),
    _placed(cast.MANAGEMENT, "rolle:direktion"),
    _placed(cast.ADVISING),
    _owner(cast.CARE_ADMINISTRATION, "rolle:systemejeromsorg"),
    _owner(cast.CITIZEN_ADMINISTRATION, "rolle:systemejerborger"),
    _owner(cast.FINANCE_ADMINISTRATION, "rolle:systemejeroekonomi"),
)

POLICY = Policy(
    examples={
        "operation": ("Hjemmeplejen kan ikke slå medicin op i mere end en halv time.", "Ingen kan logge på selvbetjeningen."),
        "economy": ("Udbetalinger, der skal køres igen for mere end en halv million kroner.",),
        "others": ("En borger kan få forkert medicin eller ingen.", "CPR-numre er i hænderne på fremmede."),
    }
)
"""The default, with the municipality's own examples."""

CONTACTS = {
    Contact.VIRK: "Opdigtet: https://virk.example.dk/hændelse. Log ind med MitID Erhverv for kommunens CVR-nummer.",
    # The alternative channel is left empty on purpose: the page and `sporlog organisation warnings` say so.
    Contact.CSIRT: "Opdigtet: csirt@example.dk, telefon 00 00 00 00, hele døgnet.",
    Contact.DATA_PROTECTION_AUTHORITY: "Opdigtet: https://datatilsyn.example.dk/anmeld, telefon 00 00 00 01 i kontortiden.",
}


def wanted(entity: str, prefix: str) -> Configuration:
    """All of it, for the entity that the log is about."""
    filers = (WantedFiler(who=FILER), WantedFiler(who=SPARE_FILER))
    own = WantedEntity(entity=entity, cvr=CVR, prefix=prefix, roles=ROLES, filers=filers)
    return Configuration(
        reason="Vedtaget i direktionen: roller efter KL's drejebog, og dens regler uden ændringer. Egne eksempler fra øvelsen.",
        entities=(own,),
        contacts=CONTACTS,
        policy=POLICY,
    )


ORGANISATION: tuple[Step, ...] = (
    Step(Clock(-40, "09:00:00"), Organise(cast.MANAGEMENT, wanted)),
    Step(Clock(-13, "10:15:00"), FilingTested(cast.NOTIFYING, FILER)),
)
"""What is recorded of the organisation; it is in place before the first incident begins."""
