"""The data map as JSON and as Markdown."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

from adapters.privacy.map import Entry
from adapters.words.wording import Language, Words

HEAD = (
    Words("Hvor", "Where"),
    Words("Felt", "Field"),
    Words("Hvad", "What"),
    Words("Hvem ser det", "Who sees it"),
    Words("Hvor længe", "How long"),
    Words("Sådan slettes det", "How it is erased"),
)


def map_objects(entries: Sequence[Entry]) -> list[dict[str, Any]]:
    """One object a field; `sort` is null for a place outside of the models."""
    return [{**one._asdict(), "sort": one.sort.value if one.sort else None} for one in entries]


def map_markdown(entries: Sequence[Entry], language: Language) -> str:
    """A heading and a table for each place."""
    return "\n".join(_lines(entries, language)) + "\n"


def _lines(entries: Sequence[Entry], language: Language) -> Iterator[str]:
    yield Words("# Hvor der er noget om personer", "# Where something of persons is kept").to(language)
    for place, found in groupby(entries, lambda one: one.place):
        yield f"\n## {place}\n"
        yield "| " + " | ".join(words.to(language) for words in HEAD) + " |"
        yield "|---" * len(HEAD) + "|"
        for one in found:
            cells = (one.where, one.field, one.what, one.seen_by, one.kept, one.erased)
            yield "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"
