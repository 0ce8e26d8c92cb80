"""The words of the command line are those of all surfaces."""

import pytest

from adapters.cli.step_options import EXAMPLES
from adapters.cli.words import fact_word, plain, word
from adapters.incident.tracks import NOTICES
from adapters.words.value_labels import VALUES
from handlers.requests import REQUESTS


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("status", "reported", "registreret"),
        ("kind", "near_miss", "nærvedhændelse"),
        ("kind", "early_warning", "tidlig varsling"),
        ("reason", "not_significant", "ikke væsentlig"),
        ("reason", "Fordi", "Fordi"),
        ("submission_channel", "virk", "Virk.dk med MitID"),
        ("told_by", "kommunecert", "KommuneCERT"),
        ("state", "ongoing", "i gang"),
        ("nis2_category", None, ""),
    ],
)
def test_a_value_is_called_by_the_shared_label_as_it_reads_in_a_sentence(name: str, value: str | None, told: str) -> None:
    assert fact_word(name, value) == told


def test_names_keep_their_capitals() -> None:
    assert word("virk", "SubmissionChannel") == "Virk.dk med MitID"
    assert word("esdh", "system") == "ESDH"


def test_every_option_that_takes_names_and_values_has_an_example() -> None:
    named = {
        name
        for model in REQUESTS.values()
        for name, info in model.model_fields.items()
        if str(plain(info.annotation)).startswith("dict")
    }
    assert named == set(EXAMPLES)


def test_every_notice_that_the_tracks_tell_has_a_name() -> None:
    assert set(NOTICES.values()) - VALUES["ReportKind"].keys() == set()
