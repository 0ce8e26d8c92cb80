"""What we hand to operators works as written."""

import configparser
import os
import shlex
import subprocess
from pathlib import Path

from adapters.bus.server_files import bundled_binary
from adapters.settings import SETTINGS

DEPLOY = Path(__file__).parents[2] / "deploy"


def test_nats_server_takes_the_configuration_and_syncs_always() -> None:
    config = DEPLOY / "nats" / "nats-server.conf"
    passwords = {f"{name}_NATS_PASSWORD": "secret-word" for name in ("SPORLOG", "TOOL", "DASHBOARD")}
    passwords["SPORLOG_NATS_KEY"] = "key-0123456789"

    checked = subprocess.run(
        [bundled_binary(), "-t", "-c", config], env={**os.environ, **passwords}, capture_output=True, text=True, check=False
    )

    assert checked.returncode == 0, checked.stderr
    assert "sync_interval: always" in config.read_text()


def test_the_unit_starts_a_command_that_exists_with_settings_that_exist() -> None:
    unit = configparser.ConfigParser(strict=False)
    unit.optionxform = str  # type: ignore[assignment,method-assign]
    unit.read(DEPLOY / "systemd" / "sporlog.service")
    program, command = shlex.split(unit["Service"]["ExecStart"])

    assert Path(program).name == "sporlog"
    assert command == "up"
    assert unit["Service"]["Environment"].partition("=")[0] in {setting.variable for setting in SETTINGS}
