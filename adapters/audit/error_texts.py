"""Errors of ledger, proofs and bundles in words, see `adapters.words.error_texts`."""

from adapters.words.wording import Words

AUDIT_ERRORS: dict[str, Words] = {
    "bundle-exists": Words(
        "Der ligger allerede en fil med det navn. Vælg et andet navn, eller flyt den.",
        "There is a file with that name already. Choose another name, or move it away.",
    ),
    "names-hidden-incident": Words(
        "Sagen nævner en hændelse, som du ikke har adgang til. Bed en, der har adgang til alt, om bundtet.",
        "It names an incident that you have no access to. Ask somebody who has access to all for the bundle.",
    ),
    "nothing-to-export": Words(
        "Der er intet at lægge i et bundt: ingen hændelse i det valgte, eller den er ikke underskrevet endnu. Vælg noget andet,"
        " eller vent på loggens næste checkpoint.",
        "There is nothing to put into a bundle: no incident in what was chosen, or it is not signed yet. Choose something"
        " else, or wait for the log's next checkpoint.",
    ),
    "store-differs-from-ledger": Words(
        "Lageret passer ikke til det, der blev ført og underskrevet. Undersøg det med sporlog audit verify.",
        "The store is not what was logged and signed. Look with sporlog audit verify.",
    ),
    "beyond-ledger": Words("Så langt når loggens regnskab ikke endnu.", "The ledger does not reach that far yet."),
    "damaged-ledger": Words(
        "Loggens regnskab er beskadiget og skal laves igen af loggen. Tilkald driften.",
        "The ledger is damaged and must be made again of the log. Call operations.",
    ),
    "malformed-ledger-text": Words(
        "Det er ikke et checkpoint, et bevis eller en underskrift, som loggen skriver dem: filen er beskadiget eller en anden.",
        "This is no checkpoint, proof or signature as the log writes them: the file is damaged or another one.",
    ),
    "unverified-note": Words(
        "Underskriften er ikke lavet med en nøgle, som loggen kendes på.",
        "The signature was not made with a key that the log is known by.",
    ),
    "looking-back": Words(
        "En anden er ved at se tilbage i loggen. Prøv igen om lidt.",
        "Somebody else is looking back in the log. Try again in a moment.",
    ),
    "invalid-proof": Words(
        "Beviset viser ikke det, det påstår: noget er ændret, fjernet eller byttet om.",
        "The proof does not show what it claims: something was changed, removed or exchanged.",
    ),
}
