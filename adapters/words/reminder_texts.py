"""What a reminder says to people, in Danish: what is owed until when, what the law asks, where to go. Nothing confidential."""

from datetime import datetime
from uuid import UUID, uuid4

from adapters.words.value_labels import VALUES
from domain import reminders
from domain.incident.state import Status
from domain.time import show_da, show_span_da
from handlers.outbox import Reminder

TEST = "test"
"""The rung of a message that only tries out a channel."""


def words_of(reminder: Reminder, link: str | None) -> tuple[str, tuple[str, ...]]:
    """A title of one line and the paragraphs, empty ones among them; with a link to the incident's page if it is known."""
    if reminder.rung == TEST:
        return "Sporlog: en prøve", ("Dette er en prøve: beskeder fra Sporlog kommer ad denne vej. Du skal intet gøre.",)
    stamp = " ".join(word for word, holds in (("DEMO", reminder.demo), ("ØVELSE", reminder.exercise)) if holds)
    title = f"{reminder.reference}: {_headline(reminder)}"
    category = VALUES["Nis2Category"][reminder.nis2_category].da if reminder.nis2_category else "ikke vurderet"
    return f"{stamp} {title}".strip(), (
        stamp and f"{stamp}: det er ikke en virkelig hændelse.",
        _lead(reminder),
        reminder.explanation,
        f"{reminder.paragraph}.",
        f"Status: {VALUES['Status'][reminder.status].da}. Kategori: {category}.",
        link or "",
        f"Sådan så loggen ud {show_da(reminder.noted_at)}. Sendt af Sporlog.",
    )


def trial(now: datetime) -> Reminder:
    """A message that tells of no incident."""
    return Reminder(
        id=uuid4().hex,
        incident_id=UUID(int=0),
        reference="PRØVE",
        kind=TEST,
        rung=TEST,
        due_at=now,
        noted_at=now,
        name="Prøve",
        explanation="",
        paragraph="",
        status=Status.REPORTED,
        nis2_category=None,
    )


def _headline(reminder: Reminder) -> str:
    due = show_da(reminder.due_at)
    match reminder.rung:
        case reminders.MISSED:
            return f"{reminder.name}: fristen {due} er overskredet"
        case reminders.LIMIT:
            return f"{reminder.name}: den interne frist {due} er nået"
        case _:
            return f"{reminder.name} senest {due}"


def _lead(reminder: Reminder) -> str:
    due, missing = show_da(reminder.due_at), f"{reminder.name} er endnu ikke registreret i Sporlog."
    if reminder.rung == reminders.MISSED:
        return (
            f"{missing} Fristen {due} er overskredet, og pligten gælder stadig: gør det hurtigst muligt, og skriv, hvorfor det "
            "kom for sent. Er det gjort, så registrér det med det rigtige tidspunkt."
        )
    if reminder.rung == reminders.LIMIT:
        return f"{missing} Den interne frist {due} er nået. {_whom_to_call(reminder)} Sporlog eskalerer ikke af sig selv."
    if reminder.noted_at > reminder.due_at:
        return f"{missing} Fristen {due} var overskredet, da Sporlog kom i gang igen: påmindelsen kommer for sent."
    return f"{missing} Der er {show_span_da(reminder.due_at - reminder.noted_at)} til fristen {due}."


def _whom_to_call(reminder: Reminder) -> str:
    holder, *deputies = reminder.decision_makers or ("",)
    named = f" ({holder})" if holder else ""
    then = f" ({', så '.join(deputies)})" if deputies else ""
    return f"Eskalér til Ledelsesbeslutningstageren{named}; kan vedkommende ikke nås, så til stedfortræderen{then}."
