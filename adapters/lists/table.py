"""Every list by its name, in the order in which they are shown."""

from collections.abc import Mapping

from adapters.lists import rows
from adapters.lists.kinds import CaseList, column
from adapters.words.wording import Words
from domain.errors import NotFoundError

WEEK, MONTH = 7, 31
"""Days: so long that nothing falls between two meetings."""

_CASE = (column("ref", "Hændelse", "Incident"), column("title"))
_WHO = (column("actor"), column("role", values="Role"))
_JUDGED = (
    column("significant"),
    column("nis2_category", values="Nis2Category"),
    column("occurred_at", "Vurderet", "Assessed"),
    column("depth", values="depth"),
    column("reason"),
    column("answers", values="answers"),
    column("guide_version"),
    column("recommendation", values="recommendation"),
    column("because", values="questions"),
    column("departs"),
    column("actor", "Besluttet af", "Decided by"),
    column("role", values="Role"),
    column("verdict", "Ledelsens svar", "Management's answer", "verdict"),
    column("verdict_by", "Svaret af", "Answered by"),
    column("verdict_at", "Svaret", "Answered"),
    column("alone", "Alene på vagt", "Alone on duty"),
    column("second_by", "Godkendt bagefter af", "Approved afterwards by"),
    column("second_at", "Godkendt bagefter", "Approved afterwards"),
    column("close_reason", "Hændelsen lukket som", "Incident closed as", "CloseReason"),
)
_EVALUATED = (
    *_CASE,
    column("severity", values="Severity"),
    column("lacks", "Mangler", "Lacking", "lacks"),
    column("ended_at", "Afsluttet", "Ended"),
    column("text", "Hvad", "What"),
    column("owner"),
    column("due_at"),
    column("overdue", "Over fristen", "Overdue"),
)
_SENT = (
    *_CASE,
    column("kind", "Underretning", "Notice", "notice"),
    column("occurred_at", "Sendt", "Sent"),
    column("channels", "Kanal", "Channel", "SubmissionChannel"),
    column("late", "Efter fristen", "Late"),
    column("approved", "Godkendt", "Approved"),
    column("deviations", values="Deviation"),
    *_WHO,
    column("on_behalf_of"),
    column("form_version"),
    column("filed_sha256"),
    column("receipt"),
)
_ALL = (
    CaseList(
        "not-significant",
        Words("Vurderet som ikke væsentlige", "Judged not significant"),
        Words(
            "Her står hver hændelse, der er vurderet som ikke væsentlig: med svar, begrundelse, guidens version, hvem der "
            "besluttede det, og hvem der godkendte.",
            "Every incident that was judged not significant: with answers, reason, version of the guide, who decided and who "
            "approved.",
        ),
        Words("Vurderet i perioden", "Judged in the period"),
        (*_CASE, *_JUDGED[1:]),
        rows.not_significant,
    ),
    CaseList(
        "judgements",
        Words("Alle vurderinger", "All judgements"),
        Words(
            "Her står hver vurdering, også dem, som en senere vurdering har afløst.",
            "Every judgement, also those that a later one took the place of.",
        ),
        Words("Vurderet i perioden", "Judged in the period"),
        (*_CASE, *_JUDGED),
        rows.judgements,
    ),
    CaseList(
        "breaches",
        Words("Brud på persondatasikkerheden", "Personal data breaches"),
        Words(
            "Her står hvert brud på persondatasikkerheden, anmeldt eller ej (GDPR art. 33, stk. 5).",
            "Every personal data breach, notified or not (GDPR art. 33(5)).",
        ),
        Words("Kendskab til bruddet i perioden", "Awareness of the breach in the period"),
        (
            *_CASE,
            column("risk", values="risk"),
            column("aware_at", "Kendskab til bruddet", "Awareness of the breach"),
            column("data_types", values="data_type"),
            column("data_subjects"),
            column("records"),
            column("nature"),
            column("consequences"),
            column("measures"),
            column("reason"),
            column("authority_told_at", "Datatilsynet underrettet", "Authority told"),
            column("subjects_told_at", "De registrerede underrettet", "Data subjects told"),
            column("exempt", values="exempt"),
            *_WHO,
        ),
        rows.breaches,
    ),
    CaseList(
        "todos",
        Words("Åbne opgaver", "Open tasks"),
        Words(
            "Her står det, der mangler at blive gjort: opgaver, opfølgninger, svar fra leverandører, efterfølgende "
            "godkendelser og ydelser, der ikke virker.",
            "What is still to be done: tasks, follow-ups, answers of suppliers, approvals afterwards and services that do not "
            "work.",
        ),
        Words("Aftalt i perioden", "Agreed in the period"),
        (
            column("owner"),
            column("kind", "Slags", "Kind", "todo"),
            column("text", "Hvad", "What"),
            column("subject", "Om", "About", "step"),
            column("due_at"),
            column("overdue", "Over fristen", "Overdue"),
            *_CASE,
            column("occurred_at", "Aftalt", "Agreed"),
            column("actor", "Aftalt af", "Agreed by"),
        ),
        rows.todos,
    ),
    CaseList(
        "weekly",
        Words("Ugens evaluering", "Weekly evaluation"),
        Words(
            "Her står hændelser, der er håndteret eller lukket de sidste 7 dage uden en efterhændelsesgennemgang, og alle åbne "
            "opfølgninger.",
            "Incidents that were handled or closed in the last 7 days without a post-incident review, and every open "
            "follow-up.",
        ),
        Words("Håndteret eller lukket i perioden", "Handled or closed in the period"),
        _EVALUATED,
        rows.weekly,
        days=WEEK,
    ),
    CaseList(
        "monthly",
        Words("Månedens evaluering", "Monthly evaluation"),
        Words(
            "Her står hændelser, der er håndteret eller lukket de sidste 31 dage, og som mangler gennemgang, grundlæggende "
            "årsag eller RSIT-klasse, og alle åbne opfølgninger.",
            "Incidents that were handled or closed in the last 31 days and lack a review, a root cause or an RSIT class, and "
            "every open follow-up.",
        ),
        Words("Håndteret eller lukket i perioden", "Handled or closed in the period"),
        _EVALUATED,
        rows.monthly,
        days=MONTH,
    ),
    CaseList(
        "recurrence",
        Words("Mulige samlede væsentlige hændelser", "Possibly significant together"),
        Words(
            "Her står hændelser med samme grundlæggende årsag inden for seks måneder, som ingen har taget stilling til samlet. "
            "Et menneske beslutter, om de tilsammen er væsentlige.",
            "Incidents of the same root cause within six months that nobody has considered together. A person decides whether "
            "they are significant together.",
        ),
        Words("Den seneste opdaget i perioden", "The latest detected in the period"),
        (
            column("refs", "Hændelser", "Incidents"),
            column("titles", "Titler", "Titles"),
            column("cause", values="cause"),
            column("cause_key"),
            column("incident_class", values="rsit"),
            column("first_at", "Første opdaget", "First detected"),
            column("last_at", "Seneste opdaget", "Latest detected"),
            column("judged", "Væsentlige hver for sig", "Significant by themselves", "YesNoUnknown"),
        ),
        rows.recurrence,
    ),
    CaseList(
        "notices",
        Words("Underretninger", "Notices"),
        Words(
            "Her står hver underretning, som et menneske har sendt og registreret her. De frivillige står for sig.",
            "Every notice that a person sent and recorded here. The voluntary ones are apart.",
        ),
        Words("Sendt i perioden", "Sent in the period"),
        (*_SENT, column("late_reason")),
        rows.notices,
    ),
    CaseList(
        "voluntary",
        Words("Frivillige underretninger", "Voluntary notifications"),
        Words(
            "Her står frivillige underretninger efter § 14, sendt eller fravalgt. De er undtaget fra aktindsigt.",
            "Voluntary notifications under § 14, sent or declined. They are exempt from access to documents.",
        ),
        Words("Sendt eller fravalgt i perioden", "Sent or declined in the period"),
        (*_SENT, column("reason")),
        rows.voluntary,
    ),
    CaseList(
        "unfiled",
        Words("Dokumenter, der ikke er journaliseret", "Documents that are not filed"),
        Words(
            "Her står det, der er modtaget eller sendt, og endelige interne dokumenter, som ingen har journaliseret i ESDH "
            "(offentlighedsloven § 15). Udkast er ikke med.",
            "What was received or sent, and final internal documents, that nobody has filed in the records system "
            "(offentlighedsloven § 15). Drafts are left out.",
        ),
        Words("Dokumentets dato i perioden", "Date of the document in the period"),
        (
            *_CASE,
            column("number", "Nummer", "Number"),
            column("document", values="document"),
            column("direction", "Retning", "Direction", "direction"),
            column("mark", values="mark"),
            column("occurred_at", "Dato", "Date"),
            *_WHO,
        ),
        rows.unfiled,
    ),
    CaseList(
        "learning",
        Words("Gennemgange og læring", "Reviews and lessons"),
        Words(
            "Her står gennemgange, der er holdt, og det, vi har lært.", "Reviews that were held, and what was learnt from them."
        ),
        Words("Sket i perioden", "Happened in the period"),
        (
            *_CASE,
            column("kind", "Slags", "Kind", "learning"),
            column("area", values="area"),
            column("text", "Hvad", "What"),
            column("occurred_at"),
            *_WHO,
        ),
        rows.learning,
    ),
)
LISTS: Mapping[str, CaseList] = {one.name: one for one in _ALL}


def list_named(name: str) -> CaseList:
    """Raises `NotFoundError` that says which there are."""
    if name not in LISTS:
        raise NotFoundError(f"there is no list {name!r}: use one of {', '.join(LISTS)}")
    return LISTS[name]
