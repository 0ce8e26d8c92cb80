from hypothesis import given
from hypothesis import strategies as st

from adapters.maps.lettering import width, wrapped

LONG = "Borgerservicecenterets sagsbehandlingsunderstøttelsessystem for hjemmeplejevisitation"


@given(st.text(max_size=120), st.floats(60, 300))
def test_every_line_fits(text: str, room: float) -> None:
    lines = wrapped(text, 14, room, 4)
    assert 1 <= len(lines) <= 4
    assert all(width(line, 14) <= room for line in lines)


def test_a_long_danish_name_is_broken_and_nothing_of_it_is_lost() -> None:
    lines = wrapped(LONG, 14, 166, 20)
    assert len(lines) > 4
    assert lines[0].endswith("-")
    assert "".join(lines).replace(" ", "").replace("-", "") == LONG.replace(" ", "")


def test_what_is_left_out_is_told() -> None:
    lines = wrapped(LONG, 14, 166, 2)
    assert len(lines) == 2
    assert lines[1].endswith("…")


def test_a_line_breaks_at_a_space_or_after_a_hyphen_before_it_breaks_a_word() -> None:
    assert wrapped("Leverandør af velfærdsteknologi A/S", 14, 166, 4) == ["Leverandør af", "velfærdsteknologi", "A/S"]
    assert wrapped("srv-omsorgsjournal-produktion-01", 14, 166, 4) == ["srv-omsorgsjournal-", "produktion-01"]
    assert wrapped("login.national.example", 14, 166, 4) == ["login.national.", "example"]
