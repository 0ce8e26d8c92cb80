"""What it takes to have it running: memory when nothing happens, and the time until it is ready."""

import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median

import psutil

from adapters.bus.server_files import bundled_binary
from tests.benchmarks.figure import Figure, Limit, Scale
from tests.benchmarks.running import ROOT, sporlog_up

IDLE_S = 5.0
LIBRARIES = (
    "cryptography, eventsourcing, fastapi, faststream.nats, jinja2, orjson, prometheus_client, sqlalchemy, structlog, uvicorn"
)


def footprint(folder: Path, scale: Scale) -> Iterator[Figure]:
    """`sporlog up` on an empty data directory."""
    with sporlog_up(folder / "idle") as sporlog:
        ready = [sporlog.ready_s]
        time.sleep(min(IDLE_S, scale.seconds))
        resident = sporlog.resident()
    with sporlog_up(folder / "two", {"SPORLOG_PROCESSES": "2"}) as sporlog:
        time.sleep(min(IDLE_S, scale.seconds))
        of_two = sporlog.resident()
    for number in range(1, scale.starts):
        with sporlog_up(folder / f"warm-{number}") as sporlog:
            ready.append(sporlog.ready_s)
    memory, seconds = _libraries()
    yield Figure(
        "footprint",
        "resident memory of up, idle, nats-server included",
        sum(resident.values()),
        "MiB",
        aim=200,
        lower_is_better=True,
        limits=(Limit("Python with the same libraries and nats-server, nothing of Sporlog", memory + _bare_server(folder)),),
        details=resident,
    )
    yield Figure(
        "footprint", "the same with SPORLOG_PROCESSES=2", sum(of_two.values()), "MiB", lower_is_better=True, details=of_two
    )
    yield Figure(
        "footprint",
        "time from start to ready",
        median(ready),
        "s",
        aim=3,
        lower_is_better=True,
        limits=(Limit("Python importing the same libraries", seconds),),
        details={"starts": ready},
    )
    if scale.cold:
        with sporlog_up(folder / "cold", {"PYTHONPYCACHEPREFIX": str(folder / "pycache")}) as cold:
            compiling = cold.ready_s
        yield Figure(
            "footprint",
            "the same, all of Python's bytecode to be compiled first",
            compiling,
            "s",
            aim=None,
            lower_is_better=True,
        )


def _libraries() -> tuple[float, float]:
    code = f"import {LIBRARIES}; print('ready', flush=True); input()"
    began = time.perf_counter()
    command = [sys.executable, "-c", code]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        process.stdout.readline()
        seconds = time.perf_counter() - began
        resident = psutil.Process(process.pid).memory_info().rss / 2**20
        process.kill()
    return resident, seconds


def _bare_server(folder: Path) -> float:
    command = [str(bundled_binary()), "-js", "-sd", str(folder / "bare"), "-a", "127.0.0.1", "-p", "-1"]
    with subprocess.Popen(command, stderr=subprocess.DEVNULL) as process:
        time.sleep(1)
        resident = psutil.Process(process.pid).memory_info().rss / 2**20
        process.terminate()
        process.wait(10)
    return resident
