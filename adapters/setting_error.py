"""The refusal of a setting, apart from the settings: each kind of them is read in a file of its own."""

from typing import ClassVar

from domain.errors import InvalidInputError


class SettingError(InvalidInputError):
    """A setting cannot be used; the message names the variable. As a text it is English, for logs."""

    code: ClassVar[str] = "invalid-setting"

    def __init__(self, danish: str, english: str) -> None:
        super().__init__(english)
        self.danish = danish
