"""Announced maintenance on the command line: announced in Danish time, listed, called off, refused by name."""

from tests.adapters.cli.conftest import Sporlog

LONG_AGO = ("--from", "2026-06-01 22:00", "--to", "2026-06-02 02:00", "--component", "db-*")
FAR_AHEAD = ("--from", "2398-06-01 22:00", "--to", "2398-06-02 02:00", "--component", "db-*", "--component", "Økonomi")


def test_what_is_announced_is_listed_in_order_of_time(sporlog: Sporlog) -> None:
    assert sporlog("maintenance", "list").out == "Intet vedligehold er varslet.\n"
    said = sporlog("maintenance", "announce", "skift", *FAR_AHEAD, "--reason", "Ny database")
    assert (said.code, said.err) == (0, "")
    assert said.out.startswith("Varslet: skift: ")
    sporlog("maintenance", "announce", "patch", *LONG_AGO)
    assert sporlog("maintenance", "list", "--json").json == [
        {
            "name": "patch",
            "begins_at": "2026-06-01T20:00:00Z",
            "ends_at": "2026-06-02T00:00:00Z",
            "components": ["db-*"],
            "standing": "over",
        },
        {
            "name": "skift",
            "begins_at": "2398-06-01T20:00:00Z",
            "ends_at": "2398-06-02T00:00:00Z",
            "components": ["db-*", "Økonomi"],
            "standing": "planned",
        },
    ]
    shown = sporlog("maintenance", "list").out
    assert "db-*, Økonomi" in shown
    assert "kommer" in shown


def test_maintenance_is_called_off_once(sporlog: Sporlog) -> None:
    sporlog("maintenance", "announce", "skift", *FAR_AHEAD)
    assert sporlog("maintenance", "cancel", "skift", "--reason", "Udsat").out == "Aflyst: skift\n"
    assert sporlog("maintenance", "list", "--json").json[0]["standing"] == "over"
    refused = sporlog("maintenance", "cancel", "skift")
    assert refused.code == 1
    assert "Der er ikke varslet noget vedligehold med det navn" in refused.err


def test_what_cannot_be_meant_is_refused_by_name(sporlog: Sporlog) -> None:
    for options, says in (
        (("skift", "--from", "2026-06-02 22:00", "--to", "2026-06-01 22:00", "--component", "a"), "skal slutte, efter"),
        (("skift", "--from", "2026-06-01 22:00", "--to", "2026-07-30 22:00", "--component", "a"), "højst 31 dage"),
        (("skift", "--from", "i morgen", "--to", "2026-06-01 22:00", "--component", "a"), "Tidspunktet kan ikke læses"),
        (("skift", "--from", "2026-10-25 02:30", "--to", "2026-10-26 02:30", "--component", "a"), "to gange den nat"),
        (("to ord", *FAR_AHEAD), "name: String should match"),
    ):
        said = sporlog("maintenance", "announce", *options)
        assert said.code == 2
        assert says in said.err
    assert sporlog("maintenance", "list", "--json").json == []
