"""What an incident itself offers for a field: earlier events by their words instead of their numbers, and its own names."""

from collections.abc import Callable, Iterable, Mapping, Sequence

from adapters.incident.event_facts import happened
from adapters.web.forms import Option
from adapters.words.field_labels import short_label
from adapters.words.value_labels import value_label
from adapters.words.wording import Language
from domain.incident.erasing import erasable
from domain.incident.state import Incident
from domain.incident.steps import NEEDS_TEXT
from domain.incident.submission_kinds import DUTY_OF_STEP
from domain.incident.transitions import BY_EVENT
from domain.incident.work import ToDo
from domain.time import show_da, show_en
from handlers.readings import Moment

LONGEST = 60
"""Characters of a text that fit in a choice on a telephone."""

Told = Callable[[int], str]


def told_by_number(moments: Sequence[Moment], language: Language) -> Told:
    """What the incident's nth event was, in a line: its words where it has some, else what happened and when."""
    recorded = {moment.after.version: moment.recorded for moment in moments}

    def told(number: int) -> str:
        if number not in recorded:
            return str(number)
        event = recorded[number].event
        step = BY_EVENT[type(event)].step
        words = getattr(event, NEEDS_TEXT.get(step, ""), None)
        if words:
            return _short(str(words))
        at = event.meta.occurred_at
        return f"{happened(step, language)}, {show_en(at) if language == 'en' else show_da(at)}"

    return told


def offered(step: str, incident: Incident, told: Told, language: Language) -> Mapping[str, tuple[Option, ...]]:
    """Field to what can be chosen for it on this incident: what still runs, waits or is open first."""
    work = incident.work
    kind = DUTY_OF_STEP.get(step)
    measures = {number: value_label("state", state, language) for number, state in work.measures.items()}
    fields: dict[str, Iterable[tuple[int, str]]] = {
        "measure_number": sorted(measures.items(), key=lambda one: work.measures[one[0]] in {"done", "dropped"}),
        "task_number": _open_first(work.tasks, language),
        "follow_up_number": _open_first(work.follow_ups, language),
        "submission_number": ((number, "") for number in work.filed),
        "approved_number": ((int(number), "") for number in incident.awaiting),
        "document_number": ((number, "") for number, _ in sorted(work.documents.items(), key=lambda one: one[1].decided)),
        "evidence_number": ((number, "") for number in work.evidence),
        "follows": ((number, "") for number, filed in work.filed.items() if filed == kind),
    }
    kinds = {"redact": {"redaction"}, "dispose": {"disposal"}}.get(step, {"redaction", "disposal"})
    fields["proposal_number"] = ((number, "") for number, waiting in work.erasures.items() if waiting.kind in kinds)
    names = {"supplier": work.suppliers, "service": dict.fromkeys((*work.degraded, *incident.services))}
    return {
        **{name: tuple(_option(number, told, state) for number, state in numbers) for name, numbers in fields.items()},
        **{name: tuple(Option(one, one) for one in known) for name, known in names.items()},
    }


def erasable_texts(moments: Sequence[Moment], told: Told, language: Language) -> Mapping[str, tuple[Option, ...]]:
    """What a removal can be proposed of: the events that still have a text, and what their texts are called."""
    there = {one.after.version: erasable(one.recorded.event) for one in moments}
    paths = sorted({path for found in there.values() for path in found})
    return {
        "redacted_number": tuple(Option(str(number), f"{number}: {told(number)}") for number, found in there.items() if found),
        "path": tuple(Option(path, _called(path, language)) for path in paths),
    }


def _called(path: str, language: Language) -> str:
    field, _, key = path.partition(".")
    return f"{short_label(field, language)}: {key}" if key else short_label(field, language)


def _open_first(todos: Mapping[int, ToDo], language: Language) -> list[tuple[int, str]]:
    found = sorted(todos.items(), key=lambda one: one[1].done)
    return [(number, value_label("state", "done", language) if todo.done else todo.owner) for number, todo in found]


def _option(number: int, told: Told, state: str) -> Option:
    return Option(str(number), f"{told(number)} ({state})" if state else told(number))


def _short(words: str) -> str:
    line = " ".join(words.split()).rstrip(".")
    return line if len(line) <= LONGEST else f"{line[: LONGEST - 1].rstrip()}…"
