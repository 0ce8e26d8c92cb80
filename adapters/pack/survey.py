"""The pack's main paper: how to go on without power and network, what is restored in which order, whom to call, and clocks."""

import re
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from adapters.catalogue.words import catalogue_word
from adapters.organisation.texts import CONTACTS
from adapters.reports.document import Block, Cells, Document, Heading, Lines
from adapters.reports.typesetting import Stamp
from adapters.words.value_labels import value_label
from adapters.words.wording import Language, Words
from domain.deadlines import Duty
from domain.organisation.events import Contact
from domain.time import show_da, show_en, show_span_da, show_span_en
from handlers.pack_contents import Contents, OpenIncident, Placed, Plan, Reached, Service, Supplier, System


class Held(NamedTuple):
    """A plan's file as it lies in the pack; None: the catalogue names none, or it is not to be had, and why."""

    plan: Plan
    file: str | None
    lacking: Words | None


TITLE = Words("Nødpakke", "Emergency pack")
FEW = 8
NOBODY = Words("Ikke oplyst", "Not told")
_LEAD = Words(
    "Alt, hvad der skal bruges, når strøm, netværk eller fagsystemer er væk. Fortroligt: giv den kun videre, når det er ført i "
    "Sporlog, hvem der har fået den og hvorfor. Til beredskab og politi er der et udtræk uden det fortrolige.",
    "All that is needed when power, network or line-of-business systems are gone. Confidential: hand it on only when it is on "
    "record in Sporlog who got it and why. For the emergency services there is an extract without what is confidential.",
)
_GO_ON = Words("Sådan fortsætter I uden strøm og netværk", "How to go on without power and network")
_STEPS = (
    Words(
        "Skriv klokkeslæt og navn på alt fra nu af, på logarket i blanketterne. Rigtige tider er vigtigst.",
        "Write time and name on everything from now on, on the log sheet of the forms. True times matter most.",
    ),
    Words(
        "Ring til hændelsesmodtageren og den tekniske hændelsesansvarlige; svarer de ikke, så til stedfortræderne.",
        "Call the incident receiver and the technical incident lead; if they do not answer, the deputies in order.",
    ),
    Words(
        "Se, hvilke ydelser der er ramt, og hvor længe de kan undværes. Sæt deres nødplaner i gang: de ligger i pakken.",
        "See which services are hit, and how long they can be missed. Start their emergency plans: they are in the pack.",
    ),
    Words(
        "Genopret systemerne i den rækkefølge, der står her. Det, andre systemer står på, kommer først.",
        "Restore the systems in the order that stands here. What other systems stand on comes first.",
    ),
    Words(
        "Vurdér med hurtigvurderingen, om hændelsen kan være væsentlig. I så fald løber 24 og 72 timer, fra nogen vidste det.",
        "Judge by the quick assessment whether it may be significant. If so, 24 and 72 hours run from when somebody knew.",
    ),
    Words(
        "Tidlig varsling og underretning sendes på virk.dk med MitID, også fra en telefon; ellers ad den alternative kanal.",
        "Early warning and notification are sent on virk.dk with MitID, from a telephone too; else by the alternative channel.",
    ),
    Words(
        "Fortsæt registeret på kriselaptoppen: sporlog pack continue. Ellers skriv på papir, og tast ind bagefter med de "
        "rigtige tider: sporlog incident from-paper.",
        "Continue the register on the crisis laptop: sporlog pack continue. Else use paper, and enter it afterwards with the "
        "true times: sporlog incident from-paper.",
    ),
)


def survey(contents: Contents, plans: Sequence[Held], language: Language) -> Document:
    """The whole paper."""
    return Document(
        title=TITLE.to(language),
        lead=(_LEAD.to(language),),
        language=language,
        blocks=tuple(_blocks(contents, plans, language)),
        stamp=stamp_of(contents),
        marks=("FORTROLIGT",) if language == "da" else ("CONFIDENTIAL",),
        landscape=True,
    )


def stamp_of(contents: Contents) -> Stamp:
    """As of which point of the log."""
    return Stamp(contents.entity, contents.position, contents.as_of, contents.demo)


def file_name(text: str) -> str:
    """A name that every file system takes, and that people know again."""
    letters = text.lower().replace("æ", "ae").replace("ø", "oe").replace("å", "aa")
    return re.sub(r"[^a-z0-9]+", "-", letters).strip("-")[:60] or "uden-navn"


def show(instant: datetime, language: Language) -> str:
    """Danish time in words."""
    return show_en(instant) if language == "en" else show_da(instant)


