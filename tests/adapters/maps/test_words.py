import re

import pytest

from adapters.maps.words import DASHES, REACHED, TEXTS
from domain.catalogue.classes import Effect
from domain.catalogue.ties import Weight
from tests.support.tree import ROOT

SOURCE = "".join(
    path.read_text(encoding="utf-8")
    for path in (*(ROOT / "adapters" / "maps").glob("*.py"), ROOT / "adapters" / "web" / "map_page.py")
    if path.name != "words.py"
)


@pytest.mark.parametrize("key", TEXTS)
def test_every_text_is_used_and_has_the_same_blanks_in_both_languages(key: str) -> None:
    words = TEXTS[key]
    assert set(re.findall(r"{\w+}", words.da)) == set(re.findall(r"{\w+}", words.en))
    assert re.search(rf"""["']{key}["']""", SOURCE)


def test_every_effect_has_words_and_every_weight_a_line_of_its_own() -> None:
    assert set(REACHED) == set(Effect)
    assert set(DASHES) == {*Weight, None}
    assert len(set(DASHES.values())) == len(DASHES)
