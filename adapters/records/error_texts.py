"""What the errors of records and access to documents mean to a person; part of `error_texts.ERRORS`."""

from adapters.words.wording import Words

RECORDS_ERRORS: dict[str, Words] = {
    "extract-changed": Words(
        "Udtrækket kan ikke laves magen til: en tekst i det er slettet, siden det blev udleveret.",
        "The extract cannot be made again as it was: a text in it was erased since it was given out.",
    ),
    "file-exists": Words(
        "Der er allerede noget med det navn. Vælg et andet navn, eller flyt det væk.",
        "Something has that name already. Choose another name, or move it away.",
    ),
    "exemption-missing": Words(
        "Felter er undtaget uden en paragraf. Vælg, hvilken paragraf der undtager dem.",
        "Fields are withheld without a paragraph. Choose the paragraph that exempts them.",
    ),
    "unknown-field": Words(
        "Dokumentet har ikke et felt med det navn, så intet ville være undtaget. Se feltnavnene i dokumentlisten.",
        "The document has no field of that name, so nothing would be withheld. Look at the names in the list of documents.",
    ),
    "undecided-documents": Words(
        "Nogle dokumenter er ikke mærket endnu. Tag stilling til hvert af dem, eller godkend forslagene.",
        "Some documents are not marked yet. Decide on each of them, or accept the proposals.",
    ),
}
