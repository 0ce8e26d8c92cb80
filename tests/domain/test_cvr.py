"""A CVR number is eight digits that 11 divides when weighed."""

import pytest

from domain.cvr import InvalidCvrError, check_cvr


@pytest.mark.parametrize("cvr", ["12345674", "87654303", "10000009"])
def test_a_number_whose_check_digit_fits_is_one(cvr: str) -> None:
    assert check_cvr(cvr) == cvr


@pytest.mark.parametrize(
    "cvr",
    ["12345675", "12345647", "1234567", "123456744", "1234567 4", "DK12345674", "00000000", "\uff112345674", ""],
)
def test_any_other_text_is_refused_by_name(cvr: str) -> None:
    with pytest.raises(InvalidCvrError, match="no CVR number"):
        check_cvr(cvr)
