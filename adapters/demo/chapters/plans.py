"""The emergency plans of the invented municipality: short, as a plan that is read at night should be."""

from datetime import date
from typing import NamedTuple

from adapters.demo.chapters import cast


class Plan(NamedTuple):
    """A plan and the services whose fallback it describes; `text` is Markdown."""

    name: str
    services: tuple[str, ...]
    administration: str
    owner: str
    dated: date
    text: str


PLANS = (
    Plan(
        "Nødplan for medicin og hjemmepleje",
        (cast.HOME_CARE, cast.NURSING),
        cast.CARE_ADMINISTRATION,
        "rolle:systemejeromsorg",
        date(2026, 3, 2),
        """# Nødplan for medicin og hjemmepleje (DEMO)

Bruges, når omsorgsjournalen ikke kan åbnes i mere end 30 minutter.

1. Hent nattens nødliste på nød-pc'en i vagtrummet. To personer, og skriv i loggen, hvem der fik den.
2. Giv medicin efter listen. Er den ældre end et døgn, så ring til sygeplejersken, før der gives.
3. Skriv hver dosis på det gule ark. Arkene samles kl. 7, 15 og 23.
4. Kør de ruter, der står øverst på listen, først: insulin, iltbehandling, hjælp til mad.
5. Når journalen svarer igen: to taster arkene ind, en tredje tæller efter.

Kontakt: vagttelefonen. Planen øves hvert år i marts.
""",
    ),
    Plan(
        "Nødplan for borgerservice uden selvbetjening",
        (cast.CITIZEN_SERVICE,),
        cast.CITIZEN_ADMINISTRATION,
        "rolle:systemejerborger",
        date(2025, 11, 10),
        """# Nødplan for borgerservice uden selvbetjening (DEMO)

Bruges, når borgere ikke kan komme ind i mere end to timer.

1. Sæt beskeden "Ring eller mød op" på forsiden og i telefonen.
2. To ekstra ved telefonen; fristbreve tages på papir med dato og navn.
3. Papirerne tastes ind samme dag, som selvbetjeningen svarer igen.
""",
    ),
    Plan(
        "Nødplan for udbetalinger",
        (cast.BENEFITS,),
        cast.CITIZEN_ADMINISTRATION,
        "rolle:systemejerborger",
        date(2026, 1, 15),
        """# Nødplan for udbetalinger (DEMO)

Bruges, når ydelsessystemet er nede to dage før en udbetaling.

1. Banken udbetaler sidste måneds beløb efter den fil, der ligger i boksen.
2. To fra økonomi godkender filen. Forskellen reguleres måneden efter.
3. Borgere uden konto får en check på rådhuset.
""",
    ),
)
