"""Every requirement of KL's two documents, R001 to R213, and what shows it.

A row has tests (`path::name`), CONTEXT where it asks nothing of the product, or the later subject that will show it; or it has
both: the tests show what is there, the subject brings the rest.
"""

from collections.abc import Mapping
from typing import Final

CONTEXT: Final = "context"
SUBJECTS: Final = frozenset({"audit", "services", "web", "alerts"})
OF_KIND_C: Final = frozenset(["R001", "R006", "R008", "R009", "R015", "R028", "R097", "R169", "R170", "R206", "R207", "R213"])
"""Rows that shape the product and ask nothing of it."""

_S, _D, _W = "tests/scenarios/test_", "tests/domain/test_", "tests/adapters/web/test_"
M1 = f"{_S}medium_1.py::test_the_team_acts_without_approval_and_every_duty_is_met_from_discovery_to_closing"
M2 = f"{_S}medium_2.py::test_management_assesses_in_four_hours_and_the_appointed_coordinator_notifies_until_closing"
M3 = f"{_S}medium_3.py::test_a_call_at_night_is_acted_upon_in_the_morning_by_the_coordinator_until_closing"
LARGE = f"{_S}large.py::test_an_incident_of_one_administration_is_its_own_coordinators_from_discovery_to_closing"
CENTRAL = f"{_S}large.py::test_an_incident_across_administrations_is_central_its_and_no_administrations"
SMALL = f"{_S}small.py::test_whoever_is_alone_on_duty_approves_their_own_and_the_second_person_approves_afterwards"
RANSOM = f"{_S}ransomware.py::test_both_regimes_run_in_parallel_and_neither_waits_for_the_other"
LIGHT = f"{_S}shared_service_down.py::test_an_outage_that_is_not_ours_and_not_significant_is_closed_lightly_with_its_reason"
SHARED = f"{_S}shared_service_down.py::test_a_significant_outage_that_is_not_ours_is_notified_in_time_and_then_closed_lightly"
VOLUNTARY = f"{_S}near_miss.py::test_a_voluntary_notice_is_sent_early_and_stays_told_apart_from_the_duty"
DECLINED = f"{_S}near_miss.py::test_a_voluntary_notice_that_was_considered_and_declined_is_on_record_with_its_reason"
DOWNGRADE = f"{_S}downgrade.py::test_a_downgrade_stops_each_clock_with_its_reason_and_the_withdrawal_is_sent"
RUNNING = f"{_S}still_running.py::test_the_status_report_takes_the_final_ones_place_and_a_second_month_follows_the_handling"
VIRK = f"{_S}virk_unreachable.py::test_the_other_channel_meets_the_duty_and_the_filing_on_virk_is_linked_to_it"
THREE = f"{_S}three_entities.py::test_a_supplier_incident_is_each_entitys_own_and_the_supplier_may_notify_on_behalf"
CLOSING = f"{_S}bad_input.py::test_nothing_is_closed_over_an_open_duty"
REFUSED = f"{_S}bad_input.py::test_it_is_refused_by_name_and_nothing_changes"
DEVIATING = f"{_S}deviations.py::test_it_is_recorded_with_how_it_departs_and_never_refused"
PHASES = f"{_S}own_choices.py::test_the_seven_phases_are_the_default_and_a_municipality_may_show_its_own"
EXAMPLES = f"{_S}own_choices.py::test_own_examples_of_the_three_criteria_are_kept_and_none_are_invented"
WITH_REASON = f"{_S}own_choices.py::test_a_policy_is_changed_only_with_its_reason"
CHANNELS = f"{_S}own_choices.py::test_an_incident_is_discovered_through_any_channel_in_a_few_words"
HEARING = f"{_S}own_choices.py::test_the_hearing_before_the_public_is_told_and_what_was_decided_are_on_record"
THREAT = f"{_S}own_choices.py::test_advice_against_a_threat_is_another_duty_than_telling_of_the_effect"
CATALOGUED = f"{_W}catalogue_forms.py::test_every_kind_is_registered_by_its_own_form"
TIED = f"{_W}catalogue_forms.py::test_objects_are_tied_from_either_end_by_name_and_untied_again"
CLASS_FORM = f"{_W}catalogue_forms.py::test_a_class_is_proposed_by_one_and_approved_by_another"
BOARD_PAGE = f"{_W}catalogue_forms.py::test_the_board_approves_the_list_that_stands_there"
PLAN_PAGE = f"{_W}catalogue_forms.py::test_a_plans_file_is_kept_with_its_date_and_fetched_also_as_it_was"
RESTORED = f"{_W}catalogue_page.py::test_services_stand_first_as_they_are_restored_with_what_is_open"
OBJECT_PAGE = f"{_W}catalogue_page.py::test_an_object_tells_what_it_is_why_and_what_it_hangs_together_with"
WHAT_IF_PAGE = f"{_W}catalogue_page.py::test_it_is_said_what_fails_with_an_object_and_what_has_hit_it"
LEARNING = f"{_S}own_choices.py::test_learning_names_what_is_to_change_and_a_person_decides_on_recurrence"

