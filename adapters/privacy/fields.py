"""What a field is to a person, by its name: a name means the same in events, tables and documents. A test keeps this complete.

Text that is sealed is found by the models' own marks and need not be listed.
"""

from collections.abc import Mapping
from enum import StrEnum


class Sort(StrEnum):
    """What a field may tell of a person."""

    TEXT = "text"
    """Words of people, names and contact data: sealed from the first byte."""
    ID = "id"
    """The opaque id of a user or a mailbox: a pseudonym, GDPR art. 4(5). Who it is stands elsewhere."""
    CONTACT = "contact"
    """An address to which something is sent."""
    SEALED = "sealed"
    """Ciphertext of words of people, and the wrapped keys that open it."""
    INDIRECT = "indirect"
    """Names of machines, ids and case numbers of other systems: who knows those systems may find a person through them."""


_BY_NAME: Mapping[Sort, str] = {
    Sort.ID: "actor on_behalf_of os_user holder deputies who owner manager done_by verdict_by proposed_by",
    Sort.SEALED: "sealed title_sealed text_sealed ct nonce wrapped",
    Sort.INDIRECT: "component components label source_event_id source_event_ids episode grouped"
    " case_number record_number archive_reference",
}
_BY_TABLE: Mapping[Sort, str] = {
    # The address is part of a mail channel's name, and of what its server says of it.
    Sort.CONTACT: "messages.channel message_channels.name messages.error messages_untold.reason ways.last_error",
    Sort.INDIRECT: "messages.body twins.name touched.name touched.told targets.name targets.short_name",
    Sort.SEALED: "events.state",
}
"""Table and column, where the name alone does not tell."""
SORTS: Mapping[str, Sort] = {
    name: sort for table in (_BY_NAME, _BY_TABLE) for sort, names in table.items() for name in names.split()
}

_NOTHING = """
    access_log act administration administrations_hit aliases alone alone_on_duty answer_by answers approve_by
    approve_submissions approve_within_hours approved approved_number approved_on archive_check area assess_by
    assess_from assess_seconds assess_within_hours assessed assessed_at assigned_role at at_us attempts authority
    authority_told_at availability_target awaiting aware_at because before begins_at body body_sha256 breach_aware_at
    breach_number by_default bytes cancelled categories category causation_id cause cause_key changed_at channel
    channels citizens_affected claimed_type class_at class_number clear_new clear_old clocked close_reason closed
    closed_at combined contact contingency correlation_id cost_dkk count created_at_us criteria critical
    critical_service_down_minutes cross_border cursor cvr data_subjects data_subjects_within_hours data_types dated
    day dead_letters deadlines decision degree demo departs depth description despite_infection detected_at deviations
    differs direction discharged_at disposed disposition document document_number documents done_at done_at_us draft
    dropped due_at dues duplicate_of effect_at effective_from ends_at ends_on entities entity error error_at_us events
    evidence_number examples exempt exemption exercise expected_minutes facts field filed_at filed_sha256 first
    first_at flags follow_up_number follows form_set form_version format found_at four_eyes from_incident gone ground
    group guide_version handled handled_at hashes held_at high hosting id impact impact_urgency in_maintenance
    incident incident_class incident_files incident_id incidents info into ir_2024_2690 is_open items judged_number
    kernel_dropped key kid kind kinds last last_at last_error last_message_at_us last_seq late leaf left_out
    legal_basis letters level list_sha256 logs low mapping mark measure_number media_type medium merged_into meta
    minute minutes missed missing month n name need next_at_us next_due_at next_duty nis2_category note noted_at_us
    notice_order notified notified_at notify_seconds number occurred_at of one open_incidents opens_as originator_id
    originator_version other others outside override paragraph passed path payload payload_sha256 payload_sha256s
    payloads period periods personal_data phases place policy position positions prefix processor proposal_number
    proposed_at proposed_class proved put_aside reason receipt_at receipt_sha256 recipients_within_hours
    recommendation recorded_at recorded_at_us records records_exposed redacted_number redacted_sha256 reference
    references refs register_name registered_at relation repeats report report_position report_sha256 reports
    respond_minutes restoration_order restore_minutes retained_until retired review review_by risk role rows rule
    rules rung scan send_by sent sent_at sent_at_us sent_messages service service_class services set_id settled
    severities severity sha256 signal_category signal_count signals signature_header signed_at_us significant
    significant_incident_files significant_together since size sort source sources staff_unable_to_work stage state
    status statuses statutory stored stored_at stream stream_created subject subjects_told_at submission_channel
    submission_number supplier suppliers suspected_malicious system tags task_number tell_by text_version then
    third_party threat thresholds tie title title_field title_version to to_role to_track token_sha256 told_at
    told_at_us told_by tolerable_downtime_minutes topic treated_on trigger_name triggered_at triggers trust_service
    upto urgency valid_from valid_until value verdict verdict_at verdict_number verdict_role version vkey voluntary
    vulnerable_citizens_affected waiting waits warned_at way weight what with_keys withheld worked_at_us
    worst_severity year zip_bytes zip_sha256 zone
    encrypted files from_position house manifest_sha256 problem with_backup
    access_checked days_kept every_hours expected file folder kept_days list_name min_bytes min_lines mode pattern problems
    readers trouble written_at
    by column counts file_sha256 import_number kept kind_column left object_id register_missing separator source_wins
    ties undone value_sha256 values
    business_critical objects read_at_us
"""
NOTHING: frozenset[str] = frozenset(_NOTHING.split())
"""Names of what tells nothing of a person: keys, numbers, times, names of things, services and companies."""


def sort_of(table: str, name: str) -> Sort | None:
    """What a column, or a field of `table` or document, is to a person; None: nothing. Raises `LookupError` if nobody said."""
    found = SORTS.get(f"{table}.{name}") or SORTS.get(name)
    if found is None and name not in NOTHING:
        raise LookupError(f"{table}.{name}: say in {__name__} what it is to a person")
    return found
