"""What is printed for a tool can be pasted: nothing is left to be filled in but what only the reader knows."""

from datetime import UTC, datetime

import pytest

from adapters.connecting.dry_run import dry_run
from adapters.connecting.guides import GUIDES
from adapters.connecting.tool_settings import Connection, tool_settings
from adapters.intake_formats.formats import FORMATS
from adapters.intake_formats.mapped import MAPPED
from domain.intake.state import IntakeSetup

URL = "https://sporlog.laerkeborg.example/intake/wazuh-drift"


def test_every_format_has_a_guide() -> None:
    assert {*FORMATS, MAPPED} - GUIDES.keys() == set()


@pytest.mark.parametrize("name", GUIDES)
def test_address_and_token_stand_in_both_languages_and_no_blank_is_left(name: str) -> None:
    for text in tool_settings(Connection("wazuh-drift", name, URL, token="t-0123")):
        assert f"POST {URL}" in text
        assert "Authorization: Bearer t-0123" in text
        assert not any(blank in text for blank in ("{url}", "{token}", "{source}", "Type: %s"))


def test_a_token_that_is_not_known_any_more_is_shown_as_a_blank() -> None:
    danish, english = tool_settings(Connection("wazuh", "wazuh", URL))
    assert "Bearer <kildens token>" in danish
    assert "Bearer <the source's token>" in english


def test_a_source_that_signs_is_told_header_and_secret() -> None:
    connection = Connection("x", "json", URL, token="t", signature_header="X-Signature", secret="hemmelig")
    assert "X-Signature: sha256=" in tool_settings(connection).da
    assert "hemmelig" in tool_settings(connection).da
    assert "<kildens hemmelighed>" in tool_settings(connection._replace(secret=None)).da


def test_the_test_message_of_a_guide_is_read_by_its_format() -> None:
    text = tool_settings(Connection("lager", "cloudevents", URL, token="t")).en
    body = text[text.index("'{") + 1 : text.rindex("}'") + 1]
    (signal,) = dry_run(IntakeSetup(), "cloudevents", body.encode(), datetime(2026, 11, 20, tzinfo=UTC)).signals
    assert (signal["title"], signal["severity"]) == ("Test", "info")
