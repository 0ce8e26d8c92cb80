"""CVR numbers, as Erhvervsstyrelsen gives them to companies and authorities."""

import re
from typing import ClassVar

from domain.errors import InvalidInputError

_WEIGHTS = (2, 7, 6, 5, 4, 3, 2, 1)
_MODULUS = 11
_SHAPE = re.compile("[1-9][0-9]{7}")


class InvalidCvrError(InvalidInputError):
    """The number is no CVR number; most often a digit is wrong or two have changed places."""

    code: ClassVar[str] = "invalid-cvr"


def check_cvr(cvr: str) -> str:
    """The number, if it can be a CVR number: eight digits whose weighted sum 11 divides. Raises InvalidCvrError.

    That it is somebody's is not known by that: look it up on virk.dk.
    """
    if _SHAPE.fullmatch(cvr) is None:
        raise InvalidCvrError(f"{cvr!r} is no CVR number: write its eight digits without spaces, as 12345674.")
    if sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, cvr, strict=True)) % _MODULUS:
        raise InvalidCvrError(f"{cvr!r} is no CVR number, its check digit does not fit: look for a digit that was typed wrong.")
    return cvr
