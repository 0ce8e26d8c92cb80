"""What any webhook costs on this machine: `python -m tests.benchmarks.bare_endpoint PORT DATABASE`."""

import sqlite3
import sys

import uvicorn
from fastapi import FastAPI
from starlette.requests import Request
from starlette.responses import Response

app = FastAPI()
database = sqlite3.connect(sys.argv[2], isolation_level=None, check_same_thread=False)
database.execute("PRAGMA journal_mode=WAL")
database.execute("PRAGMA synchronous=FULL")
database.execute("CREATE TABLE IF NOT EXISTS rows (id INTEGER PRIMARY KEY, body BLOB NOT NULL)")


@app.post("/nothing")
async def nothing(request: Request) -> Response:
    await request.body()
    return Response(b"{}", media_type="application/json")


@app.post("/commit")
async def commit(request: Request) -> Response:
    database.execute("INSERT INTO rows (body) VALUES (?)", (await request.body(),))  # commits by itself
    return Response(b"{}", media_type="application/json")


if __name__ == "__main__":
    uvicorn.run(app, host="127.0.0.1", port=int(sys.argv[1]), access_log=False, log_level="warning")
