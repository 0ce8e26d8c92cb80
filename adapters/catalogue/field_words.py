"""What is asked and told of an object of the catalogue, in words. A test keeps the table complete against the models."""

from collections.abc import Mapping

from adapters.words.wording import Words

FIELDS: Mapping[str, Words] = {
    "name": Words("Navn", "Name"),
    "aliases": Words("Andre navne", "Other names"),
    "administration": Words("Forvaltning", "Administration"),
    "owner": Words("Ansvarlig", "Owner"),
    "outside": Words("Id i andre registre", "Id in other registers"),
    "criteria": Words("Kriterier", "Criteria"),
    "restoration_order": Words("Genopretning, nummer i rækken", "Restoration, place in the order"),
    "tolerable_downtime_minutes": Words("Må højst være nede", "May be down at most"),
    "availability_target": Words("Mål for tilgængelighed i procent", "Target of availability in percent"),
    "hosting": Words("Drift", "Hosting"),
    "manager": Words("Systemansvarlig", "System manager"),
    "personal_data": Words("Behandler personoplysninger", "Processes personal data"),
    "business_critical": Words("Kaldes kritisk i et andet register", "Called critical in another register"),
    "sort": Words("Art", "Sort"),
    "cvr": Words("CVR-nummer", "CVR number"),
    "processor": Words("Er databehandler", "Is a data processor"),
    "number": Words("Kontraktens nummer", "Number of the contract"),
    "ends_on": Words("Udløber", "Ends on"),
    "respond_minutes": Words("Leverandøren reagerer inden", "The supplier responds within"),
    "restore_minutes": Words("Leverandøren genopretter inden", "The supplier restores within"),
    "sha256": Words("Filens SHA-256", "SHA-256 of the file"),
    "bytes": Words("Filens størrelse i bytes", "Size of the file in bytes"),
    "media_type": Words("Filens type", "Type of the file"),
    "dated": Words("Dateret", "Dated"),
    "review_by": Words("Gennemgås senest", "To be reviewed by"),
    "description": Words("Beskrivelse", "Description"),
    "contact": Words("Kontakt", "Contact"),
    "reason": Words("Begrundelse", "Reason"),
    "tie": Words("Hvordan hænger de sammen?", "How do they belong together?"),
    "to": Words("Med hvad?", "With what?"),
    "need": Words("Til hvad?", "For what?"),
    "weight": Words("Hvad sker der, når det andet fejler?", "What happens when the other one fails?"),
    "group": Words("Reservegruppe", "Group of spares"),
    "service_class": Words("Klasse", "Class"),
    "proposal_number": Words("Forslagets nummer", "Number of the proposal"),
}
HINTS: Mapping[str, Words] = {
    "aliases": Words(
        "Med komma imellem: værtsnavne og andre navne, som værktøjer og folk bruger",
        "With commas between: host names and other names that tools and people use",
    ),
    "administration": Words("Tomt: hele kommunens", "Empty: the whole municipality's"),
    "owner": Words(
        "Rolle eller postkasse uden mellemrum, aldrig en persons navn",
        "A role or mailbox without spaces, never a person's name",
    ),
    "manager": Words(
        "Rolle eller postkasse uden mellemrum, aldrig en persons navn",
        "A role or mailbox without spaces, never a person's name",
    ),
    "restoration_order": Words(
        "1 genoprettes først. To ydelser må have samme nummer.", "1 is restored first. Two services may share a number."
    ),
    "tolerable_downtime_minutes": Words("I minutter", "In minutes"),
    "respond_minutes": Words("I minutter, som aftalt", "In minutes, as agreed"),
    "restore_minutes": Words("I minutter, som aftalt", "In minutes, as agreed"),
    "availability_target": Words("For eksempel 99.5", "For example 99.5"),
    "sort": Words(
        "Jeres eget ord, uden mellemrum: server, database, netvaerk", "Your own word, no spaces: server, database, network"
    ),
    "cvr": Words("8 cifre", "8 digits"),
    "contact": Words(
        "Gemmes krypteret: adresse, telefon, hvad man skal sige", "Kept encrypted: address, telephone, what to say"
    ),
    "description": Words("Gemmes krypteret", "Kept encrypted"),
    "reason": Words("Tilsynet spørger efter den", "Supervision asks for it"),
    "need": Words(
        "Kun for det, der afhænger af det andet eller leveres af det", "Only for what depends on it or is supplied by it"
    ),
    "group": Words(
        "Ét ord. Af dem med samme ord er én nok: en reserveserver, en anden vej",
        "One word. Of those with the same word one is enough: a spare server, another route",
    ),
}
HOSTING: Mapping[str, Words] = {
    "own": Words("Egen drift", "Own operation"),
    "supplier": Words("Hos leverandøren", "At the supplier"),
    "cloud": Words("Cloud", "Cloud"),
    "shared": Words("Fælles med andre", "Shared with others"),
}
HAPPENED: Mapping[str, Words] = {
    "catalogue.registered.1": Words("Registreret", "Registered"),
    "catalogue.described.1": Words("Ændret", "Changed"),
    "catalogue.retired.1": Words("Taget ud af brug", "Retired"),
    "catalogue.reinstated.1": Words("Taget i brug igen", "Reinstated"),
    "catalogue.tied.1": Words("Knyttet", "Tied"),
    "catalogue.untied.1": Words("Løst fra", "Untied"),
    "catalogue.class-proposed.1": Words("Klasse foreslået", "Class proposed"),
    "catalogue.class-approved.1": Words("Klasse godkendt", "Class approved"),
    "catalogue.class-rejected.1": Words("Klasse afvist", "Class rejected"),
}
"""What each event is called once it is history, by its topic."""
