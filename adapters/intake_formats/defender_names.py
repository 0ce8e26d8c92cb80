"""What Microsoft Defender XDR and Microsoft Sentinel call the same incident, and how both write words."""

from datetime import datetime

_CLASSIFICATIONS = {
    "falsepositive": "false-positive",
    "benignpositive": "benign-positive",
    "informationalexpectedactivity": "expected-activity",
}


def alike(word: str) -> str:
    """Give a word as it compares: `InProgress`, `inProgress` and `In progress` are one, by version of the tool."""
    return word.replace(" ", "").replace("_", "").casefold()


def incident_name(tenant: str, incident_id: str) -> str:
    """Name an incident of Defender XDR; its number is unique in its tenant only."""
    return f"defender-incident:{tenant.casefold()}/{incident_id}"


def tenantless_name(incident_id: str, created_at: datetime) -> str:
    """Name it by what both tell where one does not tell the tenant: the number, and the day (UTC) on which it began.

    The number alone would make one of two tenants' incidents: both count from 1. The day tells them apart, and is the same in
    both tools, as Sentinel has an incident minutes after Defender; around midnight the twins remain two.
    """
    return f"defender-incident:{incident_id}@{created_at:%Y-%m-%d}"


def alert_name(alert_id: str) -> str:
    """Name an alert of Defender XDR, by the id that Graph and the streaming share."""
    return f"defender-alert:{alert_id}"


def classification_flags(word: str) -> list[str]:
    """Flag what somebody has judged to be no attack; the status says nothing of it."""
    flag = _CLASSIFICATIONS.get(alike(word))
    return [flag] if flag else []
