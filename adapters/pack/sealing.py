"""What only a named recipient opens: age files (age-encryption.org/v1), by pyrage. `age -d -i KEYFILE` opens them too.

A key file is what `sporlog pack key` writes and what age-keygen writes: the identity on a line of its own; or that, itself
encrypted with a passphrase.
"""

import io
import os
import shutil
import tarfile
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, ClassVar

import pyrage  # type: ignore[import-untyped]
from pyrage import passphrase, x25519

from adapters.pack.manifest import PackDamagedError
from domain.errors import InvalidInputError, RefusedError, UnavailableError

Prompt = Callable[[], str]
MAGIC = b"age-encryption.org/v1"


class RecipientError(InvalidInputError):
    """It is no public key of age."""

    code: ClassVar[str] = "pack-recipient"


class WrongKeyError(RefusedError):
    """The key file does not open it, or cannot be read."""

    code: ClassVar[str] = "pack-key"


def recipients_of(keys: Iterable[str]) -> list[Any]:
    """Raises `RecipientError` naming the one that is wrong."""
    return [_recipient(key) for key in keys]


def _recipient(key: str) -> Any:  # noqa: ANN401 - pyrage has no types
    try:
        return x25519.Recipient.from_str(key)
    except pyrage.RecipientError as error:
        raise RecipientError(f"{key!r} is no public key of age: it begins with age1 (sporlog pack key makes one)") from error


def new_key(secret: str | None) -> tuple[bytes, str]:
    """A key file's bytes, encrypted if there is a passphrase, and the public key for SPORLOG_PACK_RECIPIENTS."""
    identity = x25519.Identity.generate()
    public = str(identity.to_public())
    body = f"# public key: {public}\n{identity}\n".encode()
    return (passphrase.encrypt(body, secret) if secret else body), public


def identity_of(path: Path, ask: Prompt) -> Any:  # noqa: ANN401 - pyrage has no types
    """The identity in a key file; `ask` is for its passphrase, if it has one. Raises `WrongKeyError`, `OSError`."""
    body = path.read_bytes()
    try:
        if body.startswith(MAGIC):
            body = passphrase.decrypt(body, ask())
        lines = [line for line in body.decode().splitlines() if line.startswith("AGE-SECRET-KEY-")]
        return x25519.Identity.from_str(lines[0])
    except (pyrage.DecryptError, pyrage.IdentityError, UnicodeDecodeError, IndexError) as error:
        # What is in the file is not repeated.
        raise WrongKeyError(f"{path} cannot be read as a key file: wrong passphrase, or another file") from error


def seal_files(files: Iterable[tuple[str, bytes]], to: IO[bytes], keys: Sequence[str]) -> None:
    """These files as one sealed archive. Raises `RecipientError`, `UnavailableError`."""
    with _sealing(to, keys) as archive:
        for name, content in files:
            info = tarfile.TarInfo(name)
            info.size, info.mode = len(content), 0o600
            archive.addfile(info, io.BytesIO(content))


def seal_folders(folders: Iterable[tuple[str, Path]], to: IO[bytes], keys: Sequence[str]) -> None:
    """These folders as one sealed archive, each under its name. Nothing of it is anywhere in clear but where it lies."""
    with _sealing(to, keys) as archive:
        for name, folder in folders:
            archive.add(folder, name)


@contextmanager
def _sealing(to: IO[bytes], keys: Sequence[str]) -> Iterator[tarfile.TarFile]:
    """A tar that is encrypted while it is written: it is on no disk in clear, and never whole in memory."""
    found, (out, into) = recipients_of(keys), os.pipe()
    failed = list[BaseException]()

    def encrypt() -> None:
        with os.fdopen(out, "rb") as clear:
            try:
                pyrage.encrypt_io(clear, to, found)
            except BaseException as error:  # noqa: BLE001 - raised below, on the caller's thread
                failed.append(error)

    worker = threading.Thread(target=encrypt, name="pack sealing")
    worker.start()
    try:
        with os.fdopen(into, "wb") as clear, tarfile.open(fileobj=clear, mode="w|") as archive:
            yield archive
    except BrokenPipeError:
        # The other end gave up: what it says is the reason.
        pass
    finally:
        worker.join()
    if failed:
        raise UnavailableError(f"the archive could not be sealed, nothing of it counts: {failed[0]}") from failed[0]


def open_archive(path: Path, identity: Any, to: Path) -> None:  # noqa: ANN401 - pyrage has no types
    """Unpack a sealed archive into an empty folder.

    Raises `WrongKeyError`, `PackDamagedError`, `OSError`; what it wrote then is to be removed.
    age authenticates each 64 KiB before it is handed on: no byte that was changed is ever unpacked.
    """
    out, into = os.pipe()
    failed = list[BaseException]()

    def decrypt() -> None:
        with os.fdopen(into, "wb") as clear, path.open("rb") as sealed:
            try:
                pyrage.decrypt_io(sealed, clear, [identity])
            except BaseException as error:  # noqa: BLE001 - raised below, on the caller's thread
                failed.append(error)

    worker = threading.Thread(target=decrypt, name="pack opening")
    worker.start()
    try:
        with os.fdopen(out, "rb") as clear, tarfile.open(fileobj=clear, mode="r|") as archive:
            for member in archive:
                _unpack(archive, member, to)
    except tarfile.TarError as error:
        failed.append(error)
    finally:
        worker.join()
    if failed:
        raise WrongKeyError(f"{path} does not open with this key: find the key file of one of its recipients") from failed[0]


def _unpack(archive: tarfile.TarFile, member: tarfile.TarInfo, to: Path) -> None:
    # By hand: what makes `extractall` safe came with Python 3.11.4, and Debian 12 has 3.11.2. Whoever knows a recipient can
    # seal anything for it, so nothing leaves the folder: no link, no device, no name that leads out or is there already.
    place = to / member.name
    if not place.resolve().is_relative_to(to.resolve()) or not (member.isreg() or member.isdir()):
        raise PackDamagedError(f"the sealed archive holds {member.name!r}, which no pack has: use another pack")
    if member.isdir():
        place.mkdir(mode=0o700, parents=True, exist_ok=True)
        return
    place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    content = archive.extractfile(member)
    assert content is not None, "a regular file has one"  # noqa: S101 - asked above
    with content, place.open("xb") as file:
        place.chmod(0o600)
        shutil.copyfileobj(content, file)
