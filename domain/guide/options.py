"""The options that several questions share."""

from domain.guide.question import NO, NONE, UNKNOWN, Option

NO_OPTION = Option(NO, "Nej", "No")
NONE_OPTION = Option(NONE, "Ingen af dem", "None of them")
DO_NOT_KNOW = Option(UNKNOWN, "Ved ikke", "Do not know")

YES_NO = (Option("yes", "Ja", "Yes"), NO_OPTION, DO_NOT_KNOW)
YES_MARKED = (
    Option("yes", "Ja", "Yes"),
    Option("yes_happened", "Ja, det er sket", "Yes, it has happened"),
    Option("yes_possible", "Ja, det er muligt", "Yes, it is possible"),
    NO_OPTION,
    DO_NOT_KNOW,
)
"""The law asks what happened and what can happen alike (§ 12, stk. 2): each yes weighs the same."""

DISRUPTION = (
    Option("none", "Ingen", "None"),
    Option("noticeable", "Mærkbar", "Noticeable"),
    Option("serious", "Alvorlig", "Serious"),
    Option("total", "Total", "Total"),
    DO_NOT_KNOW,
)
DATA_TYPES = (
    Option("ordinary", "Almindelige personoplysninger", "Ordinary personal data"),
    Option("confidential", "Fortrolige oplysninger", "Confidential data"),
    Option("sensitive", "Følsomme oplysninger", "Sensitive data"),
    Option("cpr", "CPR-numre", "Civil registration numbers (CPR)"),
    Option("health", "Helbredsoplysninger", "Health data"),
    Option("children", "Oplysninger om børn", "Data on children"),
    NONE_OPTION,
    DO_NOT_KNOW,
)
DAMAGE_KINDS = (
    Option("physical", "Fysisk skade på mennesker", "Physical harm to people"),
    Option("material", "Skade på ting eller økonomi", "Damage to property or finances"),
    Option(
        "non_physical", "Ikke-fysisk skade, fx krænkelse eller utryghed", "Non-physical harm, such as violation or distress"
    ),
    NONE_OPTION,
    DO_NOT_KNOW,
)
