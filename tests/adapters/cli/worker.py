"""Runs the command again and again in one process of its own: starting Python anew costs half a second each time."""

import io
import multiprocessing
import os
import sys
from collections.abc import Sequence
from multiprocessing.connection import Connection
from typing import NamedTuple

from adapters.cli.app import main


class Call(NamedTuple):
    """As the operating system starts a program."""

    arguments: Sequence[str]
    environment: dict[str, str]
    stdin: bytes


class Answer(NamedTuple):
    """As the operating system sees a program end."""

    code: int
    out: bytes
    err: bytes


class Worker:
    """A process that answers calls, one at a time."""

    def __init__(self) -> None:
        context = multiprocessing.get_context("spawn")
        self._pipe, theirs = context.Pipe()
        self._process = context.Process(target=serve, args=(theirs,), daemon=True)
        self._process.start()

    def __call__(self, call: Call) -> Answer:
        self._pipe.send(call)
        assert self._pipe.poll(60), "the command hangs"
        answer: Answer = self._pipe.recv()
        return answer

    def stop(self) -> None:
        self._pipe.close()
        self._process.terminate()
        self._process.join()


def serve(pipe: "Connection[Answer, Call]") -> None:
    while True:
        pipe.send(run(pipe.recv()))


def run(call: Call) -> Answer:
    os.environ.clear()
    os.environ.update(call.environment)
    sys.argv = ["sporlog", *call.arguments]
    out, err = io.BytesIO(), io.BytesIO()
    sys.stdin, sys.stdout, sys.stderr = (io.TextIOWrapper(stream, "utf-8") for stream in (io.BytesIO(call.stdin), out, err))
    code: int | str | None = 0
    try:
        main()
    except SystemExit as end:
        code = end.code
    sys.stdout.flush()
    sys.stderr.flush()
    return Answer(int(code or 0), out.getvalue(), err.getvalue())
