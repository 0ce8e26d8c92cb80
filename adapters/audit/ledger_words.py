"""What was found to differ between log and ledger, in words for people."""

from adapters.words.wording import Words
from handlers.ledger_tables import Difference, Differs

_TOLD = {
    Differs.DELIVERED: Words(
        "Begivenhed {position} kom over bussen med et andet indhold, end lageret har",
        "Event {position} came over the bus with another content than the store has",
    ),
    Differs.STORED: Words(
        "Begivenhed {position} er ændret i lageret, efter at den blev indført i regnskabet",
        "Event {position} was changed in the store after it was entered in the ledger",
    ),
    Differs.MISSING: Words(
        "Begivenhed {position} står i regnskabet, men mangler i lageret",
        "Event {position} is in the ledger, but the store lacks it",
    ),
    Differs.SIGNED: Words(
        "Et underskrevet checkpoint over {position} begivenheder passer ikke til regnskabet",
        "A signed checkpoint of {position} events is not of this ledger",
    ),
}


def told(difference: Difference) -> Words:
    """One sentence, without its full stop."""
    return Words(*(text.format(position=difference.position) for text in _TOLD[difference.differs]))
