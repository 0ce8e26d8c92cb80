"""The two tracks of an incident for people's eyes: what is done and owed, and the numbers by which steps name it."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from rich.padding import Padding

from adapters.cli.guide_flow import answer_name, part_name, question_text
from adapters.cli.language import ENGLISH, say, show_time
from adapters.cli.output import console
from adapters.cli.words import fact_name, happened, role_name, word
from domain.guide.guide import GUIDES
from domain.guide.outcomes import OUTCOMES, Outcome

LINKS = {
    "from": ("Udgår fra", "Comes from"),
    "merged_into": ("Lagt sammen med", "Merged into"),
    "merged_from": ("Har optaget", "Took in"),
    "split_into": ("Delt i", "Split into"),
    "shared_with": ("Delt med en anden enhed som", "Shared with another entity as"),
    "duplicate_of": ("Gentager", "Repeats"),
    "recurrence": ("Set under ét med", "Looked at as one with"),
}
"""How another incident is related, as said of this one."""
NUMBER = say("nr.", "no.")

Json = Mapping[str, Any]


def print_tracks(one: Json) -> None:
    """Spor A, Spor B, what was agreed for later, and the linked incidents; what is empty is left out."""
    a, b = one["tracks"]["A"], one["tracks"]["B"]
    _print(say("Spor A, drift", "Track A, operations"), [*_work(a)])
    _print(say("Spor B, vurdering og underretning", "Track B, assessment and notification"), [*_duty(b)])
    _print(say("Opfølgning", "Follow-up"), [_to_do(todo, "follow_up") for todo in one["follow_ups"]], optional=True)
    links = [link_text(link) for link in one["linked"]]
    _print(say("Forbundne hændelser", "Linked incidents"), links, optional=True)


def link_text(link: Json) -> str:
    """How another incident is related to this one."""
    return f"{say(*LINKS[link['relation']])} {link['ref']}"


def _print(head: str, lines: Sequence[str], *, optional: bool = False) -> None:
    if optional and not lines:
        return
    out = console()
    out.print(f"\n{head}", style="bold")
    for line in lines or [say("Intet endnu.", "Nothing yet.")]:
        out.print(Padding(line, (0, 0, 0, 2), expand=False))


def _work(a: Json) -> Iterator[str]:
    for one in a["emergency_actions"]:
        owed = (
            say(", godkendes bagefter senest ", ", to be approved by ") + _when(one["approve_by"]) if one["approve_by"] else ""
        )
        yield f"{say('Nødhandling', 'Emergency action')} {NUMBER} {one['number']}: {_text(one['action'])}{owed}"
    for one in a["measures"]:
        yield f"{fact_name('measure')} {NUMBER} {one['number']} ({word(one['state'], 'state')}): {_text(one['measure'])}"
    for one in a["services"]:
        tested = say(", genopretning afprøvet", ", restoration tested") if one["tested"] else ""
        yield f"{fact_name('service')} {one['service']}: {word(one['degree'], 'degree')}{tested}"
    for one in a["suppliers"]:
        by = f" {say('senest', 'by')} {_when(one['answer_by'])}" if one["answer_by"] else ""
        yield f"{fact_name('supplier')} {one['supplier']} {say('skylder svar', 'owes an answer')}{by}: {_text(one['request'])}"
    for kind in a["contingency"]:
        yield f"{say('Aktivt beredskab', 'Active contingency')}: {word(kind, 'contingency')}"
    for one in a["tasks"]:
        yield _to_do(one, "task")


def _to_do(one: Json, text: str) -> str:
    by = f", {say('senest', 'by')} {_when(one['due_at'])}" if one["due_at"] else ""
    done = say("udført", "done") if one["done"] else say("åben", "open")
    return f"{fact_name(text)} {NUMBER} {one['number']} ({done}): {_text(one[text])} – {one['owner']}{by}"


def _duty(b: Json) -> Iterator[str]:
    yield from _judgement(b["judgement"])
    yield from _approval(b)
    if aware := b["awareness"]:
        how = say(" (fulgte af vurderingen)", " (followed from the assessment)") if aware["by_default"] else ""
        reason = f": {aware['reason']}" if aware["reason"] else ""
        yield f"{fact_name('aware_at')} {NUMBER} {aware['number']}: {_when(aware['aware_at'])}{how}{reason}"
    for clock in b["cautious"]:
        name = clock["name_en"] if ENGLISH else clock["name"]
        cautious = say("Forsigtigt ur, regnet fra opdagelsen", "Cautious clock, from the detection")
        yield f"{cautious}: {name} {say('senest', 'by')} {_when(clock['due_at'])}"
    if b["breach_risk"]:
        yield f"{say('Brud på persondatasikkerheden, risiko', 'Personal data breach, risk')}: {word(b['breach_risk'], 'risk')}"
    for one in b["drafts"]:
        state = say("godkendt", "approved") if one["approved"] else say("ikke godkendt", "not approved")
        lacks = f"; {say('mangler efter loven', 'lacking by law')}: {', '.join(one['missing'])}" if one["missing"] else ""
        yield f"{say('Udkast', 'Draft')} {NUMBER} {one['number']}, {word(one['report'], 'ReportKind')} ({state}){lacks}"
    for one in b["notices"]:
        yield _notice(one)
    for one in b["waiting"]:
        waits = say("Venter på en anden person", "Waits for a second person")
        yield f"{waits}: {NUMBER} {one['number']} {happened(one['step'])}, {say('senest', 'by')} {_when(one['approve_by'])}"


def _judgement(judged: Json | None) -> Iterator[str]:
    if judged is None:
        yield say("Væsentlighed: ikke vurderet endnu", "Significance: not assessed yet")
        return
    significant = say("væsentlig", "significant") if judged["significant"] else say("ikke væsentlig", "not significant")
    head = f"{say('Vurdering', 'Assessment')} {NUMBER} {judged['number']}: {significant}, {say('kategori', 'category')}"
    yield f"{head} {word(judged['category'], 'Level')}, {_by(judged)}"
    if judged["recommendation"]:
        departs = say(" – beslutningen afviger", " – the decision departs") if judged["departs"] else ""
        yield f"  {say(*OUTCOMES[Outcome(judged['recommendation'])])}{departs}"
        yield from _because(judged)
    elif judged["step"] == "significant-now":
        yield say("  Væsentlig nu: spørgeguiden følger bagefter.", "  Significant now: the question guide follows.")
    elif judged["step"] == "clocks-inherited":
        yield say("  Overtaget fra en anden hændelse: spørgeguiden følger.", "  From another incident: the guide follows.")
    else:
        yield say("  Uden spørgeguiden.", "  Without the question guide.")
    if judged["reason"]:
        yield f"  {fact_name('reason')}: {judged['reason']}"


def _because(judged: Json) -> Iterator[str]:
    guide = GUIDES.get(judged["guide_version"])
    for one in judged["because"]:
        question = guide.by_key.get(one["question"]) if guide else None
        if question is None:
            yield f"  - {one['question']}: {one['answer']}"
        else:
            answer = answer_name(question, one["answer"] or "–")
            yield f"  - {part_name(question.part)}, {question.number}. {question_text(question)} {answer}"


def _approval(b: Json) -> Iterator[str]:
    if b["judgement"] is None:
        return
    approval = b["approval"]
    if approval is None:
        yield say("Vurderingen er ikke godkendt", "The assessment is not approved")
        return
    state = say("Godkendt", "Approved") if approval["approved"] else say("Afvist", "Rejected")
    alone = say(", alene på vagt", ", alone on duty") if approval["alone"] else ""
    words = f": {approval['reason']}" if approval["reason"] else ""
    yield f"{state} {NUMBER} {approval['number']} {say('af', 'by')} {_by(approval)}{alone}{words}"


def _by(act: Json) -> str:
    role = f" ({role_name(act['role'])})" if act["role"] else ""
    return f"{act['actor']}{role} {_when(act['occurred_at'])}"


def _notice(one: Json) -> str:
    parts = [f"{say('Sendt', 'Sent')} {NUMBER} {one['number']}: {word(one['kind'], 'ReportKind')} {_when(one['occurred_at'])}"]
    if one["submission_channel"]:
        parts.append(word(one["submission_channel"], "SubmissionChannel"))
        parts.append(say("kvittering ", "receipt ") + (one["receipt"] or say("mangler", "missing")))
    if one["filed_sha256"]:
        parts.append(f"SHA-256 {one['filed_sha256']}")
    parts += [word(deviation, "Deviation") for deviation in one["deviations"]]
    return ", ".join(parts)


def _text(text: str | None) -> str:
    return text or say("(slettet)", "(erased)")


def _when(text: str | None) -> str:
    return show_time(None if text is None else datetime.fromisoformat(text))
