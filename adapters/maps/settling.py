"""Things in a line, each as near to where it wants to be as its neighbours let it: no two closer than they may."""

from collections.abc import Sequence


def settled(wanted: Sequence[float], weights: Sequence[float], apart: Sequence[float], low: float, high: float) -> list[float]:
    """Where each goes, in their order; `apart` is the least distance of each from the one before it, the first's is not used.

    All are between `low` and `high`, which must leave them room. The sum of the weighted squares of what they miss is the least
    possible: pooling of adjacent violators.
    """
    offsets, offset = [], 0.0
    for number, distance in enumerate(apart):
        offset += distance if number else 0.0
        offsets.append(offset)
    pools: list[tuple[float, float, int]] = []  # where, weight, how many
    for want, weight, shift in zip(wanted, weights, offsets, strict=True):
        place, heavy, count = want - shift, weight, 1
        while pools and pools[-1][0] > place:
            before, before_weight, before_count = pools.pop()
            place = (before * before_weight + place * heavy) / (before_weight + heavy)
            heavy, count = heavy + before_weight, count + before_count
        pools.append((place, heavy, count))
    high -= offsets[-1]
    places = [min(max(place, low), high) for place, _, count in pools for _ in range(count)]
    return [place + shift for place, shift in zip(places, offsets, strict=True)]
