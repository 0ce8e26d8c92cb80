"""Where something of a person is kept: who sees it there, by which period it is kept, and how it is erased."""

from collections.abc import Mapping
from typing import NamedTuple

from adapters.privacy.fields import Sort
from adapters.words.wording import Words
from domain.retention.periods import Kind


class Place(NamedTuple):
    """A kind of place. `kept` are the periods that end it; none: `how_long` says what does."""

    name: Words
    seen_by: Words
    kept: tuple[Kind, ...]
    how_long: Words
    erased: Words


_FILE: tuple[Kind, ...] = ("incident_files", "significant_incident_files")
_HOUSE = Words("Den, der har husets token, eller adgang til enheden", "Whoever has the house's token, or access to the entity")
_WHOLE = Words("Den, der må læse alt", "Whoever may read all")
_NOBODY = Words("Ingen uden nøglen; driften ser kryptotekst", "Nobody without the key; operations see ciphertext")
_OPERATORS = Words("Driften", "Operations")
_WITH_FILE = Words("Som hændelsen, den hører til", "As the incident that it belongs to")
_STAYS = Words("Så længe loggen findes", "As long as the log exists")
_KEY = Words("Hændelsens nøgle destrueres", "The incident's key is destroyed")
_PSEUDONYM = Words(
    "Id'et bliver stående; hvem det er, slettes i kommunens egen brugerstyring",
    "The id stays; who it is, is erased in the municipality's own directory",
)
_REBUILT = Words(
    "Følger loggen: uden nøgle kan den forseglede tekst ikke læses",
    "Follows the log: without the key the sealed text is unreadable",
)

EVENTS: Mapping[str, Place] = {
    "incident": Place(Words("Hændelsens log", "The incident's log"), _HOUSE, _FILE, _WITH_FILE, _KEY),
    "signals": Place(
        Words("Alarmernes log", "The alerts' log"),
        _WHOLE,
        (),
        _STAYS,
        Words("Kun id'er og navne på maskiner: teksten ligger for sig", "Ids and names of machines only: text lies apart"),
    ),
    "organisation": Place(
        Words("Organisationens log", "The organisation's log"),
        _HOUSE,
        (),
        _STAYS,
        Words("Organisationens nøgle destrueres", "The organisation's key is destroyed"),
    ),
    "intake": Place(
        Words("Kildernes log", "The sources' log"),
        _WHOLE,
        (),
        _STAYS,
        Words("Kildernes nøgle destrueres", "The sources' key is destroyed"),
    ),
    "catalogue": Place(
        Words("Katalogets log: ydelser, systemer, leverandører", "The catalogue's log: services, systems, suppliers"),
        _WHOLE,
        (),
        _STAYS,
        Words("Objektets nøgle destrueres", "The object's key is destroyed"),
    ),
    "emergency-list": Place(
        Words("Nødlisternes log: hvornår de kom, hvem der fik dem", "The emergency lists' log: when they came, who got them"),
        _WHOLE,
        (),
        _STAYS,
        Words("Nødlisternes nøgle destrueres", "Their key is destroyed"),
    ),
    "retention": Place(
        Words("Fristernes log", "The periods' log"),
        _WHOLE,
        (),
        _STAYS,
        Words("Fristernes nøgle destrueres", "Their key is destroyed"),
    ),
    "ledger": Place(
        Words("Regnskabets log: nøgler og afvigelser", "The ledger's log: keys and differences"),
        _WHOLE,
        (),
        _STAYS,
        Words("Regnskabets nøgle destrueres", "Its key is destroyed"),
    ),
    "audit": Place(
        Words("Udleveringernes log", "The log of what was handed out"),
        _WHOLE,
        (),
        _STAYS,
        Words("Udleveringernes nøgle destrueres", "Its key is destroyed"),
    ),
    "pack": Place(
        Words("Nødpakkernes log: lavet, frigivet til hvem", "The emergency packs' log: made, released to whom"),
        _WHOLE,
        (),
        _STAYS,
        Words("Nødpakkernes nøgle destrueres", "Its key is destroyed"),
    ),
    "primary": Place(
        Words("Hvilken maskine der fører loggen", "Which machine keeps the log"),
        _WHOLE,
        (),
        _STAYS,
        Words("Dens nøgle destrueres", "Its key is destroyed"),
    ),
    "management": Place(
        Words("Ledelsesrapporternes log", "The log of the management reports"),
        _WHOLE,
        (),
        _STAYS,
        Words("Rapporternes nøgle destrueres", "Its key is destroyed"),
    ),
}
"""By the aggregate that topics begin with."""
CLEAR: Mapping[Sort, Words] = {
    Sort.ID: _PSEUDONYM,
    Sort.INDIRECT: Words(
        "Bliver stående; fører kun til en person i det system, det kommer fra",
        "Stays; leads to a person only in the system that it comes from",
    ),
}
"""How what stands in clear in an event is erased: it is not, for it is nobody's name."""