def span(minutes: int | None, language: Language) -> str:
    """How long, in words; nobody told: so."""
    if minutes is None:
        return NOBODY.to(language)
    return (show_span_en if language == "en" else show_span_da)(timedelta(minutes=minutes))


def _blocks(contents: Contents, plans: Sequence[Held], language: Language) -> Iterator[Block]:
    yield Heading(_GO_ON.to(language))
    yield Lines(tuple(f"{number}. {step.to(language)}" for number, step in enumerate(_STEPS, start=1)))
    yield from _services(contents.services, language)
    yield from _systems(contents.systems, language)
    yield from _people(contents, language)
    yield from _incidents(contents, language)
    yield from _plans(plans, language)


def _services(services: Sequence[Service], language: Language) -> Iterator[Block]:
    yield Heading(Words("Kritiske ydelser i rækkefølge", "Critical services in order").to(language), page=True)
    if not services:
        yield Lines((Words("Der er ingen ydelser i kataloget endnu.", "No services are in the catalogue yet.").to(language),))
        return
    columns = (
        Words("Orden", "Order"),
        Words("Ydelse", "Service"),
        Words("Klasse", "Class"),
        Words("Kan undværes", "Can be missed"),
        Words("Hvem svarer for den", "Who answers for it"),
        Words("Nødplaner", "Emergency plans"),
        Words("Står på", "Stands on"),
    )
    rows = tuple(
        (
            str(one.order or "–"),
            "\n".join(filter(None, (one.name, one.administration))),
            catalogue_word(one.service_class, language) if one.service_class else NOBODY.to(language),
            span(one.tolerable_minutes, language),
            reached(one.reached, language),
            "\n".join(one.plans) or Words("Ingen nødplan", "No emergency plan").to(language),
            _few(one.systems, language) or NOBODY.to(language),
        )
        for one in services
    )
    yield Cells(_to(columns, language), rows, (4, 13, 9, 8, 19, 13, 20))


def _systems(systems: Sequence[System], language: Language) -> Iterator[Block]:
    yield Heading(
        Words("Systemer i den rækkefølge, de genoprettes", "Systems in the order of restoration").to(language), page=True
    )
    if not systems:
        yield Lines(
            (Words("Kataloget siger ikke, hvad ydelserne står på.", "The catalogue tells of no systems.").to(language),)
        )
        return
    columns = (
        Words("Nr.", "No."),
        Words("System", "System"),
        Words("Bruges af", "Needed by"),
        Words("Står på", "Stands on"),
        Words("Hvem svarer for det", "Who answers for it"),
        Words("Leverandør og kontrakt", "Supplier and contract"),
    )
    rows = tuple(
        (
            str(one.order),
            f"{one.name}\n{catalogue_word(one.kind, language)}",
            _few(one.services, language),
            _few(one.stands_on, language) or "–",
            reached(one.reached, language),
            "\n".join(told for supplier in one.suppliers for told in supplied(supplier, language)) or "–",
        )
        for one in systems
    )
    yield Cells(_to(columns, language), rows, (4, 14, 16, 15, 19, 22))


def supplied(supplier: Supplier, language: Language) -> Iterator[str]:
    """Whom to call there, and what was agreed, a line each."""
    yield f"{supplier.name}: {supplier.contact or NOBODY.to(language)}"
    for one in supplier.contracts:
        begin, back = (span(minutes, language) for minutes in (one.respond_minutes, one.restore_minutes))
        agreed = Words(f"begynder inden {begin}, oppe inden {back}", f"begins within {begin}, back within {back}").to(language)
        named = " ".join(filter(None, (one.name, one.number)))
        yield f"{named}: {agreed}" + (f". {one.contact}" if one.contact else "")


def reached(found: Sequence[Reached], language: Language) -> str:
    """Who, and how they are reached, a line each."""
    return "\n".join(f"{one.who}: {one.contact or NOBODY.to(language)}" for one in found) or NOBODY.to(language)


