"""`sporlog privacy map`."""

from tests.adapters.cli.conftest import Sporlog


def test_the_map_is_printed_as_tables_json_and_markdown(sporlog: Sporlog) -> None:
    assert "incident.reported.1" in sporlog("privacy", "map").out
    entries = sporlog("privacy", "map", "--json").json
    title = next(one for one in entries if (one["where"], one["field"]) == ("incident.reported.1", "title"))
    assert (title["sort"], title["erased"]) == ("text", "Hændelsens nøgle destrueres")
    assert sporlog("privacy", "map", "--md").out.startswith("# Hvor der er noget om personer\n")
