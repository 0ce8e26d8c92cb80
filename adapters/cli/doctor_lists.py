"""The doctor's look at the emergency lists: which nobody may rely on, by the last look on record."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from adapters.cli.findings import Finding, error, good
from adapters.cli.language import ENGLISH, say

if TYPE_CHECKING:
    from adapters.main import Office
    from adapters.words.wording import Language


def check_emergency_lists(opened: "Office") -> Iterator[Finding]:
    """An error for each: when its system goes down, nobody has what it holds."""
    from adapters.emergency_lists.words import ADVICE, outcome_words

    now, lists = datetime.now(UTC), opened.store.emergency_lists()
    language: Language = "en" if ENGLISH else "da"
    alarming = lists.alarming(now)
    look = say("se efter nu: sporlog emergency-lists check", "look now: sporlog emergency-lists check")
    for one in alarming:
        problems = one.checked.problems if one.checked and not one.is_unwatched(now) else ()
        advice = ADVICE[problems[0]].to(language) if problems else look
        yield error("emergency-lists", f"{one.name} ({one.expected.system}): {outcome_words(one, now, language)}", advice)
    if not alarming:
        count = len(lists.lists)
        yield good("emergency-lists", say(f"ingen af {count} mangler", f"none of {count} is missing"))
