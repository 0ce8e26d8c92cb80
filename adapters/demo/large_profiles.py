"""Kinds of incidents that may happen to any system of the large demo; `{system}` is the one that it happened to."""

from adapters.demo.profiles import Profile

NOWHERE: tuple[str, ...] = ()
"""Where it happened is drawn for each one."""
GENERAL = (
    Profile(
        "{system} svarer ikke",
        *(NOWHERE, NOWHERE, ""),
        *("availability.outage", "system_failures", "disk-fuld", "Disken var fuld."),
        *("Der er gjort plads.", "technology", "Disken skal overvåges."),
        *(24, 0.1),
    ),
    Profile(
        "{system} er langsom",
        *(NOWHERE, NOWHERE, ""),
        *("availability.outage", "system_failures", "database-laase", "Databasen ventede på låse."),
        *("Forespørgslen er stoppet.", "technology", "Tunge rapporter skal køre om natten."),
        *(22, 0.02),
    ),
    Profile(
        "{system} fejler efter opdatering",
        *(NOWHERE, NOWHERE, ""),
        *("availability.misconfiguration", "human_errors", "opdatering", "En opdatering var ikke prøvet."),
        *("Opdateringen er trukket tilbage.", "procedures", "Opdateringer prøves en dag før."),
        *(14, 0.06),
    ),
    Profile(
        "Leverandøren har nedbrud: {system}",
        *(NOWHERE, NOWHERE, ""),
        *("availability.outage", "third_party_failures", "leverandoer-nedbrud", "Fejl hos leverandøren."),
        *("Leverandøren har rettet fejlen.", "suppliers", "Kontrakten skal sige, hvornår vi får besked."),
        *(16, 0.12),
        third_party=True,
    ),
    Profile(
        "Fremmed login i {system}",
        *(NOWHERE, NOWHERE, ""),
        *(
            "intrusions.unprivileged-account-compromise",
            "malicious_actions",
            "adgangskode-gaettet",
            "Adgangskoden var genbrugt.",
        ),
        *("Kontoen er spærret.", "procedures", "Flerfaktor skal gælde alle."),
        *(5, 0.35),
        malicious="yes",
    ),
    Profile(
        "Mange afviste login i {system}",
        *(NOWHERE, NOWHERE, ""),
        *("intrusion-attempts.brute-force", "malicious_actions", "gaetteri", "Gætteri udefra."),
        *("Adresserne er spærret.", "technology", "Spærring kan være automatisk."),
        *(12, 0.0),
        kind="near_miss",
        malicious="yes",
    ),
    Profile(
        "Sårbarhed varslet i {system}",
        *(NOWHERE, NOWHERE, ""),
        *("vulnerable.vulnerable-system", "system_failures", "saarbarhed", "En sårbarhed i et modul."),
        *("Modulet er opdateret.", "risk_assessment", "Listen over moduler skal holdes ved lige."),
        *(8, 0.0),
        kind="threat",
    ),
)
"""Drawn from beside the kinds of the story's own systems."""
