"""A checkpoint is read exactly as it is written, and what is wrong with one is said by line."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.ledger.checkpoint import Checkpoint, parse_checkpoint
from domain.ledger.encoding import LARGEST, MalformedError
from domain.merkle import EMPTY_ROOT

ROOT = "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="


def test_the_text_is_origin_size_and_root() -> None:
    checkpoint = Checkpoint("log.kommune.example/haendelser", 0, EMPTY_ROOT)
    assert checkpoint.text == f"log.kommune.example/haendelser\n0\n{ROOT}\n"
    assert parse_checkpoint(checkpoint.text) == checkpoint
    assert parse_checkpoint(checkpoint.text + "an extension\n") == checkpoint


@given(
    st.text(st.characters(exclude_characters="\n"), min_size=1), st.integers(0, LARGEST), st.binary(min_size=32, max_size=32)
)
def test_what_is_written_is_read(origin: str, size: int, root: bytes) -> None:
    checkpoint = Checkpoint(origin, size, root)
    assert parse_checkpoint(checkpoint.text) == checkpoint


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "three lines"),
        (f"o\n1\n{ROOT}", "ends in a line feed"),
        (f"\n1\n{ROOT}\n", "line 1"),
        (f"o\n01\n{ROOT}\n", "line 2"),
        (f"o\n-1\n{ROOT}\n", "line 2"),
        (f"o\n\u0661\n{ROOT}\n", "line 2"),
        (f"o\n{LARGEST + 1}\n{ROOT}\n", "line 2"),
        ("o\n1\nAAAA\n", "3 bytes instead of 32"),
        (f"o\n1\n{ROOT[:-1]}\n", "line 3"),
        (f"o\n1\n{ROOT.replace('U=', 'V=')}\n", "line 3"),
        (f"o\n1\n{ROOT}\nan extension\n\n", "line 5"),
    ],
)
def test_what_is_no_checkpoint_is_refused_by_its_line(text: str, told: str) -> None:
    with pytest.raises(MalformedError, match=told):
        parse_checkpoint(text)
