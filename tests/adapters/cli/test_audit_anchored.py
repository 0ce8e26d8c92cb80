"""The anchors of a running Sporlog: given to an authority and a mailbox, and verified with what came back."""

import asyncio
from pathlib import Path

from adapters.anchors.folder import AnchorFolder
from tests.adapters.cli.conftest import Sporlog
from tests.faults.house import open_house
from tests.support.post import mail_server
from tests.support.time_stamping import time_stamping
from tests.support.waiting import until


async def test_a_running_sporlog_has_its_checkpoints_stamped_and_mailed(sporlog: Sporlog, tmp_path: Path) -> None:
    with time_stamping(tmp_path) as authority, mail_server() as mail:
        environment = {
            "SPORLOG_CHECKPOINT_S": "1",
            "SPORLOG_TSA_URL": authority.url,
            "SPORLOG_TSA_CHAIN": str(authority.chain),
            "SPORLOG_MAIL_URL": f"smtp://127.0.0.1:{mail.port}",
            "SPORLOG_MAIL_FROM": "log@kommune.dk",
            "SPORLOG_MAIL_TO": "it@kommune.dk",
            "SPORLOG_ANCHOR_MAIL": "log@arkiv.example",
            "SPORLOG_ENTITY": "laerkeborg",
        }
        folder = AnchorFolder(sporlog.data / "anchors")

        async def anchored() -> bool:
            return bool(folder.sizes("tsr") and folder.sizes("eml"))

        async with open_house(sporlog.data, **environment) as house:
            await house.http.post("/api/v1/incidents", json={"title": "Nede", "severity": "high"})
            await until(anchored, within=40)
    (received,) = [each for each in mail.mails if each["To"] == "log@arkiv.example"]
    brought = tmp_path / "received.eml"
    brought.write_bytes(received.as_bytes())
    ours = Sporlog(sporlog.data, sporlog.worker, {"SPORLOG_TSA_CHAIN": str(authority.chain)})
    said = await asyncio.to_thread(ours, "audit", "verify", "--anchor", brought)
    assert said.code == 0, said.err
    assert "tidsstempel" in said.out
    assert "CN=A time stamping authority" in said.out
    assert "medbragt fil" in said.out
    assert "Intet er forankret" not in said.out
