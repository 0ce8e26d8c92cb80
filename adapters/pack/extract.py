"""What emergency services and partners may have (R181): services and how long they can be missed. Nothing told in confidence.

No incident, no person, no telephone number, no machine, no supplier, no description: each of these is sealed or tells an
attacker where to strike. The contact during the crisis is written on it by hand when it is handed over.
"""

from adapters.catalogue.words import catalogue_word
from adapters.pack.survey import NOBODY, span, stamp_of
from adapters.reports.document import Blank, Block, Cells, Document, Heading, Lines
from adapters.words.wording import Language, Words
from handlers.pack_contents import Contents


def extract(contents: Contents, language: Language) -> Document:
    """One paper to hand over."""
    columns = (
        Words("Orden", "Order"),
        Words("Ydelse", "Service"),
        Words("Forvaltning", "Administration"),
        Words("Klasse", "Class"),
        Words("Kan undværes", "Can be missed"),
        Words("Har nødplan", "Has an emergency plan"),
    )
    rows = tuple(
        (
            str(one.order or "–"),
            one.name,
            one.administration or "–",
            catalogue_word(one.service_class, language) if one.service_class else NOBODY.to(language),
            span(one.tolerable_minutes, language),
            Words("Ja", "Yes").to(language) if one.plans else Words("Nej", "No").to(language),
        )
        for one in contents.services
    )
    empty = Words("Der er ingen ydelser i kataloget endnu.", "No services are in the catalogue yet.").to(language)
    blocks: tuple[Block, ...] = (
        Blank(
            Words("Kontakt hos os under krisen (navn, telefon)", "Our contact during the crisis (name, telephone)").to(
                language
            ),
            2,
        ),
        Blank(Words("Hvad vi har brug for hjælp til", "What we need help with").to(language), 3),
        Heading(Words("Ydelser i den rækkefølge, de genoprettes", "Services in the order of restoration").to(language)),
        Cells(tuple(one.to(language) for one in columns), rows, (6, 24, 16, 14, 12, 10)) if rows else Lines((empty,)),
    )
    return Document(
        title=Words("Udtræk til beredskab og samarbejdspartnere", "Extract for emergency services and partners").to(language),
        lead=(
            Words(
                "Samfundskritiske og kritiske ydelser, og hvor længe de kan undværes. Uden fortrolige oplysninger.",
                "Services critical to society and to the municipality, and how long they can be missed. Nothing confidential.",
            ).to(language),
        ),
        language=language,
        blocks=blocks,
        stamp=stamp_of(contents),
    )
