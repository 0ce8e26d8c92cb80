"""What the pages of the contract with subscribers and of the API say."""

from adapters.contract import PROMISE_DA, PROMISE_EN
from adapters.words.wording import Words

CONTRACT_TEXTS: dict[str, Words] = {
    "contract.heading": Words("Kontrakt med abonnenter", "Contract with subscribers"),
    "contract.promise": Words(PROMISE_DA, PROMISE_EN),
    "contract.sealed": Words(
        "Fri tekst, navne og kontaktoplysninger findes kun i »sealed«, krypteret med hændelsens egen nøgle.",
        "Free text, names and contact data are only in »sealed«, encrypted with the incident's own key.",
    ),
    "contract.events": Words("Hændelsestyper", "Event types"),
    "contract.subject": Words("Emne på NATS:", "Subject on NATS:"),
    "contract.clear": Words("I klartekst:", "In clear:"),
    "contract.confidential": Words("Forseglet:", "Sealed:"),
    "contract.buckets": Words("Læsemodeller i JetStream KV", "Read models in JetStream KV"),
    "docs.heading": Words("HTTP-API", "HTTP API"),
    "docs.lead": Words("Hele beskrivelsen som OpenAPI:", "The whole description as OpenAPI:"),
    "docs.try": Words("Prøv:", "Try:"),
    "docs.fields": Words("Felter", "Fields"),
    "docs.name": Words("Navn", "Name"),
    "docs.type": Words("Type", "Type"),
}