CASE_1 = f"{_S}case_1.py::test_an_alert_on_a_server_is_in_the_boards_report_of_the_service"
CASE_2 = f"{_S}case_2.py::test_the_list_of_critical_systems_is_usable_offline_and_an_extract_tells_helpers_no_secret"
CASE_3 = f"{_S}case_3.py::test_the_map_of_a_service_shows_all_that_it_stands_on_and_what_is_hit_now"
UPWARD = f"{_S}case_3.py::test_the_shortest_way_from_the_server_to_the_service_is_the_explanation"
CASE_4 = f"{_S}case_4.py::test_a_plan_names_its_services_a_class_its_reason_and_the_board_approves_the_list"
LIST_READ = f"{_S}case_4.py::test_the_board_approves_the_list_that_it_read_and_no_other"
CASE_5 = f"{_S}case_5.py::test_the_lists_are_there_each_night_and_only_released_on_record"
LIST_PROBLEMS = f"{_D}emergency_lists.py::test_each_problem_is_named_the_worst_first"
LIST_READERS = f"{_D}emergency_lists.py::test_a_file_may_permit_less_and_belongs_to_those_named"
LIST_RELEASED = f"{_D}emergency_lists.py::test_a_release_says_to_whom_and_why_and_which_file"

_P = "tests/adapters/pack/test_"
PACK = f"{_P}making.py::test_it_holds_what_is_needed_without_power_and_network"
EXTRACT = f"{_P}making.py::test_the_extract_for_emergency_services_tells_nothing_in_confidence"
LAPTOP = (
    "tests/adapters/pack/test_continuing.py::test_the_laptop_goes_on_and_the_old_house_stays_read_only_until_somebody_decides"
)
IN_FORCE = f"{_D}deadlines.py::test_the_rules_in_force_on_the_danish_date_of_awareness_decide"
SAME_START = f"{_D}deadlines.py::test_warning_and_notification_run_24_and_72_elapsed_hours_from_the_same_awareness"
MONTH = f"{_D}deadlines.py::test_the_final_report_falls_due_a_calendar_month_after_the_notification_was_sent"
INTERNAL = f"{_D}deadlines.py::test_the_internal_limit_runs_four_hours_from_registration_and_is_not_the_laws"
TWO_PARTS = f"{_D}guide_questions.py::test_the_quick_part_has_its_thirteen_numbers_and_the_full_part_its_twenty_eight"
TEN = f"{_D}guide_questions.py::test_the_quick_part_asks_ten_questions_and_offers_the_rest"
SCREENS = f"{_D}guide_questions.py::test_the_municipalities_own_criteria_point_to_questions_that_there_are"
DECISION = f"{_D}guide_recommendations.py::test_each_row_of_the_decision_rule"
ENOUGH = f"{_D}guide_recommendations.py::test_one_hard_answer_is_enough"
THRESHOLD = f"{_D}guide_recommendations.py::test_at_the_municipality_s_own_threshold_one_is_enough_and_below_it_aggravates"
OPENS = f"{_D}guide_recommendations.py::test_what_the_answers_open"
BORDER = f"{_D}guide_recommendations.py::test_the_early_warning_is_told_of_other_countries"
ORDERLESS = f"{_D}guide_properties.py::test_the_order_of_the_answers_does_not_matter"
KEPT_ANSWERS = (
    f"{_D}incident_guide.py::test_the_recommendation_and_the_questions_that_weighed_are_recorded_with_the_guide_in_force"
)
DEPARTS = f"{_D}incident_guide.py::test_whoever_departs_from_the_recommendation_writes_why"
TABLE = f"{_D}incident_transitions.py::test_every_row_names_its_paragraph_and_itself_in_both_languages"
SECURITY_TICKET = f"{_D}intake_rules.py::test_a_security_ticket_opens_a_severe_incident_whatever_its_priority"
TICKETED = "tests/adapters/intake_formats/test_mapped.py::test_a_call_of_a_ticket_system_is_read_by_its_mapping"
MAILED_IN = "tests/adapters/web/test_signals.py::test_a_mail_waits_with_its_words_until_somebody_opens_an_incident_from_it"
RIGHTS = f"{_D}incident_permissions.py::test_every_role_has_something_to_do"
ADVISERS = f"{_D}incident_permissions.py::test_advisers_decide_nothing"
BESIDE = f"{_D}incident_permissions.py::test_a_role_assigned_in_the_incident_counts_beside_those_of_the_organisation"
LACKS = f"{_D}organisation_warnings.py::test_each_lack_is_a_warning_of_its_own"
OWN_HOLDERS = f"{_D}organisation.py::test_an_administrations_holders_go_before_the_entitys_and_deputies_count_as_holders"
EMERGENCY = f"{_D}incident_approvals.py::test_an_emergency_action_waits_for_nobody_and_is_approved_afterwards"
DRAFTS = f"{_D}incident_approvals.py::test_a_draft_is_approved_by_a_second_person_before_it_is_sent"
WEIGHED = f"{_D}incident_duties.py::test_impact_and_urgency_give_the_severity_where_the_policy_asks_them"
BREACHES = f"{_D}incident_duties.py::test_a_breach_that_is_not_notified_is_documented_with_its_reason"
CSIRT = f"{_D}incident_duties.py::test_the_csirt_s_answer_is_awaited_and_keeps_nobody_from_closing"
TELL = f"{_D}incident_duties.py::test_recipients_are_owed_word_once_it_is_known_who_is_affected"
SUPPLIER = f"{_D}incident_work.py::test_a_supplier_owes_an_answer_until_they_report"
MEASURES = f"{_D}incident_work.py::test_a_measure_has_the_state_it_was_brought_to"
TESTED = f"{_D}incident_work.py::test_a_service_goes_live_untested_only_with_a_deviation"
CONTINGENCY = f"{_D}incident_work.py::test_contingency_is_active_until_it_ends"
FOLLOW_UPS = f"{_D}incident_work.py::test_tasks_and_follow_ups_are_open_until_they_are_done"
LEDGER = "tests/handlers/test_checkpoints.py::test_each_checkpoint_names_the_tree_and_holds_the_one_before"
TAMPERED = "tests/adapters/event_store/audit/test_tampering.py::test_a_changed_column_is_named"
TOMBSTONE = "tests/adapters/cli/test_erase.py::test_a_disposed_incident_leaves_a_tombstone_in_the_lists"
FILED = f"{_W}records.py::test_the_records_system_gets_each_document_as_pdf_a_and_the_access_codes_in_json_and_xml"
REQUIRED = f"{_D}submission_fields.py::test_what_the_law_requires_of_a_notice_is_required_and_nothing_else"
TWO_FACTS = f"{_D}submission_completeness.py::test_two_answers_make_an_early_warning_complete_and_not_known_yet_is_one"
MISSING = f"{_D}submission_completeness.py::test_of_an_empty_notice_all_that_the_law_requires_is_missing"
PREFILLED = f"{_D}submission_prefill.py::test_what_was_registered_and_assessed_is_enough_for_an_early_warning"
DOCUMENTED = f"{_D}submission_prefill.py::test_what_was_documented_is_enough_for_a_final_report"
OUTSIDE = f"{_D}submission_prefill.py::test_a_cause_outside_leaves_nothing_own_to_evaluate"
FROZEN = f"{_D}submission_frozen.py::test_what_was_filed_has_one_byte_form"
CARD = "tests/adapters/reports/test_action_card.py::test_steps_are_numbered_and_tell_their_paragraph_and_what_is_needed"
ROLE_CARD = "tests/adapters/reports/test_action_card.py::test_each_role_has_its_page_with_its_name_track_and_task"
SHEET = (
    "tests/adapters/reports/test_sheet.py"
    "::test_every_kind_of_notice_has_a_sheet_that_says_what_it_is_and_that_nothing_was_submitted"
)
RUNGS = "tests/handlers/test_deadline_watch.py::test_the_internal_limit_has_two_rungs_and_is_no_miss"
AS_KNOWN = "tests/handlers/test_desk.py::test_replay_shows_the_incident_as_of_a_recorded_time_or_a_position"
NOTICE = f"{_W}notices.py::test_a_notice_goes_from_the_log_to_draft_approval_and_receipt"
FILED = f"{_W}records.py::test_the_records_system_gets_each_document_as_pdf_a_and_the_access_codes_in_json_and_xml"
PENDING = "tests/handlers/test_records.py::test_a_draft_is_never_owed_and_a_note_in_words_files_nothing_for_certain"
MARKED = f"{_W}notices.py::test_the_page_is_filled_in_from_the_log_and_marks_what_the_law_wants"
ON_VIRK = f"{_W}notices.py::test_the_fields_are_in_the_order_that_the_municipality_sees_on_virk"
THEN = f"{_W}notices.py::test_a_later_correction_is_beside_what_was_filed_and_not_a_difference_of_then"
ASKED = f"{_W}guide_page.py::test_the_page_asks_every_question_of_both_parts_and_offers_not_knowing"
SHOWN = f"{_W}guide_page.py::test_the_recommendation_is_shown_with_reasons_and_paragraphs_and_records_nothing"
AGAIN = f"{_W}guide_page.py::test_a_reassessment_begins_with_the_last_answers_and_the_exercise_is_stamped"
IN_PHASES = f"{_W}incident_page.py::test_steps_stand_in_the_phases_of_the_policy_with_track_and_paragraph"
JUDGED = (
    "tests/projections/test_casework.py::"
    "test_an_incident_judged_not_significant_is_listed_with_answers_reason_guide_decider_and_approval"
)
EVERY_BREACH = (
    "tests/projections/test_casework.py::test_every_breach_is_in_the_register_by_its_last_registration_and_the_history_stays"
)
EVALUATED = f"{_W}lists.py::test_the_evaluation_lists_say_what_an_ended_incident_lacks_and_which_follow_ups_are_open"
SAME_CAUSE = f"{_W}lists.py::test_the_same_cause_twice_is_one_row_until_a_person_considered_both"
PHONE = f"{_W}pages.py::test_three_fields_report_an_incident_in_danish_time"
SPEED = (
    "tests/projections/test_reporting.py"
    "::test_times_are_whole_seconds_as_told_from_report_to_assessment_and_from_awareness_to_notification"
)
BY_SERVICE = (
    "tests/projections/test_reporting.py::test_an_incident_counts_once_for_the_organisation_and_once_for_each_of_its_services"
)
_CLI = "tests/adapters/cli/test_catalogue.py::test_"
BOARD = f"{_CLI}the_board_approves_the_list_and_later_sees_what_is_different"
CLASSED = f"{_CLI}an_object_is_shown_with_class_reason_ties_both_ways_and_history"
EYES = f"{_CLI}four_eyes_decide_on_a_class"
PLAN_FILE = f"{_CLI}a_plans_file_goes_in_sealed_and_comes_out_as_it_was"
STARTER = "tests/adapters/catalogue/test_file.py::test_the_starter_catalogue_makes_a_catalogue_whose_classes_wait_for_four_eyes"
PICKED = f"{_W}impact.py::test_services_are_picked_from_the_catalogue_and_others_can_be_written"
MAPPED = f"{_W}map_page.py::test_the_page_shows_picture_table_and_what_is_hit_now"
MAP_OF_ALL = f"{_W}map_page.py::test_all_critical_services_have_a_map_and_without_any_it_is_said"
MAP_IS_WHOLE = "tests/adapters/maps/test_maps.py::test_a_service_s_map_has_all_that_it_stands_on_and_its_plan_and_nothing_else"
MAP_IN_WORDS = "tests/adapters/maps/test_maps.py::test_the_table_tells_the_same_as_the_picture"
HITS = f"{_W}impact.py::test_the_page_names_services_class_path_and_the_severity_that_follows_but_changes_nothing"
HAS_HIT = f"{_W}impact.py::test_what_if_an_object_fails_and_what_has_hit_it"
HIT_AS_SAID = "tests/domain/catalogue/test_impact.py::test_any_landscape_fails_as_the_rules_say"
OPEN_SERVICES = (
    "tests/projections/test_register.py"
    "::test_a_service_shows_the_worst_of_its_open_incidents_through_correction_closing_and_reopening"
)
SILENT_SOURCE = "tests/handlers/test_silences.py::test_each_silence_goes_out_once_on_each_channel_and_the_next_one_again"
ALARM = "tests/handlers/test_intake.py::test_a_severe_alert_opens_an_incident_that_knows_where_it_came_from"
MAIL = "tests/adapters/channels/test_channels.py::test_a_mail_says_in_danish_what_is_owed_until_when_and_links_to_the_incident"