def _people(contents: Contents, language: Language) -> Iterator[Block]:
    yield Heading(
        Words("Roller, stedfortrædere og telefonnumre", "Roles, deputies and telephone numbers").to(language), page=True
    )
    if contents.placed:
        columns = (
            Words("Rolle", "Role"),
            Words("Gælder for", "Holds for"),
            Words("Har rollen", "Holds it"),
            Words("Stedfortrædere i rækkefølge", "Deputies in order"),
        )
        yield Cells(_to(columns, language), tuple(_placed(one, language) for one in contents.placed), (16, 16, 24, 30))
    else:
        yield Lines((Words("Ingen roller er placeret.", "No role is placed.").to(language),), strong=True)
    yield Heading(Words("Rollepostkasser og vagttelefoner", "Role mailboxes and duty telephones").to(language), 2)
    rows = tuple((one.who, one.contact or NOBODY.to(language)) for one in contents.mailboxes)
    who = _to((Words("Hvem", "Who"), Words("Nås på", "Reached at")), language)
    if rows:
        yield Cells(who, rows, (20, 60))
    else:
        yield Lines((Words("Ingen er registreret i kataloget.", "None is in the catalogue.").to(language),))
    yield Heading(Words("Myndigheder", "Authorities").to(language), 2)
    told = tuple((_contact(contact, language), text) for contact, text in contents.contacts)
    if told:
        yield Cells(who, told, (30, 50))
    else:
        yield Lines((Words("Ingen kontakter er registreret.", "No contacts are on record.").to(language),), strong=True)


def _contact(contact: Contact, language: Language) -> str:
    label = CONTACTS[contact]
    return label.english if language == "en" else label.danish


def _placed(one: Placed, language: Language) -> tuple[str, ...]:
    where = "\n".join(filter(None, (one.entity, one.administration)))
    deputies = reached(one.deputies, language) if one.deputies else Words("Ingen stedfortræder", "No deputy").to(language)
    return value_label("Role", one.role, language), where, reached([one.holder], language), deputies


def _incidents(contents: Contents, language: Language) -> Iterator[Block]:
    yield Heading(Words("Åbne hændelser og deres frister", "Open incidents and their clocks").to(language), page=True)
    if not contents.incidents:
        yield Lines((Words("Ingen hændelse er åben.", "No incident is open.").to(language),))
        return
    columns = (
        Words("Hændelse", "Incident"),
        Words("Status", "Status"),
        Words("Alvor", "Severity"),
        Words("Ydelser", "Services"),
        Words("Frister", "Clocks"),
    )
    rows = tuple(_incident(one, contents.as_of, language) for one in contents.incidents)
    yield Cells(_to(columns, language), rows, (26, 10, 8, 16, 30))
    if contents.open_total > len(rows):
        left = contents.open_total - len(rows)
        yield Lines((Words(f"… og {left} flere, som er i backuppen.", f"... and {left} more, in the backup.").to(language),))


def _incident(one: OpenIncident, now: datetime, language: Language) -> tuple[str, ...]:
    title = one.title or Words("(teksten er slettet)", "(the text was erased)").to(language)
    exercise = ("ØVELSE" if language == "da" else "EXERCISE",) if one.exercise else ()
    clocks = "\n".join(clock(duty, now, language) for duty in one.duties if duty.owed)
    return (
        "\n".join((*exercise, one.reference, title)),
        value_label("Status", one.status, language),
        value_label("Severity", one.severity, language),
        ", ".join(one.services) or "–",
        clocks or Words("Ingen frist løber", "No clock runs").to(language),
    )


def clock(duty: Duty, now: datetime, language: Language) -> str:
    """What is owed until when, and whether that has passed."""
    late = duty.deadline.due_at < now
    name = duty.deadline.name_en if language == "en" else duty.deadline.name
    mark = Words(" OVERSKREDET", " OVERDUE").to(language) if late else ""
    return f"{name}: {show(duty.deadline.due_at, language)}{mark}"


def _plans(plans: Sequence[Held], language: Language) -> Iterator[Block]:
    yield Heading(Words("Nødplaner", "Emergency plans").to(language), page=True)
    if not plans:
        yield Lines((Words("Ingen nødplan er registreret.", "No emergency plan is on record.").to(language),), strong=True)
        return
    columns = (
        Words("Plan", "Plan"),
        Words("Gælder for", "For"),
        Words("Dateret", "Dated"),
        Words("Revideres senest", "Review by"),
        Words("Fil i pakken", "File in the pack"),
    )
    rows = tuple(
        (
            held.plan.name,
            ", ".join(held.plan.covers) or "–",
            str(held.plan.facts.dated or "–"),
            str(held.plan.facts.review_by or "–"),
            held.file or (held.lacking or NOBODY).to(language),
        )
        for held in plans
    )
    yield Cells(_to(columns, language), rows, (22, 22, 9, 10, 24))


def _few(names: Sequence[str], language: Language) -> str:
    """A line that fits its cell: all are in the tables beside it."""
    left = len(names) - FEW
    more = Words(f" og {left} flere", f" and {left} more").to(language) if left > 0 else ""
    return ", ".join(names[:FEW]) + more


def _to(columns: Sequence[Words], language: Language) -> tuple[str, ...]:
    return tuple(words.to(language) for words in columns)
