"""Every text of the pages that is no label and no error, in both languages. A test finds texts that are missing or unused."""

from adapters.web.catalogue_texts import CATALOGUE_TEXTS
from adapters.web.contract_texts import CONTRACT_TEXTS
from adapters.web.emergency_list_texts import EMERGENCY_LIST_TEXTS
from adapters.web.evidence_texts import EVIDENCE_TEXTS
from adapters.web.impact_texts import IMPACT_TEXTS
from adapters.web.list_texts import LIST_TEXTS
from adapters.web.management_texts import MANAGEMENT_TEXTS
from adapters.web.map_texts import MAP_TEXTS
from adapters.web.pack_texts import PACK_TEXTS
from adapters.web.paper_texts import PAPER_TEXTS
from adapters.web.records_texts import RECORDS_TEXTS
from adapters.web.retention_texts import RETENTION_TEXTS
from adapters.web.rule_texts import RULE_TEXTS
from adapters.web.signal_texts import SIGNAL_TEXTS
from adapters.words.wording import Language, Words

TEXTS: dict[str, Words] = {
    "app.name": Words("Sporlog", "Sporlog"),
    "app.purpose": Words("Hændelseslog", "Incident log"),
    "app.skip": Words("Gå til indhold", "Skip to content"),
    "app.other-language": Words("English", "Dansk"),
    "app.navigation": Words("Hovedmenu", "Main menu"),
    "app.overview": Words("Overblik", "Overview"),
    "app.report": Words("Registrér hændelse", "Report an incident"),
    "app.api": Words("API", "API"),
    "app.sign-out": Words("Log ud", "Sign out"),
    "audit.reads-only": Words(
        "Du læser som revisor: kun de hændelser, du har fået adgang til, og intet kan ændres. Adgangen gælder indtil",
        "You read as an auditor: only the incidents that you were given, and nothing can be changed. The access holds until",
    ),
    "access-log.heading": Words("Hvem har læst hvad", "Who read what"),
    "readings-of.heading": Words("Hvem har læst {ref}", "Who has read {ref}"),
    "access-log.lead": Words(
        "Hver gang en hændelses tekst vises, noteres det her, før den vises. Det er personoplysninger om kollegaer: brug dem "
        "kun til at passe på de fortrolige oplysninger. De slettes af sig selv.",
        "Each time an incident's text is shown, it is noted here before it is shown. These are personal data of colleagues: "
        "use them only to protect what is confidential. They are deleted by themselves.",
    ),
    "access-log.newest": Words("De nyeste læsninger, højst {limit}", "The newest readings, {limit} at most"),
    "access-log.when": Words("Hvornår", "When"),
    "access-log.who": Words("Hvem", "Who"),
    "access-log.what": Words("Hændelser", "Incidents"),
    "access-log.how": Words("Hvordan", "How"),
    "access-log.id": Words("Korrelations-id", "Correlation id"),
    "access-log.claimed": Words("eget udsagn", "own claim"),
    "access-log.more": Words("og {count} flere", "and {count} more"),
    "access-log.none": Words("Ingen har læst noget endnu.", "Nobody has read anything yet."),
    "app.footer": Words(
        "Sporlog {version}. Tider er danske. Sporlog indberetter intet: det gør et menneske på virk.dk.",
        "Sporlog {version}. Times are Danish. Sporlog submits nothing: a person does, on virk.dk.",
    ),
    "acting.as": Words("Du er {who}", "You are {who}"),
    "acting.nobody": Words("Hvem er du?", "Who are you?"),
    "acting.heading": Words("Hvem er du?", "Who are you?"),
    "acting.lead": Words(
        "Det, du registrerer i denne browser, får dette navn, og din rolle slås op i organisationen. Sporlog kontrollerer "
        "ikke, at det er dig: det gør jeres adgang til maskinen.",
        "What you record in this browser gets this name, and your role is looked up in the organisation. Sporlog does not "
        "check that it is you: your access to the machine does.",
    ),
    "acting.fixed": Words(
        "Du er {who}. Du er logget ind med din egen adgang, så det, du registrerer, får altid dette navn. Skal en anden "
        "arbejde her, så log ud først.",
        "You are {who}. You are signed in with access of your own, so what you record always gets this name. If somebody else "
        "is to work here, sign out first.",
    ),
    "acting.known": Words("Organisationens roller", "The organisation's roles"),
    "acting.other": Words("En anden", "Somebody else"),
    "acting.hint": Words("Rolle, postkasse eller bruger-id, ikke et personnavn", "A role, mailbox or user id, not a name"),
    "acting.button": Words("Det er mig", "That is me"),
    "demo.word": Words("DEMO", "DEMO"),
    "demo.text": Words("Opdigtede hændelser i en opdigtet kommune.", "Invented incidents in an invented municipality."),
    "error.heading": Words("Det gik ikke", "That did not work"),
    "error.trace": Words("Sporings-id til driften: {id}", "Trace id for operations: {id}"),
    "error.back": Words("Til overblikket", "To the overview"),
    "error.title-prefix": Words("Fejl: ", "Error: "),
    "sign-in.heading": Words("Log ind", "Sign in"),
    "sign-in.lead": Words(
        "Loggen er fortrolig. Indsæt dit eget token, eller det, som »sporlog up« skrev, da det startede, og som også ligger i "
        "filen »token« i datamappen.",
        "The log is confidential. Paste your own token, or the one that »sporlog up« printed as it started and that is also in "
        "the file »token« in the data directory.",
    ),
    "sign-in.token": Words("Token", "Token"),
    "sign-in.wrong": Words("Det er ikke det rigtige token. Kopiér det igen.", "That is not the right token. Copy it again."),
    "sign-in.button": Words("Log ind", "Sign in"),
    "overview.heading": Words("Overblik", "Overview"),
    "overview.next": Words("Næste pligt", "Next duty"),
    "overview.then": Words("Derefter", "After that"),
    "overview.nothing-due": Words("Ingen pligter lige nu", "Nothing is due right now"),
    "overview.nothing-due-text": Words(
        "Ingen åben hændelse har en frist, der løber.", "No open incident has a limit that is running."
    ),
    "overview.open": Words("Åbne hændelser", "Open incidents"),
    "overview.more-open": Words(
        "Viser de {shown} af {total}, hvor en frist ligger først.", "Showing the {shown} of {total} whose limit comes first."
    ),
    "overview.closed": Words("Lukkede hændelser", "Closed incidents"),
    "overview.more-closed": Words("Viser de {shown} nyeste af {total}.", "Showing the newest {shown} of {total}."),
    "overview.empty": Words("Loggen er tom. Sådan begynder du:", "The log is empty. This is how to begin:"),
    "overview.empty-own": Words("Ingen hændelser, som du har adgang til", "No incidents that you have access to"),
    "overview.empty-report": Words(
        "Registrér en hændelse i formularen her på siden.", "Report an incident in the form on this page."
    ),
    "overview.empty-intake": Words(
        "Eller send en alarm fra overvågningen hertil, med token:",
        "Or send an alert from monitoring here, with the token:",
    ),
    "overview.none-open": Words("Ingen åbne hændelser.", "No open incidents."),
    "overview.announce": Words("Åbne hændelser: {open}.", "Open incidents: {open}."),
    "overview.announce-next": Words("Næste pligt: {duty}, {ref}.", "Next duty: {duty}, {ref}."),
    "overview.differs": Words(
        "{what}. Intet nyt indføres i regnskabet, før nogen har set på det: tilkald driften, og ændr intet.",
        "{what}. Nothing more is entered in the ledger until somebody has looked: call operations, and change nothing.",
    ),
    "overview.signed": Words(
        "Loggen er underskrevet til begivenhed {size}, senest", "The log is signed up to event {size}, most recently"
    ),
    "overview.unsigned": Words("Loggen er ikke underskrevet endnu.", "The log is not signed yet."),
    "overview.behind": Words(
        "Overblikket er bagud: det viser loggen til og med nr. {shown}, loggen er nået til {head}. Hændelsernes egne sider er "
        "ajour.",
        "The overview is behind: it shows the log up to no. {shown}, the log is at {head}. Incidents' own pages are current.",
    ),
    "overview.backlog": Words(
        "{count} beskeder fra værktøjer er modtaget og venter på at komme i loggen. De er gemt, og de alvorlige går forrest. "
        "Siden følger selv med.",
        "{count} messages from tools were received and wait to be taken into the log. They are safe, and severe ones go first. "
        "The page follows by itself.",
    ),
    "overview.no-script": Words(
        "Siden opdaterer ikke sig selv uden JavaScript.", "The page does not update itself without JavaScript."
    ),
    "overview.reload": Words("Genindlæs", "Reload"),
    "overview.act": Words("Gå til: {step}", "Go to: {step}"),
    "report.heading": Words("Registrér en hændelse", "Report an incident"),
    "report.lead": Words(
        "Tre felter er nok. Resten kan rettes senere.", "Three fields are enough. The rest can be corrected later."
    ),
    "report.button": Words("Registrér", "Report"),
    "clock.asap": Words("Hurtigst muligt, senest", "As soon as possible, at the latest"),
    "clock.internal": Words("Internt mål, senest", "Internal target, at the latest"),
    "clock.awaited": Words("Svar ventes, senest", "Answer awaited, at the latest"),
    "clock.left": Words("om {span}", "in {span}"),
    "clock.over": Words("{span} over fristen", "{span} past the limit"),
    "clock.met": Words("opfyldt", "met"),
    "clock.met-late": Words("opfyldt efter fristen", "met after the limit"),
    "clock.state.overdue": Words("Overskredet", "Overdue"),
    "clock.state.soon": Words("Haster", "Urgent"),
    "clock.state.running": Words("Løber", "Running"),
    "clock.state.met": Words("Opfyldt", "Met"),
    "clock.state.late": Words("For sent", "Late"),
    "clock.why": Words("Hvorfor dette tidspunkt?", "Why this time?"),
    "clock.internal-paragraph": Words("Intern frist", "Internal limit"),
    "clock.awaits-assessment": Words(
        "Lovens frister begynder, når hændelsen er vurderet som væsentlig.",
        "The limits of the law begin when the incident is assessed as significant.",
    ),
    "clock.none": Words("Ingen frister løber for hændelsen.", "No limits run for the incident."),
    "incident.signals": Words("{count} signaler", "{count} signals"),
    "incident.one-signal": Words("1 signal", "1 signal"),
    "incident.no-title": Words("[fjernet]", "[removed]"),
    "incident.reference": Words("Reference", "Reference"),
    "incident.severity": Words("Alvor: {value}", "Severity: {value}"),
    "incident.status": Words("Status: {value}", "Status: {value}"),
    "incident.category": Words("Kategori: {value}", "Category: {value}"),
    "incident.closed-at": Words("Lukket", "Closed"),
    "incident.close-reason": Words("Hvorfor", "Why"),
    "incident.clocks": Words("Frister", "Limits"),
    "incident.facts": Words("Det ved vi", "What is known"),
    "incident.steps": Words("Næste skridt", "Next steps"),
    "incident.track.A": Words("Spor A: drift", "Track A: operations"),
    "incident.track.B": Words("Spor B: vurdering og underretning", "Track B: assessment and notification"),
    "incident.track.A+B": Words("Begge spor", "Both tracks"),
    "incident.record": Words("Gem: {step}", "Save: {step}"),
    "incident.more-fields": Words("Flere oplysninger", "More details"),
    "incident.required": Words("skal udfyldes", "required"),
    "incident.choose": Words("Vælg", "Choose"),
    "incident.not-told": Words("Ikke oplyst", "Not told"),
    "incident.saved": Words("Gemt: {step}.", "Saved: {step}."),
    "incident.timeline": Words("Forløb", "Timeline"),
    "incident.recorded-late": Words("Indført senere:", "Entered later:"),
    "incident.by": Words("af {actor}", "by {actor}"),
    "incident.via": Words("gennem {channel}", "through {channel}"),
    "incident.as-it-was": Words("Vis hændelsen, som den stod her", "Show the incident as it stood here"),
    "incident.removed": Words("[fjernet]", "[removed]"),
    "incident.disposed": Words(
        "Hændelsen er kasseret. Tilbage er gravstenen: reference, datoer, kategori og underretninger.",
        "The incident was disposed of. Its tombstone is left: reference, dates, category and notices.",
    ),
    "incident.erased": Words("Teksten er slettet", "The text was erased"),
    "bundle.heading": Words("Bundt til tilsyn eller revision", "Bundle for a supervisor or auditor"),
    "bundle.lead": Words(
        "En zip med alt i sagen, som modtageren selv kan kontrollere uden Sporlog. Teksterne er læsbare i den. At du henter "
        "den, bliver ført i loggen.",
        "A zip with all of the incident, which the recipient can verify without Sporlog. Its texts can be read. That you fetch "
        "it is logged.",
    ),
    "bundle.recipient": Words("Hvem får det?", "Who gets it?"),
    "bundle.basis": Words("Retsgrundlag", "Legal basis"),
    "bundle.basis-hint": Words("For eksempel NIS 2-loven § 21", "For example NIS 2-loven § 21"),
    "bundle.button": Words("Hent bundtet", "Fetch the bundle"),
    "field.missing": Words("Skal udfyldes.", "Must be filled in."),
    "field.unreadable": Words("Kan ikke læses. Ret det.", "Cannot be read. Correct it."),
    "field.too-long": Words("For langt. Skriv det kortere.", "Too long. Make it shorter."),
    "field.cpr": Words(
        "Her står noget, der ligner et CPR-nummer. Fjern det, hvis det er et.",
        "Something here reads as a CPR number. Take it out if it is one.",
    ),
    "cpr.change": Words(
        "Gå tilbage og ret: fjern nummeret i de markerede felter, og tryk igen. Er det ikke et CPR-nummer, eller skal det stå"
        " der, så registrér alligevel.",
        "Go back and change: take the number out of the marked fields and press again. If it is no CPR number, or has to be"
        " there, record it anyway.",
    ),
    "cpr.anyway": Words("Registrér alligevel", "Record anyway"),
    "field.which-time": Words("Hvilket tidspunkt?", "Which time?"),
    "incident.exercise": Words("ØVELSE", "EXERCISE"),
    "incident.held": Words("BEVARES", "LEGAL HOLD"),
    "incident.held-text": Words("Intet af hændelsen må slettes. Siden", "Nothing of the incident may be erased. Since"),
    "incident.exercise-text": Words("Intet af dette er sket.", "None of this has happened."),
    "incident.other-steps": Words("Øvrige skridt", "Other steps"),
    "incident.other-steps-text": Words(
        "Kommunens retningslinjer viser ikke deres faser.", "The policy does not show their phases."
    ),
    "choose.nothing": Words("Der er intet at vælge endnu.", "There is nothing to choose yet."),
    "choose.measure_number": Words("Hvilken foranstaltning?", "Which measure?"),
    "choose.document_number": Words("Hvilket dokument?", "Which document?"),
    "choose.task_number": Words("Hvilken opgave?", "Which task?"),
    "choose.follow_up_number": Words("Hvilken opfølgning?", "Which follow-up?"),
    "choose.submission_number": Words("Hvilken underretning?", "Which notice?"),
    "choose.approved_number": Words("Hvad godkendes?", "What is approved?"),
    "choose.proposal_number": Words("Hvilket forslag?", "Which proposal?"),
    "choose.redacted_number": Words("Hvor står teksten?", "Where does the text stand?"),
    "choose.path": Words("Hvilken tekst?", "Which text?"),
    "choose.entity": Words("Hvilken enhed?", "Which entity?"),
    "choose.follows": Words("Følger den op på en tidligere?", "Does it follow up an earlier one?"),
    "press.heading": Words("Gør nu", "Do now"),
    "press.now": Words("Væsentlig nu", "Significant now"),
    "press.now-note": Words(
        "Ét klik: lovens ure løber, og spørgeguiden kan vente.", "One click: the clocks of the law run; the guide can wait."
    ),
    "press.two-facts": Words("To oplysninger, hvis du har dem", "Two facts, if you have them"),
    "press.guide": Words("Gennemgå spørgeguiden", "Go through the question guide"),
    "press.guide-note": Words("Er hændelsen væsentlig? Guiden anbefaler.", "Is it significant? The guide advises."),
    "press.guide-follows": Words("Mangler efter »Væsentlig nu«.", "Missing after »Significant now«."),
    "press.again": Words("Vurdér på ny", "Assess anew"),
    "press.notice": Words("Skriv: {notice}", "Write: {notice}"),
    "press.opens": Words("Svarene åbner også ({count})", "The answers open more ({count})"),
    "press.every-step": Words("Alle skridt", "Every step"),
    "track.heading": Words("To spor", "Two tracks"),
    "track.nothing": Words("Intet registreret endnu.", "Nothing recorded yet."),
    "track.by": Words("senest", "by"),
    "track.measures": Words("Foranstaltninger", "Measures"),
    "track.degraded": Words("Virker ikke, som den skal", "Does not work as it should"),
    "track.restored": Words("Genoprettet", "Restored"),
    "track.suppliers": Words("Leverandører skylder svar", "Suppliers owe an answer"),
    "track.contingency": Words("Aktivt beredskab", "Contingency active"),
    "track.tasks": Words("Åbne opgaver", "Open tasks"),
    "track.handled": Words("Håndteret", "Mitigated"),
    "track.judgement": Words("Vurdering", "Judgement"),
    "track.not-judged": Words("Ikke vurderet", "Not judged"),
    "track.significant": Words("Væsentlig", "Significant"),
    "track.not-significant": Words("Ikke væsentlig", "Not significant"),
    "track.guide-follows": Words("Spørgeguiden mangler", "The question guide is missing"),
    "track.approval": Words("Ledelsens godkendelse", "Management's approval"),
    "track.approved": Words("Godkendt", "Approved"),
    "track.not-approved": Words("Ikke godkendt", "Not approved"),
    "track.aware": Words("Kendskab", "Awareness"),
    "track.cautious": Words("Forsigtigt, regnet fra opdagelsen", "Cautiously, counted from detection"),
    "track.sent": Words("Sendt", "Sent"),
    "track.drafts": Words("Udkast", "Drafts"),
    "track.awaiting": Words("Venter på en anden person", "Waits for a second person"),
    "track.breach": Words("Brud på persondata, risiko", "Personal data breach, risk"),
    "related.from": Words("Udgår fra", "Comes from"),
    "related.into": Words("Lagt sammen med", "Merged into"),
    "related.split": Words("Delt i", "Split into"),
    "related.shared": Words("Delt med en anden enhed:", "Shared with another entity:"),
    "related.inherited": Words("Har ure fra", "Has clocks of"),
    "related.duplicate": Words("Gentager", "Repeats"),
    "related.hidden": Words("en hændelse, som du ikke har adgang til", "an incident that you have no access to"),
    "guide.heading": Words("Spørgeguide", "Question guide"),
    "guide.lead": Words(
        "Svar på det, du ved. »Ved ikke« er et svar, og intet spørgsmål skal besvares. Guiden anbefaler; du afgør.",
        "Answer what you know. »Do not know« is an answer, and no question must be answered. The guide advises; you decide.",
    ),
    "guide.part.q1": Words("Del 1: hurtigvurdering", "Part 1: quick assessment"),
    "guide.part.q2": Words("Del 2: uddybende vurdering", "Part 2: in-depth assessment"),
    "guide.part.ir": Words("Forordning 2024/2690 (vejledende)", "Regulation 2024/2690 (guidance only)"),
    "guide.answered": Words("{count} af {total} besvaret", "{count} of {total} answered"),
    "guide.examples": Words("Kommunens egne eksempler på væsentligt", "The municipality's own examples of significant"),
    "guide.optional": Words("kan udelades", "optional"),
    "guide.unknown": Words("Ved ikke", "Do not know"),
    "guide.number": Words("Antal", "Number"),
    "guide.time": Words("Tidspunkt", "Time"),
    "guide.words": Words("Skriv en forklaring", "Add an explanation"),
    "guide.to-question": Words("til spørgsmål {number}", "to question {number}"),
    "guide.words-label": Words("Forklaring til spørgsmål {number}", "Explanation to question {number}"),
    "guide.no-number": Words("Skriv et helt tal, for eksempel 1200.", "Write a whole number, for example 1200."),
    "guide.stands-alone": Words(
        "»Ingen af dem« og »Ved ikke« kan ikke stå sammen med andre svar.",
        "»None of them« and »Do not know« go with no other answer.",
    ),
    "guide.mistakes": Words(
        "Et svar kan ikke læses. Ret det, der er markeret.", "An answer cannot be read. Correct what is marked."
    ),
    "guide.advise": Words("Se anbefaling", "See the recommendation"),
    "guide.advise-again": Words("Se anbefaling igen", "See the recommendation again"),
    "guide.reasons": Words("Derfor", "Why"),
    "guide.weight.hard": Words("Nok alene:", "Enough alone:"),
    "guide.weight.aggravating": Words("Skærper:", "Aggravates:"),
    "guide.weight.lowering": Words("Trækker ned:", "Lowers:"),
    "guide.find-out": Words("Find ud af", "Find out"),
    "guide.opens": Words("Det åbner svarene", "What the answers open"),
    "guide.two-facts": Words("Til den tidlige varsling", "For the early warning"),
    "guide.malicious": Words("Mistanke om ulovlig eller ondsindet handling", "Unlawful or malicious act suspected"),
    "guide.cross-border": Words("Mulig grænseoverskridende virkning", "Cross-border effect possible"),
    "guide.only-advice": Words(
        "Anbefalingen er ikke gemt. Afgørelsen er din.", "The recommendation is not stored. The decision is yours."
    ),
    "guide.decision": Words("Afgørelse", "Decision"),
    "guide.decide": Words("Er hændelsen væsentlig?", "Is the incident significant?"),
    "guide.decision.high": Words("Ja, væsentlig (Høj): skal underrettes", "Yes, significant (High): must be notified"),
    "guide.decision.medium": Words("Nej, ikke væsentlig (Mellem)", "No, not significant (Medium)"),
    "guide.decision.low": Words("Nej, ikke væsentlig (Lav)", "No, not significant (Low)"),
    "guide.recommended": Words("anbefalet", "recommended"),
    "guide.reason-hint": Words(
        "Skal skrives, når afgørelsen afviger fra anbefalingen.", "Needed when the decision departs from the recommendation."
    ),
    "guide.undecided": Words("Vælg, om hændelsen er væsentlig.", "Choose whether the incident is significant."),
    "guide.record": Words("Gem vurderingen", "Save the assessment"),
    "guide.version": Words("Spørgeguide version {version}.", "Question guide version {version}."),
    "organisation.heading": Words("Organisation", "Organisation"),
    "organisation.warnings": Words("Det mangler", "What is missing"),
    "organisation.ready": Words("Intet mangler.", "Nothing is missing."),
    "organisation.change": Words(
        "Organisationen ændres i en fil, som indlæses igen. Hent den med:",
        "The organisation is changed in a file that is imported again. Get it with:",
    ),
    "organisation.facts": Words(
        "CVR {cvr}. Myndighed: {authority}. Skemasæt: {forms}. Referencer begynder med {prefix}.",
        "CVR {cvr}. Authority: {authority}. Form set: {forms}. References begin with {prefix}.",
    ),
    "organisation.roles": Words("Roller", "Roles"),
    "organisation.role": Words("Rolle", "Role"),
    "organisation.administration": Words("Forvaltning", "Administration"),
    "organisation.whole-entity": Words("Hele enheden", "The whole entity"),
    "organisation.holder": Words("Har rollen", "Held by"),
    "organisation.deputies": Words("Stedfortrædere", "Deputies"),
    "organisation.nobody": Words("Ingen", "Nobody"),
    "organisation.no-roles": Words("Ingen roller er placeret.", "No role is placed."),
    "organisation.filers": Words("Kan indsende på virk.dk", "May file on virk.dk"),
    "organisation.tested": Words("sidst afprøvet", "last tested"),
    "organisation.never": Words("aldrig afprøvet", "never tested"),
    "organisation.no-filers": Words("Ingen er registreret.", "Nobody is on record."),
    "organisation.contacts": Words("Kontakter", "Contacts"),
    "organisation.empty": Words("Mangler", "Missing"),
    "organisation.policy": Words("Retningslinjer", "Policy"),
    "organisation.own-policy": Words("Enhedens egne retningslinjer", "The entity's own policy"),
    "organisation.rule": Words("Regel", "Rule"),
    "organisation.value": Words("Gælder", "Holds"),
    "organisation.yes": Words("Ja", "Yes"),
    "organisation.no": Words("Nej", "No"),
    **CATALOGUE_TEXTS,
    **CONTRACT_TEXTS,
    **EVIDENCE_TEXTS,
    **IMPACT_TEXTS,
    **LIST_TEXTS,
    **MANAGEMENT_TEXTS,
    **MAP_TEXTS,
    **PACK_TEXTS,
    **PAPER_TEXTS,
    **RECORDS_TEXTS,
    **EMERGENCY_LIST_TEXTS,
    **RETENTION_TEXTS,
    **RULE_TEXTS,
    **SIGNAL_TEXTS,
}


def text(language: Language, key: str, /, **values: object) -> str:
    """A text with its values filled in. An unknown key is a `KeyError`: a test renders every page."""
    return TEXTS[key].to(language).format(**values)
