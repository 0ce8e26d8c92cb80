"""What a bundle's own file cannot check: its time stamps' signatures, and that its keys are those told elsewhere."""

from collections.abc import Callable, Iterable, Sequence
from typing import Protocol

from cryptography import x509

from adapters.anchors.time_stamp import TimeStampError, verify_time_stamp
from domain.time import show_da, show_en

Told = tuple[str, str, str]
"""Where in the bundle, and what is said of it in Danish and English."""


class Findings(Protocol):
    """See `adapters.bundle.verify.Report`."""

    good: list[Told]
    noted: list[Told]
    wrong: list[Told]


def check_stamps(
    names: Iterable[str], read: Callable[[str], bytes], chain: Sequence[x509.Certificate], found: Findings
) -> None:
    """Each time stamp's signature and time, by the chain's certificates; without a chain what was noted of them stays."""
    for name in sorted(name for name in names if name.endswith(".tsr") and chain):
        found.noted[:] = [one for one in found.noted if one[0] != name]
        try:
            stamped = verify_time_stamp(read(name), read(f"{name.removesuffix('.tsr')}.checkpoint"), chain)
        except TimeStampError as error:
            found.wrong.append((name, f"tidsstemplet holder ikke: {error}", f"the time stamp does not hold: {error}"))
        else:
            da = f"stemplet {show_da(stamped.at)} af {stamped.authority}"
            found.good.append((name, da, f"stamped {show_en(stamped.at)} by {stamped.authority}"))


def check_keys(in_bundle: Sequence[str], told: Sequence[str], found: Findings) -> None:
    """The keys that somebody was told in another way are all that the bundle is signed with."""
    strangers = [key for key in in_bundle if key.strip() and key.strip() not in told]
    for key in strangers if told else ():
        found.wrong.append(
            ("keys.txt", f"nøglen {key} er ikke en af dem, du har angivet", f"the key {key} is none that you gave")
        )
    if told and not strangers:
        found.good.append(("keys.txt", "nøglerne er dem, du har angivet", "the keys are those that you gave"))
