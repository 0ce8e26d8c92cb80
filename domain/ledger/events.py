"""What happens to the ledger itself, as events of the log: it tells of its own keys, and of what was found and settled."""

from typing import Annotated, ClassVar
from uuid import NAMESPACE_URL, UUID, uuid5

from pydantic import StringConstraints

from domain.events import Confidential, DomainEvent
from domain.incident.events import Text

LEDGER: UUID = uuid5(NAMESPACE_URL, "https://sporlog.dk/ledger")
"""The one stream of the ledger: the same in every installation."""

Vkey = Annotated[str, StringConstraints(pattern=r"^[^\s+]+\+[0-9a-f]{8}\+[A-Za-z0-9+/=]+$")]
"""A verifier key of c2sp.org/signed-note."""


class CheckpointKeyAdopted(DomainEvent):
    """From the tree that holds this event on, checkpoints are signed with `vkey`; the key before signs no such tree."""

    TOPIC: ClassVar[str] = "ledger.checkpoint-key-adopted.1"

    vkey: Vkey
    follows: Vkey
    """The key of all trees before."""
    reason: Confidential[Text] = None


class DifferencesSettled(DomainEvent):
    """A person has looked at where log and ledger were found to differ, and the ledger goes on."""

    TOPIC: ClassVar[str] = "ledger.differences-settled.1"

    positions: tuple[int, ...]
    """Of the events that were found to differ."""
    reason: Confidential[Text] = None


LedgerEvent = CheckpointKeyAdopted | DifferencesSettled
