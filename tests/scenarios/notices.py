"""What people write in the notices of the scenarios: all that the law wants, no more."""

from typing import Final

NOTIFICATION: Final = {
    "summary": "Systemet svarer ikke, og brugerne kan ikke arbejde",
    "suspected_malicious": "no",
    "cross_border": "no",
    "severity": "high",
    "impact": "Ydelsen er lukket for alle borgere",
    "indicators": "Ingen fundet",
}
REPORT: Final = {
    **NOTIFICATION,
    "root_cause": "En fejlslagen opdatering",
    "mitigation.applied": "Opdateringen er rullet tilbage",
    "mitigation.ongoing": "Ingen",
}
STATUS: Final = {"mitigation.applied": "Systemet er bygget op igen", "mitigation.ongoing": "Data bliver indlæst"}
BREACH: Final = {
    "breach.nature": "Filer med journaler blev kopieret",
    "breach.subject_categories": "Borgere med hjemmepleje",
    "breach.subject_count": "ca. 1400",
    "breach.record_categories": "Journalnotater og CPR-numre",
    "breach.record_count": "ca. 9000",
    "breach.contact": "DPO'en",
    "breach.consequences": "Misbrug af identitet",
    "breach.measures": "Adgangen er lukket",
}
