"""An incident's class is one of the taxonomy's, and what is not is refused with what there is."""

import pytest

from domain.incident import events as e
from domain.rsit import RSIT, UnknownClassError, check_class, class_name_da
from tests.spec import given
from tests.support.incidents import meta, reported


def classified(written: str) -> e.Classified:
    return e.Classified(meta=meta(1), incident_class=written)


def test_the_taxonomy_has_eleven_classes_with_entries_and_names_in_two_languages() -> None:
    assert len(RSIT) == 11
    assert all(each.danish and each.english and each.entries for each in RSIT.values())


@pytest.mark.parametrize("written", [*RSIT, *(f"{name}.{entry}" for name, each in RSIT.items() for entry in each.entries)])
def test_each_class_and_entry_is_taken(written: str) -> None:
    assert check_class(written) == written
    given(reported()).when(classified(written)).then(classified(written))


@pytest.mark.parametrize(
    ("written", "says"),
    [("outage", "there is no RSIT class 'outage': use one of"), ("fraud.outage", "has no entry 'outage': use one of unauth")],
)
def test_an_unknown_class_is_refused_with_those_there_are(written: str, says: str) -> None:
    given(reported()).when(classified(written)).then_refused(UnknownClassError, says)


def test_people_read_it_in_danish() -> None:
    assert class_name_da("availability.outage") == "Tilgængelighed (outage)"
    assert class_name_da("fraud") == "Svindel"
    assert class_name_da("noget-ældre") == "noget-ældre"