TABLES: Mapping[str, Place] = {
    "events": Place(
        Words("events.db: hændelserne som gemt", "events.db: the events as stored"), _NOBODY, _FILE, _WITH_FILE, _KEY
    ),
    "payloads": Place(
        Words("events.db: tekst og rå data i alarmer", "events.db: text and raw data of alerts"),
        _NOBODY,
        ("signals", "payloads"),
        Words("Efter måned", "By month"),
        Words(
            "Rækkerne slettes og overskrives, månedens nøgle destrueres",
            "Rows are deleted and overwritten, the month's key destroyed",
        ),
    ),
    "data_keys": Place(
        Words("keyring.db: nøglerne, indpakket", "keyring.db: the keys, wrapped"),
        _OPERATORS,
        (),
        Words("Til nøglen destrueres", "Until the key is destroyed"),
        Words("Nøglen overskrives; dens navn bliver", "The key is overwritten; its name stays"),
    ),
    "messages": Place(
        Words("messages.db: påmindelser og rapporter, der er sendt", "messages.db: reminders and reports that were sent"),
        _OPERATORS,
        ("sent_messages",),
        Words("", ""),
        Words("Rækkerne slettes og overskrives hver dag", "Rows are deleted and overwritten every day"),
    ),
    "ways": Place(
        Words("ways.db: hvor indgangene er nået til", "ways.db: how far the ways in have come"),
        _OPERATORS,
        (),
        Words("Til næste gang det går godt", "Until it next goes well"),
        Words("Overskrives", "Overwritten"),
    ),
    "registers": Place(
        Words("registers.db: hvad andre registre sagde sidst", "registers.db: what other registers told last"),
        _OPERATORS,
        (),
        Words("Til registret læses næste gang", "Until the register is read again"),
        Words("Slettes i det andet register, og overskrives så her", "Erased in the other register, then overwritten here"),
    ),
    "access": Place(
        Words("access.db: hvem der har læst hvad", "access.db: who read what"),
        Words("Ledelse, dokumentationsansvarlig og DPO, og driften", "Management, documentation lead and DPO, and operations"),
        ("access_log",),
        Words("", ""),
        Words("Slettes hver dag, overskrives; i ingen sikkerhedskopi", "Deleted every day, overwritten; in no backup"),
    ),
    "store": Place(
        Words("events.db: hvad der er set før", "events.db: what was seen before"), _OPERATORS, (), _STAYS, CLEAR[Sort.INDIRECT]
    ),
    "read": Place(Words("Læsemodel", "Read model"), _HOUSE, _FILE, _WITH_FILE, _REBUILT),
}
OF_TABLE: Mapping[str, str] = {
    "events": "events",
    "payloads": "payloads",
    "data_keys": "data_keys",
    "place_keys": "data_keys",
    "messages": "messages",
    "message_channels": "messages",
    "messages_untold": "messages",
    "ways": "ways",
    "registers": "registers",
    "access_readings": "access",
    "access_incidents": "access",
    "access_sets": "access",
}
"""A table to its place; the others of the store are `store`, those of a projection `read`."""

