"""Makes checkpoints: signed statements of the ledger's size and root, never two of one size, never two that disagree.

Before anything is signed, the newest checkpoint in the ledger's database and the newest file are both held against the tree:
the two lie apart, so that a database that was put back is noticed by the file.
"""

from collections.abc import Callable
from datetime import datetime
from typing import NamedTuple, Protocol

from domain.ledger.checkpoint import Checkpoint
from domain.ledger.events import LEDGER, CheckpointKeyAdopted
from domain.ledger.key import VerifierKey
from domain.ledger.note import Note, Signature
from domain.ledger.signing import KeyRange, VerifierOf, checkpoint_of, key_ranges
from handlers.history import History
from handlers.ledger import Ledger
from handlers.ledger_keeper import LedgerDiffersError, LedgerKeeper
from handlers.ledger_tables import Difference, Differs, LedgerTables, Signed


class Signer(Protocol):
    """A private key; its name is the log's origin."""

    @property
    def key(self) -> VerifierKey:
        """Its public side."""

    def sign(self, text: str) -> Signature:
        """Sign a note's text."""


class SigningKeys(Protocol):
    """Where private keys are, outside every database. Raises `CheckpointKeyError`."""

    def first(self) -> Signer:
        """The key that the log begins with, made if there is none at all; durable on return."""

    def signer(self, vkey: str) -> Signer:
        """The key with this public side. One that was prepared takes its place for good, and the one before is destroyed."""

    def prepare(self) -> Signer:
        """A new key beside the one in force, durable on return; one that was prepared before and not adopted is that one."""


class CheckpointFiles(Protocol):
    """Checkpoints as files, outside the database. Raises `OtherCheckpointError`, `OSError`."""

    def latest(self) -> str | None:
        """The newest one."""

    def write(self, size: int, note: str) -> None:
        """Keep it, and as the newest; durable on return. The same again changes nothing; another of this size is refused."""


class Made(NamedTuple):
    """The newest checkpoint, and whether it was signed just now."""

    signed: Signed
    new: bool


class Checkpoints:
    """Safe from several threads and processes: signing happens under the ledger's write lock."""

    def __init__(
        self,
        *,
        tables: LedgerTables,
        keeper: LedgerKeeper,
        history: History,
        keys: SigningKeys,
        files: CheckpointFiles,
        verifier_of: VerifierOf,
        clock: Callable[[], datetime],
    ) -> None:
        self.tables, self.keeper, self.history, self.signing_keys = tables, keeper, history, keys
        self._files, self._verifier_of, self._clock = files, verifier_of, clock
        self.ledger = Ledger(tables)

    def latest(self) -> Signed | None:
        """The newest that was signed; None before the first."""
        return self.tables.latest_checkpoint()

    def keys(self) -> tuple[KeyRange, ...]:
        """Every key that the log has signed with, and for trees of which sizes; none before the first checkpoint."""
        adopted = [(one.position, one.event) for one in self.history.read_stream(LEDGER)]
        found = [(position, event) for position, event in adopted if isinstance(event, CheckpointKeyAdopted)]
        first = found[0][1].follows if found else self.tables.first_key()
        return key_ranges(first, [(position, event.vkey) for position, event in found]) if first else ()

    def checkpoint_of(self, note: str) -> Checkpoint:
        """What a note says, if it was signed by the key for its size. Raises as `domain.ledger.signing.checkpoint_of`."""
        return checkpoint_of(note, self.keys(), self._verifier_of)

    def make(self) -> Made | None:
        """Bring the ledger to the head of the log and sign it, unless that is signed; None for an empty log.

        On return the checkpoint is on disk in the database and as a file. Raises `LedgerDiffersError` (nothing is signed then),
        `CheckpointKeyError`, `OtherCheckpointError`, `UnavailableError`.
        """
        if not self.keeper.catch_up():
            return None
        keys = self.begin()
        try:
            with self.tables.write() as transaction:
                size, known = transaction.size(), self.latest()
                notes = self._agreeing(keys, size)
                note = notes.get(size) or self._sign(keys, size)
                signed = known if known is not None and known.size == size else Signed(size, note, self._clock())
                if signed is not known:
                    transaction.add_checkpoint(signed)
        except LedgerDiffersError as error:
            self.tables.note(error.difference)
            raise
        # Durable in the database. If we die here, the next call finds it signed and writes the file.
        self._write_files()
        return Made(signed, size not in notes)

    def begin(self) -> tuple[KeyRange, ...]:
        """The keys; before the first checkpoint the first key is made and put on record, durable on return."""
        if keys := self.keys():
            return keys
        # The private key is on disk first: dying here, the next call finds it and puts its public side on record.
        self.tables.set_first_key(self.signing_keys.first().key.vkey)
        return self.keys()

    def agrees(self) -> bool:
        """Whether the newest checkpoints, in the database and as a file, are of this ledger."""
        try:
            self._agreeing(self.keys(), self.tables.size())
        except LedgerDiffersError:
            return False
        return True

    def _agreeing(self, keys: tuple[KeyRange, ...], size: int) -> dict[int, str]:
        """The newest checkpoints by size, if the tree of today holds the trees that they name."""
        known, notes = self.latest(), dict[int, str]()
        for note in (known.note if known else None, self._files.latest()):
            if note is not None:
                checkpoint = checkpoint_of(note, keys, self._verifier_of)
                if checkpoint.size > size or self.ledger.root_at(checkpoint.size) != checkpoint.root:
                    raise LedgerDiffersError(Difference(checkpoint.size, Differs.SIGNED, checkpoint.root, self._clock()))
                notes[checkpoint.size] = note
        return notes

    def _sign(self, keys: tuple[KeyRange, ...], size: int) -> str:
        vkey = next(each.vkey for each in keys if each.covers(size))
        signer = self.signing_keys.signer(vkey)
        text = Checkpoint(signer.key.name, size, self.ledger.root_at(size)).text
        return str(Note(text, (signer.sign(text),)))

    def _write_files(self) -> None:
        filed = self._files.latest()
        after = self.checkpoint_of(filed).size if filed else 0
        for signed in self.tables.checkpoints(after):
            self._files.write(signed.size, signed.note)