REQUIREMENTS: Final[Mapping[str, tuple[str, ...]]] = {
    # S4 Forord and Baggrund
    "R001": (SMALL, M1, M2, M3, LARGE),
    "R002": (WITH_REASON, DEPARTS, REFUSED, JUDGED),
    "R003": (THREE, CLOSING),
    "R004": (M2, CENTRAL),
    "R005": (RIGHTS, OWN_HOLDERS, WITH_REASON),
    "R006": (CONTEXT,),
    "R007": (RANSOM,),
    "R008": (CONTEXT,),
    "R009": (CONTEXT,),
    "R010": (CARD, PHASES),
    "R011": (IN_FORCE,),
    "R012": ("services",),
    "R013": (SUPPLIER, "services"),
    "R014": (THREE, f"{_W}organisation.py::test_what_is_sent_is_recorded_and_read_again_with_its_version"),
    "R015": (CONTEXT,),
    # 4.1 Incident handling
    "R016": (TABLE, CARD, M1),
    "R017": (M1, CLOSING),
    "R018": (SAME_START, MONTH, REQUIRED),
    "R019": (VOLUNTARY, DECLINED),
    "R020": (M1, M2, RUNGS),
    "R021": (INTERNAL, M2),
    "R022": (LARGE, WITH_REASON),
    "R023": (TABLE, M1),
    "R024": (RIGHTS, ROLE_CARD, REFUSED),
    "R025": (M1, LEARNING),
    "R026": (TESTED, THREE, CONTINGENCY),
    "R027": (PHONE, "web"),
    "R028": (CONTEXT,),
    # 4.2 What is an incident
    "R029": (TEN, DECISION),
    "R030": (M2, RANSOM, SHARED),
    "R031": (M2,),
    "R032": (M1, RANSOM),
    "R033": (SHARED, THREE),
    "R034": (M3,),
    "R035": (OPEN_SERVICES, "services"),
    "R036": (DECISION, LIGHT, DOWNGRADE),
    "R037": (ENOUGH, THRESHOLD),
    "R038": (ENOUGH, M3),
    "R039": (INTERNAL, RUNGS, SPEED),
    "R040": (TWO_PARTS, DECISION, ASKED, SHOWN),
    "R041": (VOLUNTARY,),
    "R042": (DECLINED, OPENS),
    "R043": (VOLUNTARY,),
    "R044": (VOLUNTARY, "alerts"),
    # 4.3 Organisation and roles
    "R045": (M1, M2, LARGE),
    "R046": (RIGHTS, M3),
    "R047": (LACKS, SMALL),
    "R048": (M2, OWN_HOLDERS, LACKS),
    "R049": (ROLE_CARD, CARD),
    "R050": (RANSOM,),
    "R051": (RANSOM, RIGHTS),
    "R052": (ROLE_CARD, M1, M3),
    "R053": (ROLE_CARD, M1, M3),
    "R054": (SMALL, M3, LACKS),
    # 4.4 Process
    "R055": (PHASES, M1),
    "R056": (PHASES, IN_PHASES),
    "R057": (CHANNELS, ALARM),
    "R058": (CHANNELS, PHONE),
    "R059": (M2, M3, PHONE),
    "R060": (CHANNELS,),
    "R061": (TEN, M1, ASKED),
    "R062": (TEN, SCREENS),
    "R063": (RANSOM, M2, M3),
    "R064": (M2, DECISION, OPENS),
    "R065": (TWO_PARTS, M2, ASKED),
    "R066": (TWO_PARTS, THRESHOLD),
    "R067": (SUPPLIER, M3, LIGHT),
    "R068": (KEPT_ANSWERS, M2),
    "R069": (REQUIRED, MISSING, M1),
    "R070": (REQUIRED, PREFILLED, MARKED),
    "R071": (SHEET, VIRK, M1, ON_VIRK, NOTICE),
    "R072": (FROZEN, AS_KNOWN, RANSOM, NOTICE, THEN),
    "R073": (TELL, M1),
    "R074": (TELL, M1),
    "R075": (M1, THREAT),
    "R076": (THREAT, M1),
    "R077": (M1, RANSOM),
    "R078": (MEASURES, M2),
    "R079": (THREE, M3),
    "R080": (MEASURES, M2),
    "R081": (M2, TESTED),
    "R082": (M1, RUNNING),
    "R083": (LEARNING, M1),
    "R084": (M1, M2, SPEED, EVALUATED),
    "R085": (M1, CLOSING),
    # 4.5 Assessing significance
    "R086": (ORDERLESS, DECISION, KEPT_ANSWERS),
    "R087": (REFUSED, MISSING),
    "R088": (SPEED, SAME_CAUSE),
    "R089": (RUNGS, CARD, MAIL),
    "R090": (CSIRT, M1),
    "R091": (HEARING,),
    "R092": (TEN, DECISION),
    "R093": (M3, SMALL, TWO_FACTS),
    "R094": (TEN, ASKED),
    "R095": (TWO_PARTS, KEPT_ANSWERS, AGAIN),
    "R096": (ROLE_CARD, CARD, IN_PHASES),
    "R097": (CONTEXT,),
    # Bilag 4a
    "R098": (TABLE, IN_FORCE),
    "R099": (TABLE, CARD),
    "R100": (SAME_START, CLOSING, DEVIATING),
    "R101": (SAME_START, MONTH, REQUIRED),
    "R102": (VOLUNTARY,),
    "R103": (TELL, M1),
    "R104": (M1, TABLE),
    "R105": (EXAMPLES, ENOUGH),
    "R106": (TWO_FACTS, REQUIRED),
    "R107": (REQUIRED, MISSING),
    "R108": (REQUIRED, MISSING, DOCUMENTED),
    "R109": (THREE,),
    "R110": (VOLUNTARY,),
    "R111": (BORDER, TWO_FACTS),
    # Bilag 4b: medium municipality 1
    "R112": (M1,),
    "R113": (M1, ALARM, SILENT_SOURCE),
    "R114": (M1, TICKETED),
    "R115": (M1, TICKETED),
    "R116": (DECISION, M1),
    "R117": (SECURITY_TICKET,),
    "R118": (EMERGENCY, M1),
    "R119": (LARGE, "alerts"),
    "R120": (M1, RANSOM),
    "R121": (M1, DOCUMENTED, THEN),
    "R122": (M1, FOLLOW_UPS),
    "R123": (M1, DRAFTS),
    "R124": (RUNNING,),
    # Medium municipality 2
    "R125": (M2,),
    "R126": (M2, BESIDE, FILED),
    "R127": (M2, CHANNELS),
    "R128": (PHONE, "alerts"),
    "R129": (M2,),
    "R130": (M2, EVALUATED),
    "R131": (M2, EVALUATED),
    "R132": (M2, INTERNAL),
    "R133": (SCREENS,),
    "R134": (DECISION, M2),
    "R135": (M2, BESIDE),
    "R136": (M2, TWO_FACTS, PREFILLED, MARKED, FILED),
    "R137": (M2, PENDING),
    "R138": (M2, DRAFTS, DOCUMENTED),
    # Medium municipality 3
    "R139": (M3,),
    "R140": (CHANNELS, MAILED_IN),
    "R141": (M3,),
    "R142": (PHONE, CHANNELS),
    "R143": (M3,),
    "R144": (M3, BREACHES, MAILED_IN, EVERY_BREACH, FILED),
    "R145": (M3,),
    "R146": (M3, PENDING),
    "R147": (M3, SHARED),
    "R148": (LIGHT, SHARED, OUTSIDE),
    # Large municipality
    "R149": (CENTRAL,),
    "R150": (LARGE, CENTRAL, OWN_HOLDERS),
    "R151": (THREE, SUPPLIER),
    "R152": (LARGE, ALARM, TICKETED),
    "R153": (LARGE, WEIGHED, SECURITY_TICKET),
    "R154": (LARGE,),
    "R155": (SCREENS, LARGE),
    "R156": (LARGE, CENTRAL),
    "R157": (SAME_START, LARGE),
    "R158": (LARGE, MONTH, DOCUMENTED),
    "R159": (LARGE, DRAFTS),
    # Bilag 4c: roles in detail
    "R160": (LACKS, ROLE_CARD, SMALL),
    "R161": (M1, CHANNELS, REFUSED),
    "R162": (M1, M2, RANSOM),
    "R163": (SUPPLIER, M3),
    "R164": (TESTED, RANSOM, M1),
    "R165": (M1, KEPT_ANSWERS, REFUSED),
    "R166": (M1, RUNNING, VIRK),
    "R167": (M1, LEARNING, FOLLOW_UPS, LEDGER, TAMPERED, FILED, TOMBSTONE, "audit"),
    "R168": (M1, RANSOM, CONTINGENCY),
    # S0: cases of digital preparedness
    "R169": (CONTEXT,),
    "R170": (CONTEXT,),
    "R171": (BY_SERVICE, CASE_1),
    "R172": (STARTER, CATALOGUED, CASE_1),
    "R173": (OPEN_SERVICES, PICKED),
    "R174": (BY_SERVICE, CASE_1),
    "R175": (HAS_HIT, CATALOGUED, CASE_1),
    "R176": (HITS, HIT_AS_SAID, UPWARD, TIED, WHAT_IF_PAGE),
    "R177": (BY_SERVICE, CASE_1),
    "R178": (CASE_1,),
    "R179": (CASE_2, PACK),
    "R180": (BOARD, CASE_2, PACK, RESTORED),
    "R181": (CASE_2, EXTRACT),
    "R182": (CASE_2, PACK),
    "R183": (CASE_3, UPWARD, MAPPED, WHAT_IF_PAGE),
    "R184": (CASE_3, MAP_IS_WHOLE, OBJECT_PAGE),
    "R185": (CASE_3, MAPPED, MAP_OF_ALL),
    "R186": (CASE_3, MAP_IN_WORDS),
    "R187": (CLASSED, CASE_3, MAP_IS_WHOLE, OBJECT_PAGE),
    "R188": (BOARD, LIST_READ, BOARD_PAGE),
    "R189": (PLAN_FILE, CASE_4, PLAN_PAGE),
    "R190": (EYES, STARTER, CASE_4, CLASS_FORM),
    "R191": (PLAN_FILE, CASE_4, OBJECT_PAGE),
    "R192": (CLASSED, EYES, CASE_4, CLASS_FORM),
    "R193": (STARTER, CASE_4),
    "R194": (BOARD, LIST_READ, CASE_4, BOARD_PAGE),
    "R195": (CASE_5,),
    "R196": (CASE_5, LIST_PROBLEMS),
    "R197": (CASE_5, LIST_PROBLEMS),
    "R198": (CASE_5, LIST_READERS, LIST_RELEASED),
    "R199": (CASE_5, LIST_RELEASED, LAPTOP),
    "R200": (CASE_5, LIST_RELEASED),
    "R201": ("alerts",),
    "R202": ("alerts",),
    "R203": ("alerts",),
    "R204": ("alerts",),
    "R205": ("alerts",),
    # Remaining lines
    "R206": (CONTEXT,),
    "R207": (TABLE, CARD, IN_PHASES),
    "R208": ("web",),
    "R209": (TELL, M1),
    "R210": (DECISION, ORDERLESS),
    "R211": (ADVISERS, CHANNELS, M3),
    "R212": ("services", "alerts"),
    "R213": (ROLE_CARD,),
}
