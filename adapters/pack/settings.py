"""Where emergency packs go, when, and who can open what is sealed in them: from the environment."""

from collections.abc import Mapping
from datetime import time
from pathlib import Path
from typing import NamedTuple

from adapters.setting_error import SettingError

AT = "06:00"


class PackSettings(NamedTuple):
    """`folder` is None until a drive is configured: then no pack is made by itself, and nobody is alarmed."""

    folder: Path | None
    recipients: tuple[str, ...]
    """age's public keys. Without one there is no backup in a pack: it would hold the keyring in clear."""
    at: time
    """Copenhagen's, each day."""
    encrypt: bool
    """The papers too, for whoever may lose the drive."""


def read_pack(environment: Mapping[str, str]) -> PackSettings:
    """Read and check them. Raises `SettingError`."""
    folder = environment.get("SPORLOG_PACK_DIR")
    told = environment.get("SPORLOG_PACK_RECIPIENTS") or ""
    recipients = tuple(part.strip() for part in told.split(",") if part.strip())
    for one in recipients:
        if not one.startswith("age1"):
            raise SettingError(
                f"SPORLOG_PACK_RECIPIENTS indeholder {one!r}: angiv nøgler, der begynder med age1 (sporlog pack key laver en)",
                f"SPORLOG_PACK_RECIPIENTS holds {one!r}: give public keys that begin with age1 (sporlog pack key makes one)",
            )
    encrypt = environment.get("SPORLOG_PACK_ENCRYPT") or "no"
    if encrypt not in {"yes", "no"}:
        raise SettingError(
            f"SPORLOG_PACK_ENCRYPT er {encrypt!r}: brug yes eller no",
            f"SPORLOG_PACK_ENCRYPT is {encrypt!r}: use yes or no",
        )
    if encrypt == "yes" and not recipients:
        raise SettingError(
            "SPORLOG_PACK_ENCRYPT er yes, og SPORLOG_PACK_RECIPIENTS er tom: angiv, hvem der kan åbne den",
            "SPORLOG_PACK_ENCRYPT is yes, and SPORLOG_PACK_RECIPIENTS is empty: name who can open it",
        )
    return PackSettings(Path(folder).expanduser().resolve() if folder else None, recipients, _at(environment), encrypt == "yes")


def _at(environment: Mapping[str, str]) -> time:
    told = environment.get("SPORLOG_PACK_AT") or AT
    try:
        return time.fromisoformat(told)
    except ValueError:
        raise SettingError(
            f"SPORLOG_PACK_AT er {told!r}: skriv et klokkeslæt, for eksempel {AT}",
            f"SPORLOG_PACK_AT is {told!r}: write a time of day, as {AT}",
        ) from None
