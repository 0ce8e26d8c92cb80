"""What nobody can do: a row for each thing that cannot be meant or is not allowed, and the name under which it is refused."""

from typing import Any, NamedTuple

from tests.scenarios import worlds as w
from tests.scenarios.worlds import ARCHIVIST, BOTH, CHIEF, JUDGE, TECH, World


class Bad(NamedTuple):
    """Who tries what where, and how it is refused."""

    name: str
    world: World
    who: str
    step: str
    fields: dict[str, Any]
    code: str
    status: int = 409


SIGNIFICANT = {"significant": True, "nis2_category": "high"}
NOT = {"significant": False, "nis2_category": "low"}
ASSESSOR, DECIDER, NOTIFIER = f"{JUDGE} as assessor", f"{CHIEF} as decision_maker", f"{JUDGE} as notifier"
HARD = {"q1.event_kind": "incident", "q1.safety": "yes"}
WHY = {"reason": "Vi vidste det før"}
TABLE = (
    # Times.
    Bad(
        "reported in the future",
        w.nothing,
        CHIEF,
        "report",
        {"title": "x", "occurred_at": "2026-11-24 10:00"},
        "in-the-future",
        422,
    ),
    Bad(
        "detected in the future",
        w.nothing,
        CHIEF,
        "report",
        {"title": "x", "detected_at": "2026-11-24 10:00"},
        "in-the-future",
        422,
    ),
    Bad(
        "aware in the future",
        w.approved,
        ASSESSOR,
        "declare-awareness",
        {"aware_at": "2026-11-24 10:00", **WHY},
        "in-the-future",
        422,
    ),
    Bad(
        "aware before detection",
        w.approved,
        ASSESSOR,
        "declare-awareness",
        {"aware_at": "2026-11-24 07:59", **WHY},
        "aware-before-detection",
        422,
    ),
    Bad(
        "aware while not significant",
        w.reported,
        ASSESSOR,
        "declare-awareness",
        {"aware_at": "2026-11-24 08:30", **WHY},
        "assessment-missing",
    ),
    Bad(
        "detected after awareness",
        w.approved,
        TECH,
        "correct",
        {"field": "detected_at", "new": "2026-11-24 09:04", **WHY},
        "aware-before-detection",
        422,
    ),
    Bad(
        "breach before detection",
        w.reported,
        NOTIFIER,
        "breach",
        {"breach_aware_at": "2026-11-24 07:00", "risk": "high"},
        "aware-before-detection",
        422,
    ),
    Bad(
        "breach in the future",
        w.reported,
        NOTIFIER,
        "breach",
        {"breach_aware_at": "2026-11-24 12:00", "risk": "high"},
        "in-the-future",
        422,
    ),
    Bad(
        "detected after the breach was known",
        w.breached,
        TECH,
        "correct",
        {"field": "detected_at", "new": "2026-11-24 08:45", **WHY},
        "aware-before-detection",
        422,
    ),
    Bad(
        "sent in the future",
        w.approved,
        NOTIFIER,
        "early-warning",
        {"suspected_malicious": "no", "cross_border": "no", "occurred_at": "2026-11-25 09:00"},
        "in-the-future",
        422,
    ),
    Bad("a time that is none", w.reported, TECH, "note", {"text": "x", "occurred_at": "i går"}, "unreadable-time", 422),
    # Four eyes.
    Bad("own assessment", w.significant, f"{BOTH} as decision_maker", "approve-assessment", {}, "own-approval"),
    Bad(
        "own draft",
        w.drafted,
        f"{BOTH} as decision_maker",
        "approve-submission",
        {"report": "incident_notification"},
        "own-approval",
    ),
    Bad(
        "own emergency action",
        w.acted_in_an_emergency,
        f"{BOTH} as decision_maker",
        "approve-afterwards",
        {"approved_number": 2},
        "own-approval",
    ),
    Bad("nothing waits", w.approved, DECIDER, "approve-afterwards", {"approved_number": 2}, "nothing-to-approve"),
    Bad("no draft", w.approved, DECIDER, "approve-submission", {"report": "status_report"}, "nothing-to-approve"),
    Bad("not assessed yet", w.reported, DECIDER, "approve-assessment", {}, "assessment-missing"),
    Bad("nothing to reject", w.reported, DECIDER, "reject-assessment", WHY, "assessment-missing"),
    Bad("final before handled", w.drafted, DECIDER, "approve-submission", {"report": "final_report"}, "final-before-handled"),
    # Roles.
    Bad("unknown role", w.reported, "u-1 as borgmester", "assess", SIGNIFICANT, "invalid-fields", 422),
    Bad("role not permitted", w.reported, f"{TECH} as technical_lead", "assess", SIGNIFICANT, "role-not-permitted"),
    Bad(
        "DPO decides nothing",
        w.reported,
        "postkasse:dpo as dpo",
        "breach",
        {"breach_aware_at": "2026-11-24 08:30", "risk": "high"},
        "role-not-permitted",
    ),
    Bad("role not held", w.reported, f"{TECH} as assessor", "assess", SIGNIFICANT, "role-not-held"),
    Bad("no role stated, none held", w.reported, "u-99", "assess", SIGNIFICANT, "role-not-held"),
    Bad(
        "moved later by the assessor",
        w.approved,
        ASSESSOR,
        "declare-awareness",
        {"aware_at": "2026-11-24 09:02", **WHY},
        "awareness-moved-later",
    ),
    # Assessment and guide.
    Bad("not significant without a reason", w.reported, ASSESSOR, "assess", NOT, "reason-missing", 422),
    Bad("departs without a reason", w.reported, ASSESSOR, "assess", {**NOT, "answers": HARD}, "reason-missing", 422),
    Bad(
        "category contradicts",
        w.reported,
        ASSESSOR,
        "assess",
        {"significant": True, "nis2_category": "low"},
        "category-contradicts",
        422,
    ),
    Bad(
        "no such question",
        w.reported,
        ASSESSOR,
        "assess",
        {**SIGNIFICANT, "answers": {"q9.vejret": "yes"}},
        "unknown-question",
        422,
    ),
    Bad(
        "no such answer",
        w.reported,
        ASSESSOR,
        "assess",
        {**SIGNIFICANT, "answers": {"q1.safety": "maaske"}},
        "unreadable-answer",
        422,
    ),
    Bad(
        "no such guide",
        w.reported,
        ASSESSOR,
        "assess",
        {**SIGNIFICANT, "answers": HARD, "guide_version": "2019-1"},
        "unknown-guide",
        422,
    ),
    Bad("significant twice", w.approved, NOTIFIER, "significant-now", {}, "already-significant"),
    Bad(
        "unlikely without a reason",
        w.reported,
        NOTIFIER,
        "breach",
        {"breach_aware_at": "2026-11-24 08:30", "risk": "unlikely"},
        "reason-missing",
        422,
    ),
    # Forms, fields and numbers.
    Bad(
        "no such field of a notice",
        w.approved,
        NOTIFIER,
        "draft-submission",
        {"report": "early_warning", "values": {"vejret": "x"}},
        "unknown-field",
        422,
    ),
    Bad(
        "no such choice in a notice",
        w.approved,
        NOTIFIER,
        "draft-submission",
        {"report": "early_warning", "values": {"cross_border": "måske"}},
        "unreadable-value",
        422,
    ),
    Bad("no such field of a step", w.reported, TECH, "note", {"text": "x", "vejret": "x"}, "invalid-fields", 422),
    Bad("nothing said", w.reported, TECH, "note", {"text": ""}, "invalid-fields", 422),
    Bad("no such measure", w.reported, TECH, "update-measure", {"measure_number": 7, "state": "done"}, "unknown-number", 422),
    Bad("no such task", w.reported, TECH, "task-done", {"task_number": 1}, "unknown-number", 422),
    Bad("no such follow-up", w.reported, TECH, "follow-up-done", {"follow_up_number": 1}, "unknown-number", 422),
    Bad(
        "no such submission", w.reported, ARCHIVIST, "receipt", {"submission_number": 1, "receipt": "V"}, "unknown-number", 422
    ),
    Bad(
        "no such thing to follow",
        w.approved,
        NOTIFIER,
        "early-warning",
        {"suspected_malicious": "no", "cross_border": "no", "follows": 1},
        "unknown-number",
        422,
    ),
    Bad(
        "nothing corrected",
        w.reported,
        TECH,
        "correct",
        {"field": "title", "new": "Mail er nede", **WHY},
        "nothing-to-correct",
        422,
    ),
    Bad("somebody wrote first", w.approved, TECH, "note", {"text": "x", "expected_version": 1}, "version-conflict", 412),
    # Closing and relating.
    Bad("resolved without assessment", w.reported, DECIDER, "close", {"reason": "resolved"}, "assessment-missing"),
    Bad("resolved before handled", w.not_significant, DECIDER, "close", {"reason": "resolved"}, "not-mitigated"),
    Bad("not significant, nobody said so", w.reported, DECIDER, "close", {"reason": "not_significant"}, "assessment-missing"),
    Bad("duplicate of nothing", w.reported, DECIDER, "close", {"reason": "duplicate"}, "duplicate-of-missing"),
    Bad(
        "duplicate of itself",
        w.reported,
        DECIDER,
        "close",
        {"reason": "duplicate", "duplicate_of": "H-2026-0001"},
        "duplicate-of-missing",
    ),
    Bad("closed twice", w.closed, DECIDER, "close", {"reason": "not_an_incident"}, "incident-already-closed"),
    Bad("reopened while open", w.reported, f"{TECH} as technical_lead", "reopen", WHY, "step-not-allowed"),
    Bad(
        "merged into itself",
        w.reported,
        f"{TECH} as technical_lead",
        "merge",
        {"into": "H-2026-0001", **WHY},
        "same-incident",
        422,
    ),
    Bad(
        "merged into a closed one",
        w.two_of_which_one_is_closed,
        f"{TECH} as technical_lead",
        "merge",
        {"into": "H-2026-0001", **WHY},
        "incident-already-closed",
    ),
    Bad("merged into none", w.reported, f"{TECH} as technical_lead", "merge", {"into": "H-2026-0099", **WHY}, "not-found", 404),
    Bad(
        "shared with a stranger",
        w.reported,
        f"{TECH} as technical_lead",
        "share",
        {"entity": "naboby", **WHY},
        "unknown-entity",
        422,
    ),
    Bad(
        "shared with itself",
        w.reported,
        f"{TECH} as technical_lead",
        "share",
        {"entity": "laerkeborg", **WHY},
        "same-entity",
        422,
    ),
    Bad(
        "recurring with nothing",
        w.reported,
        ASSESSOR,
        "recurrence",
        {"others": [], "significant_together": False, **WHY},
        "invalid-fields",
        422,
    ),
    Bad("reported for a stranger", w.nothing, CHIEF, "report", {"title": "x", "entity": "naboby"}, "unknown-entity", 422),
)
