"""What was answered and written about the first incident: the guide, the notices, and the one to Datatilsynet."""

QUICK = {
    "q1.event_kind": "incident",
    "q1.cia": "availability.integrity",
    "q1.critical_service": "yes_happened",
    "q1.disruption_now": "serious",
    "q1.disruption_worst": "total",
    "q1.safety": "yes",
    "q1.data": "yes_possible",
    "q1.data_types": "cpr.health",
    "q1.data_damage": "unknown",
    "q1.malicious": "yes_inside",
    "q1.spread": "none",
    "q1.economy": "unknown",
    "q1.others": "yes_possible",
    "q1.supplier": "no",
}
"""The quick look at 02:31."""
QUICK_WORDS = {
    "q1.critical_service": "Hjemmepleje og medicin.",
    "q1.safety": "1.900 borgere får hjælp til medicin. Uden lister kan de få forkert medicin eller ingen.",
}

FULL = QUICK | {
    "q1.data_damage": "yes_possible",
    "q1.economy": "yes_possible",
    "q2.end": "no",
    "q2.services": "society_critical",
    "q2.duration_so_far": "540",
    "q2.duration_expected": "2280",
    "q2.degree": "barely",
    "q2.workaround": "limited",
    "q2.workaround_hours": "48",
    "q2.users_citizens": "1900",
    "q2.users_vulnerable": "1400",
    "q2.users_estimated": "yes",
    "q2.users_staff": "0",
    "q2.area": "whole",
    "q2.administrations": "1",
    "q2.other_entities": "no",
    "q2.damage_done": "none",
    "q2.damage_possible": "considerable_realistic",
    "q2.damage_possible_kinds": "physical",
    "q2.data_types": "cpr.health",
    "q2.data_subjects": "1900",
    "q2.data_amount": "unknown",
    "q2.data_event": "unavailable",
    "q2.gdpr_risk": "possible",
    "q2.cost_operation": "250000",
    "q2.cost_recovery": "400000",
    "q2.cost_claims": "0",
    "q2.cause": "malicious-actions",
    "q2.cause_third_party": "no",
    "q2.threat_type": "malicious-code",
    "q2.vulnerability": "no",
    "q2.cross_border": "no",
    "q2.recipients": "yes",
    "q2.recurrence": "no",
}
"""The full assessment, the next forenoon."""
FULL_WORDS = QUICK_WORDS | {
    "q2.chronology": "Alarm kl. 02.07. Serveren taget af nettet kl. 02.14. Nødlister i brug fra kl. 03.10.",
    "q2.systems": "Omsorgsjournalen med medicinmodulet.",
    "q2.iocs": "Filendelsen .laerk og en ukendt tjeneste på srv-omsorg-01.",
    "q2.mitigation": "Serveren er isoleret. Den bliver sat op på ny og data lagt tilbage.",
    "q2.uncertainty": "Om data er kopieret ud. Loggen fra firewallen bliver gennemgået i aften.",
}

NOTIFICATION = {
    "summary": "Ransomware på én server. Medicinlister var utilgængelige i 38 timer. Ingen borgere kom til skade.",
    "suspected_malicious": "yes",
    "cross_border": "no",
    "severity": "high",
    "impact": "Hjemmepleje og medicin: medicinlister kunne ikke åbnes i 38 timer; nødlister blev brugt.",
    "indicators": "Filendelsen .laerk og en ukendt tjeneste på srv-omsorg-01",
}
"""The incident notification, in the fields of the form."""
FINAL = NOTIFICATION | {
    "root_cause": "Ondsindet handling: en servicekonto uden flerfaktor blev misbrugt.",
    "mitigation.applied": "Serveren er sat op på ny\nData er lagt tilbage fra kopien kl. 01.00\nServicekontoen er lukket",
    "mitigation.ongoing": "Øvrige servicekonti gennemgås",
}
"""The final report."""
BREACH_NOTICE = {
    "breach.nature": "Omsorgsjournalen er utilgængelig efter ransomware. Intet tyder på, at nogen har set data.",
    "breach.subject_categories": "Borgere i hjemmeplejen",
    "breach.subject_count": "1900",
    "breach.record_categories": "CPR-numre\nHelbredsoplysninger",
    "breach.record_count": "Ved ikke endnu",
    "breach.contact": "Databeskyttelsesrådgiveren, dpo@example.dk",
    "breach.consequences": "Forkert eller manglende medicin, mens listerne ikke kunne åbnes.",
    "breach.measures": "Serveren er isoleret. Udskrevne nødlister er i brug. Data bliver lagt tilbage fra kopien.",
}
"""The notification to Datatilsynet."""
