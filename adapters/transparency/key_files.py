"""The checkpoints' private keys: KEYRING/checkpoint.key, outside every database, readable by its owner alone.

The file is one line as Go's note package writes such keys: `PRIVATE+KEY+<name>+<key id>+<base64 of type and seed>`. While a key
is rotated the new one lies beside it as checkpoint.key.next; which of the two is in force the log says.
"""

import os
import secrets
from contextlib import suppress
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from adapters.transparency.durable_files import sync_folder
from adapters.transparency.ed25519 import Ed25519Signer
from domain.errors import SporlogError
from domain.ledger.encoding import MalformedError, decode, encode
from domain.ledger.key import ED25519, check_name

KEY, NEXT = "checkpoint.key", "checkpoint.key.next"
_PREFIX = "PRIVATE+KEY+"


class CheckpointKeyError(SporlogError):
    """The private key that signs checkpoints is missing, unreadable or another one. Nothing was signed."""

    code = "checkpoint-key"


class KeyFiles:
    """See `handlers.checkpoints.SigningKeys`. `origin` names the log in a first key and in one that is prepared."""

    def __init__(self, folder: Path, origin: str) -> None:
        self._folder, self._origin = folder, check_name(origin)

    def first(self) -> Ed25519Signer:
        """The key that the log begins with."""
        if not (self._folder / KEY).exists():
            self._make(KEY)
        return self._load(KEY)

    def signer(self, vkey: str) -> Ed25519Signer:
        """The key with this public side."""
        for name in (KEY, NEXT):
            if (self._folder / name).exists() and (found := self._load(name)).key.vkey == vkey:
                if name == NEXT:
                    # The log has adopted it: from here on the one before can sign nothing any more.
                    (self._folder / NEXT).replace(self._folder / KEY)
                    sync_folder(self._folder)
                return found
        msg = (
            f"{self._folder / KEY} is not the key {vkey} that the log signs with: restore it from the keyring's backup, or"
            " adopt a new one with `sporlog audit rotate-key --reason ...`"
        )
        raise CheckpointKeyError(msg)

    def prepare(self) -> Ed25519Signer:
        """A new key beside the one in force."""
        if not (self._folder / NEXT).exists():
            self._make(NEXT)
        return self._load(NEXT)

    def _load(self, name: str) -> Ed25519Signer:
        path = self._folder / name
        try:
            return _signer(path.read_text(encoding="utf-8").strip())
        except (OSError, ValueError, MalformedError) as error:
            # What is in the file is not repeated.
            told = error if isinstance(error, OSError) else "it is not a private key as Sporlog writes it"
            msg = f"the checkpoint key {path} cannot be read: {told}. Restore it from the keyring's backup"
            raise CheckpointKeyError(msg) from None

    def _make(self, name: str) -> None:
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        seed = Ed25519PrivateKey.generate().private_bytes_raw()
        key = Ed25519Signer(self._origin, seed).key
        line = f"{_PREFIX}{key.name}+{key.id.hex()}+{encode(bytes([ED25519]) + seed)}\n"
        draft = self._folder / f".{name}.{secrets.token_hex(8)}"
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            with os.fdopen(descriptor, "w", encoding="utf-8") as file:
                file.write(line)
                file.flush()
                os.fsync(file.fileno())
            # The key appears whole or not at all, and never in place of another process's.
            with suppress(FileExistsError):
                os.link(draft, self._folder / name)
        finally:
            draft.unlink()
        sync_folder(self._folder)


def _signer(line: str) -> Ed25519Signer:
    name, _, rest = line.removeprefix(_PREFIX).partition("+")
    data = decode(rest.partition("+")[2], "the private key")
    if not line.startswith(_PREFIX) or data[:1] != bytes([ED25519]):
        msg = f"it is not {_PREFIX}name+id+key, of type Ed25519"
        raise MalformedError(msg)
    return Ed25519Signer(name, data[1:])
