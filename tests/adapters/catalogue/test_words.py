from enum import StrEnum

import pytest

from adapters.catalogue.words import BACKWARDS, PLURALS, TABLES
from domain.catalogue.kinds import Kind
from domain.catalogue.ties import Tie


@pytest.mark.parametrize("options", list(TABLES), ids=lambda one: one.__name__)
def test_every_word_of_the_model_is_said_in_both_languages(options: type[StrEnum]) -> None:
    assert set(TABLES[options]) == set(options)
    assert all(words.da and words.en for words in TABLES[options].values())


def test_every_kind_has_a_plural_and_every_tie_is_read_from_both_ends() -> None:
    assert set(PLURALS) == set(Kind)
    assert set(BACKWARDS) == set(Tie)
