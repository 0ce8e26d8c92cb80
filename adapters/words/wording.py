"""A text in both languages: Danish first, English second."""

from typing import Literal, NamedTuple

Language = Literal["da", "en"]


class Words(NamedTuple):
    """One text in both languages."""

    da: str
    en: str

    def to(self, language: Language) -> str:
        """The text in that language."""
        return self.en if language == "en" else self.da
