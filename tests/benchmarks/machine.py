"""The machine that a run's figures come from."""

import os
import platform
import sqlite3
import subprocess
import time
from pathlib import Path
from typing import Any

import psutil

from adapters.bus.server_files import bundled_binary


def facts(folder: Path) -> dict[str, Any]:
    """Facts without names: processor, memory, versions, and what a durable write costs in `folder`."""
    version = subprocess.run([str(bundled_binary()), "--version"], capture_output=True, text=True, timeout=10, check=True)
    return {
        "cores": len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count(),
        "processor": _processor(),
        "memory_gib": round(psutil.virtual_memory().total / 2**30, 1),
        "system": f"{platform.system()} {platform.release()}",
        "python": platform.python_version(),
        "python_adds_a_million_ms": round(adding_ms(), 1),
        "sqlite": sqlite3.sqlite_version,
        "nats_server": version.stdout.split(":")[-1].strip(),
        "fsync_ms": round(fsync_ms(folder), 3),
        "load_before": round(psutil.getloadavg()[0], 2),
    }


def adding_ms() -> float:
    """How fast this interpreter is here, in the median: compiled without optimisation it takes nearly twice as long."""
    taken = list[float]()
    for _ in range(5):
        began, total = time.perf_counter(), 0
        for number in range(1_000_000):
            total += number
        taken.append(time.perf_counter() - began)
    return sorted(taken)[2] * 1000


class Stolen:
    """The share of this machine's processors that others on its host had since this was made, in percent; 0 where not told."""

    def __init__(self) -> None:
        self._before = psutil.cpu_times()

    def percent(self) -> float:
        now = psutil.cpu_times()
        taken = getattr(now, "steal", 0.0) - getattr(self._before, "steal", 0.0)
        return 100 * float(taken) / max(sum(now) - sum(self._before), 1e-9)


def fsync_ms(folder: Path, times: int = 50) -> float:
    """The median time in which 4 KiB appended to a file are durable."""
    path, taken = folder / "fsync", list[float]()
    with path.open("wb", buffering=0) as file:
        for _ in range(times):
            began = time.perf_counter()
            file.write(bytes(4096))
            os.fsync(file.fileno())
            taken.append(time.perf_counter() - began)
    path.unlink()
    return sorted(taken)[times // 2] * 1000


def _processor() -> str:
    information = Path("/proc/cpuinfo")
    names = information.read_text().splitlines() if information.exists() else []
    return next((line.partition(":")[2].strip() for line in names if line.startswith("model name")), platform.processor())
