"""What ledger and encryption cost the intake, and what a proof takes in a tree of ten million leaves."""

import os
import random
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from statistics import median
from typing import NamedTuple

from adapters.event_store.database import SQLiteDatabase
from adapters.event_store.ledger_tables import LedgerDatabase
from domain.ledger.tiles import TilePlace, grow
from domain.merkle import HASH_BYTES, inclusion_ranges, verify_inclusion
from handlers.ledger import Ledger
from tests.benchmarks.figure import Figure, Limit, Scale, percentile
from tests.benchmarks.intake import AHEAD, wait_until_done, without_storms
from tests.benchmarks.running import IN_CLEAR, WITHOUT_LEDGER, load, sporlog_up

FILLED_AT_ONCE = 1 << 18
PROOFS = 200
TILES_A_PROOF = 3


def ledger(folder: Path, scale: Scale) -> Iterator[Figure]:
    """Intake with and without it in turn; then proofs."""
    yield from _cost(folder, scale, "ledger", Beside("while the ledger is kept", "the same without the ledger", WITHOUT_LEDGER))
    yield _proofs(folder, scale)


def encryption(folder: Path, scale: Scale) -> Iterator[Figure]:
    """Intake with its texts encrypted, and in clear, in turn."""
    clear = Beside("while texts and payloads are encrypted", "the same in clear", IN_CLEAR)
    yield from _cost(folder, scale, "encryption", clear)


class Beside(NamedTuple):
    """What is told of the product, what of the same without the thing that is measured, and how that is run."""

    product: str
    without: str
    program: str


def _cost(folder: Path, scale: Scale, name: str, beside: Beside) -> Iterator[Figure]:
    rates = dict[str | None, list[float]]()
    cpu = dict[str | None, list[float]]()
    for number in range(scale.rounds):
        for program in (beside.program, None):
            rate, used = _intake(folder / f"{number}-{program is None}", scale, program)
            rates.setdefault(program, []).append(rate)
            cpu.setdefault(program, []).append(used)
    without, bare = median(rates[beside.program]), median(cpu[beside.program])
    yield Figure(
        name,
        f"alerts from NATS in batches {beside.product}, {scale.seconds:g} s",
        median(rates[None]),
        "alerts/s",
        aim=0.85 * without,
        limits=(Limit(beside.without, without),),
        details={"with": rates[None], "without": rates[beside.program]},
    )
    # What other programs take of the machine does not show in this one.
    yield Figure(
        name,
        f"processor time of both processes {beside.product}",
        median(cpu[None]),
        "µs/alert",
        aim=1.15 * bare,
        lower_is_better=True,
        limits=(Limit(beside.without, bare),),
        details={"with": cpu[None], "without": cpu[beside.program]},
    )


def _intake(folder: Path, scale: Scale, program: str | None) -> tuple[float, float]:
    """Alerts a second until all projections show them, and processor time of both processes, microseconds an alert."""
    without_storms(folder / "data")
    with sporlog_up(folder / "data", program=program) as sporlog:
        before = sum(sporlog.cpu_seconds().values())
        told = load("publish", url=sporlog.nats, seconds=scale.seconds, way="batches", ahead=AHEAD)
        wait_until_done(sporlog)
        while program != WITHOUT_LEDGER and (now := sporlog.health())["ledger"]["position"] < now["position"]:
            time.sleep(0.05)
        used = sum(sporlog.cpu_seconds().values()) - before
    return told["published"] / told["shown_s"], used / told["published"] * 1e6


def _proofs(folder: Path, scale: Scale) -> Figure:
    chance = random.Random(1)
    with closing(LedgerDatabase(SQLiteDatabase(folder / "ledger.db", synchronous="OFF"))) as tables:
        known = _fill(tables, scale.leaves)
        made, root = Ledger(tables), Ledger(tables).root_at(scale.leaves)
        taken, raw = list[float](), list[float]()
        for _ in range(PROOFS):
            position = chance.randrange(scale.leaves) + 1
            began = time.perf_counter()
            proof = made.inclusion(position, scale.leaves)
            taken.append((time.perf_counter() - began) * 1000)
            verify_inclusion(made.leaf(position), position - 1, scale.leaves, proof, root)
            places = [TilePlace(0, chance.randrange(known)) for _ in range(TILES_A_PROOF)]
            began = time.perf_counter()
            for place in places:
                tables.tile(place)
            raw.append((time.perf_counter() - began) * 1000)
    return Figure(
        "ledger",
        f"a proof in a tree of {scale.leaves} leaves, p99 of {PROOFS}",
        percentile(taken, 0.99),
        "ms",
        aim=10,
        lower_is_better=True,
        limits=(Limit(f"reading {TILES_A_PROOF} tiles", percentile(raw, 0.99)),),
        details={"median": median(taken), "hashes": len(inclusion_ranges(0, scale.leaves))},
    )


def _fill(tables: LedgerDatabase, leaves: int) -> int:
    """A tree of hashes that stand for events; how many tiles of leaves it has."""
    for start in range(0, leaves, FILLED_AT_ONCE):
        count = min(FILLED_AT_ONCE, leaves - start)
        chosen = os.urandom(count * HASH_BYTES)
        hashes = [chosen[place : place + HASH_BYTES] for place in range(0, len(chosen), HASH_BYTES)]
        with tables.write() as transaction:
            transaction.save(grow(start, hashes, transaction.tile), start + count)
    return leaves // 256
