"""Why a document, or a field of one, may be kept from access to documents (aktindsigt): the paragraphs that are used."""

from collections.abc import Mapping
from enum import StrEnum
from typing import NamedTuple


class Exemption(StrEnum):
    """Offentlighedsloven (LBK 145/2020) and forvaltningsloven § 27. The keys are stored."""

    PRIVATE_LIFE = "ofl-30-1"
    BUSINESS = "ofl-30-2"
    STATE_SECURITY = "ofl-31"
    FOREIGN_POLICY = "ofl-32"
    LAW_ENFORCEMENT = "ofl-33-1"
    CONTROL = "ofl-33-2"
    PUBLIC_FINANCES = "ofl-33-3"
    RESEARCH = "ofl-33-4"
    SPECIAL_INTERESTS = "ofl-33-5"
    SECRECY_BY_LAW = "ofl-35"
    CONFIDENTIALITY = "fvl-27"


class ExemptionText(NamedTuple):
    """How the paragraph is cited, and what it protects."""

    cited: str
    danish: str
    english: str


EXEMPTIONS: Mapping[Exemption, ExemptionText] = {
    Exemption.PRIVATE_LIFE: ExemptionText("OFL § 30, nr. 1", "private forhold", "private matters"),
    Exemption.BUSINESS: ExemptionText("OFL § 30, nr. 2", "forretningsforhold", "business matters"),
    Exemption.STATE_SECURITY: ExemptionText("OFL § 31", "statens sikkerhed og forsvar", "state security and defence"),
    Exemption.FOREIGN_POLICY: ExemptionText("OFL § 32", "udenrigspolitik", "foreign policy"),
    Exemption.LAW_ENFORCEMENT: ExemptionText(
        "OFL § 33, nr. 1", "forebyggelse og efterforskning", "prevention and investigation"
    ),
    Exemption.CONTROL: ExemptionText("OFL § 33, nr. 2", "offentlig kontrol", "public control"),
    Exemption.PUBLIC_FINANCES: ExemptionText("OFL § 33, nr. 3", "det offentliges økonomi", "public finances"),
    Exemption.RESEARCH: ExemptionText("OFL § 33, nr. 4", "forskning", "research"),
    Exemption.SPECIAL_INTERESTS: ExemptionText(
        "OFL § 33, nr. 5", "andre interesser, der kræver hemmeligholdelse", "other interests that need secrecy"
    ),
    Exemption.SECRECY_BY_LAW: ExemptionText("OFL § 35", "særlig tavshedspligt", "special duty of secrecy"),
    Exemption.CONFIDENTIALITY: ExemptionText("FVL § 27", "tavshedspligt", "duty of confidentiality"),
}
INTERNAL = ExemptionText("OFL § 23", "internt dokument", "internal document")
"""What was written for the municipality alone; facts in it may have to be given all the same (§§ 28-29): a person looks."""
VOLUNTARY = ExemptionText("NIS 2-loven § 14, stk. 3", "frivillig underretning", "voluntary notification")
