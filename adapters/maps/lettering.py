"""How wide a text is, and where its lines break: no font is asked, so that every machine breaks them alike."""

from collections.abc import Iterator

_SHARES = {
    32: "'", 36: " ijl", 38: ",./IJ\\|·’", 40: ":;", 42: "-", 44: "f", 46: "!()[]", 48: "t", 50: "_`r–§", 52: '"', 54: "*",
    58: "?", 60: "csz", 64: "L", 66: "vxy", 68: "aekåéä", 70: "$0123456789EFToøÉö", 72: "Sbdghnpqu{}ü", 74: "CPYZ",
    78: "ABKRVXÅÄ", 82: "GUÜ", 84: "#+<=>DHN^~×", 86: "OQØÖ", 88: "&", 94: "w", 100: "@M…", 102: "%", 106: "mæ",
    110: "Æ", 112: "W",
}  # fmt: skip
_WIDTH = {letter: share / 100 for share, letters in _SHARES.items() for letter in letters}
"""Letter to its width, as a share of the size: DejaVu Sans Bold's, the widest that a reader is likely to have."""
_UNKNOWN = 1.12
_BREAKS = " -/."


def width(text: str, size: float) -> float:
    """No reader's font should need more, in the size's unit."""
    return sum(_WIDTH.get(letter, _UNKNOWN) for letter in text) * size


def wrapped(text: str, size: float, room: float, most: int) -> list[str]:
    """The text in at most so many lines that fit the room; what is left out is told by an ellipsis.

    A line breaks at spaces and after hyphens, slashes and points; a word that is too long for a line breaks anywhere, between
    letters with a hyphen.
    """
    lines = [""]
    for part in _parts(text, size, room):
        if width((lines[-1] + part).rstrip(), size) <= room:
            lines[-1] += part
        else:
            lines.append(part)
    lines = [line.strip() for line in lines]
    if len(lines) <= most:
        return lines
    last = lines[most - 1]
    while last and width(f"{last}…", size) > room:
        last = last[:-1]
    return [*lines[: most - 1], f"{last.rstrip()}…"]


def _parts(text: str, size: float, room: float) -> Iterator[str]:
    part = ""
    for letter in " ".join(text.split()):
        if part and width(f"{part}{letter}-", size) > room and letter not in _BREAKS:
            yield f"{part}-" if part[-1].isalpha() and letter.isalpha() else part
            part = ""
        part += letter
        if letter in _BREAKS:
            yield part
            part = ""
    yield part
