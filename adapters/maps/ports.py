"""Where lines leave the boxes above a gap and reach those below it, and where what passes goes on."""

from collections.abc import Iterator, Mapping

from adapters.maps.layering import WIDTH
from adapters.maps.ordering import Gap, Item, Net
from adapters.maps.settling import settled
from adapters.maps.tracks import NEAR

INSET = 12.0
"""No line leaves a box nearer to its corner."""
APART = 10.0
"""Two ends on a box, where there is room."""

Side = Mapping[tuple[Net, Item], float]
"""Where a net leaves an item above a gap, or reaches one below it."""


def ports_of(gap: Gap, above: Mapping[Item, float], below: Mapping[Item, float]) -> tuple[Side, Side]:
    """A passing line goes straight on where it is; a box's ends are side by side, each as near as can be to where it leads.

    An end that is right above another net's is moved a little: one of the two lines would run over the other.
    """
    upper = _side([(net, uppers, lowers) for net, (uppers, lowers) in gap.joined.items()], above, below)
    lower = _side([(net, lowers, uppers) for net, (uppers, lowers) in gap.joined.items()], below, above)
    _part(lower, upper, below)
    _part(upper, lower, above)
    return upper, lower


def _side(
    joined: list[tuple[Net, tuple[Item, ...], tuple[Item, ...]]], here: Mapping[Item, float], there: Mapping[Item, float]
) -> dict[tuple[Net, Item], float]:
    found: dict[tuple[Net, Item], float] = {}
    boxes: dict[str, list[tuple[float, Net]]] = {}
    for net, items, others in joined:
        aim = sum(there[other] for other in others) / len(others)
        if len(items) == len(others) == 1 and isinstance(others[0], str):
            # Both boxes aim at the same place between them: where it can, the line is straight.
            aim = (aim + here[items[0]]) / 2
        for item in items:
            if isinstance(item, str):
                boxes.setdefault(item, []).append((aim, net))
            else:
                found[net, item] = here[item]
    room = WIDTH - 2 * INSET
    for key, led in boxes.items():
        led.sort()
        count, left = len(led), here[key] - room / 2
        apart = min(APART, room / count)
        wanted = [min(max(aim, left + n * apart), left + room - (count - 1 - n) * apart) for n, (aim, _) in enumerate(led)]
        places = settled(wanted, [1.0] * count, [apart] * count, left, left + room)
        found |= {(net, key): float(round(x)) for (_, net), x in zip(led, places, strict=True)}
    return found


def _part(side: dict[tuple[Net, Item], float], other: Side, middles: Mapping[Item, float]) -> None:
    def free(net: Net, item: Item, x: float) -> bool:
        return all(abs(x - y) >= NEAR or one == net for (one, _), y in other.items()) and all(
            abs(x - y) >= NEAR or beside != item or one == net for (one, beside), y in side.items()
        )

    for (net, item), x in list(side.items()):
        if isinstance(item, str) and not free(net, item, x):
            side[net, item] = next((new for new in _beside(x, middles[item]) if free(net, item, new)), x)


def _beside(x: float, middle: float) -> Iterator[float]:
    for shift in (5.0, -5.0, 10.0, -10.0):
        if abs(x + shift - middle) <= WIDTH / 2 - INSET:
            yield x + shift
