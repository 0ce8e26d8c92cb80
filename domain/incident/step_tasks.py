"""What each step asks of whoever takes it: a sentence for the action card on the wall, and what must be at hand. Danish."""

from collections.abc import Mapping
from typing import NamedTuple


class Task(NamedTuple):
    """`needs` are things, facts and people."""

    danish: str
    needs: tuple[str, ...] = ()


_PORTAL = ("MitID med ret til at indsende for kommunen", "kopiarket")

TASKS: Mapping[str, Task] = {
    "report": Task("Registrér hændelsen: hvad, hvor og hvornår. Tre felter er nok"),
    "assign-role": Task("Fordel rollerne, hvis andre end de faste skal have dem", ("hvem der er på vagt",)),
    "measure": Task("Begræns skaden, og notér hver foranstaltning"),
    "update-measure": Task("Notér, når en foranstaltning er i gang, udført eller opgivet"),
    "emergency-action": Task("Handl straks, hvis det ikke kan vente; det godkendes bagefter"),
    "engage-supplier": Task("Inddrag leverandøren, og sæt en tid for svar", ("aftale og vagtnummer",)),
    "supplier-report": Task("Notér, hvad leverandøren melder"),
    "service-degraded": Task("Notér hver ydelse, der er nede eller forringet"),
    "test-restoration": Task("Prøv ydelsen af, før den går i drift", ("en, der bruger systemet",)),
    "service-restored": Task("Notér, når ydelsen er i drift igen, og sig det til fagområdet"),
    "activate-contingency": Task("Beslut, om beredskabsplan, nøddrift eller krisestab skal i gang", ("beredskabsplanen",)),
    "deactivate-contingency": Task("Beslut, hvornår beredskabet kan slutte"),
    "mitigate": Task("Meld hændelsen håndteret, når skaden er begrænset og driften genoprettet"),
    "root-cause": Task("Find årsagen, og skriv, om den lå hos en tredjepart", ("logfiler", "leverandørens rapport")),
    "classify": Task("Klassificér hændelsen (RSIT)"),
    "significant-now": Task("Er du ikke i tvivl, så meld den væsentlig med det samme; spørgeguiden følger bagefter"),
    "assess": Task("Gå spørgeguiden igennem, og begrund vurderingen", ("hvad der er ramt", "hvem det går ud over")),
    "approve-assessment": Task("Godkend vurderingen, hvis du er enig", ("vurderingen og dens begrundelse",)),
    "reject-assessment": Task("Afvis vurderingen med en begrundelse, hvis du ikke er enig; urene løber videre"),
    "approve-afterwards": Task("Godkend bagefter det, der blev gjort alene eller i nød"),
    "declare-awareness": Task(
        "Fastsæt, hvornår I havde kendskab; fristerne på 24 og 72 timer løber herfra", ("en begrundelse",)
    ),
    "draft-submission": Task("Skriv udkastet; loggen udfylder det, den ved"),
    "approve-submission": Task("Læs udkastet, og godkend det, før det bliver sendt", ("udkastet",)),
    "early-warning": Task(
        "Send tidlig varsling på virk.dk, og gem kvitteringen", (*_PORTAL, "mistanke: ja, nej eller ved ikke")
    ),
    "incident-notification": Task("Send hændelsesunderretning på virk.dk, og gem kvitteringen", _PORTAL),
    "interim-report": Task("Send foreløbig rapport, når CSIRT'en har bedt om den", _PORTAL),
    "status-report": Task("Send statusrapport, hvis hændelsen stadig står på, når den endelige rapport skal sendes", _PORTAL),
    "final-report": Task("Send endelig rapport på virk.dk, og gem kvitteringen", (*_PORTAL, "årsag og foranstaltninger")),
    "voluntary-notification": Task("Overvej en frivillig underretning, når pligten ikke gælder", _PORTAL),
    "decline-voluntary": Task("Begrund det, hvis I vælger den frivillige underretning fra"),
    "withdrawal": Task("Giv besked, hvis hændelsen alligevel ikke er væsentlig"),
    "receipt": Task("Notér kvitteringens nummer", ("kvitteringen fra virk.dk",)),
    "interim-request": Task("Notér det, når CSIRT'en beder om en foreløbig rapport, og til hvornår"),
    "csirt-help": Task("Bed CSIRT'en om hjælp, hvis I har brug for det", ("CSIRT'ens nummer",)),
    "csirt-reply": Task("Notér CSIRT'ens svar"),
    "identify-recipients": Task(
        "Find ud af, hvilke modtagere af ydelserne der er berørt", ("liste over ydelser og modtagere",)
    ),
    "recipients": Task("Giv de berørte besked i et klart sprog: hvad er der sket, og hvad skal de gøre", ("en aftalt kanal",)),
    "public-hearing": Task("Svar, når myndigheden vil orientere offentligheden"),
    "journalise": Task("Journalisér underretninger, kvitteringer og forløb", ("sagsnummer i ESDH",)),
    "breach": Task("Registrér brud på persondatasikkerheden, også dem, der ikke anmeldes", ("databeskyttelsesrådgiveren",)),
    "dpo-advice": Task("Rådgiv om risikoen for de registrerede; den dataansvarlige beslutter"),
    "gdpr-notification": Task("Anmeld bruddet til Datatilsynet inden 72 timer", _PORTAL),
    "data-subjects": Task("Underret de registrerede, når risikoen for dem er høj", ("et klart sprog", "en aftalt kanal")),
    "merge": Task("Læg hændelser sammen, når de er den samme"),
    "split": Task("Del hændelsen, når en del af den er noget andet"),
    "share": Task("Del hændelsen med en anden enhed, der også er ramt"),
    "plan-follow-up": Task("Aftal forbedringer med en ansvarlig og en dato"),
    "mark-document": Task("Mærk dokumenter som interne eller eksterne, før nogen får aktindsigt", ("lovens paragraf",)),
    "place-hold": Task("Bevar hændelsen, når tilsyn, politi eller en sag får brug for den; så slettes intet af den"),
    "lift-hold": Task("Ophæv bevaringen, når der ikke længere er brug for den"),
    "recurrence": Task("Afgør, om gentagne hændelser tilsammen er væsentlige"),
    "propose-redaction": Task("Foreslå at fjerne en tekst, der ikke må stå i loggen", ("nummeret i forløbet", "hjemmel")),
    "redact": Task("Fjern teksten, hvis du er enig; det kan aldrig fortrydes", ("forslaget og dets begrundelse",)),
    "propose-disposal": Task("Foreslå kassation, når hændelsen ikke længere skal gemmes", ("arkivets svar", "hjemmel")),
    "dispose": Task("Kassér hændelsen, hvis du er enig; kun gravstenen bliver tilbage", ("forslaget og arkivtjekket",)),
    "reject-erasure": Task("Afvis et forslag om at slette, hvis du ikke er enig"),
    "close": Task("Luk hændelsen, når intet mangler", ("en afsluttende bemærkning",)),
}
"""Every step that is some roles' and not everybody's, and the report, which begins it all; a test keeps it complete."""

EVERYBODY = (
    "Skriv notater undervejs, også fra papir bagefter: tiden er, da det skete.",
    "Ret det, der er forkert. Det gamle bliver stående i loggen.",
    "Løft sagen til Ledelsesbeslutningstageren, når du er i tvivl, eller tiden løber.",
)
"""What whoever has a role may always do."""