ELSEWHERE: tuple[tuple[str, Words, Place], ...] = (
    (
        "EVENTS",
        Words("Alle felter som gemt", "All fields as stored"),
        Place(Words("NATS-strømmen EVENTS", "The NATS stream EVENTS"), _NOBODY, _FILE, _WITH_FILE, _KEY),
    ),
    (
        "INTAKE",
        Words(
            "Det, værktøjerne sender; Sporlogs egen NATS krypterer på disken",
            "What tools send; Sporlog's own NATS encrypts on disk",
        ),
        Place(
            Words("NATS-strømmen INTAKE", "The NATS stream INTAKE"),
            _OPERATORS,
            (),
            Words("Til det er gemt i loggen, som regel et sekund", "Until the log has stored it, a second as a rule"),
            Words("Strømmen tømmes hvert sekund", "The stream is purged each second"),
        ),
    ),
    (
        "DEADLETTER",
        Words("Det, der ikke kunne behandles; som INTAKE", "What could not be processed; as INTAKE"),
        Place(
            Words("NATS-strømmen DEADLETTER", "The NATS stream DEADLETTER"),
            _OPERATORS,
            ("dead_letters",),
            Words("", ""),
            Words("Slettes en for en og overskrives", "Deleted one by one and overwritten"),
        ),
    ),
    (
        "KV",
        Words(
            "Intet om personer: kun klare felter (en test ser efter)", "Nothing of persons: clear fields only (a test looks)"
        ),
        Place(
            Words(
                "NATS-bøtterne register, deadlines, services, reporting",
                "The NATS buckets register, deadlines, services, reporting",
            ),
            _OPERATORS,
            _FILE,
            _WITH_FILE,
            Words("Den sidste udgave overskrives", "The last version is overwritten"),
        ),
    ),
    (
        "evidence",
        Words("Beviser: filer, krypteret", "Evidence: files, sealed"),
        Place(
            Words("Bevislageret", "The evidence store"),
            _NOBODY,
            _FILE,
            _WITH_FILE,
            Words(
                "Filen slettes, når den sidste hændelse, der har den, kasseres", "Deleted with the last incident that has it"
            ),
        ),
    ),
    (
        "SPORLOG_MAIL, SPORLOG_REPORT_TO",
        Words("Modtageres mailadresser", "Recipients' mail addresses"),
        Place(
            Words("Indstillingerne", "The settings"),
            _OPERATORS,
            (),
            Words("Til de rettes", "Until they are changed"),
            Words("Rettes i indstillingerne", "Changed in the settings"),
        ),
    ),
    (
        "backup",
        Words("Alt ovenfor, nøglerne for sig", "All of the above, the keys apart"),
        Place(
            Words("Sikkerhedskopier", "Backups"),
            _OPERATORS,
            (),
            Words("Efter kommunens egen plan", "By the municipality's own plan"),
            Words(
                "Det, loggen siger er slettet, slettes igen ved næste start; driften sletter gamle kopier af nøglerne",
                "What the log says is gone goes again at the next start; operations delete old copies of the keys",
            ),
        ),
    ),
    (
        "mail",
        Words(
            "Reference, frist og status; ledelsesrapportens tal; ingen fortrolig tekst",
            "Reference, deadline and status; the management report's figures; no confidential text",
        ),
        Place(
            Words("Sendte mails hos modtageren", "Sent mails with their recipients"),
            Words("Modtagerne", "The recipients"),
            ("sent_messages",),
            Words("", ""),
            Words("Slettes i postkassen", "Deleted in the mailbox"),
        ),
    ),
    (
        "logs",
        Words("Id på den, der handler, og reference", "Id of who acts, and reference"),
        Place(
            Words("Logfiler", "Log files"),
            _OPERATORS,
            ("logs",),
            Words("", ""),
            Words("Roteres af driften", "Operations rotate them"),
        ),
    ),
    (
        "packs",
        Words(
            "Telefonnumre, åbne hændelser, hele loggen i en lukket backup", "Telephone numbers, open incidents, a sealed backup"
        ),
        Place(
            Words("Nødpakker på drevet", "Emergency packs on their drive"),
            Words("De få, der må åbne dem; frigivelse føres i loggen", "The few who may open them; release is logged"),
            (),
            Words("Syv dage", "Seven days"),
            Words("Pakkerne slettes; det, nogen har fået, slettes hos dem", "Packs are deleted; what somebody got, with them"),
        ),
    ),
    (
        "papers",
        Words("Ark, udskrifter og eksporter, i klartekst", "Sheets, prints and exports, in clear"),
        Place(
            Words("Det, der er hentet ud", "What was taken out"),
            Words("Den, der hentede det", "Whoever took it"),
            (),
            Words("Efter ESDH-systemets regler", "By the rules of the records system"),
            Words("Slettes, hvor det ligger", "Deleted where it lies"),
        ),
    ),
)
"""What no model of ours describes: its key, what of persons is in it, and the place."""
