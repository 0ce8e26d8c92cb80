"""Plots: bars as SVG that reads without colour, the same for page and PDF. Their figures stand in a table beside them."""

from typing import NamedTuple
from xml.sax.saxutils import escape

WIDTH = 640
_LINE, _BAR, _LEFT, _RIGHT = 44, 14, 4, 8
INK, FILL, EDGE = "#1a1a1a", "#1d5b8f", "#0b2f4d"


class Bar(NamedTuple):
    """One bar. `shown` is its value in words."""

    label: str
    value: float
    shown: str


class Plot(NamedTuple):
    """Bars under a title. `key` makes its ids unique on a page."""

    key: str
    title: str
    bars: tuple[Bar, ...]

    @property
    def alt(self) -> str:
        """What it shows, in words."""
        return f"{self.title}: " + "; ".join(f"{bar.label} {bar.shown}" for bar in self.bars)


def plot_svg(plot: Plot) -> str:
    """One picture; the same plot gives the same text. A label stands above its bar, so that none is too long."""
    height, most = _LINE * len(plot.bars) + 6, max((bar.value for bar in plot.bars), default=0) or 1
    opening = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}" role="img" '
        f'aria-labelledby="plot-{plot.key}"><title id="plot-{plot.key}">{escape(plot.alt)}</title>'
    )
    parts = [opening]
    for place, bar in enumerate(plot.bars):
        top, length = place * _LINE, round((WIDTH - _LEFT - _RIGHT) * bar.value / most, 1)
        words = escape(f"{_short(bar.label)}: {bar.shown}")
        parts += (
            f'<text x="{_LEFT}" y="{top + 18}" font-size="15" fill="{INK}">{words}</text>',
            f'<rect x="{_LEFT}" y="{top + 25}" width="{length}" height="{_BAR}" fill="{FILL}" stroke="{EDGE}"/>',
        )
    return "".join((*parts, "</svg>"))


def _short(label: str) -> str:
    return label if len(label) <= 60 else f"{label[:59]}…"  # noqa: PLR2004 - what the width has room for
