"""What is wrong with an emergency list, what to do about it, and how a list stands, in both languages."""

from collections.abc import Iterator, Mapping
from datetime import datetime

from adapters.words.wording import Language, Words
from domain.emergency_lists.seen import Problem, Trouble
from domain.emergency_lists.state import EmergencyList
from domain.time import show_da, show_en
from handlers.outbox import ListAlarm

ARRIVED = Words("kommet", "arrived")
UNWATCHED = Words("ikke set efter", "not looked at")
NEVER = Words("aldrig", "never")
PROBLEMS: Mapping[Problem, Words] = {
    Problem.UNREADABLE: Words("kan ikke læses", "cannot be read"),
    Problem.LATE: Words("forsinket", "late"),
    Problem.EMPTY: Words("tom eller for kort", "empty or too short"),
    Problem.FROM_THE_FUTURE: Words("dateret ud i fremtiden", "dated in the future"),
    Problem.TOO_OPEN: Words("for åben", "too open"),
    Problem.TOO_FEW_KEPT: Words("for få gemt", "too few kept"),
    Problem.TOO_MANY_KEPT: Words("gamle lister ikke slettet", "old lists not deleted"),
}
ADVICE: Mapping[Problem, Words] = {
    Problem.UNREADABLE: Words(
        "Se, om drevet er der, og om den bruger, Sporlog kører som, må læse mappen.",
        "See whether the drive is there, and whether the user that Sporlog runs as may read the folder.",
    ),
    Problem.LATE: Words(
        "Der er ikke kommet en ny liste til tiden. Se, om systemets job kører, og om drevet er fuldt.",
        "No new list came in time. See whether the system's job runs, and whether the drive is full.",
    ),
    Problem.EMPTY: Words(
        "Listen er kommet, men der står for lidt i den. Åbn den, og kør systemets job igen.",
        "The list came, and holds too little. Open it, and run the system's job again.",
    ),
    Problem.FROM_THE_FUTURE: Words(
        "Listens tid ligger efter nu. Ret uret på drevets maskine eller her: ellers ses det ikke, når listen udebliver.",
        "The list is dated after now. Set the clock of the drive's machine or of this one: else its absence is not seen.",
    ),
    Problem.TOO_OPEN: Words(
        "Andre end de tilladte kan læse eller ændre listen. Ret ejer, gruppe og rettigheder på filer og mappe.",
        "Others than those allowed can read or change the list. Correct owner, group and permissions of files and folder.",
    ),
    Problem.TOO_FEW_KEPT: Words(
        "Der ligger lister for færre dage, end I har bestemt. Se, hvad der sletter dem.",
        "There are lists of fewer days than you decided. See what deletes them.",
    ),
    Problem.TOO_MANY_KEPT: Words(
        "Der ligger lister, som burde være slettet: det er borgernes oplysninger. Slet dem, og få jobbet til det.",
        "There are lists that should be deleted: they are the citizens' data. Delete them, and make the job do it.",
    ),
}
TROUBLES: Mapping[Trouble, Words] = {
    Trouble.MISSING: Words("mappen findes ikke", "the folder is missing"),
    Trouble.DENIED: Words("adgang nægtet", "access denied"),
    Trouble.HANGS: Words("drevet svarer ikke", "the drive does not answer"),
    Trouble.FAILED: Words("drevet melder fejl", "the drive reports an error"),
}
ACCESS_UNCHECKED = Words(
    "Hvem der må læse, er ikke set efter: her bestemmes det af andet end ejer, gruppe og rettigheder.",
    "Who may read was not checked: here that is told by other things than owner, group and permissions.",
)
TITLE = Words("Nødlisten {name} ({system}): {what}", "The emergency list {name} ({system}): {what}")
DEMO = Words("DEMO: det er ikke en virkelig liste.", "DEMO: this is no real list.")
NEWEST = Words("Den nyeste hele liste er fra {written}.", "The newest whole list is of {written}.")
NO_NEWEST = Words("Der er ingen hel liste at læse.", "There is no whole list to read.")
EFFECT = Words(
    "Går {system} ned nu, kan I ikke regne med listen.",
    "If {system} goes down now, you cannot rely on the list.",
)
LOOK = Words("Se efter igen med: sporlog emergency-lists check", "Look again with: sporlog emergency-lists check")
END = Words(
    "Der kommer ingen besked, når listen er i orden igen: siden viser det. Sådan så loggen ud {noted}. Sendt af Sporlog.",
    "No message comes when the list is in order again: the page shows it. The log as of {noted}. Sent by Sporlog.",
)
_SHOW = {"da": show_da, "en": show_en}


def show(instant: datetime | None, language: Language) -> str:
    """A time as people read it; never, for none."""
    return _SHOW[language](instant) if instant else NEVER.to(language)


def problems_words(problems: tuple[Problem, ...], trouble: Trouble | None, language: Language) -> str:
    """What is wrong, in one line."""
    told = ", ".join(PROBLEMS[one].to(language) for one in problems)
    return f"{told} ({TROUBLES[trouble].to(language)})" if trouble else told


def outcome_words(one: EmergencyList, now: datetime, language: Language) -> str:
    """How a list stands, in a word or a line."""
    if one.checked is None or one.is_unwatched(now):
        return UNWATCHED.to(language)
    return problems_words(one.checked.problems, one.checked.trouble, language) or ARRIVED.to(language)


def words_of(alarm: ListAlarm, link: str | None) -> tuple[str, tuple[str, ...]]:
    """A Danish title of one line, the paragraphs in Danish, and once more in English."""
    what = problems_words(alarm.problems, alarm.trouble, "da")
    title = TITLE.da.format(name=alarm.list_name, system=alarm.system, what=what)
    paragraphs = (*_paragraphs(alarm, "da"), link or "", "In English:", *_paragraphs(alarm, "en"))
    return f"DEMO {title}" if alarm.demo else title, paragraphs


def _paragraphs(alarm: ListAlarm, language: Language) -> Iterator[str]:
    if alarm.demo:
        yield DEMO.to(language)
    what = problems_words(alarm.problems, alarm.trouble, language)
    yield TITLE.to(language).format(name=alarm.list_name, system=alarm.system, what=what) + "."
    newest = NEWEST if alarm.written_at else NO_NEWEST
    yield newest.to(language).format(written=show(alarm.written_at, language))
    yield from (ADVICE[one].to(language) for one in alarm.problems)
    yield EFFECT.to(language).format(system=alarm.system)
    yield LOOK.to(language)
    yield END.to(language).format(noted=show(alarm.noted_at, language))
