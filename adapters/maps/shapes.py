"""Each kind of object has an outline of its own, so that a map is read without colours."""

from collections.abc import Callable, Mapping

from adapters.maps.layout import Place
from domain.catalogue.kinds import Kind

INSET = 12.0
"""Of the text from the left and right of a box: no outline comes closer."""


def _path(*parts: str | float) -> str:
    return " ".join(part if isinstance(part, str) else f"{part:g}" for part in parts)


def _plain(p: Place) -> str:
    return _path("M", p.x, p.y, "H", p.x + p.width, "V", p.y + p.height, "H", p.x, "Z")


def _round(p: Place) -> str:
    r, right, bottom = 16.0, p.x + p.width, p.y + p.height
    arc = ("A", r, r, 0, 0, 1)
    return _path(
        *("M", p.x + r, p.y, "H", right - r, *arc, right, p.y + r, "V", bottom - r, *arc, right - r, bottom),
        *("H", p.x + r, *arc, p.x, bottom - r, "V", p.y + r, *arc, p.x + r, p.y, "Z"),
    )


def _arrow(p: Place) -> str:
    right, middle, tip = p.x + p.width, p.y + p.height / 2, 9.0
    return _path(
        *(
            "M",
            p.x,
            p.y,
            "H",
            right - tip,
            "L",
            right,
            middle,
            right - tip,
            p.y + p.height,
            "H",
            p.x,
            "L",
            p.x + tip,
            middle,
            "Z",
        )
    )


def _barred(p: Place) -> str:
    right, bottom = p.x + p.width, p.y + p.height
    return _path(_plain(p), "M", p.x + 5, p.y, "V", bottom, "M", right - 5, p.y, "V", bottom)


def _bevelled(p: Place) -> str:
    cut, right, bottom = 9.0, p.x + p.width, p.y + p.height
    return _path(
        *("M", p.x + cut, p.y, "H", right - cut, "L", right, p.y + cut, "V", bottom - cut, "L", right - cut, bottom),
        *("H", p.x + cut, "L", p.x, bottom - cut, "V", p.y + cut, "Z"),
    )


def _six(p: Place) -> str:
    right, middle, bottom, tip = p.x + p.width, p.y + p.height / 2, p.y + p.height, 10.0
    return _path(
        "M", p.x + tip, p.y, "H", right - tip, "L", right, middle, right - tip, bottom, "H", p.x + tip, "L", p.x, middle, "Z"
    )


def _folded(p: Place) -> str:
    right, fold = p.x + p.width, 14.0
    corner = ("M", right - fold, p.y, "V", p.y + fold, "H", right)
    return _path("M", p.x, p.y, "H", right - fold, "L", right, p.y + fold, "V", p.y + p.height, "H", p.x, "Z", *corner)


def _flapped(p: Place) -> str:
    # An envelope's flap, open above the text.
    return _path(_plain(p), "M", p.x, p.y, "L", p.x + p.width / 2, p.y + 9, p.x + p.width, p.y)


OUTLINES: Mapping[Kind, Callable[[Place], str]] = {
    Kind.SERVICE: _round,
    Kind.PROCESS: _arrow,
    Kind.SYSTEM: _plain,
    Kind.INTEGRATION: _barred,
    Kind.COMPONENT: _bevelled,
    Kind.SUPPLIER: _six,
    Kind.CONTRACT: _folded,
    Kind.MAILBOX: _flapped,
    Kind.PLAN: _folded,
}
FILLS: Mapping[Kind, str] = {
    Kind.SERVICE: "#e3edf5",
    Kind.PROCESS: "#eef4e6",
    Kind.SYSTEM: "#ffffff",
    Kind.INTEGRATION: "#f3eefa",
    Kind.COMPONENT: "#f2f2f2",
    Kind.SUPPLIER: "#fbf3e4",
    Kind.CONTRACT: "#fdfaf1",
    Kind.MAILBOX: "#fdfaf1",
    Kind.PLAN: "#f0f7f2",
}
"""Tints that help and say nothing alone: text on each has a contrast of 15 to 1 at the least."""
